// One TLS connection: handshake, then requests one after the other until it is closed, idle too long or wrong. Every
// wait has a limit (tuning.h).
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>

#include "sync/server/router.h"

namespace kazashi::server {

// What all sessions share. Sockets live on `network` (one thread), routes run on `workers`.
struct SessionContext {
    boost::asio::ssl::context& tls;
    boost::asio::thread_pool& workers;
    Router& router;
    HttpTimes times;
};

// Runs until it ends; `place` is given back then (the server counts its connections with it).
void start_session(boost::asio::ip::tcp::socket socket, SessionContext context, std::shared_ptr<void> place);

}  // namespace kazashi::server
