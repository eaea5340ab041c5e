#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

#include "sync/engine/line_look.h"

namespace kazashi::engine {

namespace {

using base::Error;
using base::Fault;

struct FreeBio {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct FreeCertificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
};

base::Result<base::UtcTime> time_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return Error{Fault::malformed, "a date in a certificate"};
    return base::UtcTime{std::chrono::seconds{::timegm(&parts)}};
}

}  // namespace

base::Result<CertificateLife> certificate_life(const std::filesystem::path& file) {
    const std::unique_ptr<BIO, FreeBio> in{BIO_new_file(file.c_str(), "r")};
    if (!in) return Error{Fault::io, "a certificate cannot be read"};
    const std::unique_ptr<X509, FreeCertificate> certificate{PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)};
    if (!certificate) return Error{Fault::malformed, "not a certificate"};
    CertificateLife life;
    KAZASHI_TRY(life.from, time_of(X509_get0_notBefore(certificate.get())));
    KAZASHI_TRY(life.until, time_of(X509_get0_notAfter(certificate.get())));
    return life;
}

}  // namespace kazashi::engine
