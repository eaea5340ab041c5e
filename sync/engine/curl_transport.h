// HTTPS by libcurl; its codes stop here. One kept connection, TLS 1.3, only the region's own CA.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>

#include "sync/engine/transport.h"

namespace kazashi::engine {

class CurlTransport final : public Transport {
public:
    struct Certificate {
        std::filesystem::path certificate;
        std::filesystem::path key;
    };
    // Before enrolment there is no certificate yet.
    CurlTransport(std::string server_url, std::filesystem::path region_ca, std::optional<Certificate> own,
                  const std::atomic<bool>& cancel);
    ~CurlTransport() override;

    Result<Bytes> get(const std::string& path, std::size_t most) override;
    Result<Bytes> post(const std::string& path, ByteView body, std::size_t most) override;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::engine
