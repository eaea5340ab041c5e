// Writes one person's record as a FHIR R4 transaction Bundle of JP Core resources.
#pragma once

#include "sync/demo/fhir_value.h"
#include "sync/demo/needles.h"
#include "sync/demo/resident.h"

namespace kazashi::demo {

class BundleWriter {
public:
    // Resources are numbered from `first` on.
    BundleWriter(const Resident& resident, Needles& needles, int first = 1);

    struct Problem {
        std::string name;
        std::string icd10;
        std::string key;
        std::string since;  // FHIR date, whole or in part
        std::string ended;  // empty: active
        bool suspected{};
        bool withheld{};
    };
    void problem(const Problem& problem, const Place& at);
    void allergy(const AllergyKind& allergy, const std::string& recorded, const Place& at, bool unconfirmed = false);
    void no_allergies(const std::string& checked, const Place& at);
    void blood_group(const std::string& abo, base::Date taken, const Place& at);

    struct Prescription {
        Drug drug;
        Usage usage;
        base::Date written;
        int group{1};         // RP number: what is taken alike
        bool old_code_uri{};  // the OID of former years: the same drug
    };
    void prescription(const Prescription& prescription, const Place& by, const Place& dispensed_at);

    // The value as it is to be written: "1.50" stays 1.50.
    void lab(const Lab& lab, const std::string& value, base::Date taken, const Place& at);

    // Kept in the record, shown by no screen yet.
    void vaccination(const std::string& what, base::Date day, const Place& at);
    void procedure(const std::string& what, const std::string& month, const Place& at);
    void pacemaker(const std::string& since);
    void care_plan(const std::string& what, base::Date from, const Place& at);

    std::string text() const;

private:
    Fhir& add(const std::string& type, const char* profile);
    Fhir organization(const Place& place);
    Fhir institution(const Place& place);
    void add_patient();
    void dispensing(const std::string& request, const Prescription& prescription, const Place& at);

    const Resident& resident_;
    Needles& needles_;
    Fhir entries_ = Fhir::array();
    std::set<std::string> written_;  // organizations already in the Bundle
    int next_;
};

std::string iso(base::Date day);

}  // namespace kazashi::demo
