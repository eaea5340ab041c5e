#include "sync/server/settlement.h"

#include <algorithm>
#include <utility>

#include "sync/server/card_check.h"
#include "sync/server/card_office.h"
#include "sync/server/feed.h"
#include "sync/server/reasons.h"
#include "sync/server/withdrawal_desk.h"
#include "sync/vault/lock.h"

namespace kazashi::server {

namespace {

using Answer = Settlement::Answer;
using Kind = fhir::Look::Kind;

Answer refused(std::string reason) { return {model::Verdict::refused, std::move(reason)}; }
Answer answer_to(const std::string& reason) { return reason.empty() ? Answer{} : refused(reason); }

}  // namespace

Result<Answer> Settlement::settle(const model::LedgerEntry& entry) {
    if (ended_) return refused(reason::ended);
    // An entry we cannot read still has its place in the chain: it is kept, and the terminal is told.
    const bool is_grant = entry.kind == model::LedgerKind::grant;
    const auto unreadable = refused(is_grant ? reason::incomplete : reason::unreadable);
    const auto plain = vault::open_with(c_.keys.sealing, entry.body);
    if (!plain) return unreadable;
    const auto body = wire::decode_ledger_body(plain->view());
    if (!body) return unreadable;
    return by_kind(entry, *body);
}

Result<Answer> Settlement::by_kind(const model::LedgerEntry& entry, const wire::LedgerBody& body) {
    switch (entry.kind) {
        case model::LedgerKind::grant:
            return grant(entry, body);
        case model::LedgerKind::break_glass:
            return break_glass(entry, body);
        case model::LedgerKind::view:
            return view(entry, body);
        case model::LedgerKind::withdrawal:
            return withdrawal(body);
        case model::LedgerKind::history_shown:
            return history_shown(entry, body);
        case model::LedgerKind::notice_shown:
            return notice_shown(body);
        case model::LedgerKind::capsule_shown:
            return capsule_shown(entry, body);
        case model::LedgerKind::card_lost:
            return card_lost(entry, body);
        case model::LedgerKind::terminal_ended:
            return terminal_ended();
        case model::LedgerKind::sign_in:
        case model::LedgerKind::sign_out:
        case model::LedgerKind::sign_in_failed:
        case model::LedgerKind::card_refused:
        case model::LedgerKind::window_ended:
        case model::LedgerKind::clock_fault:
        case model::LedgerKind::declined:
        case model::LedgerKind::locked:
        case model::LedgerKind::unlocked:
        case model::LedgerKind::pin_changed:
        case model::LedgerKind::slot_added:
        case model::LedgerKind::slot_removed:
        case model::LedgerKind::admitted:
        case model::LedgerKind::name_search:
        case model::LedgerKind::rekeyed:
        case model::LedgerKind::card_issued:
        case model::LedgerKind::id_card:
            break;
    }
    return Answer{};
}

Status Settlement::finish() {
    for (const auto& patient : looked_at_) KAZASHI_CHECK(c_.packer.pack_history(c_.records, patient, c_.now));
    return base::ok();
}

// A terminal's clock may be ahead of ours; nobody looks in the future.
Status Settlement::looked(const model::PatientRef& patient, fhir::Look look) {
    look.at = std::min(look.at, c_.now);
    looked_at_.insert(patient);
    return c_.records.put_look({patient, std::move(look), c_.terminal.facility.id, c_.terminal.id});
}

Status Settlement::record(const model::Grant& grant, const GrantFindings& findings, model::GrantState state) {
    const auto& facility = c_.terminal.facility.id;
    KAZASHI_CHECK(c_.records.put_grant({facility, grant, state, findings.reason, findings.proof_verified}));
    // Of a patient's look at their own record no window remains that anybody could be told of.
    if (grant.purpose == model::purpose::self) return base::ok();
    const auto& why = state == model::GrantState::withdrawn ? reason::withdrawn : findings.reason;
    return publish(c_.records, model::GrantNews{grant.id, state, why}, for_facility(facility));
}

Result<Answer> Settlement::grant(const model::LedgerEntry& entry, const wire::LedgerBody& body) {
    if (!body.grant) return refused(reason::incomplete);
    const auto& grant = *body.grant;
    KAZASHI_TRY(const auto findings, check_grant(c_.records, c_.keys, c_.terminal, body, c_.now));
    if (findings.known) return answer_to(findings.reason);
    if (!findings.reason.empty()) {
        KAZASHI_CHECK(record(grant, findings, model::GrantState::refused));
        return refused(findings.reason);
    }
    // Taken back at another terminal before this one could send it: accepted, and over.
    KAZASHI_TRY(const bool over, c_.records.withdrawn_since(grant));
    KAZASHI_CHECK(record(grant, findings, over ? model::GrantState::withdrawn : model::GrantState::confirmed));
    if (grant.purpose == model::purpose::self) return Answer{};
    KAZASHI_CHECK(looked(grant.patient, {grant.id, entry.at, {}, Kind::grant, grant.sections, {}, false}));
    if (!over) KAZASHI_CHECK(open_window(grant));
    return Answer{};
}

// The whole facility shares it. An older one of the same patient is over with it.
Status Settlement::open_window(const model::Grant& grant) {
    KAZASHI_TRY(const auto live, c_.records.live_grants(grant.patient, c_.now));
    for (const auto& other : live) {
        const bool older = other.facility == grant.facility && other.grant.id != grant.id &&
                           other.grant.granted_at <= grant.granted_at;
        if (older) KAZASHI_CHECK(drop_window(c_.records, other.grant.id));
    }
    KAZASHI_CHECK(publish(c_.records, model::SharedWindow{grant}, for_facility(grant.facility)));
    return c_.packer.admit_viewers(c_.records, grant.patient, c_.now);
}

Result<Answer> Settlement::break_glass(const model::LedgerEntry& entry, const wire::LedgerBody& body) {
    if (!body.grant) return refused(reason::incomplete);
    const auto& grant = *body.grant;
    KAZASHI_TRY(const auto findings, check_break_glass(c_.records, c_.terminal, body, c_.now));
    if (findings.known) return answer_to(findings.reason);
    const bool accepted = findings.reason.empty();
    KAZASHI_CHECK(record(grant, findings, accepted ? model::GrantState::confirmed : model::GrantState::refused));
    KAZASHI_TRY(const auto patient, c_.records.patient(grant.patient));
    if (!patient) return answer_to(findings.reason);
    // Refused or not, it was seen: it is reviewed, and the patient is told.
    KAZASHI_CHECK(c_.records.put_emergency_view({c_.terminal.facility.id,
                                                 grant,
                                                 body.second_staff,
                                                 body.note,
                                                 findings.reason,
                                                 std::nullopt,
                                                 std::nullopt,
                                                 {}}));
    KAZASHI_CHECK(looked(grant.patient, {grant.id, entry.at, {}, Kind::emergency, grant.sections, body.note, false}));
    return answer_to(findings.reason);
}

Result<Answer> Settlement::view(const model::LedgerEntry& entry, const wire::LedgerBody& body) {
    if (!body.grant_id) return Answer{};
    KAZASHI_TRY(const auto grant, c_.records.grant(*body.grant_id));
    auto whose = body.patient;
    if (!whose && grant) whose = grant->grant.patient;
    if (!whose) return Answer{};
    KAZASHI_TRY(const auto patient, c_.records.patient(*whose));
    if (!patient) return refused(reason::wrong_patient);
    // Whatever it was looked at under, the patient hears that it was.
    fhir::Look look{*body.grant_id, entry.at, {}, Kind::view, body.sections, {}, false};
    if (grant && grant->grant.purpose == model::purpose::self) look.kind = Kind::self;
    KAZASHI_TRY(const auto broken, c_.records.emergency_view(*body.grant_id));
    if (broken && broken->grant.patient == *whose) {
        look.kind = Kind::emergency;
        look.reason = broken->reason;
    }
    // The glass was broken and the record seen in one moment: that is one look, and break_glass() has put it down.
    const bool told = look.kind == Kind::emergency && entry.at == broken->grant.granted_at;
    if (!told) KAZASHI_CHECK(looked(*whose, std::move(look)));
    const bool theirs = grant && grant->facility == c_.terminal.facility.id && grant->grant.patient == *whose;
    return grant && !theirs ? refused(reason::not_yours) : Answer{};
}

Result<Answer> Settlement::withdrawal(const wire::LedgerBody& body) {
    if (!body.withdrawal) return refused(reason::incomplete);
    const auto& wish = *body.withdrawal;
    if (wish.terminal != c_.terminal.id) return refused(reason::not_yours);
    KAZASHI_TRY(const auto known, c_.records.withdrawal(wish.id));
    if (known) return *known == wish ? Answer{} : refused(reason::repeated);
    const auto challenge = vault::withdrawal_challenge(wire::encode(wish));
    KAZASHI_TRY(const auto card, check_card(c_.records, c_.keys, body, challenge, wish.patient));
    if (!card.reason.empty()) return refused(card.reason);
    if (!wish.facility.empty()) {
        KAZASHI_TRY(const auto facility, c_.records.facility(wish.facility));
        if (!facility) return refused(reason::not_yours);
    }
    KAZASHI_CHECK(withdraw(c_.records, wish, c_.now));
    looked_at_.insert(wish.patient);
    return Answer{};
}

// With a note it was a notice of break-glass, which is told of by an entry of its own.
Result<Answer> Settlement::history_shown(const model::LedgerEntry& entry, const wire::LedgerBody& body) {
    if (!body.patient || !body.note.empty()) return Answer{};
    KAZASHI_TRY(const auto patient, c_.records.patient(*body.patient));
    if (!patient) return refused(reason::wrong_patient);
    const auto sections = model::SectionSet{}.with(model::Section::history);
    const auto id = body.grant_id.value_or(model::GrantId{});
    KAZASHI_CHECK(looked(*body.patient, {id, entry.at, {}, Kind::self, sections, {}, false}));
    return Answer{};
}

Result<Answer> Settlement::notice_shown(const wire::LedgerBody& body) {
    if (!body.grant_id) return Answer{};
    KAZASHI_TRY(const auto view, c_.records.emergency_view(*body.grant_id));
    if (!view) return Answer{};
    if (body.patient && *body.patient != view->grant.patient) return refused(reason::wrong_patient);
    KAZASHI_TRY(const bool first, c_.records.told(*body.grant_id, c_.now));
    if (first) looked_at_.insert(view->grant.patient);
    return Answer{};
}

// Read from the card itself, under no grant: the patient hears of it as of any look.
Result<Answer> Settlement::capsule_shown(const model::LedgerEntry& entry, const wire::LedgerBody& body) {
    if (!body.idm) return refused(reason::incomplete);
    KAZASHI_TRY(const auto card, c_.records.card_of(*body.idm));
    if (!card) return refused(reason::card_unknown);
    KAZASHI_TRY(const auto patient, c_.records.patient_numbered(card->record.number));
    if (!patient) return refused(reason::wrong_patient);
    KAZASHI_CHECK(looked(patient->ref, {model::GrantId{}, entry.at, {}, Kind::view, body.sections, {}, false}));
    return Answer{};
}

// Reported by staff of any facility, also of one the patient never was at: a card found by somebody is to open nothing.
// The patient's next card undoes it; also when the report comes late, from a terminal that had no line for days.
Result<Answer> Settlement::card_lost(const model::LedgerEntry& entry, const wire::LedgerBody& body) {
    auto number = body.number;
    if (body.patient) {
        KAZASHI_TRY(const auto patient, c_.records.patient(*body.patient));
        number = patient ? patient->number : std::string{};
    }
    if (number.empty()) return refused(reason::wrong_patient);
    const auto reported_at = std::min(entry.at, c_.now);
    const auto revoked = revoke_cards(c_.records, c_.keys, card::CardKind::patient, number, reported_at);
    if (revoked) return Answer{};
    if (revoked.fault() != base::Fault::not_found) return revoked.error();
    // None is live, or only a newer one: reported before, or never issued. Only the first is as it should be.
    KAZASHI_TRY(const auto cards, c_.records.cards_of(card::CardKind::patient, number));
    return cards.empty() ? refused(reason::card_unknown) : Answer{};
}

Result<Answer> Settlement::terminal_ended() {
    ended_ = true;
    KAZASHI_CHECK(c_.records.terminal_ended(c_.terminal.id, c_.now));
    KAZASHI_CHECK(drop_terminal(c_.records, c_.terminal.id));
    return Answer{};
}

}  // namespace kazashi::server
