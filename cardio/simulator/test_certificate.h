// X.509 certificates of invented authorities and holders, and their RSA keys. Only for the test authority: OpenSSL is
// not hidden here.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "cardio/simulator/test_authority.h"

namespace kazashi::simulator {

template <auto Function>
struct Deleter {
    template <class T>
    void operator()(T* object) const {
        Function(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;

struct KeyPair {
    Key key;
    Certificate certificate;
};

// limit: OpenSSL.
base::Result<KeyPair> make_authority(const std::string& name);
struct Holder {
    std::string name;
    TestAuthority::Purpose purpose{};
    TestAuthority::Validity validity{};
    bool healthcare_role{false};  // hcRole in its directory attributes
};
base::Result<KeyPair> make_holder(const Holder& holder, const KeyPair& issuer);

base::Bytes to_der(const X509* certificate);
std::string to_pem(X509* certificate);

}  // namespace kazashi::simulator
