#include "terminal/doctor/store.h"

#include "sync/model/trusted_clock.h"
#include "tests/fakes/fake_clock.h"
#include "tests/terminal/app/own_terminal.h"
#include "tests/terminal/doctor/looking.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

struct Stored {
    OwnTerminal terminal;
    fakes::FakeClock clock;
    doctor::StoreWays ways{terminal.state, &clock, 60s};
    fs::path file{terminal.state / "kazashi.db"};

    doctor::Findings look() const { return doctor::probe_store(ways); }
    void overwrite(std::streamoff at, const std::string& bytes) const {
        std::fstream out{file, std::ios::binary | std::ios::in | std::ios::out};
        out.seekp(at);
        out << bytes;
        REQUIRE(out.good());
    }
    std::string bytes() const {
        std::ifstream in{file, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
};

}  // namespace

TEST_CASE("doctor: a whole store is well, and is looked at while it is in use") {
    const Stored stored;
    stored.terminal.write_entries(20);
    CHECK(figure(get(stored.look(), "store_ok"), "entries") == "20");
    auto in_use = store::Store::open(stored.file, {});
    REQUIRE(in_use);
    REQUIRE(in_use->put_value("x", base::Bytes(10, 1)));
    CHECK(is_ok(stored.look(), "store_ok"));
}

TEST_CASE("doctor: a store that is not there, and a file that is none") {
    const Stored stored;
    fs::remove(stored.file);
    CHECK(is_fault(stored.look(), "store_missing"));
    std::ofstream{stored.file} << std::string(20'000, 'x');
    CHECK(is_fault(stored.look(), "store_damaged"));
}

TEST_CASE("doctor: damage is found on any page, and the store stays where it is") {
    const Stored stored;
    stored.terminal.write_entries(300);
    const auto whole = stored.bytes();
    constexpr std::size_t page = 16'384;
    REQUIRE(whole.size() > 8 * page);
    int found = 0;
    for (std::size_t at = page; at + page <= whole.size(); at += page) {
        stored.overwrite(static_cast<std::streamoff>(at), std::string(64, '\x5A'));
        const auto findings = stored.look();
        REQUIRE(findings.size() == 1);
        if (findings.front().severity == state::Finding::Severity::fault) ++found;
        CHECK(fs::exists(stored.file));
        stored.overwrite(static_cast<std::streamoff>(at), whole.substr(at, 64));
    }
    // A page that is free holds nothing that could be damaged.
    CHECK(static_cast<std::size_t>(found) > whole.size() / page / 2);
    CHECK(is_ok(stored.look(), "store_ok"));
}

TEST_CASE("doctor: a store of a newer program is not called damaged") {
    const Stored stored;
    constexpr std::streamoff user_version = 60;  // in the header of SQLite's file
    stored.overwrite(user_version, std::string("\0\0\0\x63", 4));
    CHECK(is_fault(stored.look(), "store_newer"));
}

TEST_CASE("doctor: a ledger somebody else signed is broken") {
    Stored stored;
    stored.terminal.write_entries(3);
    auto& other = stored.terminal.enrolment;
    other.signing = vault::make_signing_pair();
    REQUIRE(store::write_enrolment(stored.terminal.state, other));
    CHECK(is_fault(stored.look(), "ledger_broken"));
}

TEST_CASE("doctor: one changed octet of one entry breaks the chain") {
    const Stored stored;
    stored.terminal.write_entries(3);
    const auto entry = stored.terminal.entries().at(1);
    const std::string body{base::as_text(entry.body)};
    const auto at = stored.bytes().find(body);
    REQUIRE(at != std::string::npos);
    stored.overwrite(static_cast<std::streamoff>(at), std::string(1, static_cast<char>(body[0] ^ 1)));
    CHECK(is_fault(stored.look(), "ledger_broken"));
}

TEST_CASE("doctor: a store that is too large for the time is left unfinished, which is a note") {
    Stored stored;
    stored.terminal.write_entries(300);
    stored.ways.patience = -1ms;
    CHECK(is_note(stored.look(), "store_unfinished"));
}

TEST_CASE("doctor: a clock that stands before the terminal's last use was set back") {
    Stored stored;
    const auto last = stored.clock.wall();
    {
        auto store = store::Store::open(stored.file, {});
        REQUIRE(store);
        const auto mark = to_text(model::ClockMark{last, last, false});
        REQUIRE(store->put_value(store::value_name::clock_mark, base::as_bytes(mark)));
    }
    CHECK(find(stored.look(), "clock_set_back") == nullptr);
    stored.clock.set_wall(last - 1min);
    CHECK(find(stored.look(), "clock_set_back") == nullptr);
    stored.clock.set_wall(last - 3h);
    CHECK(is_fault(stored.look(), "clock_set_back"));
    CHECK(figure(get(stored.look(), "clock_set_back"), "minutes") == "180");
}

TEST_CASE("doctor: without an enrolment there is no store to look at") {
    const Stored stored;
    fs::remove(stored.terminal.state / "terminal.toml");
    CHECK(stored.look().empty());
}
