// The region's records. Work is done inside write() or read(): everything one piece of work sees is one snapshot, and
// what it writes appears whole or not at all. The records' interfaces know no SQL, so that another database can stand
// behind them.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "sync/server/card_order_records.h"
#include "sync/server/capsule_records.h"
#include "sync/server/card_records.h"
#include "sync/server/code_name_records.h"
#include "sync/server/emergency_records.h"
#include "sync/server/feed_records.h"
#include "sync/server/ledger_records.h"
#include "sync/server/look_records.h"
#include "sync/server/patient_records.h"
#include "sync/server/registry_records.h"

namespace kazashi::server {

class Records : public PatientRecords,
                public CardRecords,
                public CardOrderRecords,
                public FeedRecords,
                public LedgerRecords,
                public LookRecords,
                public EmergencyRecords,
                public CapsuleRecords,
                public CodeNameRecords,
                public RegistryRecords {
public:
    virtual ~Records() = default;
};

using Work = std::function<Status(Records&)>;

class Repository {
public:
    virtual ~Repository() = default;
    // One at a time over the whole region: feed numbers become visible in the order they were given, so a cursor never
    // passes an entry that commits later (design §7). An error from `work` undoes everything it did.
    virtual Status write(const Work& work) = 0;
    virtual Status read(const Work& work) = 0;
};

// not_found when there is no database and `create` is false; unsupported when a newer program wrote it.
Result<std::unique_ptr<Repository>> open_sqlite(const std::filesystem::path& file, bool create);

}  // namespace kazashi::server
