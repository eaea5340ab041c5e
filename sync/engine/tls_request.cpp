#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "sync/engine/region_client.h"

namespace kazashi::engine {

namespace {

template <auto free_it>
struct Free {
    template <class T>
    void operator()(T* pointer) const {
        free_it(pointer);
    }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using RequestPointer = std::unique_ptr<X509_REQ, Free<X509_REQ_free>>;
using BioPointer = std::unique_ptr<BIO, Free<BIO_free_all>>;

base::Error failed() { return {base::Fault::io, "OpenSSL could not make a key"}; }

std::string contents(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

// The name is a placeholder: the region writes the terminal's id into the certificate, whatever is asked for.
bool fill_in(X509_REQ* request, EVP_PKEY* key) {
    static constexpr unsigned char name[] = "kazashi terminal";
    return X509_REQ_set_version(request, X509_REQ_VERSION_1) == 1 &&
           X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request), "CN", MBSTRING_ASC, name, -1, -1, 0) == 1 &&
           X509_REQ_set_pubkey(request, key) == 1 && X509_REQ_sign(request, key, EVP_sha256()) > 0;
}

}  // namespace

Result<TlsRequest> make_tls_request() {
    const KeyPointer key{EVP_EC_gen("P-256")};
    const RequestPointer request{X509_REQ_new()};
    const BioPointer key_text{BIO_new(BIO_s_secmem())};
    const BioPointer request_text{BIO_new(BIO_s_mem())};
    if (!key || !request || !key_text || !request_text) return failed();
    if (!fill_in(request.get(), key.get())) return failed();
    if (PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
        PEM_write_bio_X509_REQ(request_text.get(), request.get()) != 1) {
        return failed();
    }
    return TlsRequest{contents(key_text.get()), contents(request_text.get())};
}

}  // namespace kazashi::engine
