#include "sync/server/sql.h"
#include "sync/server/sqlite_records.h"

namespace kazashi::server {

namespace {

PatientRecord patient_row(const Rows& rows) {
    return {rows.id<model::PatientRef>(0), rows.text(1), rows.text(2), rows.text(3)};
}

Result<std::optional<PatientRecord>> first_patient(Rows rows) {
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<PatientRecord>{};
    return std::optional{patient_row(rows)};
}

std::optional<std::int64_t> number_of(const std::optional<model::Section>& section) {
    if (!section) return std::nullopt;
    return static_cast<std::int64_t>(*section);
}

// What makes two sendings one resource. A patient has one Patient. A web address is an identity in itself; a
// "urn:uuid:" is often made anew for each Bundle, and is used only for what sources number from 1 on.
std::string identity_of(const StoredResource& stored) {
    const auto& url = stored.resource.full_url;
    if (stored.role == Role::patient) return "";
    if (url.starts_with("http://") || url.starts_with("https://")) return url;
    if (stored.role == Role::shared && !url.empty()) return url;
    return stored.resource.id;
}

}  // namespace

Result<std::optional<PatientRecord>> SqliteRecords::patient(const model::PatientRef& ref) {
    KAZASHI_TRY(auto rows, database_.run(sql::patient, ref));
    return first_patient(std::move(rows));
}

Result<std::optional<PatientRecord>> SqliteRecords::patient_numbered(const std::string& number) {
    KAZASHI_TRY(auto rows, database_.run(sql::patient_numbered, number));
    return first_patient(std::move(rows));
}

Result<std::vector<PatientRecord>> SqliteRecords::patients_identified(const std::string& identifier) {
    KAZASHI_TRY(auto rows, database_.run(sql::patients_identified, identifier));
    std::vector<PatientRecord> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        found.push_back(patient_row(rows));
    }
}

Result<std::vector<PatientRecord>> SqliteRecords::members() {
    KAZASHI_TRY(auto rows, database_.run(sql::members));
    std::vector<PatientRecord> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        found.push_back(patient_row(rows));
    }
}

Status SqliteRecords::put_patient(const PatientRecord& patient, const std::vector<std::string>& identifiers) {
    const auto number = patient.number.empty() ? std::nullopt : std::optional{patient.number};
    KAZASHI_CHECK(database_.change(sql::put_patient, patient.ref, number, patient.kana, patient.birth_date));
    for (const auto& identifier : identifiers) {
        KAZASHI_CHECK(database_.change(sql::put_identifier, identifier, patient.ref));
    }
    return base::ok();
}

Result<bool> SqliteRecords::put_resource(const model::PatientRef& ref, const StoredResource& stored) {
    const auto& resource = stored.resource;
    KAZASHI_TRY(const int changed, database_.change(sql::put_resource, ref, resource.type, identity_of(stored),
                                                    resource.id, static_cast<std::int64_t>(stored.role),
                                                    std::int64_t{stored.understood}, number_of(resource.section),
                                                    std::int64_t{resource.withheld}, resource.full_url, resource.json));
    return changed > 0;
}

Result<std::vector<StoredResource>> SqliteRecords::resources(const model::PatientRef& ref) {
    KAZASHI_TRY(auto rows, database_.run(sql::resources, ref));
    std::vector<StoredResource> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        StoredResource stored;
        stored.role = static_cast<Role>(rows.integer(0));
        stored.understood = rows.integer(1) != 0;
        stored.resource.type = rows.text(2);
        stored.resource.id = rows.text(3);
        stored.resource.full_url = rows.text(4);
        if (!rows.null(5)) stored.resource.section = static_cast<model::Section>(rows.integer(5));
        stored.resource.withheld = rows.integer(6) != 0;
        stored.resource.json = rows.text(7);
        found.push_back(std::move(stored));
    }
}

Result<std::vector<SealedSection>> SqliteRecords::sealed_sections(const model::PatientRef& ref) {
    KAZASHI_TRY(auto rows, database_.run(sql::sealed_sections, ref));
    std::vector<SealedSection> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        const model::PackageId id{ref, static_cast<model::Section>(rows.integer(0)), rows.integer(1)};
        found.push_back({id, rows.time(2), rows.id<model::Hash>(3), rows.blob(4)});
    }
}

Status SqliteRecords::put_sealed_section(const SealedSection& section) {
    KAZASHI_CHECK(database_.change(sql::put_sealed_section, section.id.patient,
                                   static_cast<std::int64_t>(section.id.section), section.id.version, section.as_of,
                                   section.content, section.region_wrap));
    return base::ok();
}

}  // namespace kazashi::server
