// The two verbs that change what a terminal is: its end, and its new keys.
#include "terminal/app/decommission.h"
#include "terminal/app/rekey.h"
#include "terminal/app/state_lock.h"
#include "tests/terminal/app/own_terminal.h"

using namespace kazashi;
using namespace kazashi::test;
using model::LedgerKind;
namespace fs = std::filesystem;

namespace {

bool anything_left(const OwnTerminal& terminal) {
    for (const auto* name : {"terminal.toml", "signing.key", "tls.key", "tls.crt", "region-ca.crt", "kazashi.db",
                             "kazashi.db-wal", "kazashi.db-shm"})
        if (fs::exists(terminal.state / name)) return true;
    return false;
}

// The region's side of new keys.
struct Desk {
    explicit Desk(const OwnTerminal& terminal) : known{terminal.enrolment.signing.verify} {}
    model::VerifyKey known;
    int asked{0};
    bool lose_answer{false};
    std::vector<base::Bytes> requests;

    app::AskForCertificate ask() {
        return [this](base::ByteView signed_request) -> base::Result<wire::RekeyAnswer> {
            ++asked;
            requests.emplace_back(signed_request.begin(), signed_request.end());
            KAZASHI_TRY(const auto request, wire::decode_signed_rekey(signed_request, known));
            last = request;
            if (std::exchange(lose_answer, false)) return base::Error{base::Fault::offline, "lost"};
            return wire::RekeyAnswer{"new certificate"};
        };
    }
    std::optional<wire::RekeyRequest> last;
};

}  // namespace

TEST_CASE("decommission: the region signs for the last entry, then keys and store are gone and its receipt stays") {
    OwnTerminal terminal;
    terminal.write_entries(3);
    std::ofstream{terminal.state / "letter.txt"} << "somebody else's";
    SigningRegion region;
    Said said;
    REQUIRE(app::decommission({terminal.state, true}, said.say, terminal.enrolment, region));
    REQUIRE(region.taken.size() == 4);
    CHECK(region.taken.back().kind == LedgerKind::terminal_ended);
    CHECK(!anything_left(terminal));
    CHECK(fs::exists(terminal.state / "letter.txt"));
    const auto receipt = terminal.text_of("decommissioned.txt");
    CHECK(receipt.find("F0001-T1") != std::string::npos);
    CHECK(receipt.find(base::to_hex(wire::hash_of(region.taken.back()).view())) != std::string::npos);
    CHECK(said.has("F0001-T1"));
}

TEST_CASE("decommission: without the region's signature nothing is wiped, and the end is written once") {
    for (const bool lost : {false, true}) {
        OwnTerminal terminal;
        terminal.write_entries(2);
        SigningRegion region;
        region.up = lost;
        region.lose_answer = lost;
        Said said;
        CHECK(app::decommission({terminal.state, true}, said.say, terminal.enrolment, region).fault() ==
              base::Fault::offline);
        CHECK(anything_left(terminal));
        CHECK(terminal.entries().size() == 3);
        region.up = true;
        REQUIRE(app::decommission({terminal.state, true}, said.say, terminal.enrolment, region));
        CHECK(region.taken.size() == 3);
        CHECK(!anything_left(terminal));
    }
}

TEST_CASE("decommission: broken off while wiping it goes on without asking the region") {
    OwnTerminal terminal;
    terminal.write_entries(1);
    REQUIRE(store::write_private_file(terminal.state / "decommissioned.txt", base::as_bytes("terminal F0001-T1\n")));
    fs::remove(terminal.state / "signing.key");
    Said said;
    REQUIRE(app::decommission({terminal.state, true}, said.say, [](const std::string&) { return false; }));
    CHECK(!anything_left(terminal));
    CHECK(said.has("F0001-T1"));
}

TEST_CASE("decommission: without the id typed, or while the terminal runs, nothing is done") {
    OwnTerminal terminal;
    terminal.write_entries(1);
    Said said;
    std::string asked;
    const auto no = [&](const std::string& id) {
        asked = id;
        return false;
    };
    CHECK(app::decommission({terminal.state, false}, said.say, no).fault() == base::Fault::denied);
    CHECK(asked == "F0001-T1");
    const auto running = app::StateLock::take(terminal.state);
    CHECK(app::decommission({terminal.state, true}, said.say, no).fault() == base::Fault::denied);
    CHECK(terminal.entries().size() == 1);
}

TEST_CASE("rekey: the old key says it, the region certifies, and the new key goes on from there") {
    OwnTerminal terminal;
    terminal.write_entries(2);
    SigningRegion region;
    Desk desk{terminal};
    Said said;
    REQUIRE(app::rekey(terminal.state, said.say, region, desk.ask()));
    REQUIRE(desk.last);
    CHECK(desk.last->head.value == 3);
    CHECK(desk.last->terminal == terminal.enrolment.terminal);
    CHECK(desk.last->seal.bytes[0] == 7);  // the facility key stays
    const auto renewed = store::read_enrolment(terminal.state);
    REQUIRE(renewed);
    CHECK(renewed->signing.verify == desk.last->verify);
    CHECK(!(renewed->signing.verify == terminal.enrolment.signing.verify));
    CHECK(terminal.text_of("tls.crt") == "new certificate");
    CHECK(terminal.text_of("tls.key").find("PRIVATE KEY") != std::string::npos);
    const auto entries = terminal.entries();
    REQUIRE(entries.size() == 4);
    CHECK(entries[2].kind == LedgerKind::rekeyed);
    CHECK(wire::entry_signed_by(entries[2], terminal.enrolment.signing.verify));
    CHECK(wire::entry_signed_by(entries[3], renewed->signing.verify));
    auto store = store::Store::open(renewed->database, {});
    REQUIRE(store);
    CHECK(store->verify_ledger(renewed->signing.verify));
    CHECK(!fs::exists(terminal.state / "rekeying"));
}

TEST_CASE("rekey: after a lost answer the very same request is sent, and until then the terminal does not start") {
    OwnTerminal terminal;
    SigningRegion region;
    Desk desk{terminal};
    desk.lose_answer = true;
    Said said;
    CHECK(app::rekey(terminal.state, said.say, region, desk.ask()).fault() == base::Fault::offline);
    CHECK(app::settle_rekeying(terminal.state).fault() == base::Fault::out_of_order);
    CHECK(store::read_enrolment(terminal.state)->signing.verify == terminal.enrolment.signing.verify);
    REQUIRE(app::rekey(terminal.state, said.say, region, desk.ask()));
    REQUIRE(desk.requests.size() == 2);
    CHECK(desk.requests[0] == desk.requests[1]);
    CHECK(app::settle_rekeying(terminal.state));
    CHECK(terminal.entries().size() == 2);
}

TEST_CASE("rekey: a switch that was broken off is finished before the terminal starts") {
    OwnTerminal terminal;
    SigningRegion region;
    Desk desk{terminal};
    desk.lose_answer = true;
    Said said;
    CHECK(!app::rekey(terminal.state, said.say, region, desk.ask()));
    REQUIRE(store::write_private_file(terminal.state / "rekeying" / "tls.crt", base::as_bytes("new certificate")));
    fs::copy_file(terminal.state / "rekeying" / "signing.key", terminal.state / "signing.key",
                  fs::copy_options::overwrite_existing);
    REQUIRE(app::settle_rekeying(terminal.state));
    CHECK(terminal.text_of("tls.crt") == "new certificate");
    CHECK(terminal.entries().size() == 2);
    CHECK(!fs::exists(terminal.state / "rekeying"));
    CHECK(app::settle_rekeying(terminal.state));
}

TEST_CASE("rekey: without a line nothing changes") {
    OwnTerminal terminal;
    SigningRegion region;
    region.up = false;
    Desk desk{terminal};
    Said said;
    CHECK(app::rekey(terminal.state, said.say, region, desk.ask()).fault() == base::Fault::offline);
    CHECK(desk.asked == 0);
    CHECK(app::settle_rekeying(terminal.state));
    region.up = true;
    REQUIRE(app::rekey(terminal.state, said.say, region, desk.ask()));
    CHECK(terminal.entries().size() == 2);  // the old key said it once
}
