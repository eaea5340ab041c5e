// What a terminal is: the files of its state folder (keys 0600, certificate, region's public keys) and the values in
// its store. Written once by `kazashi enrol`, read at every start.
#pragma once

#include <filesystem>
#include <string>

#include "sync/store/store.h"
#include "sync/vault/keys.h"

namespace kazashi::store {

struct Enrolment {
    model::TerminalId terminal;
    model::Facility facility;
    std::uint16_t region{};
    bool demo{};
    std::string server_url;  // "https://127.0.0.1:8443"
    model::VerifyKey region_verify;
    model::SealKey region_seal;
    vault::SigningPair signing;             // signing.key, 0600
    std::filesystem::path tls_key;          // tls.key, 0600
    std::filesystem::path tls_certificate;  // tls.crt
    std::filesystem::path region_ca;        // region-ca.crt
    std::filesystem::path database;         // kazashi.db
};

// Atomically: a folder that was half written is not an enrolment (terminal.toml comes last). TLS key, certificate and
// CA are taken in from where the enrolment says they are, unless they stand in the folder already.
base::Status write_enrolment(const std::filesystem::path& state, const Enrolment& enrolment);
// not_found: there is none. denied: others than the owner may read a file of it. malformed: damaged.
Result<Enrolment> read_enrolment(const std::filesystem::path& state);

}  // namespace kazashi::store
