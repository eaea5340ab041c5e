// A My Number and an HPKI card with every exchange spoilt: never a false signature, never a second try of the PIN.
#include "cardio/protocol/certificate.h"
#include "cardio/simulator/hpki_card.h"
#include "cardio/simulator/jpki_card.h"
#include "tests/cardio/hostile/hostile_reader.h"
#include "tests/catch.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi;
using namespace std::chrono_literals;
using card::IdCardKind;
using simulator::Disturbance;
using simulator::ReaderKind;
using test::HostileReader;

namespace {

constexpr auto limit = 1s;

base::SecretBytes pin_bytes(std::string_view digits) { return base::SecretBytes{base::as_bytes(digits)}; }

// What a VERIFY without data tells: 63 Cx.
int tries_left(simulator::Pin& pin) { return pin.verify({}) & 0x0F; }

// Keys take long to make: one authority and holder for all.
struct Holder {
    fakes::TempFolder folder;
    simulator::TestAuthority authority;
    simulator::IdCardKey key;
    simulator::IdCardKey documents;
    explicit Holder(IdCardKind kind)
        : authority{*simulator::TestAuthority::open(kind, folder.path())},
          key{*authority.key_of("hanako", simulator::TestAuthority::Purpose::authentication,
                                simulator::TestAuthority::Validity::now)},
          documents{*authority.key_of("hanako", simulator::TestAuthority::Purpose::documents,
                                      simulator::TestAuthority::Validity::now)} {}
};

struct Talk {
    HostileReader link{ReaderKind::acr1252};
    std::shared_ptr<simulator::Pin> pin{std::make_shared<simulator::Pin>("1234")};
    reader::Conversation conversation{link, link.clock(), reader::ReaderTraits{}};
    base::Result<reader::Sight> sight{base::Error{base::Fault::io, "not asked"}};

    Talk(IdCardKind kind, const Holder& holder) {
        if (kind == IdCardKind::my_number)
            link.reader().lay(std::make_shared<simulator::JpkiCard>(holder.key, pin, simulator::ApduForms{}));
        else
            link.reader().lay(std::make_shared<simulator::HpkiCard>(
                holder.documents, holder.key, pin, simulator::HpkiIssuer::guideline, simulator::ApduForms{}));
    }
    void identify() { sight = conversation.identify(link.reader().atr(), 44); }
};

}  // namespace

TEST_CASE("hostile ID card: a true signature or an error, and at most one try of the PIN") {
    const auto digest = protocol::sha256(base::as_bytes(std::string_view{"challenge"}));
    for (const auto kind : {IdCardKind::my_number, IdCardKind::hpki}) {
        const Holder holder{kind};
        Talk clean{kind, holder};
        clean.identify();
        REQUIRE(clean.sight);
        REQUIRE(std::holds_alternative<reader::IdCard>(*clean.sight));
        const auto looked = clean.link.reader().exchanges();
        REQUIRE(clean.conversation.sign(kind, pin_bytes("1234"), digest));
        const auto exchanges = clean.link.reader().exchanges() - looked;
        CAPTURE(static_cast<int>(kind), looked, exchanges);
        unsigned signed_all_the_same = 0;
        for (unsigned at = 1; at <= exchanges; ++at) {
            for (const auto& trouble : test::troubles(Disturbance::Layer::card, at, 24)) {
                Talk talk{kind, holder};
                talk.identify();
                REQUIRE(talk.sight);
                talk.link.reader().disturb(trouble);
                const auto begun = talk.link.clock().boot();
                const auto answer = talk.conversation.sign(kind, pin_bytes("1234"), digest);
                const auto took = talk.link.clock().boot() - begun;
                CAPTURE(at, static_cast<int>(trouble.kind), trouble.times, trouble.amount,
                        std::chrono::milliseconds{std::chrono::duration_cast<std::chrono::milliseconds>(took)}.count());
                CHECK(took - test::ordered_delay(trouble) <= limit);
                CHECK(tries_left(*talk.pin) >= 2);
                if (!answer) continue;
                const auto* const signature = std::get_if<reader::IdSignature>(&*answer);
                if (signature == nullptr) continue;
                // What is not whole is found by whoever believes it: it verifies only as the holder's own.
                if (!protocol::verify_signature(signature->certificate, digest, signature->signature)) continue;
                if (!protocol::verify_chain(signature->certificate, {holder.authority.certificate()},
                                            base::SystemClock{}.wall()))
                    continue;
                ++signed_all_the_same;
                CHECK(signature->certificate == holder.key.certificate());
            }
        }
        CHECK(signed_all_the_same > 0);
    }
}

TEST_CASE("hostile ID card: whatever becomes of the first look, it is the card that lies there or none") {
    for (const auto kind : {IdCardKind::my_number, IdCardKind::hpki}) {
        const Holder holder{kind};
        Talk clean{kind, holder};
        clean.identify();
        REQUIRE(clean.sight);
        // An HPKI card's answers are whole files: the beginning of each is enough.
        const auto longest = std::min<std::size_t>(clean.link.longest_answer(), 24);
        for (unsigned at = 1; at <= clean.link.reader().apdus(); ++at) {
            for (const auto& trouble : test::troubles(Disturbance::Layer::reader, at, longest)) {
                Talk talk{kind, holder};
                talk.link.reader().disturb(trouble);
                const auto begun = talk.link.clock().boot();
                talk.identify();
                const auto took = talk.link.clock().boot() - begun;
                CAPTURE(static_cast<int>(kind), at, static_cast<int>(trouble.kind), trouble.times, trouble.amount);
                CHECK(took - test::ordered_delay(trouble) <= limit);
                CHECK(talk.link.reader().apdus() <= reader::tuning::id_card_exchanges);
                CHECK(tries_left(*talk.pin) == 3);
                if (!talk.sight) continue;
                CHECK_FALSE(std::holds_alternative<card::Identity>(*talk.sight));
                const auto* const found = std::get_if<reader::IdCard>(&*talk.sight);
                // 61 FF to a SELECT, and 90 00 to the fetching of it: the card then said that it is the other kind.
                const bool said_so = trouble.kind == Disturbance::Kind::status && trouble.bytes[0] == 0x61;
                if (found != nullptr && !said_so) CHECK(found->kind == kind);
            }
        }
    }
}

TEST_CASE("hostile ID card: one that refuses the question after its tries is an ID card all the same") {
    const Holder holder{IdCardKind::hpki};
    HostileReader link{ReaderKind::acr1252};
    const auto pin = std::make_shared<simulator::Pin>("1234");
    const auto card = std::make_shared<simulator::HpkiCard>(holder.documents, holder.key, pin,
                                                            simulator::HpkiIssuer::guideline, simulator::ApduForms{});
    card->refuse_question();
    link.reader().lay(card);
    reader::Conversation talk{link, link.clock(), reader::ReaderTraits{}};
    const auto sight = talk.identify(link.reader().atr(), 44);
    REQUIRE(sight);
    REQUIRE(std::holds_alternative<reader::IdCard>(*sight));
    CHECK_FALSE(std::get<reader::IdCard>(*sight).tries_left);
    CHECK(talk.sign(IdCardKind::hpki, pin_bytes("1234"), card::Digest{}));
}
