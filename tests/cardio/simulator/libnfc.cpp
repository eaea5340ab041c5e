// libnfc's own driver for a PN532 on a serial line, talking to ours.
#include <nfc/nfc.h>
#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "cardio/simulator/bench.h"
#include "tests/cardio/cards.h"
#include "tests/catch.h"

using namespace kazashi;
using nlohmann::json;

namespace {

simulator::Bench make_bench() {
    std::vector<simulator::NamedCard> cards;
    cards.push_back({"patient-1", "patient", "", test::image()});
    return simulator::Bench::make(std::move(cards), {std::nullopt}).value();
}

// Serves the line until it is destroyed. Orders are given before.
class Line {
public:
    explicit Line(simulator::Bench& bench)
        : thread_{[this, &bench] {
              std::array<::pollfd, 2> waits{{{bench.fd(), POLLIN, 0}, {end_.get(), POLLIN, 0}}};
              while (::poll(waits.data(), waits.size(), -1) > 0 && waits[1].revents == 0) bench.serve();
          }} {}
    ~Line() {
        ::eventfd_write(end_.get(), 1);
        thread_.join();
    }

private:
    simulator::FileDescriptor end_{::eventfd(0, EFD_CLOEXEC)};
    std::thread thread_;
};

struct Device {
    explicit Device(const std::string& path) {
        nfc_init(&context);
        device = nfc_open(context, ("pn532_uart:" + path).c_str());
        REQUIRE(device != nullptr);
        REQUIRE(nfc_initiator_init(device) == 0);
        REQUIRE(nfc_device_set_property_bool(device, NP_INFINITE_SELECT, false) == 0);
    }
    ~Device() {
        nfc_close(device);
        nfc_exit(context);
    }
    int select(nfc_target& target) const {
        const nfc_modulation modulation{NMT_FELICA, NBR_212};
        constexpr std::array<std::uint8_t, 5> polling{0x00, 0xFF, 0xFF, 0x01, 0x00};
        return nfc_initiator_select_passive_target(device, modulation, polling.data(), polling.size(), &target);
    }
    base::Bytes exchange(const base::Bytes& frame) const {
        base::Bytes answer(300);
        const int size =
            nfc_initiator_transceive_bytes(device, frame.data(), frame.size(), answer.data(), answer.size(), 500);
        answer.resize(static_cast<std::size_t>(std::max(0, size)));
        return answer;
    }
    nfc_context* context{};
    nfc_device* device{};
};

}  // namespace

TEST_CASE("libnfc: its driver selects a virtual card and gets a proof from it, in either framing") {
    auto bench = make_bench();
    const auto path = json::parse(bench.obey(R"({"do":"list"})")).at("tty").get<std::string>();
    REQUIRE(json::parse(bench.obey(R"({"do":"lay","card":"patient-1"})")).at("ok") == true);
    const Line line{bench};
    const Device it{path};
    nfc_target target{};
    REQUIRE(it.select(target) == 1);
    const auto issued = test::image();
    CHECK(base::equal(base::ByteView{target.nti.nfi.abtId, 8}, issued.idm.view()));
    CHECK(base::equal(base::ByteView{target.nti.nfi.abtPad, 8}, issued.pmm.view()));
    for (const bool easy : {true, false}) {
        REQUIRE(nfc_device_set_property_bool(it.device, NP_EASY_FRAMING, easy) == 0);
        const auto rc = test::challenge(easy ? 1 : 2);
        CHECK(it.exchange(protocol::challenge_frame(issued.idm, rc)).size() == 12);
        const auto answer = it.exchange(protocol::proof_frame(issued.idm));
        const auto proof = protocol::parse_proof(answer, issued.idm);
        REQUIRE(bool{proof});
        const auto expected = protocol::proof_of(issued.ck, rc, issued.s_pad0, issued.id);
        CHECK(base::equal(proof->proof.view(), expected.view()));
    }
    // Another system, by a Polling of our own: nobody answers.
    CHECK(it.exchange(*base::from_hex("060000030000")).empty());
    CHECK(it.exchange(*base::from_hex("060088B40000")).size() == 18);
}

TEST_CASE("libnfc: with nothing in the field it finds nothing") {
    auto bench = make_bench();
    const auto path = json::parse(bench.obey(R"({"do":"list"})")).at("tty").get<std::string>();
    const Line line{bench};
    const Device it{path};
    nfc_target target{};
    CHECK(it.select(target) == 0);
}
