#include "sync/server/feed.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "sync/wire/tuning.h"
#include "tests/sync/server/town.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

model::PatientRef patient_ref(std::uint8_t number) {
    model::PatientRef ref;
    ref.bytes.fill(number);
    return ref;
}
model::Package package(std::uint8_t patient, model::Section section, std::int64_t version, std::size_t size = 100) {
    return {{patient_ref(patient), section, version}, {}, base::Bytes(size, patient)};
}

void publish(Town& town, const model::FeedBody& body, const server::Audience& audience) {
    must(town.repository().write([&](server::Records& records) { return server::publish(records, body, audience); }));
}
void publish_package(Town& town, const model::Package& body) {
    publish(town, body, server::for_section(body.id.section));
}

std::vector<model::PackageId> packages(const std::vector<model::FeedEntry>& entries) {
    std::vector<model::PackageId> ids;
    for (const auto& body : all<model::Package>(entries)) ids.push_back(body.id);
    return ids;
}

}  // namespace

TEST_CASE("feed: a terminal gets what is for everybody and for itself and nothing else") {
    Town town;
    const auto pharmacy = town.enrol("F0001");
    const auto second = town.enrol("F0001");
    const auto fire = town.enrol("F0002");
    const auto hall = town.enrol("F0003");
    publish_package(town, package(1, model::Section::medication, 1));
    publish_package(town, package(1, model::Section::clinical, 1));
    publish_package(town, package(1, model::Section::care, 1));
    publish(town, model::StaffMember{model::StaffId{"1"}, pharmacy.facility.id, "x", true},
            server::for_facility(pharmacy.facility.id));
    model::Wrap wrap;
    wrap.way = model::WrapFor::facility;
    wrap.package = {patient_ref(1), model::Section::medication, 1};
    publish(town, wrap, server::for_terminal(pharmacy.id));

    const auto of_pharmacy = town.feed(pharmacy);
    CHECK(packages(of_pharmacy).size() == 2);
    CHECK(all<model::StaffMember>(of_pharmacy).size() == 1);
    CHECK(all<model::Wrap>(of_pharmacy).size() == 1);
    CHECK(all<model::Policy>(of_pharmacy).size() == 1);
    CHECK(all<model::Facility>(of_pharmacy).size() == 3);
    CHECK(all<model::StaffMember>(town.feed(second)).size() == 1);
    CHECK(all<model::Wrap>(town.feed(second)).empty());

    const auto of_fire = town.feed(fire);
    REQUIRE(packages(of_fire).size() == 1);
    CHECK(packages(of_fire)[0].section == model::Section::medication);
    CHECK(all<model::StaffMember>(of_fire).empty());
    CHECK(packages(town.feed(hall)).size() == 3);
    CHECK(town.page(hall, {}).packages_total == 3);
    CHECK(town.page(fire, {}).packages_total == 1);
    CHECK(town.page(pharmacy, {}).packages_total == 2);
}

TEST_CASE("feed: pages stay below their limit and join without a gap") {
    Town town;
    const auto terminal = town.enrol("F0001");
    constexpr std::size_t size = 20 * 1024;  // three a page
    for (std::uint8_t i = 1; i <= 12; ++i) publish_package(town, package(i, model::Section::medication, 1, size));

    model::Cursor cursor;
    std::set<model::PackageId> seen;
    int pages = 0;
    while (true) {
        const auto bytes = must(town.page_bytes(terminal, cursor));
        CHECK(bytes.size() <= wire::tuning::page_bytes);
        const auto page = must(wire::decode_signed_page(bytes, town.region().keys.signing.verify));
        CHECK(page.after == cursor);
        CHECK(page.packages_total == 12);
        for (const auto& id : packages(page.entries)) CHECK(seen.insert(id).second);
        ++pages;
        cursor = page.next;
        if (page.next == page.head) break;
        REQUIRE(pages < 20);
    }
    CHECK(seen.size() == 12);
    CHECK(pages == 4);
    CHECK(town.page(terminal, cursor).entries.empty());
}

TEST_CASE("feed: many small entries come in several pages") {
    Town town;
    const auto terminal = town.enrol("F0001");
    constexpr int more_than_a_page = static_cast<int>(wire::tuning::page_entries) + 50;
    must(town.repository().write([&](server::Records& records) -> base::Status {
        for (int i = 0; i < more_than_a_page; ++i) {
            model::CardIndex card;
            card.bytes[0] = static_cast<std::uint8_t>(i);
            card.bytes[1] = static_cast<std::uint8_t>(i / 256);
            KAZASHI_CHECK(server::publish(records, model::Lock{card, patient_ref(1), {}, {}}, server::for_all()));
        }
        return base::ok();
    }));
    const auto first = town.page(terminal, {});
    CHECK(first.next < first.head);
    CHECK(first.entries.size() <= wire::tuning::page_entries);
    CHECK(all<model::Lock>(town.feed(terminal)).size() == more_than_a_page);
}

TEST_CASE("feed: a version replaced while a cursor is midway is found further on") {
    Town town;
    const auto terminal = town.enrol("F0001");
    constexpr std::size_t size = 30 * 1024;  // two a page
    for (std::uint8_t i = 1; i <= 6; ++i) publish_package(town, package(i, model::Section::medication, 1, size));

    const auto first = town.page(terminal, {});
    REQUIRE(first.next < first.head);
    const auto before = packages(first.entries);
    REQUIRE(before.size() == 2);
    // One that was read already, and one that was not.
    publish_package(town, package(1, model::Section::medication, 2, size));
    publish_package(town, package(5, model::Section::medication, 2, size));

    auto rest = packages(town.feed(terminal, first.next));
    std::set<model::PackageId> known{before.begin(), before.end()};
    for (const auto& id : rest) CHECK(known.insert(id).second);
    CHECK(rest.size() == 5);  // 3, 4, 6, then the new 1 and 5
    CHECK(std::count(rest.begin(), rest.end(), package(5, model::Section::medication, 1).id) == 0);
    for (const auto i : std::initializer_list<std::uint8_t>{1, 5})
        CHECK(known.contains(package(i, model::Section::medication, 2).id));
    for (const auto i : std::initializer_list<std::uint8_t>{2, 3, 4, 6})
        CHECK(known.contains(package(i, model::Section::medication, 1).id));
}

TEST_CASE("feed: a first sync carries only the newest of each") {
    Town town;
    const auto terminal = town.enrol("F0001");
    for (std::int64_t version = 1; version <= 5; ++version) {
        publish_package(town, package(1, model::Section::medication, version));
    }
    const auto ids = packages(town.feed(terminal));
    REQUIRE(ids.size() == 1);
    CHECK(ids[0].version == 5);
    CHECK(town.page(terminal, {}).packages_total == 1);
}

TEST_CASE("feed: the head never steps back") {
    Town town;
    const auto terminal = town.enrol("F0001");
    publish_package(town, package(1, model::Section::medication, 1));
    const auto before = town.page(terminal, {});
    must(town.repository().write([&](server::Records& records) { return records.drop_below("package/"); }));
    const auto after = town.page(terminal, before.next);
    CHECK(after.head == before.head);
    CHECK(after.next == before.next);
    publish_package(town, package(2, model::Section::medication, 1));
    CHECK(packages(town.feed(terminal, before.next)).size() == 1);
}

TEST_CASE("feed: a cursor from elsewhere is refused") {
    Town town;
    const auto terminal = town.enrol("F0001");
    const auto head = town.page(terminal, {}).head;
    const auto bytes = town.page_bytes(terminal, model::Cursor{head.seq + 1});
    REQUIRE_FALSE(bytes);
    CHECK(bytes.fault() == base::Fault::out_of_order);
}

TEST_CASE("feed: a revoked card leaves the feed and everybody hears of it") {
    Town town;
    const auto terminal = town.enrol("F0001");
    town.import(bundle({patient_of("0000000001"), medicine("0000000001", "m1", "アムロジピン")}));
    const auto image = town.issue("0000000001");
    const auto cursor = town.page(terminal, {}).next;
    REQUIRE(all<model::Lock>(town.feed(terminal)).size() == 1);
    REQUIRE(all<model::Wrap>(town.feed(terminal)).size() == 3);
    must(town.repository().write([&](server::Records& records) {
        return server::revoke_cards(records, town.region().keys, card::CardKind::patient, "0000000001");
    }));
    CHECK(all<model::Lock>(town.feed(terminal)).empty());
    CHECK(all<model::Wrap>(town.feed(terminal)).empty());
    const auto news = all<model::RevokedCard>(town.feed(terminal, cursor));
    REQUIRE(news.size() == 1);
    CHECK(news[0].card == image.card.index);
}

TEST_CASE("feed: a reader that follows several writers misses nothing") {
    Town town;
    const auto terminal = town.enrol("F0001");
    constexpr int writers = 3;
    constexpr int each = 40;
    std::atomic<int> running{writers};
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&town, &running, writer] {
            for (int i = 0; i < each; ++i) {
                model::CardIndex card;
                card.bytes[0] = static_cast<std::uint8_t>(writer);
                card.bytes[1] = static_cast<std::uint8_t>(i);
                [[maybe_unused]] const auto done = town.repository().write([&](server::Records& records) {
                    return server::publish(records, model::RevokedCard{card}, server::for_all());
                });
            }
            --running;
        });
    }
    std::set<model::CardIndex> seen;
    model::Cursor cursor;
    while (true) {
        const bool last = running == 0;
        const auto page = town.page(terminal, cursor);
        for (const auto& revoked : all<model::RevokedCard>(page.entries)) seen.insert(revoked.card);
        cursor = page.next;
        if (last && page.next == page.head) break;
    }
    for (auto& thread : threads) thread.join();
    CHECK(seen.size() == writers * each);
}
