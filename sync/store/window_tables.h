// Live windows, their wraps, and what stays of those the region closed. All of it runs inside its caller's transaction.
#pragma once

#include "sync/store/database.h"
#include "sync/store/store.h"

namespace kazashi::store {

class WindowTables {
public:
    explicit WindowTables(Database& database) : database_{database} {}

    Result<std::vector<WindowRow>> windows();
    Result<std::optional<WindowRow>> window(const model::GrantId& id);
    Result<std::optional<WindowRow>> window_of(const model::PatientRef& patient);
    Result<std::vector<WindowWrap>> wraps(const model::GrantId& id);
    Result<std::vector<ClosedWindow>> closed_windows();
    Status forget_closed_windows(model::UtcTime closed_before);

    // Opens `window`; older windows of the same patient go. True when there was one.
    Result<bool> put(const WindowRow& window, model::LedgerSeq grant_entry, const std::vector<WindowWrap>& wraps);
    Status put_wrap(const model::GrantId& id, const WindowWrap& wrap);
    // not_found: there is no such window.
    Status end(const model::GrantId& id, model::UtcTime at);

    // The region's word about a grant: by the feed, or by the receipt for its ledger entry. A refused or withdrawn
    // window loses its wraps at once; its row waits for the desk, which ends it on the record.
    Status heard(const model::GrantNews& news);
    Status heard(model::LedgerSeq grant_entry, const model::Receipt& receipt);

private:
    Status put_wrap_row(const model::GrantId& id, const WindowWrap& wrap);
    Status drop_keys(const model::GrantId& id);

    Database& database_;
};

}  // namespace kazashi::store
