// The region's own certificate authority (OpenSSL): it signs the server's certificate, the sources' and, at enrolment,
// the terminals'. Names in certificates are ids, never persons.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cardio/base/clock.h"
#include "cardio/base/result.h"
#include "cardio/base/secret.h"
#include "sync/model/ids.h"

namespace kazashi::server {

struct PemPair {
    std::string certificate;
    base::SecretBytes key;
};

// What the certificate lets its holder be.
enum class CertificateUse { server, client };

class CertificateAuthority {
public:
    static base::Result<PemPair> create(const std::string& name, model::UtcTime now);
    static base::Result<CertificateAuthority> load(std::string_view certificate_pem, base::ByteView key_pem);
    CertificateAuthority(CertificateAuthority&&) noexcept;
    ~CertificateAuthority();

    // A fresh EC P-256 key and its certificate. A server's is for localhost and the loopback addresses.
    base::Result<PemPair> issue(const std::string& common_name, CertificateUse use, model::UtcTime now) const;
    // For a terminal's own key. malformed: not a request, not signed by its key, or not a P-256 key.
    base::Result<std::string> sign_request(std::string_view csr_pem, const std::string& common_name,
                                           model::UtcTime now) const;

private:
    struct Parts;
    explicit CertificateAuthority(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

// SHA-256 of the certificate's DER form.
base::Result<model::Hash> fingerprint(std::string_view certificate_pem);

}  // namespace kazashi::server
