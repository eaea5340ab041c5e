// A terminal of an earlier version under today's program, with the region it was enrolled at.
#include "sync/store/migrations.h"
#include "tests/sync/upgrade/saved.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using model::LedgerKind;

namespace {

constexpr int newest = static_cast<int>(store::sql::migrations.size());
constexpr const char* hanako = "0000000001";
constexpr const char* taro = "0000000002";

base::SecretBytes pin(std::string_view digits) { return base::SecretBytes{base::as_bytes(digits)}; }

std::vector<LedgerKind> kinds_of(const std::vector<model::LedgerEntry>& entries) {
    std::vector<LedgerKind> kinds;
    for (const auto& entry : entries) kinds.push_back(entry.kind);
    return kinds;
}

// In version 3 with the entry of the ID card's slot.
store::LedgerCounts counts_of(int version) {
    return version == 2 ? store::LedgerCounts{7, 3, 0} : store::LedgerCounts{8, 4, 0};
}

struct SavedTerminal {
    explicit SavedTerminal(int version) {
        vault::init();
        take_out("terminal-v" + std::to_string(version), folder.path());
        REQUIRE(Sqlite{file()}.number("PRAGMA user_version") == version);
        clock.pass(24h);  // a day later
    }

    std::filesystem::path file() const { return folder / "kazashi.db"; }
    store::Enrolment enrolment() const { return must(store::read_enrolment(folder.path())); }
    store::Store store() const { return must(store::Store::open(file(), {})); }

    void start() {
        auto opened = store();
        trusted.emplace(clock, must(desk::read_clock_mark(opened)));
        desk.emplace(std::move(opened), enrolment(), *trusted);
    }
    base::Result<desk::SignInAnswer> sign_in(HeldCard& card, std::string_view digits) {
        const auto challenge = must(desk->staff_card(card.identity));
        return desk->sign_in(card.identity, card.answers(challenge.first, challenge.second), pin(digits));
    }
    // Ledger first, then the feed to its end.
    void sync(const server::Region& region) {
        const auto record = terminal_of(region, "F0001-T1");
        const server::Packer packer{region.keys};
        const server::LedgerDesk ledgers{region.keys, packer};
        auto line = store();
        const auto entries = must(line.unreceipted(100));
        wire::PushAnswer answer;
        must(region.repository->write([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(answer, ledgers.push(records, record, {entries}, clock.wall()));
            return base::ok();
        }));
        REQUIRE(answer.receipts.size() == entries.size());
        must(line.put_receipts(answer.receipts));
        while (true) {
            const auto page = page_for(region, record, must(line.cursor()));
            must(line.apply(page));
            if (page.next == page.head) return;
        }
    }

    fakes::TempFolder folder;
    fakes::FakeClock clock;
    std::optional<model::TrustedClock> trusted;
    std::optional<desk::Desk> desk;
};

}  // namespace

TEST_CASE("upgrade: a terminal of an earlier version keeps windows, ledger, receipts and slots") {
    for (const int version : {2, 3}) {
        INFO("version " << version);
        const SavedTerminal terminal{version};
        const std::vector<std::string> lasting{
            "SELECT hash || signature || body || coalesce(receipt, 'none') FROM ledger ORDER BY seq",
            "SELECT staff || card || sealed_store_key || failures FROM slot ORDER BY staff",
            "SELECT grant_id || grant_body || sealed_window_key FROM live_window ORDER BY grant_id",
            "SELECT grant_id || section || version || sealed FROM window_wrap ORDER BY grant_id, section",
            "SELECT patient || section || version || sealed FROM package ORDER BY patient, section",
            "SELECT key || value FROM value ORDER BY key"};
        std::vector<std::string> before;
        for (const auto& rows : lasting) before.push_back(Sqlite{terminal.file()}.text(rows));
        CHECK(Sqlite{terminal.file()}.number("SELECT cursor FROM feed_state") > 0);

        auto store = terminal.store();
        CHECK(Sqlite{terminal.file()}.number("PRAGMA user_version") == newest);
        for (std::size_t i = 0; i < lasting.size(); ++i) CHECK(Sqlite{terminal.file()}.text(lasting[i]) == before[i]);

        CHECK(must(store.ledger_counts()) == counts_of(version));
        must(store.verify_ledger(terminal.enrolment().signing.verify));
        auto kinds = kinds_of(must(store.ledger_after({0}, 100)));
        if (version == 3) {
            CHECK(kinds.back() == LedgerKind::slot_added);
            kinds.pop_back();
        }
        CHECK(kinds == std::vector{LedgerKind::sign_in_failed, LedgerKind::sign_in, LedgerKind::grant, LedgerKind::view,
                                   LedgerKind::grant, LedgerKind::view, LedgerKind::sign_in_failed});
        const auto windows = must(store.windows());
        REQUIRE(windows.size() == 2);
        CHECK_FALSE(windows[0].receipted);
        CHECK(windows[1].receipted);
        for (const auto& window : windows) CHECK(must(store.window_wraps(window.grant.id)).size() == 3);
        CHECK(must(store.id_slots()).size() == (version == 2 ? 0 : 1));
        CHECK(must(store.capsule_keys()).size() == (version == 2 ? 0 : 1));
    }
}

TEST_CASE("upgrade: to a terminal of version 2 the feed comes anew, and with it the policy") {
    const SavedTerminal terminal{2};
    auto store = terminal.store();
    CHECK(must(store.cursor()).seq == 0);
    CHECK(must(store.policy()) == model::default_policy());  // until then the built-in one counts
}

TEST_CASE("upgrade: at a terminal of an earlier version card and PIN still open everything, with no line at all") {
    for (const int version : {2, 3}) {
        INFO("version " << version);
        const SavedRegion saved{version};
        const auto region = saved.open();
        SavedTerminal terminal{version};
        terminal.start();
        auto first = card_of(region, "0000009001", card::CardKind::staff);
        auto second = card_of(region, "0000009002", card::CardKind::staff);

        CHECK(std::holds_alternative<desk::WrongPin>(must(terminal.sign_in(first, "4640"))));
        CHECK(std::holds_alternative<desk::SignedIn>(must(terminal.sign_in(first, "4649"))));
        // One wrong PIN was counted then, one comes now.
        const auto wrong = must(terminal.sign_in(second, "8120"));
        REQUIRE(std::holds_alternative<desk::WrongPin>(wrong));
        CHECK(std::get<desk::WrongPin>(wrong).tries_left == must(terminal.store().policy()).pin_tries - 2);
        CHECK(std::holds_alternative<desk::SignedIn>(must(terminal.sign_in(second, "8128"))));

        // The windows are for whoever of this facility is signed in.
        const auto windows = must(terminal.desk->windows());
        REQUIRE(windows.size() == 2);
        for (const auto& window : windows) {
            CHECK_FALSE(window.kana.empty());
            const auto summary = must(terminal.desk->reopen(window.grant));
            CHECK_FALSE(summary->medicines.empty());
        }
        // And a patient's card opens: what it unlocks is here since then.
        auto card = card_of(region, hanako, card::CardKind::patient);
        const auto start = must(terminal.desk->tap(card.identity));
        must(terminal.desk->unlock(card.answers(start.first, start.second)));
        const auto challenge = must(terminal.desk->draft_grant());
        must(terminal.desk->open(ask(card.card, challenge)));
    }
}

TEST_CASE("upgrade: a terminal of an earlier version settles with its region and learns what is new") {
    for (const int version : {2, 3}) {
        INFO("version " << version);
        const SavedRegion saved{version};
        const auto region = saved.open();
        SavedTerminal terminal{version};
        terminal.start();
        terminal.sync(region);

        auto store = terminal.store();
        CHECK(must(store.ledger_counts()) == store::LedgerCounts{counts_of(version).entries, 0, 0});
        const auto windows = must(store.windows());
        CHECK(windows.size() == 2);
        for (const auto& window : windows) {
            CHECK(window.receipted);
            CHECK(window.state == model::GrantState::confirmed);
        }
        const auto policy = must(store.policy());
        CHECK(policy == read<model::Policy>(region, [](auto& records) { return records.policy(); }));
        CHECK(policy.pin_tries == 4);
        CHECK(policy.of(model::FacilityType::city_hall).issues_cards);
        CHECK(must(store.capsule_keys()).size() == 1);
        CHECK(must(store.progress()).packages == must(store.progress()).packages_total);
        CHECK(must(store.staff_of(model::FacilityId{"F0001"})).size() == 2);
        for (const char* patient : {hanako, taro}) {
            CHECK(must(store.lock(card_of(region, patient, card::CardKind::patient).record.index)).has_value());
        }

        // One wrong PIN was counted then, and one comes now; the region allows four.
        auto second = card_of(region, "0000009002", card::CardKind::staff);
        CHECK(std::get<desk::WrongPin>(must(terminal.sign_in(second, "8120"))).tries_left == 2);
        CHECK(std::holds_alternative<desk::SignedIn>(must(terminal.sign_in(second, "8128"))));
        CHECK(must(terminal.desk->windows()).size() == 2);
    }
}
