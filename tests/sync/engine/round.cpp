#include <algorithm>

#include "sync/wire/tuning.h"
#include "tests/sync/engine/terminal.h"

using namespace kazashi;
using namespace std::chrono_literals;
using engine::SyncStatus;
using fakes::Terminal;
using Line = SyncStatus::Line;

namespace {

void fill_feed(Terminal& terminal, int packages) {
    for (int i = 1; i <= packages; ++i) terminal.fake.add(fakes::package_of(static_cast<std::uint8_t>(i)));
    terminal.fake.packages_total = packages;
}

}  // namespace

TEST_CASE("round: ledger first and then the feed page by page and then the time") {
    Terminal terminal;
    terminal.write_ledger(3);
    fill_feed(terminal, 5);
    const auto& status = terminal.round();

    const auto& asked = terminal.fake.asked;
    REQUIRE(asked.size() == 5);
    CHECK(asked[0] == "/v1/ledger");
    CHECK(asked[1] == "/v1/feed?after=0");
    CHECK(asked[2] == "/v1/feed?after=2");
    CHECK(asked[3] == "/v1/feed?after=4");
    CHECK(asked[4].starts_with("/v1/time?nonce="));

    CHECK(status.line == Line::online);
    CHECK(status.problem.empty());
    CHECK(status.caught_up);
    CHECK(status.packages == 5);
    CHECK(status.packages_total == 5);
    CHECK(status.ledger == (store::LedgerCounts{3, 0, 0}));
    CHECK(status.region_time == terminal.fake.now);
    CHECK(terminal.cursor() == 5);
    CHECK(terminal.fake.ledger.size() == 3);
}

TEST_CASE("round: progress is told after the push and after each page") {
    Terminal terminal;
    terminal.write_ledger(1);
    fill_feed(terminal, 5);
    terminal.round();
    REQUIRE(terminal.told.size() == 4);
    CHECK(terminal.told[0].ledger.pending == 0);
    CHECK(terminal.told[0].packages == 0);
    CHECK(terminal.told[1].packages == 2);
    CHECK(terminal.told[1].line == Line::online);
    CHECK(!terminal.told[1].caught_up);
    CHECK(terminal.told[2].packages == 4);
    CHECK(terminal.told[3].packages == 5);
    CHECK(terminal.told[3].caught_up);
}

TEST_CASE("round: a long ledger goes in batches") {
    Terminal terminal;
    terminal.write_ledger(static_cast<int>(wire::tuning::push_entries) + 10);
    CHECK(terminal.round().ledger.pending == 0);
    CHECK(terminal.fake.asked[0] == "/v1/ledger");
    CHECK(terminal.fake.asked[1] == "/v1/ledger");
    CHECK(terminal.fake.asked[2] == "/v1/feed?after=0");
}

TEST_CASE("round: large entries do not make a push too large") {
    Terminal terminal;
    for (int i = 0; i < 256; ++i) {
        REQUIRE(terminal.store.append({model::LedgerKind::view, {}, {}, base::Bytes(4096, 1)}));
    }
    CHECK(terminal.round().line == Line::online);
    CHECK(terminal.pending() == 0);
}

TEST_CASE("round: a second round with nothing new asks once and touches nothing") {
    Terminal terminal;
    fill_feed(terminal, 2);
    terminal.round();
    terminal.fake.asked.clear();
    const auto since = terminal.status.since;
    terminal.clock.pass(1min);
    const auto& status = terminal.round();
    CHECK(terminal.fake.asked.size() == 2);
    CHECK(status.line == Line::online);
    CHECK(status.since == since);
    CHECK(!status.windows_touched);
}

TEST_CASE("round: an entry added later arrives with the next round") {
    Terminal terminal;
    fill_feed(terminal, 2);
    terminal.round();
    terminal.fake.add(fakes::package_of(3));
    terminal.fake.packages_total = 3;
    CHECK(terminal.round().packages == 3);
    CHECK(terminal.cursor() == 3);
}

TEST_CASE("round: offline is a result with the time since when") {
    Terminal terminal;
    fill_feed(terminal, 2);
    terminal.round();
    terminal.write_ledger(2);
    terminal.fake.meddle = [](const std::string&, base::Bytes) {
        return base::Error{base::Fault::offline, "connection refused"};
    };
    terminal.clock.pass(10min);
    const auto cut_at = terminal.clock.wall();
    CHECK(terminal.round().line == Line::offline);
    CHECK(terminal.status.since == cut_at);
    CHECK(terminal.status.ledger.pending == 2);
    CHECK(terminal.status.packages == 2);
    CHECK(!terminal.status.region_time);

    terminal.clock.pass(10min);
    CHECK(terminal.round().since == cut_at);

    terminal.fake.meddle = {};
    terminal.clock.pass(10min);
    CHECK(terminal.round().line == Line::online);
    CHECK(terminal.status.since == terminal.clock.wall());
    CHECK(terminal.status.ledger.pending == 0);
}

TEST_CASE("round: after the first offline error nothing more is asked") {
    Terminal terminal;
    terminal.write_ledger(1);
    terminal.fake.meddle = [](const std::string&, base::Bytes) { return base::Error{base::Fault::offline, ""}; };
    terminal.round();
    CHECK(terminal.fake.asked.size() == 1);
}

TEST_CASE("round: a line that drops between two pages resumes at the second") {
    Terminal terminal;
    fill_feed(terminal, 6);
    terminal.fake.meddle = [](const std::string& path, base::Bytes honest) -> fakes::FakeRegion::Answer {
        if (path == "/v1/feed?after=4") return base::Error{base::Fault::offline, "cut"};
        return honest;
    };
    CHECK(terminal.round().line == Line::offline);
    CHECK(!terminal.status.caught_up);
    CHECK(terminal.cursor() == 4);
    CHECK(terminal.status.packages == 4);

    terminal.fake.meddle = {};
    terminal.fake.asked.clear();
    CHECK(terminal.round().caught_up);
    CHECK(terminal.fake.asked[0] == "/v1/feed?after=4");
    CHECK(terminal.status.packages == 6);
}

TEST_CASE("round: an answer lost on its way is asked for again and harms nothing") {
    Terminal terminal;
    terminal.write_ledger(3);
    terminal.fake.meddle = [](const std::string&, base::Bytes) { return base::Error{base::Fault::offline, "cut"}; };
    terminal.round();
    CHECK(terminal.fake.ledger.size() == 3);
    CHECK(terminal.pending() == 3);
    terminal.fake.meddle = {};
    CHECK(terminal.round().ledger.pending == 0);
    CHECK(terminal.fake.ledger.size() == 3);
}

TEST_CASE("round: cancelled leaves the line as it was") {
    Terminal terminal;
    terminal.round();
    const auto before = terminal.status;
    terminal.clock.pass(1min);
    terminal.fake.meddle = [](const std::string&, base::Bytes) { return base::Error{base::Fault::cancelled, ""}; };
    const auto& status = terminal.round();
    CHECK(status.line == before.line);
    CHECK(status.since == before.since);
}

TEST_CASE("round: news of a live window touch the windows and others do not") {
    Terminal terminal;
    store::WindowRow window;
    window.grant.id.bytes[0] = 77;
    window.grant.patient.bytes[0] = 5;
    window.grant.facility = model::FacilityId{"F0001"};
    window.grant.terminal = terminal.fake.terminal;
    window.grant.granted_at = terminal.clock.wall();
    window.grant.expires_at = terminal.clock.wall() + 24h;
    window.state = model::GrantState::confirmed;
    window.sealed_window_key = base::Bytes(72, 1);
    REQUIRE(terminal.store.append_tap({model::LedgerKind::grant, terminal.clock.wall(), {}, base::Bytes(9)},
                                      {model::LedgerKind::view, terminal.clock.wall(), {}, base::Bytes(9)}, window,
                                      {}));
    SECTION("the receipt of a grant") {
        CHECK(terminal.round().windows_touched);
        CHECK(terminal.store.window(window.grant.id).value()->receipted);
    }
    SECTION("nothing the second time") {
        terminal.round();
        CHECK(!terminal.round().windows_touched);
    }
    SECTION("a package of the patient") {
        terminal.round();
        terminal.fake.add(fakes::package_of(5));
        CHECK(terminal.round().windows_touched);
    }
    SECTION("who looked at the patient: the look that made it newer must not lead to another") {
        terminal.round();
        auto history = fakes::package_of(5);
        history.id.section = model::Section::history;
        terminal.fake.add(history);
        terminal.fake.add(model::Wrap{model::WrapFor::card, history.id, {}, base::Bytes(72)});
        CHECK(!terminal.round().windows_touched);
        CHECK(terminal.cursor() == 2);
    }
    SECTION("it is told once, at the end of the round") {
        terminal.round();
        terminal.told.clear();
        terminal.fake.add(fakes::package_of(5));
        CHECK(terminal.round().windows_touched);
        CHECK(std::none_of(terminal.told.begin(), terminal.told.end(),
                           [](const SyncStatus& told) { return told.windows_touched; }));
    }
    SECTION("a package of somebody else") {
        terminal.round();
        terminal.fake.add(fakes::package_of(6));
        CHECK(!terminal.round().windows_touched);
    }
    SECTION("the patient does not want this facility") {
        terminal.round();
        terminal.fake.add(model::Exclusion{window.grant.patient, window.grant.facility, true});
        CHECK(terminal.round().windows_touched);
    }
    SECTION("a window shared by another terminal, a colleague who is gone") {
        terminal.round();
        auto other = window.grant;
        other.id.bytes[0] = 78;
        other.patient.bytes[0] = 6;
        terminal.fake.add(model::SharedWindow{other});
        CHECK(terminal.round().windows_touched);
        CHECK(!terminal.round().windows_touched);
        terminal.fake.add(model::StaffMember{model::StaffId{"0000000001"}, window.grant.facility, "", false});
        CHECK(terminal.round().windows_touched);
    }
    SECTION("a withdrawal") {
        terminal.round();
        terminal.fake.add(model::GrantNews{window.grant.id, model::GrantState::withdrawn, ""});
        CHECK(terminal.round().windows_touched);
    }
}
