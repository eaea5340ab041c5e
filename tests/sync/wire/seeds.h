// Seeds of the fuzz target feed_page: one file for each message, as it is spelled today. Their signatures are not real:
// the target signs what must be signed. tests/fuzz/write_seeds.cpp writes them into the corpus.
#pragma once

#include <string>
#include <vector>

#include "sync/wire/ledger_file.h"
#include "tests/sync/wire/samples.h"

namespace kazashi::samples {

struct Seed {
    std::string file;
    base::Bytes bytes;
};

// What stands behind the signature of a signed message.
inline base::Bytes unsigned_part(const base::Bytes& bytes) {
    return {bytes.begin() + static_cast<std::ptrdiff_t>(model::Signature::size), bytes.end()};
}

inline std::vector<Seed> seeds() {
    vault::init();
    const auto any_key = vault::make_signing_pair();
    auto entries = chain(any_key, 2);
    for (auto& entry : entries) entry.signature = id<model::Signature>(5);
    entries[1].prev = id<model::Hash>(30);
    auto receipt = receipt_for(entries[0], any_key);
    receipt.signature = id<model::Signature>(9);
    wire::EnrolAnswer enrolled;
    enrolled.terminal = model::TerminalId{"F0001-T1"};
    enrolled.index_key = some_bytes(32);
    enrolled.policy = policy();
    enrolled.capsule_keys = {{1, some_bytes(112)}};
    enrolled.glossary = {4, 2, some_bytes(500)};
    const wire::RekeyRequest rekey{
        model::TerminalId{"F0001-T1"}, {42}, "csr", id<model::VerifyKey>(3), id<model::SealKey>(5)};

    std::vector<Seed> all{
        {"grant", wire::encode(grant())},
        {"policy", wire::encode(policy())},
        {"names", wire::encode_names(names())},
        {"glossary", wire::encode_glossary(code_names())},
        {"ledger-body", wire::encode(ledger_body())},
        {"ledger-entry", wire::encode(entries[0])},
        {"ledger-file", wire::encode_ledger_file(entries)},
        {"receipt", wire::encode(receipt)},
        {"push", wire::encode(wire::Push{entries})},
        {"push-answer", wire::encode(wire::PushAnswer{{receipt}, "gap", {2}})},
        {"enrol-request", wire::encode(wire::EnrolRequest{"K7Q4", "csr", {}, {}})},
        {"enrol-answer", wire::encode(enrolled)},
        {"rekey-request", unsigned_part(wire::encode_signed(rekey, any_key))},
        {"rekey-answer", wire::encode(wire::RekeyAnswer{"certificate"})},
        {"time", unsigned_part(wire::encode_signed(wire::SignedTime{some_bytes(16), at(1'767'225'600'000)}, any_key))},
        {"page", unsigned_part(wire::encode_signed(page(), any_key))},
    };
    int number = 0;
    for (const auto& body : bodies()) all.push_back({"body-" + std::to_string(number++), wire::encode_body(body)});
    return all;
}

}  // namespace kazashi::samples
