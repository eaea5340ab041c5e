#include "terminal/app/enrol.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "sync/engine/region_client.h"
#include "sync/store/enrolment.h"
#include "sync/store/private_file.h"
#include "terminal/app/staff_cards.h"

namespace kazashi::app {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Fault;

constexpr const char* database_name = "kazashi.db";

// An enrolment whose store was moved aside may be renewed; a store without an enrolment is not ours to overwrite.
base::Status check_folder(const fs::path& state) {
    std::error_code failed;
    if (!fs::exists(state / database_name, failed)) return base::ok();
    const bool enrolled = store::read_enrolment(state) ? true : false;
    return Error{Fault::denied, enrolled ? "this folder is an enrolled terminal already"
                                         : "this folder holds a store without an enrolment; move it away first"};
}

base::Result<fs::path> make_workshop(const fs::path& state) {
    const auto folder = state / "enrolling";
    std::error_code failed;
    fs::remove_all(folder, failed);
    fs::create_directories(folder, failed);
    if (failed) return Error{Fault::io, "the state folder cannot be written"};
    for (const auto& made : {state, folder}) fs::permissions(made, fs::perms::owner_all, failed);
    return folder;
}

struct Keys {
    vault::SigningPair signing;
    vault::SealingPair facility;
    engine::TlsRequest tls;
};

base::Result<Keys> make_keys() {
    KAZASHI_TRY(auto tls, engine::make_tls_request());
    return Keys{vault::make_signing_pair(), vault::make_sealing_pair(), std::move(tls)};
}

base::Result<wire::EnrolAnswer> ask_region(const EnrolOptions& options, const Keys& keys) {
    wire::EnrolRequest request;
    request.code = options.code;
    request.csr_pem = keys.tls.csr_pem;
    request.verify = keys.signing.verify;
    request.seal = keys.facility.seal;
    KAZASHI_TRY(auto answer, engine::enrol(options.server_url, options.region_ca, request));
    if (answer.index_key.size() != base::Secret<32>::size) return Error{Fault::server_fault, "index key: size"};
    return answer;
}

vault::IndexKey take_index_key(wire::EnrolAnswer& answer) {
    vault::IndexKey key{base::Secret<32>{std::span<const std::uint8_t, 32>{answer.index_key.data(), 32}}};
    base::wipe(answer.index_key.data(), answer.index_key.size());
    return key;
}

// Slots of all staff, in a store that is closed again when this returns: its journal is in the file then.
base::Status fill_store(const fs::path& file, const EnrolOptions& options, const EnrolVoice& voice, const Keys& keys,
                        wire::EnrolAnswer& answer) {
    KAZASHI_TRY(auto store, store::Store::open(file, {.create = true}));
    KAZASHI_CHECK(store.set_policy(answer.policy));
    KAZASHI_CHECK(store.put_capsule_keys(answer.capsule_keys));
    if (answer.glossary) KAZASHI_CHECK(store.put_glossary(*answer.glossary));
    desk::SlotMaker slots{store, take_index_key(answer), vault::measure_pin_cost(vault::tuning::pin_time)};
    StaffCards cards{{options.reader, answer.region, {}, options.libnfc}, voice.say};
    KAZASHI_CHECK(cards.wait_for_reader());
    for (int number = 1; number <= options.staff; ++number) {
        KAZASHI_CHECK(cards.enrol(number, slots, voice.ask_pin));
    }
    return slots.finish(keys.facility, answer.facility.type);
}

store::Enrolment enrolment_of(const EnrolOptions& options, Keys keys, const wire::EnrolAnswer& answer,
                              const fs::path& workshop) {
    store::Enrolment enrolment;
    enrolment.terminal = answer.terminal;
    enrolment.facility = answer.facility;
    enrolment.region = answer.region;
    enrolment.demo = answer.demo;
    enrolment.server_url = options.server_url;
    enrolment.region_verify = answer.region_verify;
    enrolment.region_seal = answer.region_seal;
    enrolment.signing = std::move(keys.signing);
    enrolment.tls_key = workshop / "tls.key";
    enrolment.tls_certificate = workshop / "tls.crt";
    enrolment.region_ca = options.region_ca;
    return enrolment;
}

}  // namespace

base::Status enrol(const EnrolOptions& options, const EnrolVoice& voice) {
    vault::init();
    KAZASHI_CHECK(check_folder(options.state));
    KAZASHI_TRY(const auto workshop, make_workshop(options.state));
    {
        // Before the code is spent: without a reader nothing could be finished.
        voice.say("looking for the card reader");
        StaffCards probe{{options.reader, 0, {}, options.libnfc}, voice.say};
        KAZASHI_CHECK(probe.wait_for_reader());
    }
    KAZASHI_TRY(auto keys, make_keys());
    voice.say("asking the region");
    KAZASHI_TRY(auto answer, ask_region(options, keys));
    voice.say(fmt::format("the region knows this terminal as {}", answer.terminal.str()));

    KAZASHI_CHECK(store::write_private_file(workshop / "tls.key", base::as_bytes(keys.tls.key_pem)));
    KAZASHI_CHECK(store::write_private_file(workshop / "tls.crt", base::as_bytes(answer.certificate_pem)));
    KAZASHI_CHECK(fill_store(workshop / database_name, options, voice, keys, answer));

    std::error_code failed;
    fs::remove(options.state / "decommissioned.txt", failed);  // of the terminal that was here before
    fs::rename(workshop / database_name, options.state / database_name, failed);
    if (failed) return Error{Fault::io, "the store cannot be put in its place"};
    KAZASHI_CHECK(store::write_enrolment(options.state, enrolment_of(options, std::move(keys), answer, workshop)));
    fs::remove_all(workshop, failed);
    voice.say("enrolled");
    return base::ok();
}

}  // namespace kazashi::app
