#include "sync/vault/keys.h"
#include "sync/wire/ledger.h"
#include "tests/catch.h"

using namespace kazashi;

namespace {

wire::RekeyRequest request() {
    wire::RekeyRequest made{model::TerminalId{"F0001-T1"}, model::LedgerSeq{42}, "csr", {}, {}};
    made.verify.bytes.fill(3);
    made.seal.bytes.fill(4);
    return made;
}

}  // namespace

TEST_CASE("rekey: new keys signed by the old one are read again") {
    vault::init();
    const auto old_key = vault::make_signing_pair();
    const auto bytes = wire::encode_signed(request(), old_key);
    const auto read = wire::decode_signed_rekey(bytes, old_key.verify);
    REQUIRE(read);
    CHECK(*read == request());
    const auto answer = wire::decode_rekey_answer(wire::encode(wire::RekeyAnswer{"certificate"}));
    REQUIRE(answer);
    CHECK(answer->certificate_pem == "certificate");
}

TEST_CASE("rekey: any changed bit, another key and a cut are refused") {
    vault::init();
    const auto old_key = vault::make_signing_pair();
    const auto bytes = wire::encode_signed(request(), old_key);
    CHECK(wire::decode_signed_rekey(bytes, vault::make_signing_pair().verify).fault() == base::Fault::bad_signature);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto bad = bytes;
        bad[at] ^= 0x04;
        REQUIRE(wire::decode_signed_rekey(bad, old_key.verify).fault() == base::Fault::bad_signature);
        REQUIRE_FALSE(wire::decode_signed_rekey(base::ByteView{bytes}.first(at), old_key.verify));
    }
    CHECK(wire::decode_signed_rekey(base::Bytes(65 * 1024), old_key.verify).fault() == base::Fault::limit);
    CHECK_FALSE(wire::decode_rekey_answer(wire::encode(wire::RekeyAnswer{""})));
}
