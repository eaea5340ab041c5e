#include "sync/server/terminal_office.h"

#include <map>

#include "sync/server/capsule_keys.h"
#include "sync/server/emergency.h"
#include "sync/server/feed.h"

namespace kazashi::server {

namespace {

Result<wire::RekeyAnswer> new_certificate(const Region& region, const TerminalRecord& terminal,
                                          const wire::RekeyRequest& request, EnrolTimes times) {
    KAZASHI_TRY(auto certificate,
                region.authority.sign_request(request.csr_pem, terminal.id.str(), times.certificate_time));
    return wire::RekeyAnswer{std::move(certificate)};
}

Result<wire::RekeyAnswer> repeat(Records& records, const Region& region, const RekeyCall& call, EnrolTimes times) {
    const auto& terminal = call.terminal;
    KAZASHI_TRY(const auto request, wire::decode_signed_rekey(call.signed_request, *terminal.old_verify));
    const bool same =
        request.terminal == terminal.id && request.verify == terminal.verify && request.seal == terminal.seal;
    if (!same) return base::Error{base::Fault::denied, "this certificate was replaced"};
    KAZASHI_TRY(auto answer, new_certificate(region, terminal, request, times));
    KAZASHI_TRY(const auto print, fingerprint(answer.certificate_pem));
    KAZASHI_CHECK(records.renew_certificate(terminal.id, print));
    return answer;
}

// The sections any live window at this facility opens, patient by patient.
std::map<model::PatientRef, model::SectionSet> opened_by(const std::vector<GrantRecord>& grants) {
    std::map<model::PatientRef, model::SectionSet> opened;
    for (const auto& record : grants) {
        auto& sections = opened[record.grant.patient];
        sections = model::SectionSet{static_cast<std::uint8_t>(sections.bits() | record.grant.sections.bits())};
    }
    return opened;
}

}  // namespace

Result<wire::RekeyAnswer> rekey(Records& records, const Region& region, const RekeyCall& call, EnrolTimes times) {
    if (call.terminal.old_certificate && call.peer == *call.terminal.old_certificate) {
        return repeat(records, region, call, times);
    }
    auto terminal = call.terminal;
    KAZASHI_TRY(const auto request, wire::decode_signed_rekey(call.signed_request, terminal.verify));
    if (request.terminal != terminal.id) return base::Error{base::Fault::denied, "another terminal's request"};
    // Signing and TLS keys lie in files that a thief of the disk can read. With a facility key of the thief's own they
    // would open the live windows; the true one is sealed under the store key, and stays.
    if (request.seal != terminal.seal) return base::Error{base::Fault::denied, "the facility key stays"};
    KAZASHI_TRY(const auto head, records.ledger_head(terminal.id));
    const auto last = head ? head->seq : model::LedgerSeq{};
    if (request.head != last) return base::Error{base::Fault::out_of_order, "the ledger is not here up to its head"};
    KAZASHI_TRY(auto answer, new_certificate(region, terminal, request, times));
    KAZASHI_TRY(terminal.certificate, fingerprint(answer.certificate_pem));
    terminal.verify = request.verify;
    KAZASHI_CHECK(records.rekey_terminal(terminal, last));
    return answer;
}

Result<LostReport> lose_terminal(Records& records, const RegionKeys& keys, const model::TerminalId& id,
                                 model::UtcTime now) {
    KAZASHI_TRY(const auto terminal, records.terminal(id));
    if (!terminal) return base::Error{base::Fault::not_found, "no such terminal"};
    if (terminal->lost_at) return base::Error{base::Fault::denied, "this terminal was reported lost before"};
    KAZASHI_CHECK(records.terminal_lost(id, now));
    KAZASHI_CHECK(drop_terminal(records, id));

    LostReport report{id, terminal->facility.id, {}, 0, {}};
    KAZASHI_TRY(const auto grants, records.live_grants_at(terminal->facility.id, now));
    for (const auto& record : grants) {
        KAZASHI_TRY(const auto patient, records.patient(record.grant.patient));
        report.windows.push_back({record.grant.id, patient ? patient->number : std::string{}, record.grant.expires_at});
    }
    const Packer packer{keys};
    for (const auto& [patient, sections] : opened_by(grants)) {
        KAZASHI_CHECK(packer.seal_anew(records, patient, sections, now));
        for (const auto section : model::all_sections) report.sections_sealed_anew += sections.has(section) ? 1 : 0;
    }
    KAZASHI_TRY(const auto policy, records.policy());
    if (may_break_glass(policy.of(terminal->facility.type))) {
        KAZASHI_CHECK(new_emergency_epoch(records, keys, now));
        KAZASHI_TRY(const auto key, records.emergency_key());
        if (key) report.emergency_epoch = key->epoch;
    }
    if (may_read_capsules(policy.of(terminal->facility.type))) KAZASHI_CHECK(new_capsule_epoch(records, keys, now));
    return report;
}

}  // namespace kazashi::server
