#include "terminal/app/backup.h"

#include <array>
#include <system_error>

#include "sync/store/private_file.h"
#include "terminal/app/state_lock.h"

namespace kazashi::app {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Fault;

// SQLite keeps up to three files; the journal of one store must never meet another.
constexpr std::array parts{"", "-wal", "-shm"};

void remove_store(const fs::path& file) {
    std::error_code ignored;
    for (const char* part : parts) fs::remove(fs::path{file} += part, ignored);
}

base::Status rename_store(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    for (const char* part : parts) {
        const fs::path old = fs::path{from} += part;
        if (!fs::exists(old)) continue;
        fs::rename(old, fs::path{to} += part, failed);
        if (failed) return Error{Fault::io, "the store that is there cannot be moved aside"};
    }
    return base::ok();
}

// A store, whole, and this terminal's: its ledger is signed by our key.
base::Status check_copy(const fs::path& copy, const store::Enrolment& enrolment) {
    KAZASHI_TRY(auto store, store::Store::open(copy, {}));
    const auto verified = store.verify_ledger(enrolment.signing.verify);
    if (verified) return base::ok();
    if (verified.fault() != Fault::bad_signature) return verified.error();
    return Error{Fault::denied, "this is the copy of another terminal, or of this one under other keys"};
}

base::Status copy_in(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, failed);
    if (!failed) fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, failed);
    return failed ? base::Status{Error{Fault::io, "the copy cannot be read, or not written"}} : base::ok();
}

fs::path free_name(const fs::path& file) {
    for (int number = 1;; ++number) {
        const fs::path name = fs::path{file} += ".before-restore-" + std::to_string(number);
        if (!fs::exists(name)) return name;
    }
}

}  // namespace

base::Status backup(const BackupOptions& options, const Say& say) {
    vault::init();
    if (fs::exists(options.file)) return Error{Fault::denied, "there is such a file already"};
    KAZASHI_TRY(const auto enrolment, store::read_enrolment(options.state));
    KAZASHI_TRY(auto store, store::Store::open(enrolment.database, {}));
    KAZASHI_CHECK(store.backup(options.file));
    say("copied; it is as sealed as the terminal's own store, and opens with the same staff cards and PINs");
    say("the keys of the terminal are not in it");
    return base::ok();
}

base::Status restore(const RestoreOptions& options, const Say& say) {
    vault::init();
    KAZASHI_TRY(const auto lock, StateLock::take(options.state));
    KAZASHI_TRY(const auto enrolment, store::read_enrolment(options.state));
    const fs::path coming = fs::path{enrolment.database} += ".restoring";
    remove_store(coming);
    KAZASHI_CHECK(copy_in(options.file, coming));
    const auto checked = check_copy(coming, enrolment);
    if (!checked) {
        remove_store(coming);
        return checked.error();
    }
    if (fs::exists(enrolment.database)) {
        const auto aside = free_name(enrolment.database);
        KAZASHI_CHECK(rename_store(enrolment.database, aside));
        say("the store that was there is kept as " + aside.filename().string());
    }
    // Closing the store has brought its journal into the file.
    KAZASHI_CHECK(store::place_private_file(coming, enrolment.database));
    remove_store(coming);
    say("restored");
    say("An old copy is not trusted: if the terminal has written anything since it was made, the region finds two "
        "ledgers");
    say("with one number, calls it a fork, and takes nothing more from this terminal. Enrol it anew:");
    say("`kazashi-region enrol` gives a code, `kazashi enrol` uses it.");
    return base::ok();
}

}  // namespace kazashi::app
