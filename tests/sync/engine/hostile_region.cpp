// A server that answers, but not as a region should: refused, cursor unmoved, shown as a server fault.
#include "tests/sync/engine/terminal.h"

using namespace kazashi;
using namespace std::chrono_literals;
using base::Bytes;
using base::Fault;
using engine::SyncStatus;
using fakes::FakeRegion;
using fakes::Terminal;
using Line = SyncStatus::Line;

namespace {

// A round in which every page is what `make` says. Only the feed is meddled with.
std::string problem_with_page(Terminal& terminal, const std::function<FakeRegion::Answer(Bytes)>& make) {
    terminal.fake.meddle = [&make](const std::string& path, Bytes honest) -> FakeRegion::Answer {
        if (path.starts_with("/v1/feed")) return make(std::move(honest));
        return honest;
    };
    const auto cursor = terminal.cursor();
    const auto& status = terminal.round();
    CHECK(status.line == Line::server_fault);
    CHECK(!status.caught_up);
    CHECK(terminal.cursor() == cursor);
    CHECK(status.packages == 0);
    terminal.fake.meddle = {};
    return status.problem;
}

// The region itself signs a page that is not in order.
std::string problem_with_signed(Terminal& terminal, const std::function<void(model::FeedPage&)>& change) {
    return problem_with_page(terminal, [&](const Bytes&) -> FakeRegion::Answer {
        auto page = terminal.fake.draft(terminal.cursor());
        change(page);
        return wire::encode_signed(page, terminal.fake.keys);
    });
}

void fill(Terminal& terminal) {
    for (std::uint8_t i = 1; i <= 4; ++i) terminal.fake.add(fakes::package_of(i));
    terminal.fake.packages_total = 4;
}

std::string problem_with_push(Terminal& terminal, const std::function<void(wire::PushAnswer&)>& change) {
    terminal.fake.meddle = [&change](const std::string& path, Bytes honest) -> FakeRegion::Answer {
        if (path != "/v1/ledger") return honest;
        auto answer = wire::decode_push_answer(honest).value();
        change(answer);
        return wire::encode(answer);
    };
    const auto& status = terminal.round();
    terminal.fake.meddle = {};
    CHECK(status.line == Line::server_fault);
    return status.problem;
}

}  // namespace

TEST_CASE("hostile region: garbage and zeros and strangers' signatures leave the cursor where it was") {
    Terminal terminal;
    fill(terminal);
    const auto stranger = vault::make_signing_pair();
    CHECK(problem_with_page(terminal, [](Bytes) { return base::Bytes(300, 0x5a); }) == "page_signature");
    CHECK(problem_with_page(terminal, [](Bytes) { return Bytes{}; }) == "page_malformed");
    CHECK(problem_with_page(terminal, [](Bytes) { return Bytes(10 << 20); }) == "too_large");
    CHECK(problem_with_page(terminal, [](Bytes honest) {
              honest.resize(honest.size() / 2);
              return honest;
          }) == "page_signature");
    CHECK(problem_with_page(terminal, [&](const Bytes&) {
              return wire::encode_signed(terminal.fake.draft(0), stranger);
          }) == "page_signature");
    CHECK(problem_with_page(terminal, [](Bytes) {
              return base::Error{Fault::server_fault, "status 500"};
          }) == "server_error");
    CHECK(problem_with_page(terminal, [](Bytes) { return base::Error{Fault::denied, ""}; }) == "not_enrolled");
    CHECK(problem_with_page(terminal, [](Bytes) { return base::Error{Fault::wrong_key, ""}; }) == "server_certificate");
    // And afterwards everything goes on as if nothing had been.
    CHECK(terminal.round().line == Line::online);
    CHECK(terminal.status.packages == 4);
}

TEST_CASE("hostile region: a signed page out of order is refused whole") {
    Terminal terminal;
    fill(terminal);
    CHECK(problem_with_signed(terminal, [](auto& page) { page.after = {1}; }) == "page_order");
    CHECK(problem_with_signed(terminal, [](auto& page) { page.terminal = model::TerminalId{"F0002-T1"}; }) ==
          "page_order");
    CHECK(problem_with_signed(terminal, [](auto& page) { page.next = {1}; }) == "page_order");
    CHECK(problem_with_signed(terminal, [](auto& page) { page.head = {1}; }) == "page_order");
    CHECK(problem_with_signed(terminal, [](auto& page) { std::swap(page.entries[0], page.entries[1]); }) ==
          "page_order");
    CHECK(problem_with_signed(terminal, [](auto& page) { page.entries[1].seq = page.entries[0].seq; }) == "page_order");
    CHECK(problem_with_signed(terminal, [](auto& page) { page.entries[0].seq = 0; }) == "page_order");
    CHECK(problem_with_signed(terminal, [](auto& page) { page.entries[1].seq = 9; }) == "page_order");
    CHECK(terminal.round().packages == 4);
}

TEST_CASE("hostile region: a page that gets nowhere does not keep us for ever") {
    Terminal terminal;
    fill(terminal);
    CHECK(problem_with_signed(terminal, [](auto& page) {
              page.entries.clear();
              page.next = page.after;
          }) == "page_order");
}

TEST_CASE("hostile region: a page of yesterday is refused today") {
    Terminal terminal;
    fill(terminal);
    const auto old = wire::encode_signed(terminal.fake.draft(0), terminal.fake.keys);
    terminal.round();
    terminal.fake.meddle = [&old](const std::string& path, Bytes honest) -> FakeRegion::Answer {
        return path.starts_with("/v1/feed") ? old : honest;
    };
    CHECK(terminal.round().problem == "page_order");
    CHECK(terminal.cursor() == 4);
}

TEST_CASE("hostile region: the fault stands with its time until a whole round went well") {
    Terminal terminal;
    fill(terminal);
    terminal.write_ledger(1);
    const auto first_seen = terminal.clock.wall();
    problem_with_page(terminal, [](Bytes) { return Bytes(300); });
    CHECK(terminal.status.since == first_seen);
    terminal.clock.pass(1min);
    terminal.write_ledger(1);  // a push that goes well does not hide the bad feed
    problem_with_page(terminal, [](Bytes) { return Bytes(300); });
    CHECK(terminal.status.since == first_seen);
    for (const auto& told : terminal.told) CHECK(told.line == Line::server_fault);
    terminal.clock.pass(1min);
    CHECK(terminal.round().line == Line::online);
    CHECK(terminal.status.problem.empty());
    CHECK(terminal.status.since == terminal.clock.wall());
}

TEST_CASE("hostile region: receipts that do not match settle nothing") {
    Terminal terminal;
    terminal.write_ledger(2);
    const auto stranger = vault::make_signing_pair();
    CHECK(problem_with_push(terminal, [&](auto& answer) {
              answer.receipts[0].hash.bytes[0] ^= 1U;
              wire::sign_receipt(answer.receipts[0], terminal.fake.keys);
          }) == "receipt_mismatch");
    CHECK(terminal.pending() == 2);
    CHECK(problem_with_push(terminal, [](auto& answer) { answer.receipts[0].hash.bytes[0] ^= 1U; }) ==
          "receipt_signature");
    CHECK(problem_with_push(terminal, [&](auto& answer) { wire::sign_receipt(answer.receipts[1], stranger); }) ==
          "receipt_signature");
    CHECK(problem_with_push(terminal, [&](auto& answer) {
              answer.receipts[0].terminal = model::TerminalId{"F0002-T1"};
              wire::sign_receipt(answer.receipts[0], terminal.fake.keys);
          }) == "receipt_mismatch");
    CHECK(problem_with_push(terminal, [&](auto& answer) {
              answer.receipts[0].seq = {99};
              wire::sign_receipt(answer.receipts[0], terminal.fake.keys);
          }) == "receipt_mismatch");
    CHECK(problem_with_push(terminal, [](auto& answer) { answer.receipts.clear(); }) == "receipts_missing");
    CHECK(terminal.pending() == 2);
    CHECK(terminal.round().ledger.pending == 0);
}

TEST_CASE("hostile region: old receipts again and again do not keep us pushing for ever") {
    Terminal terminal;
    terminal.write_ledger(1);
    terminal.round();
    const auto old = terminal.fake.receipt(terminal.fake.ledger[0]);
    terminal.write_ledger(1);
    CHECK(problem_with_push(terminal, [&old](auto& answer) { answer.receipts = {old}; }) == "receipts_missing");
    CHECK(terminal.pending() == 1);
}

TEST_CASE("hostile region: garbage for a push is a fault and the feed still comes") {
    Terminal terminal;
    fill(terminal);
    terminal.write_ledger(1);
    terminal.fake.meddle = [](const std::string& path, Bytes honest) -> FakeRegion::Answer {
        if (path == "/v1/ledger") return Bytes(100, 0xff);
        return honest;
    };
    const auto& status = terminal.round();
    CHECK(status.line == Line::server_fault);
    CHECK(status.problem == "receipt_malformed");
    CHECK(status.packages == 4);
    CHECK(status.ledger.pending == 1);
}

TEST_CASE("hostile region: a fork and a gap are named and the feed still comes") {
    Terminal terminal;
    fill(terminal);
    terminal.write_ledger(2);
    SECTION("fork") {
        // The region has another first entry of this terminal: a copy of its disk was at work.
        auto other = terminal.store.unreceipted(1).value().front();
        other.body[0] ^= 1U;
        wire::sign_entry(other, terminal.keys);
        terminal.fake.ledger.push_back(other);
        CHECK(terminal.round().problem == "fork");
    }
    SECTION("gap") {
        terminal.round();
        terminal.fake.ledger.clear();  // the region lost what it had
        terminal.write_ledger(1);
        CHECK(terminal.round().problem == "gap");
        CHECK(terminal.pending() == 1);
    }
    CHECK(terminal.status.line == Line::server_fault);
    CHECK(terminal.status.packages == 4);
    CHECK(terminal.status.region_time);
}

TEST_CASE("hostile region: time without our nonce is not believed") {
    Terminal terminal;
    terminal.fake.meddle = [&](const std::string& path, Bytes honest) -> FakeRegion::Answer {
        if (!path.starts_with("/v1/time")) return honest;
        return wire::encode_signed(wire::SignedTime{Bytes(16, 1), terminal.fake.now}, terminal.fake.keys);
    };
    const auto& status = terminal.round();
    CHECK(!status.region_time);
    CHECK(status.line == Line::server_fault);
    CHECK(status.problem == "time_signature");
}

TEST_CASE("hostile region: an unknown kind of entry moves the cursor on") {
    Terminal terminal;
    terminal.fake.add(fakes::package_of(1));
    terminal.fake.meddle = [&](const std::string& path, Bytes honest) -> FakeRegion::Answer {
        if (!path.starts_with("/v1/feed")) return honest;
        // {"kind": "moon"}
        const auto body = base::from_hex("A1 64 6B696E64 64 6D6F6F6E").value();
        auto page = terminal.fake.draft(0);
        page.next = page.head = {2};
        return wire::encode_signed(page, {{1, wire::encode_body(page.entries[0].body)}, {2, body}}, terminal.fake.keys);
    };
    CHECK(terminal.round().line == Line::online);
    CHECK(terminal.cursor() == 2);
    CHECK(terminal.status.packages == 1);
}
