#include "sync/server/card_check.h"

#include <openssl/crypto.h>

#include "sync/server/reasons.h"

namespace kazashi::server {

namespace {

bool answered(const RegionKeys& keys, const CardRecord& card, const card::Challenge& challenge, ByteView proof) {
    const auto ck = protocol::diversify(keys.master, card.id);
    const auto ours = protocol::proof_of(ck, challenge, card.s_pad0, card.id, card.chip);
    return CRYPTO_memcmp(ours.data(), proof.data(), card::Proof::size) == 0;
}

}  // namespace

Result<CardFindings> check_card(Records& records, const RegionKeys& keys, const wire::LedgerBody& body,
                                const card::Challenge& challenge, const model::PatientRef& patient) {
    if (!body.idm || body.proof.size() != card::Proof::size) return CardFindings{reason::incomplete, false};
    KAZASHI_TRY(const auto card, records.card_of(*body.idm));
    if (!card || card->record.kind != card::CardKind::patient) return CardFindings{reason::card_unknown, false};
    if (!answered(keys, *card, challenge, body.proof)) return CardFindings{reason::proof_wrong, false};
    if (card->revoked) return CardFindings{reason::card_revoked, true};
    KAZASHI_TRY(const auto owner, records.patient_numbered(card->record.number));
    if (!owner || owner->ref != patient) return CardFindings{reason::wrong_patient, true};
    return CardFindings{{}, true};
}

}  // namespace kazashi::server
