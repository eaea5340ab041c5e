// The ledger's rows: entries are added, receipts are put to them, nothing else ever happens here (a trigger sees to
// it).
#pragma once

#include "sync/store/database.h"
#include "sync/store/store.h"

namespace kazashi::store {

class WindowTables;

class LedgerTables {
public:
    LedgerTables(Database& database, WindowTables& windows) : database_{database}, windows_{windows} {}

    void set_signer(model::TerminalId terminal, Store::Signer signer);

    // Inside the caller's transaction, together with what the entry records.
    Result<model::LedgerSeq> append(const Store::NewEntry& entry);
    Status put_receipts(const std::vector<model::Receipt>& receipts);

    Result<std::vector<model::LedgerEntry>> unreceipted(std::size_t most);
    Result<LedgerCounts> counts();

private:
    Result<wire::ChainHead> head();  // seq 0 and a hash of zeros before the first entry
    Result<std::int64_t> count(const char* sql);
    Status put_receipt(const model::Receipt& receipt);

    Database& database_;
    WindowTables& windows_;
    model::TerminalId terminal_;
    Store::Signer signer_;
};

}  // namespace kazashi::store
