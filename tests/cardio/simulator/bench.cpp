#include "cardio/simulator/bench.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <nlohmann/json.hpp>

#include "tests/cardio/cards.h"
#include "tests/catch.h"

using namespace kazashi;
using nlohmann::json;
using simulator::FileDescriptor;

namespace {

// The reader's end of vpcd's protocol.
class Vpcd {
public:
    Vpcd() {
        ::sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
        ::socklen_t size = sizeof address;
        auto* const any = reinterpret_cast<::sockaddr*>(&address);
        REQUIRE(::bind(listener_.get(), any, size) == 0);
        REQUIRE(::listen(listener_.get(), 4) == 0);
        REQUIRE(::getsockname(listener_.get(), any, &size) == 0);
        port_ = ::ntohs(address.sin_port);
    }
    simulator::VpcdAddress address() const { return {"127.0.0.1", port_}; }
    void accept() { card_ = FileDescriptor{::accept(listener_.get(), nullptr, nullptr)}; }
    void say(const base::Bytes& payload) const {
        base::Bytes message{0x00, static_cast<std::uint8_t>(payload.size())};
        base::append(message, payload);
        REQUIRE(::send(card_.get(), message.data(), message.size(), 0) == static_cast<::ssize_t>(message.size()));
    }
    // Empty when the card has been taken off.
    base::Bytes hear() const {
        base::Bytes message(300);
        const auto got = ::recv(card_.get(), message.data(), message.size(), 0);
        if (got <= 0) return {};
        message.resize(static_cast<std::size_t>(got));
        REQUIRE(message[1] == message.size() - 2);
        return {message.begin() + 2, message.end()};
    }

private:
    FileDescriptor listener_{::socket(AF_INET, SOCK_STREAM, 0)};
    FileDescriptor card_;
    std::uint16_t port_{};
};

std::vector<simulator::NamedCard> cards() {
    std::vector<simulator::NamedCard> out;
    out.push_back({"patient-1", "patient", "臼杵 花子", test::image()});
    out.push_back({"patient-2", "patient", "臼杵 太郎", test::image(card::CardKind::patient, 44, "0000000002", 0x22)});
    return out;
}

struct Table {
    Vpcd vpcd;
    simulator::Bench bench{simulator::Bench::make(cards(), {simulator::ReaderKind::acr1252, vpcd.address()}).value()};

    json order(const json& order) { return json::parse(bench.obey(order.dump())); }
    void lay(const json& more = json::object()) {
        json all{{"do", "lay"}, {"card", "patient-1"}};
        all.update(more);
        REQUIRE(order(all).at("ok") == true);
        vpcd.accept();
    }
    base::Bytes exchange(const base::Bytes& payload) {
        vpcd.say(payload);
        bench.serve();
        return vpcd.hear();
    }
};

}  // namespace

TEST_CASE("bench: lists its cards and says which one lies on the reader") {
    Table table;
    const auto before = table.order({{"do", "list"}});
    CHECK(before.at("cards").size() == 2);
    CHECK(before.at("cards")[0].at("label") == "臼杵 花子");
    CHECK(!before.at("cards")[0].contains("ck"));
    CHECK(before.at("on").is_null());
    table.lay();
    CHECK(table.order({{"do", "list"}}).at("on") == "patient-1");
    CHECK(table.order({{"do", "take"}}).at("ok") == true);
    CHECK(table.order({{"do", "list"}}).at("on").is_null());
    CHECK(table.vpcd.hear().empty());
}

TEST_CASE("bench: speaks vpcd's protocol") {
    Table table;
    table.lay();
    CHECK(table.exchange({0x04}) == base::from_hex("3B8F8001804F0CA00000030611003B0000000042"));
    CHECK(table.exchange(protocol::get_uid()) == base::from_hex("012E0102030405F69000"));
    const auto rc = test::challenge(1);
    const auto idm = test::image().idm;
    CHECK(table.exchange(protocol::direct_command(protocol::challenge_frame(idm, rc))).size() == 14);
    CHECK(table.exchange(protocol::direct_command(protocol::proof_frame(idm))).size() == 63);
    table.vpcd.say({0x02});  // reset: the challenge is lost
    table.bench.serve();
    CHECK(table.exchange(protocol::direct_command(protocol::proof_frame(idm))).size() == 14);
    const auto trace = table.order({{"do", "trace"}});
    REQUIRE(trace.at("exchanges").size() == 1);
    CHECK(trace.at("exchanges")[0].at("rc") == base::to_hex(rc.view()));
    CHECK(trace.at("frames") == 3);
}

TEST_CASE("bench: a card that leaves closes the connection and lies there no more") {
    Table table;
    table.lay({{"leave_after", 1}});
    CHECK(!table.exchange(protocol::get_uid()).empty());
    CHECK(table.exchange(protocol::direct_command(protocol::identity_frame(test::image().idm))).empty());
    CHECK(table.bench.fd() == -1);
    CHECK(!table.bench.waits_for_reader());
    CHECK(table.order({{"do", "list"}}).at("on").is_null());
}

TEST_CASE("bench: a card stays while the reader service is away and connects when it is back") {
    Table table;
    table.lay();
    table.vpcd = Vpcd{};  // the old one hangs up
    table.bench.serve();
    CHECK(table.bench.waits_for_reader());
    table.bench.keep_linked();  // nobody listens there any more
    CHECK(table.bench.waits_for_reader());
    CHECK(table.order({{"do", "list"}}).at("on") == "patient-1");
}

TEST_CASE("bench: orders that make no sense are refused without repeating them") {
    Table table;
    for (const auto* text :
         {"", "{", "[]", "{\"do\":7}", "{\"do\":\"fly\"}", "{\"do\":\"lay\"}", "{\"do\":\"lay\",\"card\":\"nobody\"}",
          "{\"do\":\"lay\",\"foreign\":\"library\"}", "{\"do\":\"lay\",\"card\":\"patient-1\",\"ck\":\"5EC4E7\"}",
          "{\"do\":\"lay\",\"card\":\"patient-1\",\"with\":\"nobody\"}",
          "{\"do\":\"lay\",\"card\":\"patient-1\",\"replay\":[{\"rc\":\"00\"}]}"}) {
        const auto answer = table.bench.obey(text);
        CHECK(json::parse(answer).at("ok") == false);
        CHECK(answer.find("5EC4E7") == std::string::npos);
    }
    CHECK(table.order({{"do", "list"}}).at("on").is_null());
}

TEST_CASE("vpcd: addresses are read as they are written") {
    const auto address = simulator::parse_address("127.0.0.1:35963");
    REQUIRE(address.has_value());
    CHECK(address->port == 35963);
    for (const auto* text : {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "localhost:35963"})
        CHECK(!simulator::parse_address(text));
}
