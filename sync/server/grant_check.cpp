#include "sync/server/grant_check.h"

#include <openssl/crypto.h>

#include <algorithm>

#include "sync/server/tuning.h"
#include "sync/vault/lock.h"

namespace kazashi::server {

namespace {

// What a refused receipt says. Each is the key of a sentence at the terminal.
namespace reason {
constexpr const char* incomplete = "grant_incomplete";  // no proof, or no card
constexpr const char* repeated = "grant_repeated";      // this id stands for another grant
constexpr const char* not_yours = "not_entitled";       // another facility's or terminal's, or sections it may not see
constexpr const char* card_unknown = "card_unknown";    // not a card of this region's patients
constexpr const char* card_revoked = "card_revoked";
constexpr const char* wrong_patient = "wrong_patient";  // the card is another patient's
constexpr const char* proof_wrong = "proof_wrong";      // the card did not answer this grant
constexpr const char* too_long = "window_too_long";     // it ends later than the policy allows
}  // namespace reason

bool same_proof(const card::Proof& ours, ByteView theirs) {
    return theirs.size() == card::Proof::size && CRYPTO_memcmp(ours.data(), theirs.data(), card::Proof::size) == 0;
}

bool proof_holds(const RegionKeys& keys, const CardRecord& card, const wire::LedgerBody& body) {
    const auto ck = protocol::diversify(keys.master, card.id);
    const auto challenge = vault::grant_challenge(wire::encode(*body.grant));
    return same_proof(protocol::proof_of(ck, challenge, card.s_pad0, card.id), body.proof);
}

// The end must follow from the day of the tap, and that day must not lie in the future.
bool ends_in_time(const model::Grant& grant, const model::Policy& policy, int days, model::UtcTime now) {
    return grant.granted_at <= now + tuning::clock_ahead && grant.expires_at > grant.granted_at &&
           grant.expires_at <= model::window_end(grant.granted_at, days, policy.time_zone);
}

Result<std::string> reason_against(Records& records, const TerminalRecord& terminal, const CardRecord& card,
                                   const model::Grant& grant, model::UtcTime now) {
    if (card.revoked) return std::string{reason::card_revoked};
    KAZASHI_TRY(const auto patient, records.patient_numbered(card.record.number));
    if (!patient || patient->ref != grant.patient) return std::string{reason::wrong_patient};
    KAZASHI_TRY(const auto policy, records.policy());
    const auto& rules = policy.of(terminal.facility.type);
    const bool mine = grant.terminal == terminal.id && grant.facility == terminal.facility.id;
    const bool within = !grant.sections.empty() && (grant.sections.bits() & ~rules.sections.bits()) == 0;
    if (!mine || !within) return std::string{reason::not_yours};
    if (!ends_in_time(grant, policy, rules.window_days, now)) return std::string{reason::too_long};
    return std::string{};
}

}  // namespace

Result<GrantFindings> check_grant(Records& records, const RegionKeys& keys, const TerminalRecord& terminal,
                                  const wire::LedgerBody& body, model::UtcTime now) {
    const auto& grant = *body.grant;
    KAZASHI_TRY(const auto known, records.grant(grant.id));
    if (known && known->grant == grant && known->facility == terminal.facility.id) {
        return GrantFindings{known->reason, known->proof_verified, true};
    }
    if (known) return GrantFindings{reason::repeated, false, true};
    if (!body.idm || body.proof.size() != card::Proof::size) return GrantFindings{reason::incomplete, false, false};
    KAZASHI_TRY(const auto card, records.card_of(*body.idm));
    if (!card || card->record.kind != card::CardKind::patient) {
        return GrantFindings{reason::card_unknown, false, false};
    }
    if (!proof_holds(keys, *card, body)) return GrantFindings{reason::proof_wrong, false, false};
    KAZASHI_TRY(auto against, reason_against(records, terminal, *card, grant, now));
    return GrantFindings{std::move(against), true, false};
}

}  // namespace kazashi::server
