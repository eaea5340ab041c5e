#include "sync/server/grant_check.h"

#include "sync/server/card_check.h"
#include "sync/server/emergency.h"
#include "sync/server/reasons.h"
#include "sync/server/tuning.h"
#include "sync/vault/lock.h"

namespace kazashi::server {

namespace {

bool is_of(const model::Grant& grant, const TerminalRecord& terminal) {
    return grant.terminal == terminal.id && grant.facility == terminal.facility.id;
}

// A grant of somebody else is not recorded under the name of who brings it: its id would be taken from its owner.
std::optional<GrantFindings> look_up(const model::Grant& grant, const TerminalRecord& terminal,
                                     const std::optional<GrantRecord>& known) {
    if (!is_of(grant, terminal)) return GrantFindings{reason::not_yours, false, true};
    if (!known) return std::nullopt;
    const bool same = known->grant == grant && known->facility == terminal.facility.id;
    if (!same) return GrantFindings{reason::repeated, false, true};
    // One withdrawn since was accepted all the same.
    const bool refused = known->state == model::GrantState::refused;
    return GrantFindings{refused ? known->reason : std::string{}, known->proof_verified, true};
}

bool within(model::SectionSet asked, model::SectionSet allowed) {
    return !asked.empty() && (asked.bits() & ~allowed.bits()) == 0;
}

// It begins no later than now, as clocks go, and ends after it begins.
bool begins_in_time(const model::Grant& grant, model::UtcTime now) {
    return grant.granted_at <= now + tuning::clock_ahead && grant.expires_at > grant.granted_at;
}

std::string against_treatment(const model::Grant& grant, const model::Policy& policy, const model::TypePolicy& rules,
                              model::UtcTime now) {
    if (!within(grant.sections, rules.sections)) return reason::not_yours;
    const auto latest = model::window_end(grant.granted_at, rules.window_days, policy.time_zone);
    return begins_in_time(grant, now) && grant.expires_at <= latest ? std::string{} : reason::too_long;
}

// The patient alone at a kiosk: what the type may show, and the history.
std::string against_self(const model::Grant& grant, const model::TypePolicy& rules, model::UtcTime now) {
    const auto allowed = rules.sections.with(model::Section::history);
    if (!rules.self_service || !grant.staff.empty() || !within(grant.sections, allowed)) return reason::not_yours;
    const auto latest = grant.granted_at + tuning::self_service_time;
    return begins_in_time(grant, now) && grant.expires_at <= latest ? std::string{} : reason::too_long;
}

Result<std::string> against_grant(Records& records, const TerminalRecord& terminal, const model::Grant& grant,
                                  model::UtcTime now) {
    KAZASHI_TRY(const auto policy, records.policy());
    const auto& rules = policy.of(terminal.facility.type);
    if (grant.purpose == model::purpose::self) return against_self(grant, rules, now);
    if (grant.purpose != model::purpose::treatment) return std::string{reason::not_yours};
    if (auto against = against_treatment(grant, policy, rules, now); !against.empty()) return against;
    KAZASHI_TRY(const bool excluded, records.excluded(grant.patient, grant.facility));
    return std::string{excluded ? reason::excluded : ""};
}

Result<bool> works_there(Records& records, const model::StaffId& id, const model::FacilityId& facility) {
    KAZASHI_TRY(const auto member, records.staff(id));
    return member && member->active && member->facility == facility;
}

Result<std::string> against_staff(Records& records, const wire::LedgerBody& body, model::BreakGlass rule) {
    const auto& grant = *body.grant;
    KAZASHI_TRY(const bool works, works_there(records, grant.staff, grant.facility));
    if (!works) return std::string{reason::staff_unknown};
    if (rule != model::BreakGlass::two_staff) return std::string{};
    if (body.second_staff.empty()) return std::string{reason::second_staff};
    if (body.second_staff == grant.staff) return std::string{reason::same_staff};
    KAZASHI_TRY(const bool second_works, works_there(records, body.second_staff, grant.facility));
    return std::string{second_works ? "" : reason::staff_unknown};
}

Result<std::string> against_break_glass(Records& records, const TerminalRecord& terminal, const wire::LedgerBody& body,
                                        model::UtcTime now) {
    const auto& grant = *body.grant;
    KAZASHI_TRY(const auto policy, records.policy());
    const auto& rules = policy.of(terminal.facility.type);
    if (grant.purpose != model::purpose::emergency || !may_break_glass(rules)) return std::string{reason::not_yours};
    if (!within(grant.sections, rules.emergency_sections)) return std::string{reason::not_yours};
    KAZASHI_TRY(const auto patient, records.patient(grant.patient));
    if (!patient) return std::string{reason::wrong_patient};
    if (body.note.empty()) return std::string{reason::no_reason};
    const auto latest = grant.granted_at + std::chrono::hours{rules.emergency_hours};
    if (!begins_in_time(grant, now) || grant.expires_at > latest) return std::string{reason::too_long};
    KAZASHI_TRY(auto against, against_staff(records, body, rules.break_glass));
    if (!against.empty()) return against;
    KAZASHI_TRY(const bool excluded, records.excluded(grant.patient, grant.facility));
    return std::string{excluded ? reason::excluded : ""};
}

}  // namespace

Result<GrantFindings> check_grant(Records& records, const RegionKeys& keys, const TerminalRecord& terminal,
                                  const wire::LedgerBody& body, model::UtcTime now) {
    const auto& grant = *body.grant;
    KAZASHI_TRY(const auto known, records.grant(grant.id));
    if (auto found = look_up(grant, terminal, known)) return std::move(*found);
    const auto challenge = vault::grant_challenge(wire::encode(grant));
    KAZASHI_TRY(auto card, check_card(records, keys, body, challenge, grant.patient));
    if (!card.reason.empty()) return GrantFindings{std::move(card.reason), card.proof_verified, false};
    KAZASHI_TRY(auto against, against_grant(records, terminal, grant, now));
    return GrantFindings{std::move(against), true, false};
}

Result<GrantFindings> check_break_glass(Records& records, const TerminalRecord& terminal, const wire::LedgerBody& body,
                                        model::UtcTime now) {
    KAZASHI_TRY(const auto known, records.grant(body.grant->id));
    if (auto found = look_up(*body.grant, terminal, known)) return std::move(*found);
    KAZASHI_TRY(auto against, against_break_glass(records, terminal, body, now));
    return GrantFindings{std::move(against), false, false};
}

}  // namespace kazashi::server
