// What the region has told this terminal: locks, packages, wraps and its public lists; and how far.
#pragma once

#include "sync/store/database.h"
#include "sync/store/store.h"

namespace kazashi::store {

class StaffTables;
class WindowTables;

class FeedTables {
public:
    FeedTables(Database& database, WindowTables& windows, StaffTables& slots)
        : database_{database}, windows_{windows}, slots_{slots} {}

    Status apply(const model::FeedPage& page);  // inside the caller's transaction
    Result<model::Cursor> cursor();
    Result<Store::FeedProgress> progress();

    Result<model::Policy> policy();
    Status set_policy(const model::Policy& policy);
    Result<std::optional<model::Facility>> facility(const model::FacilityId& id);
    Result<std::optional<StaffRow>> staff(const model::StaffId& id);
    Result<std::vector<StaffRow>> staff_of(const model::FacilityId& facility);
    Result<bool> excluded(const model::PatientRef& patient);
    Result<std::vector<model::EmergencyKeyWrap>> emergency_keys();
    Result<std::vector<model::NamePage>> name_pages();
    Result<std::vector<model::CapsuleKeyWrap>> capsule_keys();
    Status put_capsule_keys(const std::vector<model::CapsuleKeyWrap>& keys);
    Result<std::optional<model::Glossary>> glossary();
    Status put_glossary(const model::Glossary& glossary);
    Result<std::optional<model::Lock>> lock(const model::CardIndex& card);
    Result<std::optional<model::PatientRef>> holder(const model::HolderIndex& holder);
    Result<bool> revoked(const model::CardIndex& card);
    Result<std::vector<model::Wrap>> wraps(const model::PatientRef& patient, model::WrapFor way);
    Result<std::vector<model::Wrap>> facility_wraps();
    Status drop_facility_wrap(const model::PackageId& package);
    Result<std::optional<model::Package>> package(const model::PatientRef& patient, model::Section section);

private:
    struct FeedState {
        model::Cursor cursor;
        Store::FeedProgress progress;
    };
    Result<FeedState> state();
    // Each answers how many packages there are more than before.
    Result<int> put(const model::Lock& lock);
    Result<int> put(const model::Package& package);
    Result<int> put(const model::Wrap& wrap);
    Result<int> put(const model::GrantNews& news);
    Result<int> put(const model::Policy& policy);
    Result<int> put(const model::Facility& facility);
    Result<int> put(const model::StaffMember& member);
    Result<int> put(const model::RevokedCard& revoked);
    Result<int> put(const model::SharedWindow& window);
    Result<int> put(const model::Exclusion& exclusion);
    Result<int> put(const model::EmergencyKeyWrap& key);
    Result<int> put(const model::NamePage& page);
    Result<int> put(const model::CapsuleKeyWrap& key);
    Result<int> put(const model::HolderLink& link);
    Result<int> put(const model::Glossary& glossary);
    Result<Bytes> sealed_name(const std::string& name);

    Database& database_;
    WindowTables& windows_;
    StaffTables& slots_;
};

}  // namespace kazashi::store
