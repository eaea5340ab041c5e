// Everything an ID card can send: its certificate, its directory files, and a whole conversation up to a signature.
#include <cassert>
#include <cstdint>

#include "cardio/protocol/certificate.h"
#include "cardio/protocol/der.h"
#include "cardio/protocol/hpki.h"
#include "cardio/reader/id_card.h"
#include "tests/fuzz/scripted_link.h"

namespace {

using namespace kazashi;
using fuzz::Pieces;
using fuzz::ScriptedLink;

void parse(base::ByteView bytes) {
    const base::Bytes whole{bytes.begin(), bytes.end()};
    const auto certificate = protocol::parse_certificate(bytes);
    // Nobody's signature, and nobody's authority, is found in garbage: the one who is asked for is never among it.
    assert(!protocol::verify_signature(bytes, card::Digest{}, bytes));
    assert(!protocol::verify_chain(bytes, {}, base::UtcTime{}));
    static_cast<void>(bool{protocol::verify_chain(bytes, {whole}, base::UtcTime{})});
    static_cast<void>(bool{protocol::check_issuer(bytes)});
    const std::string text{bytes.begin(), bytes.end()};
    if (const auto der = protocol::certificate_from_pem(text)) assert(protocol::certificate_to_pem(*der));
    if (certificate) assert(certificate->signature_size * 8 >= protocol::least_rsa_bits);
    static_cast<void>(protocol::der_size(bytes));
    static_cast<void>(protocol::read_der(bytes));
    static_cast<void>(protocol::read_der_file(bytes));
    static_cast<void>(protocol::hpki::read_object_directory(bytes));
    const auto pins = protocol::hpki::read_pins(bytes);
    const auto keys = protocol::hpki::read_keys(bytes);
    const auto certificates = protocol::hpki::read_certificates(bytes);
    if (pins && keys && certificates) static_cast<void>(protocol::hpki::find_layout(*pins, *keys, *certificates));
    static_cast<void>(protocol::hpki::known_layout(bytes));
}

void converse(base::ByteView bytes) {
    ScriptedLink look{Pieces{bytes, Pieces::Length::two_octets}};
    static_cast<void>(bool{reader::find_id_card(look)});
    const std::string_view digits{"1234"};
    for (const auto kind : {card::IdCardKind::my_number, card::IdCardKind::hpki}) {
        ScriptedLink link{Pieces{bytes, Pieces::Length::two_octets}};
        const base::SecretBytes pin{base::as_bytes(digits)};
        static_cast<void>(bool{reader::sign_with_id_card(link, kind, pin, card::Digest{})});
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView bytes{data, size};
    parse(bytes);
    converse(bytes);
    return 0;
}
