// The ledger's rows: entries are added, receipts are put to them, old ones that have their receipt are dropped from the
// beginning. Nothing else ever happens here (triggers see to it).
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

    // Drops one portion. True: there may be more.
    Result<bool> prune(model::UtcTime before);

    Result<std::vector<model::LedgerEntry>> unreceipted(std::size_t most);
    Result<std::vector<model::LedgerEntry>> after(model::LedgerSeq seq, std::size_t most);
    Status verify(const model::VerifyKey& terminal);
    Result<LedgerCounts> counts();

private:
    Result<wire::ChainHead> head();   // seq 0 and a hash of zeros before the first entry
    Result<wire::ChainHead> floor();  // the last entry that was dropped; as above when none was
    Result<wire::ChainHead> end_of_chain(const char* sql);
    Result<std::int64_t> count(const char* sql);
    Status put_receipt(const model::Receipt& receipt);

    Database& database_;
    WindowTables& windows_;
    model::TerminalId terminal_;
    Store::Signer signer_;
};

}  // namespace kazashi::store
