// A source of records as a program: POSTs Bundles to a region with the source's client certificate (libcurl).
#pragma once

#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"

namespace kazashi::server {

struct PostAnswer {
    long status{};
    std::string body;
};

class SourceClient {
public:
    // `region`: a folder with ca.crt, source.crt and source.key.
    static base::Result<SourceClient> make(const std::string& url, const std::filesystem::path& region);
    SourceClient(SourceClient&&) noexcept;
    ~SourceClient();

    // offline when there is no answer at all.
    base::Result<PostAnswer> post_bundle(base::ByteView json);

private:
    struct Parts;
    explicit SourceClient(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

// Posts each file; one line on `refused` per file that was not taken. Returns how many were taken.
base::Result<int> import_files(SourceClient& client, const std::vector<std::filesystem::path>& files,
                               std::ostream& refused);

}  // namespace kazashi::server
