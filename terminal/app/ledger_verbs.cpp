#include "terminal/app/ledger_verbs.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "sync/store/private_file.h"
#include "sync/wire/ledger_file.h"
#include "terminal/app/own_ledger.h"

namespace kazashi::app {

namespace {

using base::Error;
using base::Fault;

base::Result<std::string> read_file(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    std::ostringstream content;
    if (!in || !(content << in.rdbuf())) return Error{Fault::io, "the file cannot be read"};
    return std::move(content).str();
}

// Whose signatures to expect, and, where the terminal itself is at hand, how far its ledger goes.
struct Expected {
    model::VerifyKey key;
    std::optional<wire::ChainHead> newest;
};

base::Result<Expected> expected_by_key(const std::string& hex) {
    const auto bytes = base::from_hex(hex);
    Expected expected;
    if (!bytes || bytes->size() != expected.key.bytes.size())
        return Error{Fault::malformed, "--key: 64 hexadecimal digits"};
    std::ranges::copy(*bytes, expected.key.bytes.begin());
    return expected;
}

base::Result<Expected> expected_by_terminal(const std::filesystem::path& state) {
    KAZASHI_TRY(const auto enrolment, store::read_enrolment(state));
    KAZASHI_TRY(auto store, store::Store::open(enrolment.database, {}));
    Expected expected{enrolment.signing.verify, std::nullopt};
    const auto newest = OwnLedger{store, enrolment, base::SystemClock{}}.newest();
    if (newest) expected.newest = wire::ChainHead{newest->seq, wire::hash_of(*newest)};
    if (!newest && newest.fault() != Fault::not_found) return newest.error();
    return expected;
}

}  // namespace

base::Status verify_ledger(const LedgerVerifyOptions& options, const Say& say) {
    vault::init();
    KAZASHI_TRY(const auto content, read_file(options.file));
    KAZASHI_TRY(const auto expected,
                options.key.empty() ? expected_by_terminal(options.state) : expected_by_key(options.key));
    KAZASHI_TRY(const auto ledger, wire::verify_ledger_file(base::as_bytes(content), expected.key, expected.newest));
    say(fmt::format("ledger of {}: entries {} to {}, chain whole, every signature right", ledger.terminal.str(),
                    ledger.first.value, ledger.head.seq.value));
    say(fmt::format("newest entry {}: {}", ledger.head.seq.value, base::to_hex(ledger.head.hash.view())));
    if (!expected.newest) say("without the terminal's folder nobody can say whether newer entries were cut off");
    return base::ok();
}

base::Status export_ledger(const LedgerExportOptions& options, const Say& say) {
    vault::init();
    KAZASHI_TRY(const auto enrolment, store::read_enrolment(options.state));
    KAZASHI_TRY(auto store, store::Store::open(enrolment.database, {}));
    KAZASHI_TRY(const auto entries, (OwnLedger{store, enrolment, base::SystemClock{}}.all()));
    if (entries.empty()) return Error{Fault::not_found, "the ledger is empty"};
    KAZASHI_CHECK(store::write_private_file(options.file, wire::encode_ledger_file(entries)));
    say(fmt::format("{} entries, {} to {}, written; their bodies can be read by the region alone", entries.size(),
                    entries.front().seq.value, entries.back().seq.value));
    return base::ok();
}

}  // namespace kazashi::app
