#include "sync/server/source_client.h"

#include <curl/curl.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "sync/server/files.h"
#include "sync/server/tuning.h"

namespace kazashi::server {

namespace {

struct Cleanup {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// libcurl's callback: fewer bytes than offered ends the transfer.
std::size_t take(char* data, std::size_t size, std::size_t count, void* to) {
    auto& body = *static_cast<std::string*>(to);
    if (body.size() + size * count > tuning::import_answer_bytes) return 0;
    body.append(data, size * count);
    return size * count;
}

// The first error of an OperationOutcome: where, and what.
std::string first_error(const std::string& outcome) {
    const auto json = nlohmann::json::parse(outcome, nullptr, false);
    if (!json.is_object() || !json.contains("issue")) return "no OperationOutcome";
    for (const auto& issue : json["issue"]) {
        if (!issue.is_object() || issue.value("severity", "") != "error") continue;
        const auto where = issue.value("expression", nlohmann::json::array());
        const auto place =
            where.is_array() && !where.empty() && where[0].is_string() ? where[0].get<std::string>() : "";
        return place + (place.empty() ? "" : ": ") + issue.value("diagnostics", "");
    }
    return "no error named";
}

}  // namespace

struct SourceClient::Parts {
    std::string url;
    std::string ca;
    std::string certificate;
    std::string key;
    std::unique_ptr<curl_slist, Cleanup> headers;
    std::unique_ptr<CURL, Cleanup> easy;
};

SourceClient::SourceClient(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
SourceClient::SourceClient(SourceClient&&) noexcept = default;
SourceClient::~SourceClient() = default;

base::Result<SourceClient> SourceClient::make(const std::string& url, const std::filesystem::path& region) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    auto parts = std::make_unique<Parts>();
    parts->easy.reset(curl_easy_init());
    if (ready != CURLE_OK || !parts->easy) return base::Error{base::Fault::io, "libcurl does not start"};
    parts->url = url + "/fhir";
    parts->ca = region / "ca.crt";
    parts->certificate = region / "source.crt";
    parts->key = region / "source.key";
    parts->headers.reset(curl_slist_append(nullptr, "Content-Type: application/fhir+json"));
    auto* easy = parts->easy.get();
    curl_easy_setopt(easy, CURLOPT_URL, parts->url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_3});
    curl_easy_setopt(easy, CURLOPT_CAINFO, parts->ca.c_str());
    curl_easy_setopt(easy, CURLOPT_SSLCERT, parts->certificate.c_str());
    curl_easy_setopt(easy, CURLOPT_SSLKEY, parts->key.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, parts->headers.get());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &take);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, long{std::chrono::seconds{tuning::import_time}.count()});
    return SourceClient{std::move(parts)};
}

base::Result<PostAnswer> SourceClient::post_bundle(base::ByteView json) {
    auto* easy = parts_->easy.get();
    PostAnswer answer;
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &answer.body);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(json.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, base::as_text(json).data());
    if (const auto code = curl_easy_perform(easy); code != CURLE_OK) {
        return base::Error{base::Fault::offline, std::string{"the region: "} + curl_easy_strerror(code)};
    }
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
}

base::Result<int> import_files(SourceClient& client, const std::vector<std::filesystem::path>& files,
                               std::ostream& refused) {
    int taken = 0;
    for (const auto& file : files) {
        const auto bytes = read_file(file, tuning::fhir_bytes);
        if (!bytes) {
            refused << bytes.error().detail << '\n';
            continue;
        }
        KAZASHI_TRY(const auto answer, client.post_bundle(bytes->view()));
        if (answer.status == 200) {
            ++taken;
        } else {
            refused << file.filename().string() << ": " << answer.status << ' ' << first_error(answer.body) << '\n';
        }
    }
    return taken;
}

}  // namespace kazashi::server
