// Staff slots with their wrong tries, and the small values of this terminal.
#pragma once

#include "sync/store/database.h"
#include "sync/store/store.h"

namespace kazashi::store {

class StaffTables {
public:
    explicit StaffTables(Database& database) : database_{database} {}

    Result<std::vector<vault::Slot>> slots();
    Status put_slot(const vault::Slot& slot);
    // Takes the slot's place in the list; those of staff the region removed may go then.
    Status renew_slot(const vault::Slot& slot);
    // not_found: there is none. denied: it is the last.
    Status remove_slot(const model::StaffId& staff);
    Status drop_unless_last(const model::StaffId& staff);
    Result<std::vector<vault::IdSlot>> id_slots();
    Status renew_id_slot(const vault::IdSlot& slot);  // not_found: they have no slot
    Result<bool> notice_shown(const model::GrantId& view);
    Status put_notice(const model::GrantId& view, model::LedgerSeq entry);
    Result<SlotFailures> failures(const model::StaffId& staff);
    Status put_failures(const model::StaffId& staff, const SlotFailures& failures);

    Result<std::optional<Bytes>> value(const std::string& key);
    Status put_value(const std::string& key, base::ByteView value);
    Status empty_value(const std::string& key);

private:
    Database& database_;
};

}  // namespace kazashi::store
