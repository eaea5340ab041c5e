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

namespace {

std::string hex(const base::Bytes& answer) { return base::to_hex(answer); }
base::Bytes apdu(const std::string& text) { return base::from_hex(text).value(); }

}  // namespace

TEST_CASE("bench: every kind of card is laid by its order") {
    Table table;
    for (const auto* kind : {"transit", "money", "bank", "licence", "storage", "empty_lite_s"}) {
        REQUIRE(table.order({{"do", "lay_foreign"}, {"kind", kind}}).at("ok") == true);
        table.vpcd.accept();
        CHECK(table.order({{"do", "list"}}).at("on") == kind);
        CHECK(table.exchange(protocol::get_uid()).size() > 4);
    }
    CHECK(table.order({{"do", "lay_foreign"}, {"kind", "library"}}).at("ok") == false);
}

TEST_CASE("bench: a card keeps what was written on it, an imitation does not") {
    Table table;
    const auto write = protocol::write_frame(test::image().idm, protocol::service_read_write,
                                             std::vector<std::uint8_t>{0x0E}, base::Bytes(16, 0x11));
    table.lay();
    CHECK(hex(table.exchange(protocol::direct_command(write))).substr(20, 4) == "0000");
    table.lay();
    CHECK(table.order({{"do", "dump"}}).at("blocks").at("0E") == std::string(32, '1'));
    CHECK(table.order({{"do", "dump"}}).at("blocks").at("90").get<std::string>().substr(0, 2) == "01");
    table.lay({{"ck", std::string(32, '7')}});
    CHECK(table.order({{"do", "dump"}}).at("blocks").at("0E") == std::string(32, 'F'));
    CHECK(table.order({{"do", "dump"}}).at("blocks").at("87") == std::string(32, '7'));
    CHECK(table.order({{"do", "take"}}).at("ok") == true);
    CHECK(table.order({{"do", "dump"}}).at("ok") == false);
}

TEST_CASE("bench: a blank card is known by its IDm until a fresh one is asked for") {
    Table table;
    const json blank{{"do", "lay_blank"}, {"idm", "012E0909090909AA"}};
    REQUIRE(table.order(blank).at("ok") == true);
    table.vpcd.accept();
    const card::Idm idm{{0x01, 0x2E, 9, 9, 9, 9, 9, 0xAA}};
    const auto write = protocol::write_frame(idm, protocol::service_read_write, std::vector<std::uint8_t>{0x05},
                                             base::Bytes(16, 0x22));
    CHECK(hex(table.exchange(protocol::direct_command(write))).substr(20, 4) == "0000");
    REQUIRE(table.order(blank).at("ok") == true);
    CHECK(table.order({{"do", "dump"}}).at("blocks").at("05") == std::string(32, '2'));
    auto fresh = blank;
    fresh["fresh"] = true;
    REQUIRE(table.order(fresh).at("ok") == true);
    CHECK(table.order({{"do", "dump"}}).at("blocks").at("05") == std::string(32, '0'));
}

TEST_CASE("bench: a card of a profile, a Lite, and a card besides another one") {
    Table table;
    const json profile{{"system", 0x8277}, {"service", 0x100B}, {"blocks", {0}},
                       {"region", 44},     {"coding", "ascii"}, {"length", 10}};
    const json standard{
        {"do", "lay_standard"}, {"profile", profile}, {"number", "0000000007"}, {"idm", "0114010203040506"}};
    REQUIRE(table.order(standard).at("ok") == true);
    table.vpcd.accept();
    CHECK(hex(table.exchange(apdu("FF00000010"
                                  "10060114010203040506"
                                  "010B1001"
                                  "8000")))
              .substr(26, 20) == "30303030303030303037");
    auto wrong = standard;
    wrong["number"] = "7";
    CHECK(table.order(wrong).at("ok") == false);

    table.lay({{"chip", "lite"}});
    CHECK(hex(table.exchange(apdu("FF00000010"
                                  "1006012E0102030405F6010B00018090")))
              .substr(20, 4) == "01A8");
    table.lay({{"with", "transit"}});
    CHECK(hex(table.exchange(apdu("FF0000000606000003"
                                  "0000")))
              .substr(4, 16) == "010106016A123307");
    CHECK(hex(table.exchange(apdu("FF0000000606"
                                  "0088B40000")))
              .substr(4, 16) == "012E0102030405F6");
    REQUIRE(table.order({{"do", "lay"}, {"card", "patient-2"}, {"swap", true}}).at("ok") == true);
    CHECK(hex(table.exchange(protocol::get_uid())) == "012E0102030405229000");
    REQUIRE(table.order({{"do", "lay"}, {"card", "patient-1"}, {"add", true}}).at("ok") == true);
    // In one time slot the two garble each other.
    CHECK(hex(table.exchange(apdu("FF0000000606"
                                  "0088B40000"))) == "6300");
}

TEST_CASE("bench: an ID card keeps its counter from one laying to the next") {
    Table table;
    const json order{{"do", "lay_id_card"}, {"kind", "my_number"}, {"pin", "4321"}};
    REQUIRE(table.order(order).at("ok") == true);
    table.vpcd.accept();
    const auto verify = [&table](const std::string& data) {
        CHECK(hex(table.exchange(apdu("00A4040C0AD392F000260100000001"))) == "9000");
        CHECK(hex(table.exchange(apdu("00A4020C020018"))) == "9000");
        return hex(table.exchange(apdu("00200080" + data)));
    };
    CHECK(verify("0431323334") == "63C2");
    REQUIRE(table.order({{"do", "lay_id_card"}, {"kind", "my_number"}}).at("ok") == true);
    table.vpcd.accept();
    CHECK(verify("") == "63C2");
    CHECK(verify("0434333231") == "9000");
    REQUIRE(table.order({{"do", "lay_id_card"}, {"kind", "my_number"}, {"tries", 0}}).at("ok") == true);
    table.vpcd.accept();
    CHECK(verify("") == "6984");
    CHECK(table.order({{"do", "id_card_roots"}}).at("my_number").get<std::string>().substr(0, 27) ==
          "-----BEGIN CERTIFICATE-----");
    for (const auto& wrong : {json{{"do", "lay_id_card"}, {"kind", "passport"}},
                              json{{"do", "lay_id_card"}, {"kind", "hpki"}, {"holder", "../x"}}})
        CHECK(table.order(wrong).at("ok") == false);
}

TEST_CASE("bench: a fault is for the card that lies there, or for the next one") {
    Table table;
    CHECK(table.order({{"do", "fault"}, {"kind", "silence"}}).at("ok") == true);
    table.lay({{"faults", {{{"kind", "flip"}, {"at", 2}, {"layer", "reader"}, {"amount", 0}}}}});
    const auto poll = apdu(
        "FF0000000606"
        "0088B40000");
    CHECK(hex(table.exchange(poll)) == "6300");
    CHECK(hex(table.exchange(poll)).substr(0, 2) == "13");
    CHECK(hex(table.exchange(poll)).substr(0, 2) == "12");
    CHECK(table.order({{"do", "fault"}, {"kind", "silence"}}).at("ok") == true);
    CHECK(table.order({{"do", "fault"}, {"kind", "none"}}).at("ok") == true);
    CHECK(hex(table.exchange(poll)).substr(0, 2) == "12");
    for (const auto& wrong : {json{{"do", "fault"}, {"kind", "earthquake"}}, json{{"do", "fault"}, {"kind", "status"}},
                              json{{"do", "fault"}, {"kind", "silence"}, {"at", 0}},
                              json{{"do", "fault"}, {"kind", "silence"}, {"layer", "sea"}}})
        CHECK(table.order(wrong).at("ok") == false);
    const auto trace = table.order({{"do", "trace"}});
    CHECK(trace.at("apdus") == 4);
    CHECK(trace.at("frames") == 4);
}

TEST_CASE("bench: another reader comes in its place while no card lies there") {
    Table table;
    const json exchange{{"do", "reader"}, {"kind", "plain"}};
    table.lay();
    CHECK(table.order(exchange).at("ok") == false);
    table.order({{"do", "take"}});
    CHECK(table.order(exchange).at("ok") == true);
    CHECK(table.order({{"do", "list"}}).at("reader") == "plain");
    table.lay();
    // A frame of ours, which this reader does not pass on.
    CHECK(table.exchange({0xFF, 0x00, 0x00, 0x00, 0x06, 0x06, 0x00, 0xFF, 0xFF, 0x00, 0x00}).size() == 2);
    table.order({{"do", "take"}});
    CHECK(table.order({{"do", "reader"}, {"kind", "toaster"}}).at("ok") == false);
}

TEST_CASE("bench: a late answer is delivered when it is due, and nothing is heard meanwhile") {
    Table table;
    table.lay({{"faults", {{{"kind", "delay"}, {"amount", 20}}}}});
    table.vpcd.say(
        apdu("FF0000000606"
             "0088B40000"));
    table.bench.serve();
    REQUIRE(table.bench.due().has_value());
    CHECK(*table.bench.due() > std::chrono::steady_clock::now());
    CHECK(table.bench.fd() == -1);
    table.bench.deliver();
    CHECK(hex(table.vpcd.hear()).substr(0, 2) == "12");
    CHECK(table.bench.fd() != -1);
}
