// Turns a changed patient into what terminals carry: sealed packages and the wraps that open them (design §5, §7).
// A section whose content did not change keeps its version; a changed one gets a new data key, so that whoever could
// open the old version has not thereby opened the new one.
#pragma once

#include "sync/server/region.h"

namespace kazashi::server {

class Packer {
public:
    // The keys live as long as the packer is used.
    explicit Packer(const RegionKeys& keys) : keys_{keys} {}

    // Seals the sections that differ from what was last sealed, for the patient's cards and for facilities with a live
    // grant. Nothing for a patient without a regional number: no terminal could ever open it.
    Status pack(Records& records, const model::PatientRef& patient, model::UtcTime now) const;

    // The same content under new data keys, for everybody but who lost the right to it.
    Status seal_anew(Records& records, const model::PatientRef& patient, model::SectionSet sections,
                     model::UtcTime now) const;

    // The patient's history, "who looked": newest version, for the patient's cards alone.
    Status pack_history(Records& records, const model::PatientRef& patient, model::UtcTime now) const;

    // A new card: its lock, and wraps of everything there is.
    Status admit_card(Records& records, const CardRecord& card, const model::PatientRef& patient) const;

    // A grant was accepted: what is sealed now, for every terminal that may follow this patient.
    Status admit_viewers(Records& records, const model::PatientRef& patient, model::UtcTime now) const;

    // A terminal was enrolled, or has new keys: wraps for the live windows of its facility, and the emergency key.
    Status admit_terminal(Records& records, const TerminalRecord& terminal, model::UtcTime now) const;

private:
    Status pack_sections(Records& records, const model::PatientRef& patient, model::SectionSet anew,
                         model::UtcTime now) const;

    const RegionKeys& keys_;
};

}  // namespace kazashi::server
