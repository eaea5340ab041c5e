// A region that makes capsules, cards that carry them, and a terminal that was enrolled there and has met no feed
// since.
#pragma once

#include "sync/desk/desk.h"
#include "sync/server/capsule_office.h"
#include "sync/server/policy_file.h"
#include "sync/server/terminal_office.h"
#include "sync/server/upgrade.h"
#include "tests/sync/server/town.h"

namespace kazashi::test {

inline constexpr const char* hanako = "0000000001";

inline json coding(const std::string& system, const std::string& code) {
    return {{"coding", json::array({{{"system", system}, {"code", code}}})}};
}
inline json allergy(const std::string& id, const std::string& code) {
    return {{"resourceType", "AllergyIntolerance"},
            {"id", id},
            {"category", json::array({"medication"})},
            {"criticality", "high"},
            {"code", coding("http://jpfhir.jp/fhir/core/CodeSystem/YCM/JP_JfagyMedicationAllergen_CS", code)},
            {"patient", {{"reference", std::string{"Patient/p-"} + hanako}}}};
}
inline json condition(const std::string& id, const std::string& icd10) {
    return {{"resourceType", "Condition"},
            {"id", id},
            {"code", coding("http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full", icd10)},
            {"subject", {{"reference", std::string{"Patient/p-"} + hanako}}}};
}
inline json hanako_herself() {
    auto patient = patient_of(hanako);
    patient["contact"] =
        json::array({{{"relationship", json::array({coding("http://terminology.hl7.org/CodeSystem/v2-0131", "C")})},
                      {"telecom", json::array({{{"system", "phone"}, {"value", "0972-00-0001"}}})}}});
    return patient;
}

inline card::Identity identity_of(const server::CardRecord& card) {
    return {card.idm, card.s_pad0, card.id, card.record};
}

struct Region : Town {
    Region() { import(bundle({hanako_herself(), allergy("a1", "YCM6132016F2020"), condition("c1", "Z992")})); }

    vault::CapsulePads pads_of(const server::CardRecord& card) {
        std::optional<vault::CapsulePads> pads;
        must(repository().write([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(pads, server::capsule_pads(records, region().keys, card, now()));
            return base::ok();
        }));
        REQUIRE(pads.has_value());
        return *pads;
    }
    server::CapsuleStanding standing(const server::CardRecord& card, const vault::CapsulePads& pads) {
        auto found = server::CapsuleStanding::none;
        must(repository().read([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(found, server::capsule_standing(records, region().keys, card, pads));
            return base::ok();
        }));
        return found;
    }
    void new_epoch() {
        must(repository().write(
            [&](server::Records& records) { return server::new_capsule_epoch(records, region().keys, now()); }));
    }
};

// A card as somebody holds it up: what it says is read from it in frames.
struct HeldUp {
    simulator::VirtualCard card;
    card::Identity identity;

    HeldUp(const server::CardImage& image, const vault::CapsulePads& pads)
        : card{image_of(image, pads)}, identity{identity_of(image.card)} {}

    static simulator::CardImage image_of(const server::CardImage& image, const vault::CapsulePads& pads) {
        auto made = simulated(image);
        made.pads = pads;
        return made;
    }
    std::vector<card::Block> read() {
        std::vector<card::Block> pads;
        for (std::uint8_t first = 1; first <= 13; first = static_cast<std::uint8_t>(first + 4)) {
            std::vector<std::uint8_t> blocks;
            for (std::uint8_t block = first; block < first + 4 && block <= 13; ++block) blocks.push_back(block);
            const auto answer = card.answer(protocol::read_frame(card.idm(), 0x000B, blocks));
            REQUIRE(answer.has_value());
            const auto some = must(protocol::parse_read(*answer, card.idm(), blocks.size()));
            pads.insert(pads.end(), some.begin(), some.end());
        }
        return pads;
    }
};

// Enrolled at this region over its own answer; the feed never comes, unless a test brings a page.
struct Terminal {
    Terminal(Town& town, const std::string& facility) : region{town} {
        keys.tls = must(engine::make_tls_request());
        wire::EnrolAnswer answer;
        must(region.repository().write([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(const auto code, server::make_code(records, model::FacilityId{facility}, region.now()));
            KAZASHI_TRY(answer, server::enrol(records, region.region(),
                                              {code, keys.tls.csr_pem, keys.signing.verify, keys.sealing.seal},
                                              {region.now(), base::SystemClock{}.wall()}));
            return base::ok();
        }));
        keys.id = answer.terminal;
        keys.facility = answer.facility;
        capsule_keys = answer.capsule_keys;
        enrolment.terminal = answer.terminal;
        enrolment.facility = answer.facility;
        enrolment.region = answer.region;
        enrolment.region_verify = answer.region_verify;
        enrolment.region_seal = answer.region_seal;
        enrolment.signing = vault::make_signing_pair();
        enrolment.database = folder / "kazashi.db";
        auto store = must(store::Store::open(enrolment.database, {.create = true}));
        must(store.set_policy(answer.policy));
        must(store.put_capsule_keys(answer.capsule_keys));
        if (answer.glossary) must(store.put_glossary(*answer.glossary));
        const vault::IndexKey index{base::Secret<32>{base::ByteView{answer.index_key}.first<32>()}};
        desk::SlotMaker slots{store, index};
        const auto slot = slots.draft(staff_identity);
        must(slots.seal(answers(slot.first, slot.second), base::SecretBytes{base::as_bytes("4649")}));
        must(slots.finish(keys.sealing, answer.facility.type));
        trusted.emplace(region.clock, std::nullopt);
        desk.emplace(std::move(store), enrolment, *trusted);
    }

    std::vector<card::Proof> answers(const card::Challenge& first, const card::Challenge& second) {
        std::vector<card::Proof> both;
        both.push_back(ask(staff_card, first));
        both.push_back(ask(staff_card, second));
        return both;
    }
    void sign_in() {
        const auto challenge = must(desk->staff_card(staff_identity));
        must(desk->sign_in(staff_identity, answers(challenge.first, challenge.second),
                           base::SecretBytes{base::as_bytes("4649")}));
    }
    store::Store connection() { return must(store::Store::open(enrolment.database, {})); }
    void sync() {
        auto store = connection();
        must(store.apply(region.page(keys, must(store.cursor()))));
    }
    std::vector<model::LedgerKind> kinds() {
        std::vector<model::LedgerKind> kinds;
        for (const auto& entry : must(connection().unreceipted(100))) kinds.push_back(entry.kind);
        return kinds;
    }
    wire::LedgerBody last_body() {
        const auto entries = must(connection().unreceipted(100));
        REQUIRE_FALSE(entries.empty());
        const auto plain = must(vault::open_with(region.region().keys.sealing, entries.back().body));
        return must(wire::decode_ledger_body(plain.view()));
    }

    Town& region;
    TestTerminal keys;
    std::vector<model::CapsuleKeyWrap> capsule_keys;
    fakes::TempFolder folder;
    store::Enrolment enrolment;
    server::CardImage staff_image{region.issue("0000009001", card::CardKind::staff)};
    simulator::VirtualCard staff_card{simulated(staff_image)};
    card::Identity staff_identity{identity_of(staff_image.card)};
    std::optional<model::TrustedClock> trusted;
    std::optional<desk::Desk> desk;
};

}  // namespace kazashi::test
