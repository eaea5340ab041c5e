// The policy's authorities for ID cards, and whose My Number card is which.
#include <nlohmann/json.hpp>
#include <sstream>

#include "cardio/protocol/certificate.h"
#include "sync/server/card_office.h"
#include "sync/server/files.h"
#include "sync/server/office.h"
#include "sync/vault/lock.h"
#include "tests/cardio/certificates.h"
#include "tests/sync/server/visits.h"

using namespace kazashi;
using namespace kazashi::test;
using base::Fault;

namespace {

base::UtcTime year(int number) { return std::chrono::sys_days{std::chrono::year{number} / 1 / 1}; }

base::Bytes authority(const std::string& name) {
    test::CertificateWish wish;
    wish.name = name;
    wish.authority = true;
    wish.not_before = year(2020);
    wish.not_after = year(2040);
    return test::make_certificate(test::rsa_key(name), test::rsa_key(name), name, wish);
}
base::Bytes citizen(const std::string& issuer) {
    test::CertificateWish wish;
    wish.name = "citizen";
    wish.not_before = year(2020);
    wish.not_after = year(2040);
    return test::holder_certificate(wish, issuer);
}

struct Window {
    Visits visits;
    std::ostringstream out;

    server::Office office() {
        out.str("");
        return {visits.town.region(), visits.town.now(), server::ReportForm::json, out};
    }
    std::filesystem::path file(const std::string& name, const std::string& text) {
        const auto path = visits.town.folder / name;
        must(server::write_file(path, base::as_bytes(text), server::FileMode::open));
        return path;
    }
    base::Status set_policy(const std::string& text) { return office().set_policy(file("policy", text)); }
    model::Policy policy() {
        return visits.read<model::Policy>([](server::Records& records) { return records.policy(); });
    }
    std::vector<model::HolderLink> links() { return all<model::HolderLink>(visits.town.feed(visits.pharmacy)); }
};

}  // namespace

TEST_CASE("policy: authorities for ID cards are PEM files beside it, and what is shown can be set again") {
    Window desk;
    desk.file("citizens.pem", *protocol::certificate_to_pem(authority("citizens")));
    must(desk.set_policy("[id_card_roots]\nmy_number = [\"citizens.pem\"]\n"));
    CHECK(desk.policy().id_card_roots.my_number == std::vector<base::Bytes>{authority("citizens")});
    CHECK(desk.policy().id_card_roots.hpki.empty());
    CHECK(all<model::Policy>(desk.visits.town.feed(desk.visits.pharmacy)).front() == desk.policy());

    must(desk.office().show_policy());
    const auto before = desk.policy();
    must(desk.set_policy(desk.out.str()));
    CHECK(desk.policy().id_card_roots == before.id_card_roots);
    must(desk.set_policy("staff_idle_s = 600\n"));
    CHECK(desk.policy().id_card_roots == before.id_card_roots);
    must(desk.set_policy("[id_card_roots]\nmy_number = []\n"));
    CHECK(desk.policy().id_card_roots == model::IdCardRoots{});
}

TEST_CASE("policy: what is no authority's certificate is refused with its place") {
    Window desk;
    desk.file("citizen.pem", *protocol::certificate_to_pem(citizen("citizens")));
    desk.file("note.pem", "nothing");
    for (const auto* text :
         {R"({"id_card_roots": 5})", R"({"id_card_roots": {"passport": []}})",
          R"({"id_card_roots": {"hpki": "a.pem"}})", R"({"id_card_roots": {"hpki": [5]}})",
          R"({"id_card_roots": {"hpki": ["nowhere.pem"]}})", R"({"id_card_roots": {"hpki": ["note.pem"]}})",
          R"({"id_card_roots": {"hpki": ["citizen.pem"]}})", R"({"id_card_roots": {"hpki": ["a","b","c","d","e"]}})"}) {
        INFO(text);
        const auto done = desk.set_policy(text);
        REQUIRE_FALSE(done);
        CHECK(done.fault() == Fault::malformed);
        CHECK(done.error().detail.find("id_card_roots") != std::string::npos);
    }
    CHECK(desk.policy() == model::default_policy());
}

TEST_CASE("link-holder: a card the region's authorities issued becomes its holder's, in the feed as an index") {
    Window desk;
    const std::string number = visitor_number;
    const auto card = desk.file("card.pem", *protocol::certificate_to_pem(citizen("citizens")));
    CHECK(desk.office().link_holder(card, number, false).fault() == Fault::denied);
    desk.file("citizens.pem", *protocol::certificate_to_pem(authority("citizens")));
    must(desk.set_policy("[id_card_roots]\nmy_number = [\"citizens.pem\"]\n"));
    CHECK(desk.office().link_holder(card, "9999999999", false).fault() == Fault::not_found);
    const auto stranger = desk.file("stranger.pem", *protocol::certificate_to_pem(citizen("strangers")));
    CHECK(desk.office().link_holder(stranger, number, false).fault() == Fault::denied);
    CHECK(desk.links().empty());

    must(desk.office().link_holder(card, number, false));
    const auto key = protocol::parse_certificate(citizen("citizens"))->key_hash;
    const auto index = vault::holder_index(desk.visits.town.region().keys.index, key);
    CHECK(desk.links() == std::vector<model::HolderLink>{model::HolderLink{index, desk.visits.patient(), true}});
    CHECK(desk.out.str().find(number) == std::string::npos);

    must(desk.office().link_holder(card, number, true));
    CHECK(desk.links() == std::vector<model::HolderLink>{model::HolderLink{index, desk.visits.patient(), false}});
}

TEST_CASE("link-old-cards: every member's number, one at a time, and dead once lost or exchanged") {
    Window desk;
    const std::string number = visitor_number;
    const auto& keys = desk.visits.town.region().keys;
    const model::HolderLink linked{vault::number_index(keys.index, number), desk.visits.patient(), true};
    auto ended = linked;
    ended.active = false;
    must(desk.office().link_old_cards("", false));
    CHECK(desk.links() == std::vector{linked});
    CHECK(desk.out.str().find(number) == std::string::npos);
    must(desk.office().link_old_cards("", false));
    CHECK(desk.out.str() == "0 old cards are linked\n");

    SECTION("undone and done again by its number") {
        must(desk.office().link_old_cards(number, true));
        CHECK(desk.links() == std::vector{ended});
        must(desk.office().link_old_cards("", false));
        CHECK(desk.links() == std::vector{ended});
        must(desk.office().link_old_cards(number, false));
        CHECK(desk.links() == std::vector{linked});
        CHECK(desk.office().link_old_cards("9999999999", false).fault() == Fault::not_found);
    }
    SECTION("reported lost") {
        must(desk.visits.town.repository().write([&](server::Records& records) {
            return server::revoke_cards(records, keys, card::CardKind::patient, number);
        }));
        CHECK(desk.links() == std::vector{ended});
    }
    SECTION("a member of staff of the same number loses theirs") {
        const auto none = desk.visits.town.repository().write([&](server::Records& records) {
            return server::revoke_cards(records, keys, card::CardKind::staff, number);
        });
        CHECK(none.fault() == Fault::not_found);
        CHECK(desk.links() == std::vector{linked});
    }
}
