// The terminal's SQLite: feed state, windows, ledger, slots. WAL, synchronous=FULL, secure_delete, one connection per
// Store object and one Store object per thread; several may be open on one file. Nothing in it is readable without a
// key except ids, times and the region's public tables (design §5): names of staff are sealed too.
// Every call that writes is one transaction. An error means that nothing of it happened (disk_full, io: try again when
// the disk takes writes again, with the same object); ok means that it is on the disk.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cardio/base/result.h"
#include "sync/model/feed.h"
#include "sync/model/permit.h"
#include "sync/vault/id_slot.h"
#include "sync/vault/slot.h"
#include "sync/wire/ledger.h"

namespace kazashi::store {

using base::Bytes;
using base::Result;
using base::Status;

// A live window as it lies on disk. The grant is needed to make a Permit; the key opens its wraps.
struct WindowRow {
    model::Grant grant;
    model::GrantState state{};  // confirmed until the region says otherwise
    bool receipted{};           // the region has confirmed this grant
    std::string reason;         // why refused; of a live one by break-glass: why the glass was broken
    Bytes sealed_window_key;    // under the store key, about the grant id; empty: shared by another terminal of this
                                // facility, not adopted yet
};
struct WindowWrap {
    model::PackageId package;
    Bytes sealed;  // data key under the window key
};

// What stays of a window the region closed: enough for staff to see that it did, and why. Nobody's name.
struct ClosedWindow {
    model::GrantId grant;
    model::GrantState state{};  // refused or withdrawn
    std::string reason;         // key of a sentence
    model::UtcTime granted_at;
    model::UtcTime closed_at;
};

struct StaffRow {
    model::StaffId id;
    model::FacilityId facility;
    bool active{};
    Bytes sealed_name;  // to this terminal's facility key; empty before the key was made
};

// Names of small values in the store (Store::value).
namespace value_name {
inline constexpr const char* index_key = "index_key";              // sealed under the store key
inline constexpr const char* kiosk_index_key = "kiosk_index_key";  // readable, at a self-service kiosk only; else empty
inline constexpr const char* facility_key = "facility_key";        // sealed under the store key
inline constexpr const char* facility_seal = "facility_seal";      // its public half, 32 bytes
inline constexpr const char* clock_mark = "clock_mark";            // milliseconds since 1970 in decimal digits
}  // namespace value_name

struct SlotFailures {
    int count{};
    std::optional<model::UtcTime> locked_until;
};

// What the top bar counts.
struct LedgerCounts {
    std::int64_t entries{};
    std::int64_t pending{};  // no receipt yet
    std::int64_t refused{};
    bool operator==(const LedgerCounts&) const = default;
};

class Store {
public:
    // not_found: no such file and `create` is false. corrupt: it was moved aside to `moved_to`; the caller says so and
    // may then open again with create. Never re-created silently. unsupported: written by a newer version.
    struct OpenOptions {
        bool create{false};
        std::string vfs{};  // SQLite's name of another file system than the system's
    };
    static Result<Store> open(const std::filesystem::path& file, OpenOptions options);
    ~Store();
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;

    // ---- feed: entries and cursor in one transaction; out_of_order when page.after is not our cursor
    Status apply(const model::FeedPage& page);
    Result<model::Cursor> cursor();
    struct FeedProgress {
        std::int64_t packages{};
        std::int64_t packages_total{};
    };
    Result<FeedProgress> progress();
    Result<model::Policy> policy();                  // the newest the feed brought, else the one set at enrolment
    Status set_policy(const model::Policy& policy);  // at enrolment; an older version than ours changes nothing
    Result<std::optional<model::Facility>> facility(const model::FacilityId& id);
    Result<std::optional<StaffRow>> staff(const model::StaffId& id);
    Result<std::vector<StaffRow>> staff_of(const model::FacilityId& facility);  // active ones, by id
    Result<bool> excluded(const model::PatientRef& patient);        // by the patient, from this terminal's facility
    Result<std::vector<model::EmergencyKeyWrap>> emergency_keys();  // newest epoch first
    Result<std::vector<model::NamePage>> name_pages();              // by page
    Result<std::vector<model::CapsuleKeyWrap>> capsule_keys();      // newest epoch first
    Status put_capsule_keys(const std::vector<model::CapsuleKeyWrap>& keys);  // at enrolment; later the feed brings them
    Result<std::optional<model::Glossary>> glossary();
    Status put_glossary(const model::Glossary& glossary);  // at enrolment; an older version than ours changes nothing

    // ---- patients. Locks and wraps are not patient data: they open nothing by themselves.
    Result<std::optional<model::Lock>> lock(const model::CardIndex& card);
    Result<std::optional<model::PatientRef>> holder(const model::HolderIndex& holder);  // of an ID card
    Result<bool> revoked(const model::CardIndex& card);
    // A wrap may be newer than the package that is here (its package comes next), never older.
    Result<std::vector<model::Wrap>> wraps(const model::PatientRef& patient, model::WrapFor way);
    Result<std::optional<model::Package>> package(const model::Permit& permit);  // newest version of its section
    // What is read while it lives belongs to one moment, whatever another thread applies meanwhile. No writes under it.
    class Snapshot {
    public:
        Snapshot(Snapshot&& other) noexcept : parts_{std::exchange(other.parts_, nullptr)} {}
        Snapshot& operator=(Snapshot&&) = delete;
        ~Snapshot();

    private:
        friend class Store;
        explicit Snapshot(struct StoreParts& parts) : parts_{&parts} {}
        struct StoreParts* parts_;
    };
    Result<Snapshot> snapshot();

    // ---- windows; newest first. Past ones are among them until they are ended.
    Result<std::vector<WindowRow>> windows();
    Result<std::optional<WindowRow>> window(const model::GrantId& id);
    // The confirmed one; when there are two, one that has its window key before one that is not adopted yet.
    Result<std::optional<WindowRow>> window_of(const model::PatientRef& patient);
    Result<std::vector<WindowWrap>> window_wraps(const model::GrantId& id);
    // Newer versions for confirmed windows, not yet taken in. The feed's facility wraps of other patients are not kept:
    // they would open what nobody granted.
    Result<std::vector<model::Wrap>> facility_wraps();
    // Takes a facility wrap in: it goes, the window wrap comes. not_found: the region closed the window meanwhile.
    Status put_window_wrap(const model::GrantId& id, const WindowWrap& wrap);
    Status drop_facility_wrap(const model::PackageId& package);  // one that did not open
    Result<std::vector<ClosedWindow>> closed_windows();          // newest first
    Status forget_closed_windows(model::UtcTime closed_before);

    // ---- ledger: the entry is made inside the transaction (seq, prev, signature), together with what it records.
    struct NewEntry {
        model::LedgerKind kind{};
        model::UtcTime at;
        model::ClockQuality clock{};
        Bytes body;  // sealed to the region
    };
    using Signer = std::function<void(model::LedgerEntry&)>;
    void set_signer(model::TerminalId terminal, Signer signer);
    Result<model::LedgerSeq> append(const NewEntry& entry);
    // A try to sign in, and what it does to the failures of that slot.
    Result<model::LedgerSeq> append_sign_in(const NewEntry& entry, const model::StaffId& staff,
                                            const SlotFailures& failures);
    // Grant and view of one tap, and the window they open (an older window of the same patient goes): one transaction,
    // one fsync. Returns the number of the view.
    Result<model::LedgerSeq> append_tap(const NewEntry& grant_entry, const NewEntry& view_entry,
                                        const WindowRow& window, const std::vector<WindowWrap>& wraps);
    // Entries of one act that open no window (a look of the patient at their own record, a withdrawal …): one
    // transaction. Returns the number of the last.
    Result<model::LedgerSeq> append_all(const std::vector<NewEntry>& entries);
    // A shared window gets this terminal's own window key; older windows of that patient go as after a tap, so it is
    // best done when facility_wraps() has something for it. not_found: closed meanwhile, or it has a key already.
    Status adopt_window(const model::GrantId& id, base::ByteView sealed_window_key);
    // Deletes windows and their wraps with the entries that say so, then empties the WAL, so that no old page keeps
    // them; where a reader or a full disk stands in the way, tidy() does it later. One the region refused or withdrew
    // leaves a ClosedWindow. An ended window never comes back by the feed. not_found: there is no such window, and none
    // is ended.
    struct EndOfWindow {
        model::GrantId grant;
        NewEntry entry;
    };
    Status end_windows(const std::vector<EndOfWindow>& ends);
    // The patient takes it back: the entry that says so, and the ends it brings here, in one transaction.
    Status withdraw(const NewEntry& withdrawal, const std::vector<EndOfWindow>& ends);
    Status end_window(const model::GrantId& id, const NewEntry& entry) { return end_windows({{id, entry}}); }
    // Housekeeping for a quiet moment: a WAL that could not be emptied when keys went (also before a crash), a WAL that
    // has grown.
    Status tidy();

    Result<std::vector<model::LedgerEntry>> unreceipted(std::size_t most);
    Result<std::vector<model::LedgerEntry>> ledger_after(model::LedgerSeq after,
                                                         std::size_t most);  // what is still here
    // The chain and signatures of what is here, beginning after the last entry that was pruned. out_of_order or
    // bad_signature, with the sequence number in the detail.
    Status verify_ledger(const model::VerifyKey& terminal);
    // Drops entries older than `before` that have their receipt, up to the first that has none. The newest always
    // stays.
    Status prune_ledger(model::UtcTime before);
    Result<LedgerCounts> ledger_counts();
    // Receipts already verified by the engine. An accepted grant (break-glass too) becomes receipted; a refused one
    // loses its wraps and is marked with the reason. out_of_order when a receipt's hash is not our entry's.
    Status put_receipts(const std::vector<model::Receipt>& receipts);

    // ---- staff slots. The feed's word that somebody is gone deletes their slot, unless it is the last.
    Result<std::vector<vault::Slot>> slots();
    Status put_slot(const vault::Slot& slot);                         // at enrolment
    Status put_slot(const vault::Slot& slot, const NewEntry& entry);  // afterwards: on the record
    // denied: it is the last. not_found: there is none.
    Status remove_slot(const model::StaffId& staff, const NewEntry& entry);
    // Their owners' second way in, with an ID card; each goes with its slot. put_id_slot: not_found: they have no slot.
    Result<std::vector<vault::IdSlot>> id_slots();
    Status put_id_slot(const vault::IdSlot& slot, const NewEntry& entry);
    Result<SlotFailures> failures(const model::StaffId& staff);

    // ---- break-glass views a patient was told of here, until the region's history says it too
    Result<bool> notice_shown(const model::GrantId& view);
    Result<model::LedgerSeq> append_notice_shown(const NewEntry& entry, const std::vector<model::GrantId>& views);

    // ---- a copy of the whole store into a new file, while it is in use. It is as sealed as the store itself. Put
    // back, it is an old ledger: the region finds the fork (design §7). The file is there whole or not at all; one that
    // is there already is replaced.
    Status backup(const std::filesystem::path& file);

    // ---- small sealed or public values (value_name)
    Result<std::optional<Bytes>> value(const std::string& key);
    // An empty value takes away what was there, without a trace.
    Status put_value(const std::string& key, base::ByteView value);

private:
    explicit Store(std::unique_ptr<struct StoreParts> parts);
    std::unique_ptr<struct StoreParts> parts_;
};

}  // namespace kazashi::store
