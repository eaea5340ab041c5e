// Listens, speaks TLS 1.3, and hands every connection to a session. Client certificates are asked for, and checked
// against the region's own authority when one is shown; which route needs one is the router's business.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sync/server/router.h"

namespace kazashi::server {

class HttpServer {
public:
    // `address`: "127.0.0.1:8443" or "[::1]:8443"; port 0 takes a free one. Certificates come from the region's folder.
    static Result<std::unique_ptr<HttpServer>> listen(Router& router, const std::filesystem::path& region,
                                                      const std::string& address, HttpTimes times = {});
    ~HttpServer();

    std::string address() const;  // with the port that was taken
    std::uint16_t port() const;
    void end_on_signals();  // SIGINT and SIGTERM
    void run();             // until stop(), or a signal
    void stop();            // from any thread; what a worker has begun is finished first

private:
    struct Parts;
    explicit HttpServer(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::server
