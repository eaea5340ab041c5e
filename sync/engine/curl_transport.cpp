#include "sync/engine/curl_transport.h"

#include <curl/curl.h>

#include <utility>

#include "sync/engine/tuning.h"

namespace kazashi::engine {

using base::Error;
using base::Fault;

namespace {

struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MultiDeleter {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// What has arrived of an answer, and how much of it we are ready to hold.
struct Inbox {
    Bytes bytes;
    std::size_t most{};
    bool too_large{false};
};

std::size_t take_in(char* data, std::size_t, std::size_t size, void* inbox_pointer) {
    auto& inbox = *static_cast<Inbox*>(inbox_pointer);
    if (inbox.bytes.size() + size > inbox.most) {
        inbox.too_large = true;
        return 0;  // ends the transfer
    }
    base::append(inbox.bytes, base::as_bytes({data, size}));
    return size;
}

Error translate(CURLcode code) {
    switch (code) {
        case CURLE_PEER_FAILED_VERIFICATION:
            return {Fault::wrong_key, "the server's certificate is not the region's"};
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE:
            return {Fault::io, curl_easy_strerror(code)};
        // A handshake that fails is somebody who speaks, but not as a region does: OpenSSL does not always say that it
        // was the certificate (another region's CA of the same name ends here).
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
            return {Fault::server_fault, curl_easy_strerror(code)};
        // Everything else is a connection that could not be made or did not last.
        default:
            return {Fault::offline, curl_easy_strerror(code)};
    }
}

Result<Bytes> judge(long status, Inbox&& inbox) {
    switch (status) {
        case 200:
            return std::move(inbox.bytes);
        case 401:
        case 403:
            return Error{Fault::denied, "the region does not know us"};
        default:
            return Error{Fault::server_fault, "status " + std::to_string(status)};
    }
}

void start_curl_once() {
    static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
    assert(started == CURLE_OK);
    static_cast<void>(started);
}

}  // namespace

struct CurlTransport::Parts {
    std::string server_url;
    std::filesystem::path region_ca;
    std::optional<Certificate> own;
    const std::atomic<bool>& cancel;
    std::unique_ptr<CURLM, MultiDeleter> multi;  // keeps the connection between requests
    std::unique_ptr<CURL, EasyDeleter> easy;
    std::unique_ptr<curl_slist, ListDeleter> headers;

    void prepare(const std::string& path, Inbox& inbox) const;
    Result<Bytes> perform(Inbox& inbox) const;
    Result<CURLcode> transfer() const;
};

CurlTransport::CurlTransport(std::string server_url, std::filesystem::path region_ca, std::optional<Certificate> own,
                             const std::atomic<bool>& cancel) {
    start_curl_once();
    parts_ = std::make_unique<Parts>(Parts{
        std::move(server_url), std::move(region_ca), std::move(own), cancel,
        std::unique_ptr<CURLM, MultiDeleter>{curl_multi_init()}, std::unique_ptr<CURL, EasyDeleter>{curl_easy_init()},
        // An empty Expect: a push must not wait a second for "100 Continue".
        std::unique_ptr<curl_slist, ListDeleter>{
            curl_slist_append(curl_slist_append(nullptr, "Content-Type: application/cbor"), "Expect:")}});
    assert(parts_->multi && parts_->easy && parts_->headers);
}

CurlTransport::~CurlTransport() = default;

void CurlTransport::Parts::prepare(const std::string& path, Inbox& inbox) const {
    auto* handle = easy.get();
    const auto set = [handle](CURLoption option, auto value) {
        [[maybe_unused]] const auto done = curl_easy_setopt(handle, option, value);
        assert(done == CURLE_OK);
    };
    curl_easy_reset(handle);
    set(CURLOPT_URL, (server_url + path).c_str());
    set(CURLOPT_PROTOCOLS_STR, "https");
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
    set(CURLOPT_CAINFO, region_ca.c_str());
    set(CURLOPT_CAPATH, static_cast<char*>(nullptr));  // no CA of the machine's vouches for a region
    if (own) {
        set(CURLOPT_SSLCERT, own->certificate.c_str());
        set(CURLOPT_SSLKEY, own->key.c_str());
    }
    set(CURLOPT_SSL_SESSIONID_CACHE, 0L);  // both sides show their certificates on every connection
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // a slow name server must not delay a stop
    set(CURLOPT_PROXY, "");       // the kiosk's environment does not choose our way
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::chrono::milliseconds{tuning::connect_timeout}.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::chrono::milliseconds{tuning::transfer_timeout}.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, tuning::stalled_bytes_per_second);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(tuning::stalled_for.count()));
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_WRITEFUNCTION, take_in);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&inbox));
}

// The multi interface, because a single transfer of the easy one looks at its callbacks only once a second while the
// line is silent.
Result<CURLcode> CurlTransport::Parts::transfer() const {
    if (curl_multi_add_handle(multi.get(), easy.get()) != CURLM_OK) return Error{Fault::io, "no transfer"};
    struct Removal {
        const Parts& parts;
        ~Removal() { curl_multi_remove_handle(parts.multi.get(), parts.easy.get()); }
    } const removal{*this};
    int running = 1;
    while (true) {
        if (cancel) return Error{Fault::cancelled, "stopping"};
        if (curl_multi_perform(multi.get(), &running) != CURLM_OK) return Error{Fault::io, "transfer"};
        if (running == 0) break;
        curl_multi_poll(multi.get(), nullptr, 0, static_cast<int>(tuning::cancel_check.count()), nullptr);
    }
    int left = 0;
    const auto* message = curl_multi_info_read(multi.get(), &left);
    if (message == nullptr || message->msg != CURLMSG_DONE) return Error{Fault::io, "transfer without an end"};
    return message->data.result;
}

Result<Bytes> CurlTransport::Parts::perform(Inbox& inbox) const {
    KAZASHI_TRY(const auto code, transfer());
    if (inbox.too_large) return Error{Fault::limit, "answer too large"};
    if (code != CURLE_OK) return translate(code);
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    return judge(status, std::move(inbox));
}

Result<Bytes> CurlTransport::get(const std::string& path, std::size_t most) {
    Inbox inbox{{}, most};
    parts_->prepare(path, inbox);
    return parts_->perform(inbox);
}

Result<Bytes> CurlTransport::post(const std::string& path, ByteView body, std::size_t most) {
    Inbox inbox{{}, most};
    parts_->prepare(path, inbox);
    curl_easy_setopt(parts_->easy.get(), CURLOPT_POST, 1L);
    curl_easy_setopt(parts_->easy.get(), CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(parts_->easy.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    return parts_->perform(inbox);
}

}  // namespace kazashi::engine
