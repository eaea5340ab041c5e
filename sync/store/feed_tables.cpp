#include "sync/store/feed_tables.h"

#include "sync/store/sql.h"
#include "sync/store/staff_tables.h"
#include "sync/store/window_tables.h"
#include "sync/vault/seal.h"
#include "sync/wire/cbor.h"

namespace kazashi::store {

using base::Error;
using base::Fault;

// ---- applying a page

Status FeedTables::apply(const model::FeedPage& page) {
    KAZASHI_TRY(const auto before, state());
    if (page.after != before.cursor) return Error{Fault::out_of_order, "page does not follow our cursor"};
    if (page.next < page.after) return Error{Fault::out_of_order, "page leads backwards"};
    auto packages = before.progress.packages;
    for (const auto& entry : page.entries) {
        if (entry.seq <= page.after.seq || entry.seq > page.next.seq) {
            return Error{Fault::out_of_order, "entry is not of this page"};
        }
        KAZASHI_TRY(const int more, std::visit([this](const auto& body) { return put(body); }, entry.body));
        packages += more;
    }
    return database_.run(sql::set_feed_state, page.next.seq, packages, page.packages_total);
}

Result<int> FeedTables::put(const model::Lock& lock) {
    KAZASHI_CHECK(database_.run(sql::put_lock, lock.card, lock.patient, lock.first, lock.second));
    return 0;
}

Result<int> FeedTables::put(const model::Package& package) {
    const auto& id = package.id;
    KAZASHI_TRY(const auto added,
                database_.change(sql::add_package, id.patient, id.section, id.version, package.as_of, package.sealed));
    if (added == 0) {
        KAZASHI_TRY(const auto renewed, database_.change(sql::renew_package, id.patient, id.section, id.version,
                                                         package.as_of, package.sealed));
        if (renewed == 0) return 0;
    }
    KAZASHI_CHECK(database_.run(sql::drop_old_wraps, id.patient, id.section, id.version));
    KAZASHI_CHECK(database_.run(sql::drop_old_facility_wraps, id.patient, id.section, id.version));
    return added == 0 ? 0 : 1;
}

Result<int> FeedTables::put(const model::Wrap& wrap) {
    const auto& id = wrap.package;
    if (wrap.way == model::WrapFor::facility) {
        KAZASHI_CHECK(database_.run(sql::put_facility_wrap, id.patient, id.section, id.version, wrap.sealed));
        return 0;
    }
    KAZASHI_CHECK(database_.run(sql::put_wrap, id.patient, id.section, wrap.way, wrap.card, id.version, wrap.sealed));
    return 0;
}

Result<int> FeedTables::put(const model::GrantNews& news) {
    KAZASHI_CHECK(windows_.heard(news));
    return 0;
}

Result<int> FeedTables::put(const model::Policy& policy) {
    KAZASHI_CHECK(set_policy(policy));
    return 0;
}

Result<int> FeedTables::put(const model::Facility& facility) {
    KAZASHI_CHECK(database_.run(sql::put_facility, facility.id, facility.type, facility.name));
    return 0;
}

Result<int> FeedTables::put(const model::StaffMember& member) {
    KAZASHI_TRY(const auto name, sealed_name(member.name));
    KAZASHI_CHECK(database_.run(sql::put_staff, member.id, member.facility, member.active, name));
    if (!member.active) KAZASHI_CHECK(slots_.drop_unless_last(member.id));
    return 0;
}

Result<int> FeedTables::put(const model::RevokedCard& revoked) {
    KAZASHI_CHECK(database_.run(sql::put_revoked, revoked.card));
    database_.leaves_traces();
    KAZASHI_CHECK(database_.run(sql::drop_wraps_of_card, revoked.card));
    return 0;
}

Result<int> FeedTables::put(const model::SharedWindow& window) {
    KAZASHI_CHECK(windows_.put_shared(window.grant));
    return 0;
}

// Emergency and card wraps stay: the card or an entitled colleague is needed for them, and the desk asks excluded().
Result<int> FeedTables::put(const model::Exclusion& exclusion) {
    if (!exclusion.active) {
        KAZASHI_CHECK(database_.run(sql::drop_exclusion, exclusion.patient, exclusion.facility));
        return 0;
    }
    KAZASHI_CHECK(database_.run(sql::put_exclusion, exclusion.patient, exclusion.facility));
    KAZASHI_CHECK(windows_.excluded(exclusion.patient));
    return 0;
}

Result<int> FeedTables::put(const model::HolderLink& link) {
    if (link.active) {
        KAZASHI_CHECK(database_.run(sql::put_holder_link, link.holder, link.patient));
    } else {
        KAZASHI_CHECK(database_.run(sql::drop_holder_link, link.holder));
    }
    return 0;
}

Result<int> FeedTables::put(const model::EmergencyKeyWrap& key) {
    KAZASHI_CHECK(database_.run(sql::put_emergency_key, key.epoch, key.sealed));
    KAZASHI_TRY(const auto dropped, database_.change(sql::drop_old_emergency_keys));
    if (dropped != 0) database_.leaves_traces();
    return 0;
}

Result<int> FeedTables::put(const model::NamePage& page) {
    KAZASHI_CHECK(database_.run(sql::put_name_page, page.page, page.epoch, page.version, page.sealed));
    return 0;
}

Result<int> FeedTables::put(const model::CapsuleKeyWrap& key) {
    KAZASHI_CHECK(database_.run(sql::put_capsule_key, key.epoch, key.sealed));
    return 0;
}

Result<int> FeedTables::put(const model::Glossary& glossary) {
    KAZASHI_CHECK(put_glossary(glossary));
    return 0;
}

// Nobody need be signed in to receive a name: it is sealed to the public half of a key that only the store key opens.
Result<Bytes> FeedTables::sealed_name(const std::string& name) {
    KAZASHI_TRY(auto row, database_.query(sql::get_value, std::string_view{value_name::facility_seal}));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return Bytes{};
    return vault::seal_to(row.id<model::SealKey>(0), base::as_bytes(name));
}

// ---- reading

Result<FeedTables::FeedState> FeedTables::state() {
    KAZASHI_TRY(auto row, database_.query(sql::get_feed_state));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return Error{Fault::corrupt, "no feed state"};
    return FeedState{{row.integer(0)}, {row.integer(1), row.integer(2)}};
}

Result<model::Cursor> FeedTables::cursor() {
    KAZASHI_TRY(const auto now, state());
    return now.cursor;
}

Result<Store::FeedProgress> FeedTables::progress() {
    KAZASHI_TRY(const auto now, state());
    return now.progress;
}

Result<model::Policy> FeedTables::policy() {
    KAZASHI_TRY(auto row, database_.query(sql::get_policy));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return model::default_policy();
    return wire::decode_policy(row.blob(0));
}

Status FeedTables::set_policy(const model::Policy& policy) {
    return database_.run(sql::put_policy, policy.version, wire::encode(policy));
}

Result<std::optional<model::Facility>> FeedTables::facility(const model::FacilityId& id) {
    KAZASHI_TRY(auto row, database_.query(sql::get_facility, id));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return std::optional<model::Facility>{};
    return std::optional{model::Facility{id, static_cast<model::FacilityType>(row.integer(0)), row.text(1)}};
}

Result<std::optional<StaffRow>> FeedTables::staff(const model::StaffId& id) {
    KAZASHI_TRY(auto row, database_.query(sql::get_staff, id));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return std::optional<StaffRow>{};
    return std::optional{StaffRow{id, model::FacilityId{row.text(0)}, row.integer(1) != 0, row.bytes(2)}};
}

Result<std::vector<StaffRow>> FeedTables::staff_of(const model::FacilityId& facility) {
    KAZASHI_TRY(auto rows, database_.query(sql::get_staff_of, facility));
    std::vector<StaffRow> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows.step());
        if (!row) return found;
        found.push_back(
            {model::StaffId{rows.text(0)}, model::FacilityId{rows.text(1)}, rows.integer(2) != 0, rows.bytes(3)});
    }
}

Result<bool> FeedTables::excluded(const model::PatientRef& patient) {
    return database_.any(sql::get_exclusion, patient);
}

Result<std::optional<model::PatientRef>> FeedTables::holder(const model::HolderIndex& holder) {
    KAZASHI_TRY(auto row, database_.query(sql::get_holder_link, holder));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return std::optional<model::PatientRef>{};
    return std::optional{row.id<model::PatientRef>(0)};
}

Result<std::vector<model::EmergencyKeyWrap>> FeedTables::emergency_keys() {
    KAZASHI_TRY(auto rows, database_.query(sql::get_emergency_keys));
    std::vector<model::EmergencyKeyWrap> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows.step());
        if (!row) return found;
        found.push_back({rows.integer(0), rows.bytes(1)});
    }
}

Result<std::vector<model::CapsuleKeyWrap>> FeedTables::capsule_keys() {
    KAZASHI_TRY(auto rows, database_.query(sql::get_capsule_keys));
    std::vector<model::CapsuleKeyWrap> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows.step());
        if (!row) return found;
        found.push_back({rows.integer(0), rows.bytes(1)});
    }
}

Status FeedTables::put_capsule_keys(const std::vector<model::CapsuleKeyWrap>& keys) {
    for (const auto& key : keys) KAZASHI_CHECK(put(key));
    return base::ok();
}

Result<std::optional<model::Glossary>> FeedTables::glossary() {
    KAZASHI_TRY(auto row, database_.query(sql::get_glossary));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return std::optional<model::Glossary>{};
    return std::optional{model::Glossary{row.integer(0), row.integer(1), row.bytes(2)}};
}

Status FeedTables::put_glossary(const model::Glossary& glossary) {
    return database_.run(sql::put_glossary, glossary.version, glossary.epoch, glossary.sealed);
}

Result<std::vector<model::NamePage>> FeedTables::name_pages() {
    KAZASHI_TRY(auto rows, database_.query(sql::get_name_pages));
    std::vector<model::NamePage> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows.step());
        if (!row) return found;
        found.push_back({rows.integer(0), rows.integer(1), rows.integer(2), rows.bytes(3)});
    }
}

Result<std::optional<model::Lock>> FeedTables::lock(const model::CardIndex& card) {
    KAZASHI_TRY(auto row, database_.query(sql::get_lock, card));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return std::optional<model::Lock>{};
    return std::optional{
        model::Lock{card, row.id<model::PatientRef>(0), row.id<card::Challenge>(1), row.id<card::Challenge>(2)}};
}

Result<bool> FeedTables::revoked(const model::CardIndex& card) { return database_.any(sql::get_revoked, card); }

Result<std::vector<model::Wrap>> FeedTables::wraps(const model::PatientRef& patient, model::WrapFor way) {
    KAZASHI_TRY(auto rows, way == model::WrapFor::facility ? database_.query(sql::get_facility_wraps_of, patient)
                                                           : database_.query(sql::get_wraps, patient, way));
    std::vector<model::Wrap> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows.step());
        if (!row) return found;
        found.push_back({way,
                         {patient, static_cast<model::Section>(rows.integer(0)), rows.integer(1)},
                         rows.id<model::CardIndex>(2),
                         rows.bytes(3)});
    }
}

Result<std::vector<model::Wrap>> FeedTables::facility_wraps() {
    KAZASHI_TRY(auto rows, database_.query(sql::get_facility_wraps));
    std::vector<model::Wrap> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows.step());
        if (!row) return found;
        found.push_back({model::WrapFor::facility,
                         {rows.id<model::PatientRef>(0), static_cast<model::Section>(rows.integer(1)), rows.integer(2)},
                         {},
                         rows.bytes(3)});
    }
}

Status FeedTables::drop_facility_wrap(const model::PackageId& package) {
    database_.leaves_traces();
    return database_.run(sql::drop_facility_wrap, package.patient, package.section, package.version);
}

Result<std::optional<model::Package>> FeedTables::package(const model::PatientRef& patient, model::Section section) {
    KAZASHI_TRY(auto row, database_.query(sql::get_package, patient, section));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return std::optional<model::Package>{};
    return std::optional{model::Package{{patient, section, row.integer(0)}, row.time(1), row.bytes(2)}};
}

}  // namespace kazashi::store
