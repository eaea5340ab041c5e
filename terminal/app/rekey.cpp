#include "terminal/app/rekey.h"

#include <algorithm>
#include <system_error>

#include "sync/engine/region_client.h"
#include "sync/store/private_file.h"
#include "terminal/app/own_ledger.h"
#include "terminal/app/state_lock.h"

namespace kazashi::app {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Fault;
using model::LedgerKind;

struct Workshop {
    explicit Workshop(const fs::path& state)
        : folder{state / "rekeying"},
          signing{folder / "signing.key"},
          tls_key{folder / "tls.key"},
          request{folder / "request"},
          certificate{folder / "tls.crt"} {}
    bool asked() const { return fs::exists(request); }
    bool answered() const { return fs::exists(certificate); }
    fs::path folder, signing, tls_key, request, certificate;
};

base::Status make_folder(const fs::path& folder) {
    std::error_code failed;
    fs::remove_all(folder, failed);
    fs::create_directory(folder, failed);
    if (!failed) fs::permissions(folder, fs::perms::owner_all, failed);
    return failed ? base::Status{Error{Fault::io, "the state folder cannot be written"}} : base::ok();
}

base::Result<model::SealKey> facility_seal(store::Store& store) {
    KAZASHI_TRY(const auto bytes, store.value(store::value_name::facility_seal));
    model::SealKey seal;
    if (!bytes || bytes->size() != seal.bytes.size()) return Error{Fault::corrupt, "facility key"};
    std::ranges::copy(*bytes, seal.bytes.begin());
    return seal;
}

// The old key's last entry, at the region with everything before it; then the new keys and the request, on the disk.
base::Status prepare(const Workshop& workshop, const store::Enrolment& enrolment, engine::Region& region) {
    const base::SystemClock clock;
    KAZASHI_TRY(auto store, store::Store::open(enrolment.database, {}));
    OwnLedger ledger{store, enrolment, clock};
    const auto newest = ledger.newest();
    if (!newest && newest.fault() != Fault::not_found) return newest.error();
    const bool written =
        newest && newest->kind == LedgerKind::rekeyed && wire::entry_signed_by(*newest, enrolment.signing.verify);
    if (!written) KAZASHI_CHECK(ledger.append(LedgerKind::rekeyed, "old_key"));
    KAZASHI_TRY(const auto receipt, ledger.settle(region));

    KAZASHI_CHECK(make_folder(workshop.folder));
    KAZASHI_TRY(auto tls, engine::make_tls_request());
    const auto signing = vault::make_signing_pair();
    wire::RekeyRequest request;
    request.terminal = enrolment.terminal;
    request.head = receipt.seq;
    request.csr_pem = tls.csr_pem;
    request.verify = signing.verify;
    KAZASHI_TRY(request.seal, facility_seal(store));
    KAZASHI_CHECK(store::write_private_file(workshop.tls_key, base::as_bytes(tls.key_pem)));
    base::wipe(tls.key_pem.data(), tls.key_pem.size());
    KAZASHI_CHECK(store::write_private_file(workshop.signing, signing.secret.view()));
    return store::write_private_file(workshop.request, wire::encode_signed(request, enrolment.signing));
}

base::Status keep_answer(const Workshop& workshop, const AskForCertificate& ask) {
    KAZASHI_TRY(const auto request, store::read_private_file(workshop.request));
    KAZASHI_TRY(const auto answer, ask(request.view()));
    return store::write_private_file(workshop.certificate, base::as_bytes(answer.certificate_pem));
}

base::Status move_in(const fs::path& from, const fs::path& to) {
    KAZASHI_TRY(const auto content, store::read_private_file(from));
    return store::write_private_file(to, content.view());
}

// Each step may be done twice; the folder goes last.
base::Status switch_keys(const Workshop& workshop, const fs::path& state) {
    KAZASHI_CHECK(move_in(workshop.signing, state / "signing.key"));
    KAZASHI_CHECK(move_in(workshop.tls_key, state / "tls.key"));
    KAZASHI_CHECK(move_in(workshop.certificate, state / "tls.crt"));
    KAZASHI_TRY(const auto enrolment, store::read_enrolment(state));
    {
        const base::SystemClock clock;
        KAZASHI_TRY(auto store, store::Store::open(enrolment.database, {}));
        OwnLedger ledger{store, enrolment, clock};
        KAZASHI_TRY(const auto newest, ledger.newest());
        // The first entry of the new key: it holds what the old one signed.
        if (!wire::entry_signed_by(newest, enrolment.signing.verify))
            KAZASHI_CHECK(ledger.append(LedgerKind::rekeyed, "new_key"));
    }
    std::error_code failed;
    fs::remove_all(workshop.folder, failed);
    return failed ? base::Status{Error{Fault::io, "the old request cannot be removed"}} : base::ok();
}

}  // namespace

base::Status rekey(const fs::path& state, const Say& say, engine::Region& region, const AskForCertificate& ask) {
    const Workshop workshop{state};
    if (!workshop.answered()) {
        KAZASHI_TRY(const auto enrolment, store::read_enrolment(state));
        if (!workshop.asked()) {
            say("bringing the ledger to the region");
            KAZASHI_CHECK(prepare(workshop, enrolment, region));
        }
        say("asking the region");
        KAZASHI_CHECK(keep_answer(workshop, ask));
    }
    KAZASHI_CHECK(switch_keys(workshop, state));
    say("the terminal has new keys; the old ones are void");
    return base::ok();
}

base::Status rekey(const RekeyOptions& options, const Say& say) {
    vault::init();
    KAZASHI_TRY(const auto lock, StateLock::take(options.state));
    KAZASHI_TRY(const auto enrolment, store::read_enrolment(options.state));
    const std::atomic<bool> cancel{false};
    engine::CurlRegion region{enrolment, cancel};
    return rekey(options.state, say, region,
                 [&enrolment](base::ByteView request) { return engine::rekey(enrolment, request); });
}

base::Status settle_rekeying(const fs::path& state) {
    const Workshop workshop{state};
    if (workshop.answered()) return switch_keys(workshop, state);
    if (workshop.asked())
        return Error{Fault::out_of_order, "new keys were asked for and not received; run `kazashi rekey` again"};
    return base::ok();
}

}  // namespace kazashi::app
