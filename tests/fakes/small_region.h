// A region small enough for a test: real cards, real locks, real seals, a feed without a server.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cardio/protocol/felica_lite_s.h"
#include "sync/fhir/import.h"
#include "sync/vault/lock.h"
#include "sync/wire/ledger.h"
#include "sync/wire/names.h"

namespace kazashi::fakes {

// A card as its owner holds it. `forged()` looks the same to a reader and does not know the key.
struct SmallCard {
    card::Identity identity;
    protocol::CardKey ck;

    card::Proof answer(const card::Challenge& challenge) const {
        return protocol::proof_of(ck, challenge, identity.s_pad0, identity.id);
    }
    std::vector<card::Proof> answers(const card::Challenge& first, const card::Challenge& second) const {
        std::vector<card::Proof> both;
        both.push_back(answer(first));
        both.push_back(answer(second));
        return both;
    }
    SmallCard forged() const {
        SmallCard copy{identity, {}};
        vault::random_bytes(copy.ck.data(), 16);
        return copy;
    }
};

inline SmallCard make_card(card::CardKind kind, const std::string& number) {
    vault::init();
    SmallCard made;
    auto& identity = made.identity;
    vault::random_bytes(identity.idm.bytes.data(), 8);
    identity.idm.bytes[0] = 0x01;
    identity.idm.bytes[1] = 0x2E;
    identity.record = {kind, 44, number};
    identity.s_pad0 = card::make_regional_record(identity.record);
    vault::random_bytes(identity.id.bytes.data(), 16);
    std::copy(identity.idm.bytes.begin(), identity.idm.bytes.end(), identity.id.bytes.begin());
    vault::random_bytes(made.ck.data(), 16);
    return made;
}

class SmallRegion {
public:
    struct Patient {
        model::PatientRef ref;
        SmallCard card;
        model::CardIndex index;
        vault::CardKey card_key;
        std::map<model::Section, vault::DataKey> keys;  // of the newest versions
    };

    SmallRegion() { vault::init(); }

    model::CardIndex index_of(const SmallCard& card) const { return vault::card_index(index_key, card.identity.idm); }

    // A new patient and the lock of their card, in the feed.
    Patient admit(const std::string& number) {
        Patient made{{}, make_card(card::CardKind::patient, number), {}, {}, {}};
        vault::random_bytes(made.ref.bytes.data(), 16);
        made.index = index_of(made.card);
        model::Lock lock{made.index, made.ref, {}, {}};
        vault::random_bytes(lock.first.bytes.data(), 16);
        vault::random_bytes(lock.second.bytes.data(), 16);
        made.card_key = vault::card_key(made.card.identity.idm, lock.first, made.card.answer(lock.first), lock.second,
                                        made.card.answer(lock.second));
        feed.push_back(lock);
        return made;
    }

    // A section's version: the card's wrap, then the package. Bytes that are no zstd come through as they are.
    void publish(Patient& patient, model::Section section, std::int64_t version, const std::string& json,
                 model::UtcTime as_of) {
        publish_raw(patient, section, version, fhir::compress(json), as_of);
    }
    void publish_raw(Patient& patient, model::Section section, std::int64_t version, const base::Bytes& body,
                     model::UtcTime as_of) {
        const model::PackageId id{patient.ref, section, version};
        auto key = vault::random_key<vault::DataKey>();
        feed.push_back(model::Wrap{model::WrapFor::card, id, patient.index, vault::wrap(patient.card_key, id, key)});
        feed.push_back(model::Package{id, as_of, vault::seal_package(key, id, body)});
        patient.keys.insert_or_assign(section, std::move(key));
    }
    // For a terminal with a window: the newest version's key, sealed to the terminal.
    void publish_wrap_for(const Patient& patient, model::Section section, std::int64_t version,
                          const model::SealKey& terminal) {
        const model::PackageId id{patient.ref, section, version};
        feed.push_back(model::Wrap{
            model::WrapFor::facility, id, {}, vault::wrap_for_terminal(terminal, id, patient.keys.at(section))});
    }

    // Without the card: an entitled terminal gets the emergency key, and of a section's newest version the wrap for it.
    void entitle(const model::SealKey& terminal, std::int64_t epoch = 1) {
        feed.push_back(model::EmergencyKeyWrap{epoch, vault::seal_emergency_key(terminal, epoch, emergency_key)});
    }
    void publish_emergency_wrap(const Patient& patient, model::Section section, std::int64_t version) {
        const model::PackageId id{patient.ref, section, version};
        feed.push_back(
            model::Wrap{model::WrapFor::emergency, id, {}, vault::wrap(emergency_key, id, patient.keys.at(section))});
    }
    void publish_names(std::int64_t page, const std::vector<wire::NameEntry>& names, std::int64_t epoch = 1) {
        model::NamePage made{page, epoch, ++names_version, {}};
        made.sealed = vault::seal_names(emergency_key, made, fhir::compress(base::as_text(wire::encode_names(names))));
        feed.push_back(std::move(made));
    }

    // Everything after a cursor, as one page.
    model::FeedPage page_after(model::Cursor cursor) const {
        model::FeedPage page;
        page.after = cursor;
        page.next = page.head = {static_cast<std::int64_t>(feed.size())};
        for (auto at = static_cast<std::size_t>(cursor.seq); at < feed.size(); ++at) {
            page.entries.push_back({static_cast<std::int64_t>(at) + 1, feed[at]});
        }
        return page;
    }

    // What only the region can read.
    wire::LedgerBody read(const model::LedgerEntry& entry) const {
        const auto plain = vault::open_with(sealing, entry.body);
        return wire::decode_ledger_body(plain.value().view()).value();
    }
    // A grant or a withdrawal is taken when its proof is the answer of that patient's card to that very one.
    model::Receipt judge(const model::LedgerEntry& entry, const SmallCard& card) const {
        model::Receipt receipt{
            entry.terminal, entry.seq, wire::hash_of(entry), entry.at, model::Verdict::accepted, "", {}};
        const auto body = read(entry);
        std::optional<card::Challenge> asked;
        if (entry.kind == model::LedgerKind::grant) asked = vault::grant_challenge(wire::encode(body.grant.value()));
        if (body.withdrawal) asked = vault::withdrawal_challenge(wire::encode(*body.withdrawal));
        if (asked && !base::equal(card.answer(*asked).view(), body.proof)) {
            receipt.verdict = model::Verdict::refused;
            receipt.reason = "proof_wrong";
        }
        wire::sign_receipt(receipt, signing);
        return receipt;
    }

    vault::SigningPair signing{made_signing()};
    vault::SealingPair sealing{vault::make_sealing_pair()};
    vault::IndexKey index_key{vault::random_key<vault::IndexKey>()};
    vault::EmergencyKey emergency_key{vault::random_key<vault::EmergencyKey>()};
    std::int64_t names_version{0};
    std::vector<model::FeedBody> feed;

private:
    static vault::SigningPair made_signing() {
        vault::init();
        return vault::make_signing_pair();
    }
};

// One section of a record as JP Core says it. `more` is further resources, each with a comma in front.
inline std::string section_of(const std::string& kanji, const std::string& kana, const std::string& more = "") {
    const auto name = [](const std::string& text, const char* code) {
        return R"({"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":")" +
               std::string{code} + R"("}],"use":"official","text":")" + text + R"("})";
    };
    return R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p",)"
           R"("birthDate":"1941-05-03","gender":"female","name":[)" +
           name(kanji, "IDE") + "," + name(kana, "SYL") + "]}}" + more + "]}";
}

inline std::string medicine_entry(const std::string& name) {
    return R"(,{"resource":{"resourceType":"MedicationRequest","id":"m","status":"active","intent":"order",)"
           R"("authoredOn":"2025-12-20","subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"text":")" +
           name + R"("}}})";
}

inline std::string allergy_entry(const std::string& what) {
    return R"(,{"resource":{"resourceType":"AllergyIntolerance","id":"a","patient":{"reference":"Patient/p"},)"
           R"("category":["medication"],"code":{"text":")" +
           what + R"("}}})";
}

}  // namespace kazashi::fakes
