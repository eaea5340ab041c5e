#include "terminal/app/decommission.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <system_error>

#include "sync/engine/region_client.h"
#include "sync/store/private_file.h"
#include "terminal/app/descriptor.h"
#include "terminal/app/own_ledger.h"
#include "terminal/app/state_lock.h"

namespace kazashi::app {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Fault;

constexpr const char* receipt_name = "decommissioned.txt";

std::string text_of(const model::Receipt& receipt) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(receipt.received_at);
    return fmt::format("terminal   {}\nentry      {}\nhash       {}\nreceived   {:%Y-%m-%dT%H:%M:%S}Z\nsignature  {}\n",
                       receipt.terminal.str(), receipt.seq.value, base::to_hex(receipt.hash.view()), seconds,
                       base::to_hex(receipt.signature.view()));
}

// Over its whole length, to the disk, and away. What a disk keeps of old blocks is sealed, and its keys go first.
bool wipe_file(const fs::path& file) {
    const Descriptor open{::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW)};
    struct stat about {};
    if (!open || ::fstat(open.get(), &about) != 0) return false;
    const std::array<char, 4096> zeros{};
    for (off_t done = 0; done < about.st_size;) {
        const auto part = static_cast<std::size_t>(std::min<off_t>(about.st_size - done, off_t{4096}));
        const auto written = ::pwrite(open.get(), zeros.data(), part, done);
        if (written <= 0) return false;
        done += written;
    }
    return ::fsync(open.get()) == 0 && ::unlink(file.c_str()) == 0;
}

// What `kazashi` writes into its folder: nothing else in there is ours to wipe.
bool ours(const fs::path& file) {
    const auto name = file.filename().string();
    const auto folder = file.parent_path().filename();
    return name.starts_with("kazashi.db") || name.starts_with("terminal.toml") || name.starts_with("tls.") ||
           name.starts_with("signing.key") || name.starts_with("region-ca.crt") || folder == "enrolling" ||
           folder == "rekeying";
}

// Keys before what they opened.
base::Result<int> wipe_folder(const fs::path& state) {
    std::vector<fs::path> keys;
    std::vector<fs::path> others;
    std::error_code failed;
    for (const auto& entry : fs::recursive_directory_iterator{state, failed}) {
        if (!entry.is_regular_file() || !ours(entry.path())) continue;
        (entry.path().extension() == ".key" ? keys : others).push_back(entry.path());
    }
    if (failed) return Error{Fault::io, "the state folder cannot be read"};
    int wiped = 0;
    for (const auto* files : {&keys, &others})
        for (const auto& file : *files) {
            if (!wipe_file(file)) return Error{Fault::io, file.filename().string() + " cannot be wiped"};
            ++wiped;
        }
    for (const auto* folder : {"enrolling", "rekeying"}) fs::remove_all(state / folder, failed);
    return wiped;
}

base::Status wipe_and_say(const fs::path& state, const Say& say) {
    KAZASHI_TRY(const int wiped, wipe_folder(state));
    KAZASHI_TRY(const auto receipt, store::read_private_file(state / receipt_name));
    say(fmt::format("{} files wiped; the region's receipt, kept as {}:", wiped, receipt_name));
    say(base::as_text(receipt.view()));
    return base::ok();
}

// The region has signed, and the wiping did not come to its end.
bool broken_off(const fs::path& state) { return fs::exists(state / receipt_name); }

}  // namespace

base::Status decommission(const DecommissionOptions& options, const Say& say, const store::Enrolment& enrolment,
                          engine::Region& region) {
    {
        const base::SystemClock clock;
        KAZASHI_TRY(auto store, store::Store::open(enrolment.database, {}));
        OwnLedger ledger{store, enrolment, clock};
        const auto newest = ledger.newest();
        if (!newest && newest.fault() != Fault::not_found) return newest.error();
        // Asked again after a lost line, the last entry is written already.
        const bool written = newest && newest->kind == model::LedgerKind::terminal_ended;
        if (!written) KAZASHI_CHECK(ledger.append(model::LedgerKind::terminal_ended, ""));
        KAZASHI_TRY(const auto receipt, ledger.settle(region));
        if (receipt.verdict != model::Verdict::accepted)
            return Error{Fault::denied, "the region refused the end of this terminal: " + receipt.reason};
        KAZASHI_CHECK(store::write_private_file(options.state / receipt_name, base::as_bytes(text_of(receipt))));
    }
    return wipe_and_say(options.state, say);
}

base::Status decommission(const DecommissionOptions& options, const Say& say, const Confirm& confirm) {
    vault::init();
    KAZASHI_TRY(const auto lock, StateLock::take(options.state));
    if (broken_off(options.state)) return wipe_and_say(options.state, say);
    KAZASHI_TRY(const auto enrolment, store::read_enrolment(options.state));
    if (!options.yes && !confirm(enrolment.terminal.str()))
        return Error{Fault::denied, "not confirmed; nothing was done"};
    const std::atomic<bool> cancel{false};
    engine::CurlRegion region{enrolment, cancel};
    return decommission(options, say, enrolment, region);
}

}  // namespace kazashi::app
