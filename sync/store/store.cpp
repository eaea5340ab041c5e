#include "sync/store/store.h"

#include "sync/store/backup.h"
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

    // `work` and its commit; nothing of it stays when either fails. What comes after the commit cannot undo it, so its
    // failure is no error of the call: tidy() tries again and says so.
    template <class Work>
    auto in_transaction(Work work) -> decltype(work()) {
        KAZASHI_TRY(auto transaction, Transaction::begin(database));
        auto result = work();
        if (!result) return result;
        KAZASHI_CHECK(transaction.commit());
        return result;
    }
    // The same for work that may delete keys.
    template <class Work>
    auto in_wiping_transaction(Work work) -> decltype(work()) {
        auto result = in_transaction(std::move(work));
        if (result && database.has_traces()) [[maybe_unused]]
            const auto later = database.empty_wal();
        return result;
    }

    Status end(const std::vector<Store::EndOfWindow>& ends) {
        for (const auto& one : ends) {
            KAZASHI_CHECK(windows.end(one.grant, one.entry.at));
            KAZASHI_TRY([[maybe_unused]] const auto seq, ledger.append(one.entry));
        }
        return base::ok();
    }

    Database database;
    WindowTables windows{database};
    StaffTables staff{database};
    FeedTables feed{database, windows, staff};
    LedgerTables ledger{database, windows};
};

Result<Store> Store::open(const std::filesystem::path& file, OpenOptions options) {
    KAZASHI_TRY(auto database, open_database(file, options.create, options.vfs));
    return Store{std::make_unique<StoreParts>(std::move(database))};
}

Store::Store(std::unique_ptr<StoreParts> parts) : parts_{std::move(parts)} {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

// ---- feed

Status Store::apply(const model::FeedPage& page) {
    KAZASHI_CHECK(parts_->in_wiping_transaction([&] { return parts_->feed.apply(page); }));
    if (parts_->database.wal_pages() < tuning::checkpoint_pages) return base::ok();
    [[maybe_unused]] const auto later = parts_->database.checkpoint();  // the page is here all the same
    return base::ok();
}

Result<model::Cursor> Store::cursor() { return parts_->feed.cursor(); }
Result<Store::FeedProgress> Store::progress() { return parts_->feed.progress(); }
Result<model::Policy> Store::policy() { return parts_->feed.policy(); }
Status Store::set_policy(const model::Policy& policy) { return parts_->feed.set_policy(policy); }
Result<std::optional<model::Facility>> Store::facility(const model::FacilityId& id) {
    return parts_->feed.facility(id);
}
Result<std::optional<StaffRow>> Store::staff(const model::StaffId& id) { return parts_->feed.staff(id); }
Result<std::vector<StaffRow>> Store::staff_of(const model::FacilityId& facility) {
    return parts_->feed.staff_of(facility);
}
Result<bool> Store::excluded(const model::PatientRef& patient) { return parts_->feed.excluded(patient); }
Result<std::vector<model::EmergencyKeyWrap>> Store::emergency_keys() { return parts_->feed.emergency_keys(); }
Result<std::vector<model::NamePage>> Store::name_pages() { return parts_->feed.name_pages(); }
Result<std::vector<model::CapsuleKeyWrap>> Store::capsule_keys() { return parts_->feed.capsule_keys(); }
Status Store::put_capsule_keys(const std::vector<model::CapsuleKeyWrap>& keys) {
    return parts_->in_transaction([&] { return parts_->feed.put_capsule_keys(keys); });
}
Result<std::optional<model::Glossary>> Store::glossary() { return parts_->feed.glossary(); }
Status Store::put_glossary(const model::Glossary& glossary) { return parts_->feed.put_glossary(glossary); }

// ---- patients

Result<std::optional<model::Lock>> Store::lock(const model::CardIndex& card) { return parts_->feed.lock(card); }
Result<std::optional<model::PatientRef>> Store::holder(const model::HolderIndex& holder) {
    return parts_->feed.holder(holder);
}
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
    return parts_->in_transaction([&] { return parts_->windows.forget_closed_windows(closed_before); });
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
        KAZASHI_CHECK(parts_->windows.put(window, granted, wraps));
        return view;  // what an older window left is wiped by tidy(): a tap does not wait for it
    });
}

Result<model::LedgerSeq> Store::append_all(const std::vector<NewEntry>& entries) {
    assert(!entries.empty());
    return parts_->in_transaction([&]() -> Result<model::LedgerSeq> {
        model::LedgerSeq last;
        for (const auto& entry : entries) {
            KAZASHI_TRY(last, parts_->ledger.append(entry));
        }
        return last;
    });
}

Status Store::adopt_window(const model::GrantId& id, base::ByteView sealed_window_key) {
    return parts_->in_transaction([&] { return parts_->windows.adopt(id, sealed_window_key); });
}

Status Store::end_windows(const std::vector<EndOfWindow>& ends) {
    if (ends.empty()) return base::ok();
    return parts_->in_wiping_transaction([&] { return parts_->end(ends); });
}

Status Store::withdraw(const NewEntry& withdrawal, const std::vector<EndOfWindow>& ends) {
    return parts_->in_wiping_transaction([&]() -> Status {
        KAZASHI_TRY([[maybe_unused]] const auto seq, parts_->ledger.append(withdrawal));
        return parts_->end(ends);
    });
}

Status Store::tidy() {
    if (parts_->database.has_traces()) {
        KAZASHI_TRY([[maybe_unused]] const bool emptied, parts_->database.empty_wal());
        return base::ok();
    }
    if (parts_->database.wal_pages() < tuning::checkpoint_pages) return base::ok();
    return parts_->database.checkpoint();
}

Result<std::vector<model::LedgerEntry>> Store::unreceipted(std::size_t most) {
    return parts_->ledger.unreceipted(most);
}
Result<std::vector<model::LedgerEntry>> Store::ledger_after(model::LedgerSeq after, std::size_t most) {
    return parts_->ledger.after(after, most);
}
Status Store::verify_ledger(const model::VerifyKey& terminal) {
    KAZASHI_TRY([[maybe_unused]] const auto moment, snapshot());
    return parts_->ledger.verify(terminal);
}
Status Store::prune_ledger(model::UtcTime before) {
    while (true) {
        KAZASHI_TRY(const bool more, parts_->in_transaction([&] { return parts_->ledger.prune(before); }));
        if (!more) return base::ok();
    }
}
Result<LedgerCounts> Store::ledger_counts() { return parts_->ledger.counts(); }

Status Store::put_receipts(const std::vector<model::Receipt>& receipts) {
    return parts_->in_wiping_transaction([&] { return parts_->ledger.put_receipts(receipts); });
}

// ---- staff slots

Result<std::vector<vault::Slot>> Store::slots() { return parts_->staff.slots(); }
Status Store::put_slot(const vault::Slot& slot) { return parts_->staff.put_slot(slot); }
Status Store::put_slot(const vault::Slot& slot, const NewEntry& entry) {
    return parts_->in_wiping_transaction([&]() -> Status {
        KAZASHI_CHECK(parts_->staff.renew_slot(slot));
        KAZASHI_TRY([[maybe_unused]] const auto seq, parts_->ledger.append(entry));
        return base::ok();
    });
}
Status Store::remove_slot(const model::StaffId& staff, const NewEntry& entry) {
    return parts_->in_wiping_transaction([&]() -> Status {
        KAZASHI_CHECK(parts_->staff.remove_slot(staff));
        KAZASHI_TRY([[maybe_unused]] const auto seq, parts_->ledger.append(entry));
        return base::ok();
    });
}
Result<std::vector<vault::IdSlot>> Store::id_slots() { return parts_->staff.id_slots(); }
Status Store::put_id_slot(const vault::IdSlot& slot, const NewEntry& entry) {
    return parts_->in_wiping_transaction([&]() -> Status {
        KAZASHI_CHECK(parts_->staff.renew_id_slot(slot));
        KAZASHI_TRY([[maybe_unused]] const auto seq, parts_->ledger.append(entry));
        return base::ok();
    });
}
Result<SlotFailures> Store::failures(const model::StaffId& staff) { return parts_->staff.failures(staff); }

// ---- notices

Result<bool> Store::notice_shown(const model::GrantId& view) { return parts_->staff.notice_shown(view); }
Result<model::LedgerSeq> Store::append_notice_shown(const NewEntry& entry, const std::vector<model::GrantId>& views) {
    return parts_->in_transaction([&]() -> Result<model::LedgerSeq> {
        KAZASHI_TRY(const auto seq, parts_->ledger.append(entry));
        for (const auto& view : views) KAZASHI_CHECK(parts_->staff.put_notice(view, seq));
        return seq;
    });
}

// ---- backup and small values

Status Store::backup(const std::filesystem::path& file) { return back_up(parts_->database, file); }
Result<std::optional<Bytes>> Store::value(const std::string& key) { return parts_->staff.value(key); }
Status Store::put_value(const std::string& key, base::ByteView value) {
    if (!value.empty()) return parts_->staff.put_value(key, value);
    return parts_->in_wiping_transaction([&] { return parts_->staff.empty_value(key); });
}

}  // namespace kazashi::store
