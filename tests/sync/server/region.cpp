#include "sync/server/region.h"

#include <fstream>
#include <sstream>

#include "sync/server/files.h"
#include "sync/server/lists.h"
#include "sync/server/sqlite.h"
#include "sync/server/status_report.h"
#include "tests/sync/server/town.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

std::filesystem::path list(Town& town, const json& rows) {
    const auto file = town.folder / "list.json";
    must(server::write_file(file, base::as_bytes(rows.dump()), server::FileMode::open));
    return file;
}

std::string read(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("region: what is secret is the owner's alone") {
    Town town;
    using std::filesystem::perms;
    const auto folder = town.region().folder;
    CHECK(std::filesystem::status(folder).permissions() == perms::owner_all);
    for (const auto* name : {"signing.key", "sealing.key", "master.key", "index.key", "ca.key", "server.key",
                             "source.key", "region.db", "region.db-wal"}) {
        INFO(name);
        CHECK(std::filesystem::status(folder / name).permissions() == (perms::owner_read | perms::owner_write));
    }
}

TEST_CASE("region: a second region is not made over the first") {
    Town town;
    const auto before = read(town.region().folder / "master.key");
    const auto again = server::make_region(town.region().folder, town.region().profile, town.now());
    REQUIRE_FALSE(again);
    CHECK(again.fault() == base::Fault::denied);
    std::filesystem::remove(town.region().folder / "region.toml");
    CHECK_FALSE(server::make_region(town.region().folder, town.region().profile, town.now()));
    CHECK(read(town.region().folder / "master.key") == before);
}

TEST_CASE("region: a folder without its files is not opened") {
    Town town;
    const auto copy = town.folder / "copy";
    CHECK(server::open_region(copy).fault() == base::Fault::not_found);
    std::filesystem::copy(town.region().folder, copy);
    SECTION("a short key") {
        std::filesystem::resize_file(copy / "master.key", 23);
        CHECK(server::open_region(copy).fault() == base::Fault::corrupt);
    }
    SECTION("no database") {
        std::filesystem::remove(copy / "region.db");
        CHECK(server::open_region(copy).fault() == base::Fault::not_found);
        CHECK_FALSE(std::filesystem::exists(copy / "region.db"));
    }
    SECTION("a database of a newer program") {
        must(must(server::Database::open(copy / "region.db", false)).script("PRAGMA user_version = 99"));
        CHECK(server::open_region(copy).fault() == base::Fault::unsupported);
    }
    SECTION("a database that is none") {
        std::ofstream{copy / "region.db"} << std::string(5000, 'x');
        CHECK(server::open_region(copy).fault() == base::Fault::corrupt);
    }
}

TEST_CASE("lists: facilities are taken once and changes are heard of") {
    Town town;
    const auto terminal = town.enrol("F0001");
    auto rows = json::array({{{"id", "F0100"}, {"type", "pharmacy"}, {"name", "たちばな薬局"}},
                             {{"id", "F0101"}, {"type", "clinic"}, {"name", "みどり医院"}}});
    CHECK(must(server::take_facilities(town.repository(), list(town, rows))) == 2);
    CHECK(must(server::take_facilities(town.repository(), list(town, rows))) == 0);
    const auto cursor = town.page(terminal, {}).next;
    rows[1]["name"] = "あおば医院";
    CHECK(must(server::take_facilities(town.repository(), list(town, rows))) == 1);
    const auto news = all<model::Facility>(town.feed(terminal, cursor));
    REQUIRE(news.size() == 1);
    CHECK(news[0].name == "あおば医院");
}

TEST_CASE("lists: one row that cannot be used leaves the whole list out") {
    Town town;
    const auto good = json{{"id", "F0100"}, {"type", "pharmacy"}, {"name", "たちばな薬局"}};
    auto bad = good;
    SECTION("type") { bad["type"] = "spaceship"; }
    SECTION("id") { bad["id"] = "../F1"; }
    SECTION("no name") { bad.erase("name"); }
    SECTION("not a row") { bad = 7; }
    const auto done = server::take_facilities(town.repository(), list(town, json::array({good, bad})));
    REQUIRE_FALSE(done);
    CHECK(done.fault() == base::Fault::malformed);
    CHECK(must(server::take_facilities(town.repository(), list(town, json::array({good})))) == 1);
}

TEST_CASE("lists: who moves to another facility leaves the old one's terminals") {
    Town town;
    const auto old_place = town.enrol("F0001");
    const auto new_place = town.enrol("F0002");
    json member{{"id", "0000000001"}, {"facility", "F0001"}, {"name", "後藤"}};
    CHECK(must(server::take_staff(town.repository(), list(town, json::array({member})))) == 1);
    CHECK(must(server::take_staff(town.repository(), list(town, json::array({member})))) == 0);
    member["facility"] = "F0002";
    CHECK(must(server::take_staff(town.repository(), list(town, json::array({member})))) == 1);
    const auto left = all<model::StaffMember>(town.feed(old_place));
    REQUIRE(left.size() == 1);
    CHECK_FALSE(left[0].active);
    const auto came = all<model::StaffMember>(town.feed(new_place));
    REQUIRE(came.size() == 1);
    CHECK(came[0].active);
}

TEST_CASE("lists: who is removed leaves the facility's terminals") {
    Town town;
    const auto terminal = town.enrol("F0001");
    const json member{{"id", "0000000001"}, {"facility", "F0001"}, {"name", "後藤"}};
    must(server::take_staff(town.repository(), list(town, json::array({member}))));
    const auto cursor = town.page(terminal, {}).next;
    const auto remove = [&] {
        return town.repository().write(
            [](server::Records& records) { return server::remove_staff(records, model::StaffId{"0000000001"}); });
    };
    must(remove());
    const auto news = all<model::StaffMember>(town.feed(terminal, cursor));
    REQUIRE(news.size() == 1);
    CHECK_FALSE(news[0].active);
    CHECK(remove().fault() == base::Fault::denied);
    CHECK(must(server::take_staff(town.repository(), list(town, json::array({member})))) == 1);
    must(remove());
}

TEST_CASE("lists: cards are issued once and their images are what the simulator reads") {
    Town town;
    const auto rows = json::array({{{"kind", "patient"}, {"number", "0000000001"}, {"label", "花子"}},
                                   {{"kind", "staff"}, {"number", "0000000002"}, {"label", "職員"}}});
    const auto images = town.folder / "images.json";
    CHECK(must(server::issue_cards(town.region(), list(town, rows), images)) == 2);
    const auto first = read(images);
    const auto cards = must(simulator::load_images(images));
    REQUIRE(cards.size() == 2);
    CHECK(cards[0].name == "patient-0000000001");
    CHECK(cards[1].kind == "staff");
    const auto record = card::parse_regional_record(cards[0].image.s_pad0);
    REQUIRE(record.has_value());
    CHECK(record->number == "0000000001");
    CHECK(record->region == 44);
    CHECK(must(server::issue_cards(town.region(), list(town, rows), images)) == 2);
    CHECK(read(images) == first);
}

TEST_CASE("lists: only a demonstration writes card keys into a file") {
    Town town;
    town.region().profile.demo = false;
    const auto done = server::issue_cards(town.region(), list(town, json::array()), town.folder / "images.json");
    REQUIRE_FALSE(done);
    CHECK(done.fault() == base::Fault::denied);
    CHECK_FALSE(std::filesystem::exists(town.folder / "images.json"));
}

TEST_CASE("status: counts what the region holds and names no one") {
    Town town;
    auto terminal = town.enrol("F0001");
    simulator::VirtualCard card{simulated(town.issue("0000000001"))};
    town.import(bundle({patient_of("0000000001"), medicine("0000000001", "m1", "アムロジピン")}));
    const auto grant = town.draft(terminal, "0000000001");
    must(town.push(terminal, {town.write(terminal, model::LedgerKind::grant, town.proved(grant, card))}));
    auto forged = town.draft(terminal, "0000000001");
    auto body = town.proved(forged, card);
    body.proof[0] ^= 1U;
    must(town.push(terminal, {town.write(terminal, model::LedgerKind::grant, body)}));

    const auto text = must(server::status_json(town.repository()));
    const auto report = json::parse(text);
    CHECK(report["patients"] == 1);
    CHECK(report["resources"] == 2);
    CHECK(report["not_understood"] == 0);
    // With the history, which every terminal carries.
    CHECK(report["packages"]["total"] == 5);
    CHECK(report["packages"]["pharmacy"] == 4);
    CHECK(report["packages"]["fire"] == 3);
    CHECK(report["packages"]["city_hall"] == 5);
    CHECK(report["packages"]["pharmacy"] == town.page(terminal, {}).packages_total);
    CHECK(all<model::Package>(town.feed(terminal)).size() == 4);
    CHECK(report["looks"] == 1);
    CHECK(report["withdrawals"] == 0);
    CHECK(report["break_glass_to_review"] == 0);
    CHECK(report["terminals"] == json{{"in_service", 1}, {"ended", 0}, {"lost", 0}, {"forked", json::array()}});
    CHECK(report["ledger"] == json{{"entries", 2}, {"receipts", 2}, {"refused", 1}, {"kinds", {{"grant", 1}}}});
    REQUIRE(report["grants"].size() == 2);
    CHECK(report["grants"][0]["grant"] == base::to_hex(grant.id.view()));
    CHECK(report["grants"][0]["state"] == "confirmed");
    CHECK(report["grants"][0]["proof_verified"] == true);
    CHECK(report["grants"][1]["state"] == "refused");
    CHECK(report["grants"][1]["reason"] == "proof_wrong");
    CHECK(report["grants"][1]["proof_verified"] == false);
    CHECK(report["feed_head"].get<int>() > 0);
    CHECK(text.find("0000000001") == std::string::npos);
}
