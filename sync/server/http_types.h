// A request and its answer, as the routes see them: no sockets, no TLS.
#pragma once

#include <optional>
#include <string>

#include "sync/model/ids.h"
#include "sync/server/tuning.h"

namespace kazashi::server {

// Who the TLS layer says is there: signed by this region's authority and not expired.
struct Peer {
    std::string name;         // common name: a terminal's id, or "source"
    model::Hash certificate;  // SHA-256
};

struct HttpRequest {
    std::string method;
    std::string target;  // path and query
    std::string content_type;
    std::optional<Peer> peer;
    std::string body;
};

// How long a connection may take for what; a test has less patience.
struct HttpTimes {
    std::chrono::milliseconds handshake{tuning::handshake_time};
    std::chrono::milliseconds header{tuning::header_time};
    std::chrono::milliseconds body{tuning::body_time};
    std::chrono::milliseconds write{tuning::write_time};
    std::chrono::milliseconds idle{tuning::idle_time};
    std::chrono::milliseconds drain{tuning::drain_time};
};

struct HttpAnswer {
    int status{200};
    std::string content_type;
    std::string body;
};

}  // namespace kazashi::server
