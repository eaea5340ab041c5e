// The region over HTTPS: libcurl, TLS 1.3, client certificate, one kept connection. Every answer is size-limited and its
// signature is checked before anything else is believed.
#pragma once

#include <atomic>
#include <memory>

#include "sync/engine/engine.h"

namespace kazashi::engine {

class CurlRegion final : public Region {
public:
    // `cancel` becomes true when the program stops: a running transfer ends within 100 ms with Fault::cancelled.
    CurlRegion(const store::Enrolment& enrolment, const std::atomic<bool>& cancel);
    ~CurlRegion() override;

    Result<model::FeedPage> feed(model::Cursor after) override;
    Result<wire::PushAnswer> push(const wire::Push& entries) override;
    Result<model::UtcTime> time() override;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// `kazashi enrol`: no client certificate yet, only the region's CA and a one-time code.
Result<wire::EnrolAnswer> enrol(const std::string& server_url, const std::filesystem::path& region_ca,
                                const wire::EnrolRequest& request);
// `kazashi rekey`: over the certificate that is replaced by it. `signed_request` is wire::encode_signed(RekeyRequest).
// server_fault: refused, for the region does not have the whole ledger yet; push first.
Result<wire::RekeyAnswer> rekey(const store::Enrolment& enrolment, base::ByteView signed_request);
// An EC P-256 key (PEM, written 0600) and a certificate signing request for it.
struct TlsRequest {
    std::string key_pem;
    std::string csr_pem;
};
Result<TlsRequest> make_tls_request();

}  // namespace kazashi::engine
