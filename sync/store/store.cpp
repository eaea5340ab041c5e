#include "sync/store/store.h"

#include "sync/store/feed_tables.h"
#include "sync/store/ledger_tables.h"
#include "sync/store/opening.h"
#include "sync/store/sql.h"
#include "sync/store/staff_tables.h"
#include "sync/store/tuning.h"
#include "sync/store/window_tables.h"

namespace kazashi::store {

struct StoreParts {
    explicit StoreParts(Database opened) : database{std::move(opened)} {}

    // `work` and its commit; nothing of it stays when either fails.
    template <class Work>
    auto in_transaction(Work work) -> decltype(work()) {
        KAZASHI_TRY(auto transaction, Transaction::begin(database));
        auto result = work();
        if (!result) return result;
        KAZASHI_CHECK(transaction.commit());
        return result;
    }
    // After the commit that deleted keys.
    Status wipe_traces() {
        traces = true;
        KAZASHI_TRY(const bool emptied, database.empty_wal());
        traces = !emptied;
        return base::ok();
    }

    Database database;
    WindowTables windows{database};
    FeedTables feed{database, windows};
    LedgerTables ledger{database, windows};
    StaffTables staff{database};
    bool traces{false};  // keys were deleted, and older pages with them may still stand in the WAL
};

Result<Store> Store::open(const std::filesystem::path& file, OpenOptions options) {
    KAZASHI_TRY(auto database, open_database(file, options.create));
    return Store{std::make_unique<StoreParts>(std::move(database))};
}

Store::Store(std::unique_ptr<StoreParts> parts) : parts_{std::move(parts)} {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

// ---- feed

Status Store::apply(const model::FeedPage& page) {
    KAZASHI_CHECK(parts_->in_transaction([&] { return parts_->feed.apply(page); }));
    if (parts_->database.wal_pages() < tuning::checkpoint_pages) return base::ok();
    return parts_->database.checkpoint();
}

Result<model::Cursor> Store::cursor() { return parts_->feed.cursor(); }
Result<Store::FeedProgress> Store::progress() { return parts_->feed.progress(); }
Result<model::Policy> Store::policy() { return parts_->feed.policy(); }
Status Store::set_policy(const model::Policy& policy) { return parts_->feed.set_policy(policy); }
Result<std::optional<model::Facility>> Store::facility(const model::FacilityId& id) {
    return parts_->feed.facility(id);
}
Result<std::optional<StaffRow>> Store::staff(const model::StaffId& id) { return parts_->feed.staff(id); }

// ---- patients

Result<std::optional<model::Lock>> Store::lock(const model::CardIndex& card) { return parts_->feed.lock(card); }
Result<bool> Store::revoked(const model::CardIndex& card) { return parts_->feed.revoked(card); }
Result<std::vector<model::Wrap>> Store::wraps(const model::PatientRef& patient, model::WrapFor way) {
    return parts_->feed.wraps(patient, way);
}
Result<std::optional<model::Package>> Store::package(const model::Permit& permit) {
    return parts_->feed.package(permit.patient(), permit.section());
}

Result<Store::Snapshot> Store::snapshot() {
    KAZASHI_CHECK(parts_->database.run(sql::begin_read));
    return Snapshot{*parts_};
}
Store::Snapshot::~Snapshot() {
    if (parts_ == nullptr) return;
    // Nothing was written, so there is nothing a failing COMMIT could lose.
    [[maybe_unused]] const auto ended = parts_->database.run(sql::commit);
}

// ---- windows

Result<std::vector<WindowRow>> Store::windows() { return parts_->windows.windows(); }
Result<std::optional<WindowRow>> Store::window(const model::GrantId& id) { return parts_->windows.window(id); }
Result<std::optional<WindowRow>> Store::window_of(const model::PatientRef& patient) {
    return parts_->windows.window_of(patient);
}
Result<std::vector<WindowWrap>> Store::window_wraps(const model::GrantId& id) { return parts_->windows.wraps(id); }
Result<std::vector<model::Wrap>> Store::facility_wraps() { return parts_->feed.facility_wraps(); }

Status Store::put_window_wrap(const model::GrantId& id, const WindowWrap& wrap) {
    return parts_->in_transaction([&] { return parts_->windows.put_wrap(id, wrap); });
}
Status Store::drop_facility_wrap(const model::PackageId& package) { return parts_->feed.drop_facility_wrap(package); }
Result<std::vector<ClosedWindow>> Store::closed_windows() { return parts_->windows.closed_windows(); }
Status Store::forget_closed_windows(model::UtcTime closed_before) {
    return parts_->windows.forget_closed_windows(closed_before);
}

// ---- ledger

void Store::set_signer(model::TerminalId terminal, Signer signer) {
    parts_->ledger.set_signer(std::move(terminal), std::move(signer));
}

Result<model::LedgerSeq> Store::append(const NewEntry& entry) {
    return parts_->in_transaction([&] { return parts_->ledger.append(entry); });
}

Result<model::LedgerSeq> Store::append_sign_in(const NewEntry& entry, const model::StaffId& staff,
                                               const SlotFailures& failures) {
    return parts_->in_transaction([&]() -> Result<model::LedgerSeq> {
        KAZASHI_CHECK(parts_->staff.put_failures(staff, failures));
        return parts_->ledger.append(entry);
    });
}

Result<model::LedgerSeq> Store::append_tap(const NewEntry& grant_entry, const NewEntry& view_entry,
                                           const WindowRow& window, const std::vector<WindowWrap>& wraps) {
    return parts_->in_transaction([&]() -> Result<model::LedgerSeq> {
        KAZASHI_TRY(const auto granted, parts_->ledger.append(grant_entry));
        KAZASHI_TRY(const auto view, parts_->ledger.append(view_entry));
        KAZASHI_TRY(const bool replaced, parts_->windows.put(window, granted, wraps));
        if (replaced) parts_->traces = true;  // wiped by tidy(): a tap does not wait for it
        return view;
    });
}

Status Store::end_windows(const std::vector<EndOfWindow>& ends) {
    if (ends.empty()) return base::ok();
    const auto ended = parts_->in_transaction([&]() -> Status {
        for (const auto& end : ends) {
            KAZASHI_CHECK(parts_->windows.end(end.grant, end.entry.at));
            KAZASHI_TRY([[maybe_unused]] const auto seq, parts_->ledger.append(end.entry));
        }
        return base::ok();
    });
    if (!ended) return ended;
    return parts_->wipe_traces();
}

Status Store::tidy() {
    if (parts_->traces) return parts_->wipe_traces();
    if (parts_->database.wal_pages() < tuning::checkpoint_pages) return base::ok();
    return parts_->database.checkpoint();
}

Result<std::vector<model::LedgerEntry>> Store::unreceipted(std::size_t most) {
    return parts_->ledger.unreceipted(most);
}
Result<LedgerCounts> Store::ledger_counts() { return parts_->ledger.counts(); }

Status Store::put_receipts(const std::vector<model::Receipt>& receipts) {
    return parts_->in_transaction([&] { return parts_->ledger.put_receipts(receipts); });
}

// ---- staff slots and small values

Result<std::vector<vault::Slot>> Store::slots() { return parts_->staff.slots(); }
Status Store::put_slot(const vault::Slot& slot) { return parts_->staff.put_slot(slot); }
Result<SlotFailures> Store::failures(const model::StaffId& staff) { return parts_->staff.failures(staff); }
Result<std::optional<Bytes>> Store::value(const std::string& key) { return parts_->staff.value(key); }
Status Store::put_value(const std::string& key, base::ByteView value) { return parts_->staff.put_value(key, value); }

}  // namespace kazashi::store
