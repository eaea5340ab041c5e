// Every decoder of sync/wire. The page's own signature would stop the fuzzer at the door, so the input is signed here
// first: what is tried is what a region with a bug, or a thief of its key, could send.
#include <cstdlib>

#include "sync/vault/seal.h"
#include "sync/wire/cbor.h"
#include "sync/wire/glossary.h"
#include "sync/wire/ledger.h"
#include "sync/wire/ledger_file.h"
#include "sync/wire/names.h"

using namespace kazashi;

namespace {

const vault::SigningPair& region() {
    static const auto pair = (vault::init(), vault::make_signing_pair());
    return pair;
}

base::Bytes sign(std::string_view label, base::ByteView message) {
    const auto signature = vault::sign(region(), label, message);
    base::Bytes bytes{signature.bytes.begin(), signature.bytes.end()};
    base::append(bytes, message);
    return bytes;
}

// One spelling for each value: what is accepted encodes to the very bytes that came.
void must_be_same(base::ByteView came, const base::Bytes& again) {
    if (!base::equal(came, again)) std::abort();
}

template <auto decode>
void try_decoder(base::ByteView input) {
    if (const auto value = decode(input)) must_be_same(input, wire::encode(*value));
}

void try_body(base::ByteView input) {
    if (const auto body = wire::decode_body(input)) must_be_same(input, wire::encode_body(*body));
}

void try_page(base::ByteView input) {
    const auto bytes = sign("kazashi/page/1", input);
    const auto page = wire::decode_signed_page(bytes, region().verify);
    if (page && page->skipped == 0) must_be_same(bytes, wire::encode_signed(*page, region()));
}

void try_time(base::ByteView input) {
    const auto bytes = sign("kazashi/time/1", input);
    if (const auto time = wire::decode_signed_time(bytes, region().verify)) {
        must_be_same(bytes, wire::encode_signed(*time, region()));
    }
}

void try_rekey(base::ByteView input) {
    const auto bytes = sign("kazashi/rekey/1", input);
    if (const auto request = wire::decode_signed_rekey(bytes, region().verify)) {
        must_be_same(bytes, wire::encode_signed(*request, region()));
    }
}

void try_names(base::ByteView input) {
    if (const auto names = wire::decode_names(input)) must_be_same(input, wire::encode_names(*names));
}

void try_glossary(base::ByteView input) {
    if (const auto names = wire::decode_glossary(input)) must_be_same(input, wire::encode_glossary(*names));
}

// The same entries may be spread over pushes in other ways, so only they are compared.
void try_ledger_file(base::ByteView input) {
    const auto entries = wire::decode_ledger_file(input);
    if (!entries) return;
    const auto again = wire::decode_ledger_file(wire::encode_ledger_file(*entries));
    if (!again || *again != *entries) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input{data, size};
    try_page(input);
    try_time(input);
    try_body(input);
    try_decoder<wire::decode_grant>(input);
    try_decoder<wire::decode_policy>(input);
    try_decoder<wire::decode_ledger_body>(input);
    try_decoder<wire::decode_ledger_entry>(input);
    try_decoder<wire::decode_receipt>(input);
    try_decoder<wire::decode_push>(input);
    try_decoder<wire::decode_push_answer>(input);
    try_decoder<wire::decode_enrol_request>(input);
    try_decoder<wire::decode_enrol_answer>(input);
    try_decoder<wire::decode_rekey_answer>(input);
    try_rekey(input);
    try_names(input);
    try_glossary(input);
    try_ledger_file(input);
    return 0;
}
