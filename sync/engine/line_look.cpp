#include "sync/engine/line_look.h"

#include <curl/curl.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <memory>
#include <string_view>

#include "sync/engine/wire_region.h"

namespace kazashi::engine {

namespace {

using base::Error;
using base::Fault;
using Trouble = LineLook::Trouble;

struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};

Trouble trouble_of_verification(long verdict) {
    switch (verdict) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return Trouble::certificate_expired;
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return Trouble::certificate_not_yet;
        case X509_V_ERR_UNSPECIFIED:  // what curl leaves there when it stops at the name, before the chain
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return Trouble::certificate_name;
        default:
            return Trouble::certificate_foreign;
    }
}

// One GET with what curl knows about its failure.
class LookingTransport final : public Transport {
public:
    LookingTransport(const store::Enrolment& enrolment, std::chrono::milliseconds most)
        : enrolment_{enrolment}, most_{most}, easy_{curl_easy_init()} {}

    Result<Bytes> get(const std::string& path, std::size_t most) override {
        Bytes body;
        prepare(path, body);
        const CURLcode code = curl_easy_perform(easy_.get());
        trouble_ = trouble_of(code);
        if (trouble_ == Trouble::none && body.size() > most) trouble_ = Trouble::not_a_region;
        if (trouble_ == Trouble::none) return body;
        return Error{Fault::offline, curl_easy_strerror(code)};
    }
    Result<Bytes> post(const std::string&, ByteView, std::size_t) override {
        return Error{Fault::unsupported, "a look changes nothing"};
    }
    Trouble trouble() const { return trouble_; }

private:
    void prepare(const std::string& path, Bytes& body) {
        const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(easy_.get(), option, value); };
        set(CURLOPT_URL, (enrolment_.server_url + path).c_str());
        set(CURLOPT_PROTOCOLS_STR, "https");
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
        set(CURLOPT_CAINFO, enrolment_.region_ca.c_str());
        set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
        set(CURLOPT_SSLCERT, enrolment_.tls_certificate.c_str());
        set(CURLOPT_SSLKEY, enrolment_.tls_key.c_str());
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_QUICK_EXIT, 1L);
        set(CURLOPT_PROXY, "");
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(most_.count()));
        set(CURLOPT_ERRORBUFFER, words_.data());
        set(CURLOPT_WRITEFUNCTION, take_in);
        set(CURLOPT_WRITEDATA, static_cast<void*>(&body));
    }

    static std::size_t take_in(char* data, std::size_t, std::size_t size, void* body_pointer) {
        auto& body = *static_cast<Bytes*>(body_pointer);
        if (body.size() + size > most_bytes) return 0;
        base::append(body, base::as_bytes({data, size}));
        return size;
    }

    // The server's word on our certificate comes as a TLS alert after the handshake, and only in OpenSSL's words.
    bool our_certificate_refused() const {
        const std::string_view words{words_.data()};
        const auto has = [&](std::string_view word) { return words.find(word) != std::string_view::npos; };
        return has("alert") && (has("certificate") || has("unknown ca"));
    }

    Trouble trouble_of(CURLcode code) const {
        switch (code) {
            case CURLE_OK:
                return trouble_of_status();
            case CURLE_COULDNT_RESOLVE_HOST:
                return Trouble::no_such_host;
            case CURLE_COULDNT_CONNECT:
                return Trouble::unreachable;
            case CURLE_OPERATION_TIMEDOUT:
                return Trouble::silent;
            case CURLE_PEER_FAILED_VERIFICATION: {
                long verdict = 0;
                curl_easy_getinfo(easy_.get(), CURLINFO_SSL_VERIFYRESULT, &verdict);
                return trouble_of_verification(verdict);
            }
            case CURLE_SSL_CERTPROBLEM:
                return Trouble::our_certificate;
            case CURLE_RECV_ERROR:
            case CURLE_SEND_ERROR:
            case CURLE_SSL_CONNECT_ERROR:
                if (our_certificate_refused()) return Trouble::our_certificate;
                return code == CURLE_SSL_CONNECT_ERROR ? Trouble::not_a_region : Trouble::broken;
            case CURLE_GOT_NOTHING:
            case CURLE_PARTIAL_FILE:
                return Trouble::broken;
            default:
                return Trouble::not_a_region;
        }
    }
    Trouble trouble_of_status() const {
        long status = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
        if (status == 200) return Trouble::none;
        return status == 401 || status == 403 ? Trouble::not_known : Trouble::not_a_region;
    }

    static constexpr std::size_t most_bytes = 64 * 1024;

    const store::Enrolment& enrolment_;
    std::chrono::milliseconds most_;
    std::unique_ptr<CURL, EasyDeleter> easy_;
    std::array<char, CURL_ERROR_SIZE> words_{};
    Trouble trouble_{};
};

}  // namespace

LineLook look_at_line(const store::Enrolment& enrolment, std::chrono::milliseconds most) {
    const base::SystemClock clock;
    const auto begun = clock.boot();
    LookingTransport transport{enrolment, most};
    WireRegion region{enrolment.terminal, enrolment.region_verify, transport};
    const auto time = region.time();
    LineLook look{transport.trouble(), std::chrono::duration_cast<std::chrono::milliseconds>(clock.boot() - begun), {}};
    if (time) look.region_time = *time;
    if (!time && look.trouble == Trouble::none)
        look.trouble = time.fault() == Fault::bad_signature ? Trouble::bad_signature : Trouble::not_a_region;
    return look;
}

}  // namespace kazashi::engine
