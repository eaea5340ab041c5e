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
    Result<SlotFailures> failures(const model::StaffId& staff);
    Status put_failures(const model::StaffId& staff, const SlotFailures& failures);

    Result<std::optional<Bytes>> value(const std::string& key);
    Status put_value(const std::string& key, base::ByteView value);

private:
    Database& database_;
};

}  // namespace kazashi::store
