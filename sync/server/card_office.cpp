#include "sync/server/card_office.h"

#include <algorithm>
#include <utility>

#include "cardio/protocol/weak_key.h"
#include "sync/server/feed.h"
#include "sync/server/old_cards.h"
#include "sync/vault/lock.h"

namespace kazashi::server {

namespace {

// Manufacturer code 01 2E, then six random bytes: what Lite-S cards of the field look like (felica.md §1.2).
card::Idm random_idm() {
    card::Idm idm;
    vault::random_bytes(idm.bytes.data(), idm.bytes.size());
    idm.bytes[0] = 0x01;
    idm.bytes[1] = 0x2e;
    return idm;
}

// IDm ‖ DFC 00 00 ‖ 6 bytes that are this card's own.
card::Block random_id_block(const card::Idm& idm) {
    card::Block block;
    vault::random_bytes(block.bytes.data(), block.bytes.size());
    std::copy(idm.bytes.begin(), idm.bytes.end(), block.bytes.begin());
    block.bytes[8] = 0x00;
    block.bytes[9] = 0x00;
    return block;
}

// A card may be issued before the first record arrives: the number alone makes a patient.
Result<PatientRecord> patient_of(Records& records, const std::string& number) {
    KAZASHI_TRY(auto known, records.patient_numbered(number));
    if (known) return std::move(*known);
    PatientRecord patient;
    vault::random_bytes(patient.ref.bytes.data(), patient.ref.bytes.size());
    patient.number = number;
    KAZASHI_CHECK(records.put_patient(patient, {}));
    return patient;
}

}  // namespace

bool is_card_number(const std::string& number) {
    return number.size() == 10 &&
           std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::optional<CardRecord>> live_card(Records& records, card::CardKind kind, const std::string& number) {
    KAZASHI_TRY(auto cards, records.cards_of(kind, number));
    const auto live = std::find_if(cards.begin(), cards.end(), [](const auto& card) { return !card.revoked; });
    if (live == cards.end()) return std::optional<CardRecord>{};
    return std::optional{std::move(*live)};
}

protocol::CardKey card_key(const RegionKeys& keys, const CardRecord& card) {
    return protocol::diversify(keys.master, card.id);
}

CardRecord new_card(const Region& region, card::CardKind kind, const std::string& number, const card::Idm& idm) {
    CardRecord card;
    card.idm = idm;
    card.index = vault::card_index(region.keys.index, card.idm);
    do card.id = random_id_block(card.idm);
    while (protocol::is_weak(card_key(region.keys, card)));
    card.record = {kind, region.profile.code, number};
    card.s_pad0 = card::make_regional_record(card.record);
    vault::random_bytes(card.first.bytes.data(), card.first.bytes.size());
    vault::random_bytes(card.second.bytes.data(), card.second.bytes.size());
    return card;
}

Status put_in_service(Records& records, const Packer& packer, const CardRecord& card) {
    KAZASHI_CHECK(records.put_card(card));
    if (card.record.kind != card::CardKind::patient) return base::ok();
    KAZASHI_TRY(const auto patient, patient_of(records, card.record.number));
    return packer.admit_card(records, card, patient.ref);
}

Result<CardImage> issue_card(Records& records, const Region& region, const Packer& packer, const CardWish& wish) {
    if (!is_card_number(wish.number)) return base::Error{base::Fault::malformed, "a card's number is ten digits"};
    KAZASHI_TRY(auto known, live_card(records, wish.kind, wish.number));
    if (!known) {
        known = new_card(region, wish.kind, wish.number, random_idm());
        KAZASHI_CHECK(put_in_service(records, packer, *known));
    }
    auto key = card_key(region.keys, *known);
    return CardImage{std::move(*known), wish.label, std::move(key)};
}

Status revoke_card(Records& records, const CardRecord& card) {
    KAZASHI_CHECK(records.revoke_card(card.index));
    return publish_revocation(records, card.index);
}

Status revoke_cards(Records& records, const RegionKeys& keys, card::CardKind kind, const std::string& number,
                    model::UtcTime at) {
    KAZASHI_TRY(const auto cards, records.cards_of(kind, number));
    bool any = false;
    if (kind == card::CardKind::patient) {
        KAZASHI_TRY(any, end_old_card(records, keys, number));
    }
    for (const auto& card : cards) {
        if (card.revoked || card.issued_at > at) continue;
        any = true;
        KAZASHI_CHECK(revoke_card(records, card));
    }
    return any ? base::ok() : Status{base::Error{base::Fault::not_found, "this number has no live card"}};
}

}  // namespace kazashi::server
