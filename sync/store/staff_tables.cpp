#include "sync/store/staff_tables.h"

#include <algorithm>

#include "sync/store/sql.h"

namespace kazashi::store {

using base::Error;
using base::Fault;

namespace {

vault::Slot slot_of(const Statement& row) {
    vault::Slot slot;
    slot.staff = model::StaffId{row.text(0)};
    slot.card = row.id<model::CardIndex>(1);
    slot.first = row.id<card::Challenge>(2);
    slot.second = row.id<card::Challenge>(3);
    const auto salt = row.blob(4);
    std::copy_n(salt.begin(), std::min(salt.size(), slot.salt.size()), slot.salt.begin());
    slot.opslimit = static_cast<std::uint64_t>(row.integer(5));
    slot.memlimit = static_cast<std::uint64_t>(row.integer(6));
    slot.sealed_store_key = row.bytes(7);
    return slot;
}

vault::IdSlot id_slot_of(const Statement& row) {
    vault::IdSlot slot;
    slot.staff = model::StaffId{row.text(0)};
    slot.challenge = row.id<vault::IdChallenge>(1);
    const auto salt = row.blob(2);
    std::copy_n(salt.begin(), std::min(salt.size(), slot.salt.size()), slot.salt.begin());
    slot.sealed_store_key = row.bytes(3);
    return slot;
}

}  // namespace

Result<std::vector<vault::Slot>> StaffTables::slots() {
    KAZASHI_TRY(auto rows, database_.query(sql::get_slots));
    std::vector<vault::Slot> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows.step());
        if (!row) return found;
        found.push_back(slot_of(rows));
    }
}

Status StaffTables::put_slot(const vault::Slot& slot) {
    return database_.run(sql::put_slot, slot.staff, slot.card, slot.first, slot.second, slot.salt, slot.opslimit,
                         slot.memlimit, slot.sealed_store_key);
}

Status StaffTables::renew_slot(const vault::Slot& slot) {
    database_.leaves_traces();  // of the store key sealed under the PIN before
    KAZASHI_CHECK(put_slot(slot));
    return database_.run(sql::drop_slots_of_inactive, slot.staff);
}

Status StaffTables::remove_slot(const model::StaffId& staff) {
    KAZASHI_TRY(const bool found, database_.any(sql::get_slot, staff));
    if (!found) return Error{Fault::not_found, "no such slot"};
    database_.leaves_traces();
    KAZASHI_TRY(const auto dropped, database_.change(sql::drop_slot, staff));
    if (dropped == 0) return Error{Fault::denied, "the last slot stays"};
    return base::ok();
}

Status StaffTables::drop_unless_last(const model::StaffId& staff) {
    KAZASHI_TRY(const auto dropped, database_.change(sql::drop_slot, staff));
    if (dropped != 0) database_.leaves_traces();
    return base::ok();
}

Result<std::vector<vault::IdSlot>> StaffTables::id_slots() {
    KAZASHI_TRY(auto rows, database_.query(sql::get_id_slots));
    std::vector<vault::IdSlot> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows.step());
        if (!row) return found;
        found.push_back(id_slot_of(rows));
    }
}

Status StaffTables::renew_id_slot(const vault::IdSlot& slot) {
    KAZASHI_TRY(const bool found, database_.any(sql::get_slot, slot.staff));
    if (!found) return Error{Fault::not_found, "no slot it could belong to"};
    database_.leaves_traces();  // of what another card opened before
    return database_.run(sql::put_id_slot, slot.staff, slot.challenge, slot.salt, slot.sealed_store_key);
}

Result<bool> StaffTables::notice_shown(const model::GrantId& view) { return database_.any(sql::get_notice, view); }

Status StaffTables::put_notice(const model::GrantId& view, model::LedgerSeq entry) {
    return database_.run(sql::put_notice, view, entry.value);
}

Result<SlotFailures> StaffTables::failures(const model::StaffId& staff) {
    KAZASHI_TRY(auto row, database_.query(sql::get_failures, staff));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return SlotFailures{};
    SlotFailures failures{static_cast<int>(row.integer(0)), std::nullopt};
    if (!row.is_null(1)) failures.locked_until = row.time(1);
    return failures;
}

Status StaffTables::put_failures(const model::StaffId& staff, const SlotFailures& failures) {
    return database_.run(sql::put_failures, staff, failures.count, failures.locked_until);
}

Result<std::optional<Bytes>> StaffTables::value(const std::string& key) {
    KAZASHI_TRY(auto row, database_.query(sql::get_value, key));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return std::optional<Bytes>{};
    return std::optional{row.bytes(0)};
}

Status StaffTables::put_value(const std::string& key, ByteView value) {
    return database_.run(sql::put_value, key, value);
}

Status StaffTables::empty_value(const std::string& key) {
    database_.leaves_traces();
    return put_value(key, {});
}

}  // namespace kazashi::store
