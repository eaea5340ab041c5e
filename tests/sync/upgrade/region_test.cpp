// A region of an earlier version under today's program.
#include "sync/server/card_desk.h"
#include "sync/server/migrations.h"
#include "sync/server/policy_file.h"
#include "tests/sync/upgrade/saved.h"

using namespace kazashi;
using namespace kazashi::test;
using model::FacilityType;

namespace {

constexpr int newest = static_cast<int>(server::sql::migrations.size());
constexpr const char* patients[] = {"0000000001", "0000000002", "0000000003"};

// What a table held then, column by column: what is new in it is not asked for.
std::string held(Sqlite& database, const std::string& table, const std::string& columns) {
    std::string all;
    std::istringstream list{columns};
    for (std::string column; list >> column;) {
        all += database.text("SELECT " + column + " FROM " + table + " ORDER BY rowid");
    }
    return all;
}
std::string what_was_there(const std::filesystem::path& file, int version) {
    Sqlite database{file};
    std::string later;
    if (version >= 3) {
        later = held(database, "capsules", "card epoch serial facts pads") +
                held(database, "capsule_keys", "epoch sealed") +
                held(database, "begun_cards", "card idm id s_pad0 first second locked begun_at") +
                held(database, "card_orders", "card_order terminal purpose idm seal challenge stage outcome");
        CHECK(database.number("SELECT count(*) FROM begun_cards") == 1);
        CHECK(database.number("SELECT count(*) FROM capsules") == 1);
    }
    return later + held(database, "patients", "patient number kana birth_date") +
           held(database, "cards", "card idm id s_pad0 kind number first second revoked") +
           held(database, "facilities", "facility type name") + held(database, "staff", "staff facility name active") +
           held(database, "terminals", "terminal facility verify seal certificate enrolled_at lost_at") +
           held(database, "resources", "type id json") + held(database, "sections", "patient section version content") +
           held(database, "ledger", "terminal seq hash entry verdict receipt kind") +
           held(database, "grants", "grant_id patient facility expires_at body state granted_at") +
           held(database, "looks", "look patient grant_id at kind") + held(database, "emergency_keys", "epoch sealed") +
           held(database, "names", "patient kanji kana");
}

base::Result<wire::CardOrderAnswer> order_a_card(const server::Region& region, const char* terminal) {
    const server::Packer packer{region.keys};
    const server::CardDesk desk{region, packer};
    wire::CardOrderStep step;
    step.begin = wire::CardOrderBegin{wire::CardPurpose::reissue,
                                      card::CardKind::patient,
                                      patients[0],
                                      false,
                                      card::Idm{{0x01, 0x2E, 0x44, 0, 0, 0, 0, 9}},
                                      vault::make_sealing_pair().seal};
    const auto record = terminal_of(region, terminal);
    std::optional<base::Result<wire::CardOrderAnswer>> answer;
    must(region.repository->write([&](server::Records& records) {
        answer.emplace(desk.step(records, record, step, model::UtcTime{std::chrono::milliseconds{1'767'400'000'000}}));
        return base::ok();
    }));
    return std::move(*answer);
}

}  // namespace

TEST_CASE("upgrade: a region of an earlier version keeps every row it had") {
    for (const int version : {2, 3}) {
        INFO("version " << version);
        const SavedRegion saved{version};
        const auto before = what_was_there(saved.file(), version);
        CHECK(Sqlite{saved.file()}.number("SELECT count(*) FROM ledger") == 4);
        { const auto region = saved.open(); }
        CHECK(Sqlite{saved.file()}.number("PRAGMA user_version") == newest);
        CHECK(what_was_there(saved.file(), version) == before);

        // It has the tables of one made today.
        Town today;
        const auto* const tables = "SELECT name || ' ' || type FROM sqlite_schema ORDER BY name";
        CHECK(Sqlite{saved.file()}.text(tables) == Sqlite{today.folder / "region/region.db"}.text(tables));
    }
}

TEST_CASE("upgrade: what a card did not have in version 2 is as it was then") {
    const SavedRegion saved{2};
    const auto region = saved.open();
    const auto hanako = card_of(region, patients[0], card::CardKind::patient);
    CHECK(hanako.record.chip == card::Chip::lite_s);  // there were no others
    CHECK_FALSE(hanako.record.revoked);
    CHECK(hanako.record.issued_at == model::UtcTime{});  // long ago: a report of its loss, of whatever day, ends it
    const auto lost = read<std::vector<server::CardRecord>>(
        region, [](auto& records) { return records.cards_of(card::CardKind::patient, patients[2]); });
    REQUIRE(lost.size() == 1);
    CHECK(lost[0].revoked);
    using Carried = std::optional<server::CapsuleRecord>;
    CHECK_FALSE(read<Carried>(region, [&](auto& records) { return records.capsule_of(hanako.record.index); }));
}

TEST_CASE("upgrade: the policy of version 2 stays, and the city hall issues cards as in a new region") {
    const SavedRegion saved{2};
    model::Policy policy;
    for (int opened = 0; opened < 2; ++opened) {  // the second time there is nothing to do
        INFO(opened);
        const auto region = saved.open();
        policy = read<model::Policy>(region, [](auto& records) { return records.policy(); });
        CHECK(policy.version == 3);
        CHECK(policy.pin_tries == 4);
        CHECK(policy.of(FacilityType::pharmacy).window_days == 30);
        CHECK(policy.id_card_roots == model::IdCardRoots{});
        auto types = policy.types;
        types[FacilityType::pharmacy].window_days = 60;
        CHECK(types == model::default_policy().types);

        const auto answer = must(order_a_card(region, "F0003-T1"));
        INFO(answer.note);
        CHECK(answer.outcome == wire::CardOutcome::running);
        CHECK(order_a_card(region, "F0001-T1").fault() == base::Fault::denied);

        const auto brought = all<model::Policy>(page_for(region, terminal_of(region, "F0003-T1"), {}).entries);
        REQUIRE(brought.size() == 1);
        CHECK(brought[0] == policy);
    }
    // Whoever wants it otherwise says so, and that stays.
    {
        const auto region = saved.open();
        const auto changed = must(server::changed_policy(policy, "[types.city_hall]\nissues_cards = false\n", {}));
        must(region.repository->write(
            [&](server::Records& records) { return server::take_policy(records, region.keys, changed, {}); }));
    }
    const auto region = saved.open();
    CHECK(order_a_card(region, "F0003-T1").fault() == base::Fault::denied);
}

TEST_CASE("upgrade: every terminal of a region of an earlier version is sent the capsule key") {
    for (const int version : {2, 3}) {  // 2 had none yet
        const SavedRegion saved{version};
        const auto region = saved.open();
        for (const char* terminal : {"F0001-T1", "F0002-T1", "F0003-T1"}) {
            INFO("version " << version << ", " << terminal);
            const auto page = page_for(region, terminal_of(region, terminal), {});
            REQUIRE(page.next == page.head);
            const auto keys = all<model::CapsuleKeyWrap>(page.entries);
            REQUIRE(keys.size() == 1);
            CHECK(keys[0].epoch == 1);
        }
    }
}

TEST_CASE("upgrade: a region written by a newer program is refused in words and left as it is") {
    const SavedRegion saved{2};
    { const auto region = saved.open(); }
    const auto next = std::to_string(newest + 1);
    Sqlite{saved.file()}.run("PRAGMA user_version = " + next);
    const auto before = text_of(saved.file());
    const auto refused = server::open_region(saved.file().parent_path());
    REQUIRE_FALSE(refused);
    CHECK(refused.fault() == base::Fault::unsupported);
    CHECK(refused.error().detail == "this region was written by a newer version of the program (" + next +
                                        "; this one knows " + std::to_string(newest) + "): install that version again");
    CHECK(text_of(saved.file()) == before);
    const auto wal = saved.file().string() + "-wal";
    CHECK((!std::filesystem::exists(wal) || std::filesystem::file_size(wal) == 0));
}
