#include "sync/server/packer.h"

#include <algorithm>
#include <map>

#include "tests/sync/server/town.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

constexpr const char* number = "0000000001";

// What a terminal can read with the card before it: section by section.
std::map<model::Section, std::string> open_with_card(const std::vector<model::FeedEntry>& feed,
                                                     simulator::VirtualCard& card) {
    std::map<model::Section, std::string> texts;
    const auto locks = all<model::Lock>(feed);
    REQUIRE(locks.size() == 1);
    const auto first = ask(card, locks[0].first);
    const auto second = ask(card, locks[0].second);
    const auto key = vault::card_key(card.idm(), locks[0].first, first, locks[0].second, second);
    for (const auto& wrap : all<model::Wrap>(feed)) {
        if (wrap.way != model::WrapFor::card) continue;
        const auto data_key = must(vault::unwrap(key, wrap.package, wrap.sealed));
        for (const auto& package : all<model::Package>(feed)) {
            if (package.id != wrap.package) continue;
            const auto compressed = must(vault::open_package(data_key, package));
            const auto plain = must(fhir::decompress(compressed.view()));
            texts[package.id.section] = std::string{base::as_text(plain.view())};
        }
    }
    return texts;
}

std::map<model::Section, std::int64_t> versions(const std::vector<model::FeedEntry>& feed) {
    std::map<model::Section, std::int64_t> found;
    for (const auto& package : all<model::Package>(feed)) found[package.id.section] = package.id.version;
    return found;
}

bool holds(const std::string& text, const std::string& word) { return text.find(word) != std::string::npos; }

}  // namespace

TEST_CASE("packer: what a card answers opens its patient, issued before the records or after") {
    for (const bool card_first : {true, false}) {
        Town town;
        const auto terminal = town.enrol("F0001");
        std::optional<server::CardImage> image;
        if (card_first) image.emplace(town.issue(number));
        town.import(bundle({patient_of(number), medicine(number, "m1", "アムロジピン")}));
        if (!card_first) image.emplace(town.issue(number));
        simulator::VirtualCard card{simulated(*image)};
        const auto texts = open_with_card(town.feed(terminal), card);
        CHECK(texts.size() == 3);  // a pharmacy: emergency, medication, clinical
        CHECK(holds(texts.at(model::Section::medication), "アムロジピン"));
        CHECK(holds(texts.at(model::Section::emergency), "ウスキ ハナコ"));
        CHECK_FALSE(holds(texts.at(model::Section::emergency), "アムロジピン"));
    }
}

TEST_CASE("packer: a card with another key opens nothing") {
    Town town;
    const auto terminal = town.enrol("F0001");
    town.import(bundle({patient_of(number)}));
    auto forged = simulated(town.issue(number));
    forged.ck.data()[0] ^= 0x02;
    simulator::VirtualCard card{forged};
    const auto feed = town.feed(terminal);
    const auto lock = all<model::Lock>(feed)[0];
    const auto key =
        vault::card_key(card.idm(), lock.first, ask(card, lock.first), lock.second, ask(card, lock.second));
    const auto wraps = all<model::Wrap>(feed);
    REQUIRE(wraps.size() == 3);
    for (const auto& wrap : wraps) CHECK_FALSE(vault::unwrap(key, wrap.package, wrap.sealed));
}

TEST_CASE("packer: what a patient does not know is never in a package") {
    Town town;
    const auto terminal = town.enrol("F0001");
    const auto image = town.issue(number);
    auto hidden = medicine(number, "m2", "秘密の薬");
    hidden["meta"]["tag"] = json::array({{{"code", "UNINFORMED"}}});
    town.import(bundle({patient_of(number), medicine(number, "m1", "アムロジピン"), hidden}));
    CHECK(town.totals().resources == 3);
    simulator::VirtualCard card{simulated(image)};
    const auto texts = open_with_card(town.feed(terminal), card);
    for (const auto& [section, text] : texts) {
        CHECK_FALSE(holds(text, "秘密の薬"));
        CHECK_FALSE(holds(text, "m2"));
    }
    CHECK(holds(texts.at(model::Section::medication), "アムロジピン"));
}

TEST_CASE("packer: only a section that changed gets a new version and a new key") {
    Town town;
    const auto terminal = town.enrol("F0001");
    const auto image = town.issue(number);
    town.import(bundle({patient_of(number), medicine(number, "m1", "アムロジピン")}));
    const auto before = town.feed(terminal);
    town.import(
        bundle({patient_of(number), medicine(number, "m1", "アムロジピン"), medicine(number, "m2", "ロキソニン")}));
    const auto after = town.feed(terminal);
    CHECK(versions(before).at(model::Section::medication) == 1);
    CHECK(versions(after).at(model::Section::medication) == 2);
    CHECK(versions(after).at(model::Section::emergency) == 1);
    simulator::VirtualCard card{simulated(image)};
    CHECK(holds(open_with_card(after, card).at(model::Section::medication), "ロキソニン"));
    CHECK_FALSE(holds(open_with_card(before, card).at(model::Section::medication), "ロキソニン"));
    CHECK(all<model::Lock>(before) == all<model::Lock>(after));
}

TEST_CASE("packer: a newer version reaches every terminal of a facility with a live grant, without the card") {
    Town town;
    auto terminal = town.enrol("F0001");
    const auto beside = town.enrol("F0001");
    const auto elsewhere = town.enrol("F0002");
    simulator::VirtualCard card{simulated(town.issue(number))};
    town.import(bundle({patient_of(number)}));
    const auto grant = town.draft(terminal, number);
    must(town.push(terminal, {town.write(terminal, model::LedgerKind::grant, town.proved(grant, card))}));

    const auto opened = [&](const TestTerminal& who) {
        std::string text;
        const auto feed = town.feed(who);
        for (const auto& wrap : all<model::Wrap>(feed)) {
            if (wrap.way != model::WrapFor::facility || wrap.package.section != model::Section::medication) continue;
            const auto key = must(vault::unwrap_facility(who.sealing, wrap.package, wrap.sealed));
            for (const auto& package : all<model::Package>(feed)) {
                if (package.id != wrap.package) continue;
                const auto plain = must(fhir::decompress(must(vault::open_package(key, package)).view()));
                text = std::string{base::as_text(plain.view())};
            }
        }
        return text;
    };
    town.import(bundle({patient_of(number), medicine(number, "m9", "新しい薬")}));
    CHECK(holds(opened(terminal), "新しい薬"));
    CHECK(holds(opened(beside), "新しい薬"));
    CHECK(opened(elsewhere).empty());

    // After its window the facility hears no more.
    town.clock.pass(std::chrono::hours{24 * 62});
    town.import(bundle({patient_of(number), medicine(number, "m10", "もっと新しい薬")}));
    CHECK_FALSE(holds(opened(terminal), "もっと新しい薬"));
}

TEST_CASE("packer: who is no member of the network is kept and not packed") {
    Town town;
    const auto terminal = town.enrol("F0001");
    auto person = patient_of(number);
    person["identifier"] = json::array({{{"system", "urn:oid:1.2.3"}, {"value", "77"}}});
    const auto done = town.import(bundle({person, medicine(number, "m1", "アムロジピン")}));
    CHECK(done.members == 0);
    CHECK(town.totals().patients == 1);
    CHECK(all<model::Package>(town.feed(terminal)).empty());
}
