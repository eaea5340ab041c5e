#include "sync/engine/region_client.h"

#include "sync/engine/curl_transport.h"
#include "sync/engine/wire_region.h"
#include "sync/wire/tuning.h"

namespace kazashi::engine {

struct CurlRegion::Parts {
    CurlTransport transport;
    WireRegion region;

    Parts(const store::Enrolment& enrolment, const std::atomic<bool>& cancel)
        : transport{enrolment.server_url, enrolment.region_ca,
                    CurlTransport::Certificate{enrolment.tls_certificate, enrolment.tls_key}, cancel},
          region{enrolment.terminal, enrolment.region_verify, transport} {}
};

CurlRegion::CurlRegion(const store::Enrolment& enrolment, const std::atomic<bool>& cancel)
    : parts_{std::make_unique<Parts>(enrolment, cancel)} {}
CurlRegion::~CurlRegion() = default;

Result<model::FeedPage> CurlRegion::feed(model::Cursor after) { return parts_->region.feed(after); }
Result<wire::PushAnswer> CurlRegion::push(const wire::Push& entries) { return parts_->region.push(entries); }
Result<model::UtcTime> CurlRegion::time() { return parts_->region.time(); }

Result<wire::EnrolAnswer> enrol(const std::string& server_url, const std::filesystem::path& region_ca,
                                const wire::EnrolRequest& request) {
    const std::atomic<bool> never{false};
    CurlTransport transport{server_url, region_ca, std::nullopt, never};
    KAZASHI_TRY(const auto bytes, transport.post("/v1/enrol", wire::encode(request), wire::tuning::enrol_answer_bytes));
    return wire::decode_enrol_answer(bytes);
}

Result<wire::RekeyAnswer> rekey(const store::Enrolment& enrolment, base::ByteView signed_request) {
    const std::atomic<bool> never{false};
    CurlTransport transport{enrolment.server_url, enrolment.region_ca,
                            CurlTransport::Certificate{enrolment.tls_certificate, enrolment.tls_key}, never};
    KAZASHI_TRY(const auto bytes, transport.post("/v1/rekey", signed_request, wire::tuning::enrol_bytes));
    return wire::decode_rekey_answer(bytes);
}

}  // namespace kazashi::engine
