// Bytes from somebody who means harm, or from a line that tears: cut, flipped, huge, deep.
#include <functional>

#include "sync/wire/ledger_file.h"
#include "sync/wire/tuning.h"
#include "tests/catch.h"
#include "tests/sync/wire/samples.h"

using namespace kazashi;
using base::Bytes;
using base::ByteView;
using base::Fault;

namespace {

// A message and its decoder, which answers with the bytes of what it understood.
struct Message {
    const char* name;
    Bytes bytes;
    std::function<base::Result<Bytes>(ByteView)> again;
};

template <auto decode>
base::Result<Bytes> decode_and_encode(ByteView bytes) {
    KAZASHI_TRY(const auto value, decode(bytes));
    return wire::encode(value);
}

base::Result<Bytes> body_again(ByteView bytes) {
    KAZASHI_TRY(const auto body, wire::decode_body(bytes));
    return wire::encode_body(body);
}

base::Result<Bytes> names_again(ByteView bytes) {
    KAZASHI_TRY(const auto names, wire::decode_names(bytes));
    return wire::encode_names(names);
}

base::Result<Bytes> ledger_file_again(ByteView bytes) {
    KAZASHI_TRY(const auto entries, wire::decode_ledger_file(bytes));
    return wire::encode_ledger_file(entries);
}

std::vector<Message> messages() {
    vault::init();
    const auto terminal = vault::make_signing_pair();
    const auto region = vault::make_signing_pair();
    const auto entries = samples::chain(terminal, 2);
    wire::EnrolAnswer answer;
    answer.terminal = model::TerminalId{"F0001-T1"};
    answer.index_key = samples::some_bytes(32);
    answer.policy = model::default_policy();
    answer.capsule_keys = {{2, samples::some_bytes(112)}, {1, samples::some_bytes(112)}};
    std::vector<Message> all{
        {"grant", wire::encode(samples::grant()), decode_and_encode<wire::decode_grant>},
        {"policy", wire::encode(model::default_policy()), decode_and_encode<wire::decode_policy>},
        {"other policy", wire::encode(samples::policy()), decode_and_encode<wire::decode_policy>},
        {"names", wire::encode_names(samples::names()), names_again},
        {"ledger file", wire::encode_ledger_file(entries), ledger_file_again},
        {"ledger body", wire::encode(samples::ledger_body()), decode_and_encode<wire::decode_ledger_body>},
        {"ledger entry", wire::encode(entries[0]), decode_and_encode<wire::decode_ledger_entry>},
        {"receipt", wire::encode(samples::receipt_for(entries[0], region)), decode_and_encode<wire::decode_receipt>},
        {"push", wire::encode(wire::Push{entries}), decode_and_encode<wire::decode_push>},
        {"push answer", wire::encode(wire::PushAnswer{{samples::receipt_for(entries[0], region)}, "gap", {2}}),
         decode_and_encode<wire::decode_push_answer>},
        {"enrol request", wire::encode(wire::EnrolRequest{"K7Q4", "csr", {}, {}}),
         decode_and_encode<wire::decode_enrol_request>},
        {"enrol answer", wire::encode(answer), decode_and_encode<wire::decode_enrol_answer>},
    };
    for (const auto& body : samples::bodies()) all.push_back({"feed body", wire::encode_body(body), body_again});
    return all;
}

Bytes bytes_of(std::string_view hex) { return *base::from_hex(hex); }

}  // namespace

TEST_CASE("wire: no truncation of any message is accepted") {
    for (const auto& message : messages()) {
        for (std::size_t size = 0; size < message.bytes.size(); ++size) {
            REQUIRE(!message.again(ByteView{message.bytes}.first(size)));
        }
        auto longer = message.bytes;
        longer.push_back(0);
        CHECK(!message.again(longer));
    }
}

TEST_CASE("wire: a flipped bit is refused or is another value and never the same one") {
    for (const auto& message : messages()) {
        for (std::size_t bit = 0; bit < message.bytes.size() * 8; ++bit) {
            auto flipped = message.bytes;
            flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
            const auto again = message.again(flipped);
            // One spelling for each value: what is accepted encodes to the very bytes that came.
            if (again) REQUIRE(*again == flipped);
        }
    }
}

TEST_CASE("wire: no truncation and no flipped bit of a signed page is accepted") {
    vault::init();
    const auto region = vault::make_signing_pair();
    const auto bytes = wire::encode_signed(samples::page(), region);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        REQUIRE(!wire::decode_signed_page(ByteView{bytes}.first(size), region.verify));
    }
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        auto flipped = bytes;
        flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        REQUIRE(wire::decode_signed_page(flipped, region.verify).fault() == Fault::bad_signature);
    }
    const auto other = vault::make_signing_pair();
    CHECK(wire::decode_signed_page(bytes, other.verify).fault() == Fault::bad_signature);
}

TEST_CASE("wire: ten mebibytes of zeros are too large and a page of zeros is not signed") {
    vault::init();
    const auto region = vault::make_signing_pair();
    CHECK(wire::decode_signed_page(Bytes(10 << 20), region.verify).fault() == Fault::limit);
    CHECK(wire::decode_signed_page(Bytes(wire::tuning::page_bytes), region.verify).fault() == Fault::bad_signature);
    CHECK(wire::decode_push_answer(Bytes(10 << 20)).fault() == Fault::limit);
    CHECK(wire::decode_push_answer(Bytes(1000)).fault() == Fault::malformed);
    CHECK(wire::decode_signed_time(Bytes(10 << 20), region.verify).fault() == Fault::limit);
}

TEST_CASE("wire: bombs of depth are refused before the recursive parser") {
    for (const int opener : {0x81, 0x9f, 0x5f, 0x7f, 0xbf, 0xc1, 0xd8, 0xa1}) {
        CHECK(wire::decode_body(Bytes(700'000, static_cast<std::uint8_t>(opener))).fault() == Fault::malformed);
    }
    Bytes maps;
    for (int i = 0; i < 200'000; ++i) base::append(maps, bytes_of("A1 61 61"));
    CHECK(wire::decode_body(maps).fault() == Fault::malformed);
}
