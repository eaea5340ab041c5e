// Writes what real conversations look like into the corpus of the card targets: a tap through every kind of reader, and
// a signature of both ID cards. After the simulator has learned something new:
//   ninja write_card_seeds && tests/fuzz/write_card_seeds ../tests/fuzz/corpus      (from the build folder)
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "cardio/protocol/certificate.h"
#include "cardio/reader/conversation.h"
#include "cardio/simulator/hpki_card.h"
#include "cardio/simulator/jpki_card.h"
#include "tests/cardio/hostile/hostile_reader.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi;

namespace {

// Keeps what the reader said, as the fuzz targets take it apart.
class Recorder final : public reader::ApduLink {
public:
    Recorder(test::HostileReader& link, unsigned length_octets) : link_{link}, length_octets_{length_octets} {}
    base::Result<base::Bytes> transmit(base::ByteView apdu) override {
        auto answer = link_.transmit(apdu);
        if (!answer) return answer;
        for (unsigned i = length_octets_; i-- > 0;)
            heard_.push_back(static_cast<std::uint8_t>(answer->size() >> (8U * i)));
        heard_.insert(heard_.end(), answer->begin(), answer->end());
        return answer;
    }
    const base::Bytes& heard() const { return heard_; }

private:
    test::HostileReader& link_;
    unsigned length_octets_;
    base::Bytes heard_;
};

bool write(const std::filesystem::path& file, base::ByteView bytes) {
    std::ofstream out{file, std::ios::binary};
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return bool{out.flush()};
}

bool write_tap(const std::filesystem::path& folder, simulator::ReaderKind kind) {
    test::HostileReader reader{kind};
    reader.reader().lay(test::virtual_card());
    Recorder recorder{reader, 1};
    reader::Conversation talk{recorder, reader.clock(), reader::ReaderTraits{}};
    if (!talk.identify(reader.reader().atr(), std::nullopt)) return false;
    static_cast<void>(bool{talk.prove({test::challenge(1), test::challenge(2)})});
    static_cast<void>(bool{talk.read_pads()});
    return write(folder / ("tap_" + std::string{simulator::name(kind)}), recorder.heard());
}

bool write_signature(const std::filesystem::path& folder, card::IdCardKind kind) {
    const fakes::TempFolder keys;
    auto authority = simulator::TestAuthority::open(kind, keys.path());
    if (!authority) return false;
    using Purpose = simulator::TestAuthority::Purpose;
    using Validity = simulator::TestAuthority::Validity;
    const auto key = authority->key_of("hanako", Purpose::authentication, Validity::now);
    const auto documents = authority->key_of("hanako", Purpose::documents, Validity::now);
    if (!key || !documents) return false;
    test::HostileReader reader{simulator::ReaderKind::acr1252};
    const auto pin = std::make_shared<simulator::Pin>("1234");
    const bool jpki = kind == card::IdCardKind::my_number;
    if (jpki)
        reader.reader().lay(std::make_shared<simulator::JpkiCard>(*key, pin, simulator::ApduForms::all));
    else
        reader.reader().lay(std::make_shared<simulator::HpkiCard>(
            *documents, *key, pin, simulator::HpkiIssuer::guideline, simulator::ApduForms::all));
    Recorder recorder{reader, 2};
    const std::string_view digits{"1234"};
    if (!reader::sign_with_id_card(recorder, kind, base::SecretBytes{base::as_bytes(digits)}, card::Digest{}))
        return false;
    const auto pem = protocol::certificate_to_pem(key->certificate());
    return pem && write(folder / (jpki ? "sign_my_number" : "sign_hpki"), recorder.heard()) &&
           write(folder / (jpki ? "certificate_my_number" : "certificate_hpki"), key->certificate()) &&
           write(folder / (jpki ? "certificate_my_number.pem" : "certificate_hpki.pem"), base::as_bytes(*pem));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2 || !std::filesystem::is_directory(argv[1])) {
        std::fprintf(stderr, "usage: write_card_seeds CORPUS\n");
        return 2;
    }
    const std::filesystem::path corpus{argv[1]};
    std::filesystem::create_directories(corpus / "id_card");
    bool good = true;
    for (const auto kind : simulator::all_readers) good = write_tap(corpus / "felica", kind) && good;
    for (const auto kind : {card::IdCardKind::my_number, card::IdCardKind::hpki})
        good = write_signature(corpus / "id_card", kind) && good;
    return good ? 0 : 1;
}
