#include "cardio/protocol/certificate.h"

#include "tests/cardio/certificates.h"

using namespace kazashi;
using base::Fault;
using test::CertificateWish;

namespace {

const base::UtcTime during{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};

}  // namespace

TEST_CASE("certificate: it says its key, its time and what the key is for, and nothing of who it is") {
    const auto der = test::holder_certificate();
    const auto read = protocol::parse_certificate(der);
    REQUIRE(read);
    CHECK(read->signature_size == 256);
    CHECK_FALSE(read->authority);
    CHECK_FALSE(read->signs_documents);
    CHECK(read->not_before == CertificateWish{}.not_before);
    CHECK(read->not_after == CertificateWish{}.not_after);

    // Renewed for the same key it is the same holder; another key is another one.
    CertificateWish renewed;
    renewed.not_after += std::chrono::days{365};
    CHECK(protocol::parse_certificate(test::holder_certificate(renewed))->key_hash == read->key_hash);
    CertificateWish other;
    other.name = "somebody else";
    CHECK(protocol::parse_certificate(test::holder_certificate(other))->key_hash != read->key_hash);

    CertificateWish documents;
    documents.usage = "critical,nonRepudiation";
    CHECK(protocol::parse_certificate(test::holder_certificate(documents))->signs_documents);
    CertificateWish silent;
    silent.usage = "";
    CHECK_FALSE(protocol::parse_certificate(test::holder_certificate(silent))->signs_documents);
    CHECK(protocol::parse_certificate(test::authority_certificate())->authority);
}

TEST_CASE("certificate: the size of key and signature comes from the certificate") {
    const auto der = test::make_certificate(test::rsa_key("large", 3072), test::rsa_key("authority"), "authority",
                                            CertificateWish{});
    CHECK(protocol::parse_certificate(der)->signature_size == 384);
    const auto digest = protocol::sha256(base::as_bytes("challenge"));
    CHECK(protocol::verify_signature(der, digest, test::sign_digest(test::rsa_key("large", 3072), digest)));
}

TEST_CASE("certificate: a key that signs otherwise every time, and a short one, are not ours") {
    const auto curve = test::make_certificate(test::ec_key(), test::rsa_key("authority"), "authority", {});
    CHECK(protocol::parse_certificate(curve).fault() == Fault::unsupported);
    const auto small =
        test::make_certificate(test::rsa_key("small", 1024), test::rsa_key("authority"), "authority", {});
    CHECK(protocol::parse_certificate(small).fault() == Fault::unsupported);
    const auto digest = protocol::sha256({});
    CHECK(protocol::verify_signature(small, digest, base::Bytes(128)).error().fault == Fault::unsupported);
}

TEST_CASE("certificate: garbage, cuts and additions are none") {
    const auto der = test::holder_certificate();
    CHECK(protocol::parse_certificate({}).fault() == Fault::malformed);
    CHECK(protocol::parse_certificate(base::Bytes(100, 0x30)).fault() == Fault::malformed);
    for (std::size_t size = 0; size < der.size(); size += 7) {
        CHECK(protocol::parse_certificate(base::ByteView{der}.first(size)).fault() == Fault::malformed);
    }
    auto longer = der;
    longer.push_back(0);
    CHECK(protocol::parse_certificate(longer).fault() == Fault::malformed);
    CHECK(protocol::parse_certificate(base::Bytes(protocol::most_certificate + 1)).fault() == Fault::malformed);
}

TEST_CASE("certificate: a signature is believed only from its key, over this digest") {
    const auto der = test::holder_certificate();
    const auto digest = protocol::sha256(base::as_bytes("challenge"));
    const auto signature = test::sign_digest(test::rsa_key("nobody"), digest);
    CHECK(protocol::verify_signature(der, digest, signature));
    CHECK(protocol::verify_signature(der, protocol::sha256(base::as_bytes("other")), signature).fault() ==
          Fault::bad_signature);
    CHECK(protocol::verify_signature(der, digest, test::sign_digest(test::rsa_key("somebody else"), digest)).fault() ==
          Fault::bad_signature);
    for (std::size_t i = 0; i < signature.size(); i += 31) {
        auto changed = signature;
        changed[i] ^= 1U;
        CHECK(protocol::verify_signature(der, digest, changed).fault() == Fault::bad_signature);
    }
    CHECK(protocol::verify_signature(der, digest, {}).fault() == Fault::bad_signature);
    CHECK(protocol::verify_signature(der, digest, base::Bytes(256)).fault() == Fault::bad_signature);
}

TEST_CASE("certificate: there is one signature per key and digest") {
    const auto digest = protocol::sha256(base::as_bytes("challenge"));
    CHECK(test::sign_digest(test::rsa_key("nobody"), digest) == test::sign_digest(test::rsa_key("nobody"), digest));
}

TEST_CASE("certificate: the chain leads to an issuer the region trusts, and the time fits") {
    const auto der = test::holder_certificate();
    const std::vector<base::Bytes> trusted{test::authority_certificate("another"), test::authority_certificate()};
    CHECK(protocol::verify_chain(der, trusted, during));
    CHECK(protocol::verify_chain(der, {}, during).fault() == Fault::denied);
    CHECK(protocol::verify_chain(der, {test::authority_certificate("another")}, during).fault() == Fault::denied);
    CHECK(protocol::verify_chain(der, trusted, CertificateWish{}.not_before - std::chrono::hours{1}).fault() ==
          Fault::denied);
    CHECK(protocol::verify_chain(der, trusted, CertificateWish{}.not_after + std::chrono::hours{1}).fault() ==
          Fault::denied);

    // An issuer of the same name with another key, and a holder who issues.
    const auto imitation =
        test::make_certificate(test::rsa_key("nobody"), test::rsa_key("another"), "authority", CertificateWish{});
    CHECK(protocol::verify_chain(imitation, trusted, during).fault() == Fault::denied);
    CertificateWish friend_of_holder;
    friend_of_holder.name = "friend";
    const auto by_holder =
        test::make_certificate(test::rsa_key("friend"), test::rsa_key("nobody"), "nobody", friend_of_holder);
    CHECK(protocol::verify_chain(by_holder, trusted, during).fault() == Fault::denied);
}

TEST_CASE("certificate: the region may trust the issuing authority without the root above it") {
    CertificateWish issuing;
    issuing.name = "issuing";
    issuing.authority = true;
    const auto between =
        test::make_certificate(test::rsa_key("issuing"), test::rsa_key("authority"), "authority", issuing);
    const auto der = test::holder_certificate({}, "issuing");
    CHECK(protocol::verify_chain(der, {between}, during));
    // The root alone does not help: what is in between is not on the record.
    CHECK(protocol::verify_chain(der, {test::authority_certificate()}, during).fault() == Fault::denied);
}

TEST_CASE("certificate: an authority is no person, and a person no issuer") {
    const auto authority = test::authority_certificate();
    CHECK(protocol::verify_chain(authority, {authority}, during).fault() == Fault::denied);
    const auto holder = test::holder_certificate();
    CHECK(protocol::verify_chain(holder, {holder}, during).fault() == Fault::malformed);
    CHECK(protocol::verify_chain(holder, {base::Bytes(20)}, during).fault() == Fault::malformed);
}
