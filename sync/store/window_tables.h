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

    // Opens `window`; older windows of the same patient go.
    Status put(const WindowRow& window, model::LedgerSeq grant_entry, const std::vector<WindowWrap>& wraps);
    // Another terminal of this facility has it: the row comes without a key, unless this window ended here already, the
    // patient excluded the facility, or a newer one of that patient is here.
    Status put_shared(const model::Grant& grant);
    // not_found: there is no such window without a key. Older windows of the same patient go.
    Status adopt(const model::GrantId& id, base::ByteView sealed_window_key);
    // not_found: there is no such window, or it is closed.
    Status put_wrap(const model::GrantId& id, const WindowWrap& wrap);
    // not_found: there is no such window.
    Status end(const model::GrantId& id, model::UtcTime at);

    // The region's word about a grant: by the feed, or by the receipt for its ledger entry. A refused or withdrawn
    // window loses its wraps at once; its row waits for the desk, which ends it on the record.
    Status heard(const model::GrantNews& news);
    Status heard(model::LedgerSeq grant_entry, const model::Receipt& receipt);
    Status excluded(const model::PatientRef& patient);

private:
    Result<std::vector<WindowRow>> windows_of(const model::PatientRef& patient);
    Status put_wrap_row(const model::GrantId& id, const WindowWrap& wrap);
    Status drop_keys(const model::GrantId& id);

    Database& database_;
};

}  // namespace kazashi::store
