#include "terminal/doctor/card_path.h"

#include <winscard.h>

#include "cardio/reader/pcsc.h"
#include "terminal/doctor/tuning.h"
#include "tests/fakes/winscard_door.h"
#include "tests/terminal/doctor/looking.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using doctor::CardWays;
using nlohmann::json;
namespace limits = doctor::tuning;

namespace {

constexpr const char* reader_name = "Virtual PCD 00 00";

CardWays ways() {
    CardWays ways;
    ways.region = 44;
    // Patient, so that a busy machine does not look like a broken reader.
    ways.limits = {10s, 20s, 10s, limits::pollings};
    ways.patience = 10s;
    return ways;
}

bool card_lies_there() {
    const auto look = reader::look_at_service();
    return std::ranges::any_of(look.readers, [](const auto& sight) { return sight.card; });
}

doctor::Findings look_at(const VirtualStack& stack, const json& order, const CardWays& how = ways()) {
    stack.take();
    REQUIRE(eventually([] { return !card_lies_there(); }));
    stack.order(order);
    REQUIRE(eventually(card_lies_there));
    return doctor::probe_card(how);
}
json laying(const std::string& card, json more = json::object()) {
    json order{{"do", "lay"}, {"card", card}};
    order.update(more);
    return order;
}

}  // namespace

TEST_CASE("doctor: without a card only that is said") {
    const VirtualStack stack;
    const auto findings = doctor::probe_card(ways());
    CHECK(is_note(findings, "card_none"));
    CHECK(findings.size() == 1);
}

TEST_CASE("doctor: a reader's own key card is nobody's card") {
    const VirtualStack stack;
    replug(stack, "ACS ACR1252 1S CL Reader [ACR1252 Reader SAM]");
    stack.lay("patient-1");
    const auto lies_there = [] {
        return std::ranges::any_of(reader::look_at_service().readers, [](const auto& sight) { return sight.card; });
    };
    REQUIRE(eventually(lies_there));
    CHECK(is_note(doctor::probe_card(ways()), "card_none"));
}

TEST_CASE("doctor: a card of ours is well in every dialect that can prove, with how long it takes") {
    for (const auto* kind : {"acr1252", "rcs300"}) {
        const VirtualStack stack{kind};
        const auto findings = look_at(stack, laying("patient-1"));
        CHECK(is_ok(findings, "card_ok"));
        const auto& speed =
            find(findings, "reader_slow") ? get(findings, "reader_slow") : get(findings, "reader_speed");
        CHECK(!figure(speed, "histogram").empty());
        CHECK(find(findings, "card_edge") == nullptr);
        CHECK(find(findings, "reader_t0") == nullptr);
        CHECK(find(findings, "reader_no_proof") == nullptr);
        // It is left as it was: the terminal can go on with it.
        CHECK(is_ok(doctor::probe_card(ways()), "card_ok"));
    }
}

TEST_CASE("doctor: nothing that tells one person's card from another's is in what is found") {
    const VirtualStack stack;
    const auto findings = look_at(stack, laying("patient-1"));
    const auto cards = json::parse(std::ifstream{stack_folder() / "cards.json"});
    const auto idm = cards.at("cards").at(0).at("idm").get<std::string>();
    for (const auto& finding : findings)
        for (const auto& [name, value] : finding.figures) {
            CHECK(value.find(idm) == std::string::npos);
            CHECK(value.find("0000000001") == std::string::npos);
        }
}

TEST_CASE("doctor: cards that are not ours are told apart") {
    const VirtualStack stack;
    CHECK(is_fault(look_at(stack, laying("elsewhere")), "card_other_region"));
    CHECK(is_fault(look_at(stack, {{"do", "lay_foreign"}, {"kind", "transit"}}), "card_foreign"));
    CHECK(is_fault(look_at(stack, {{"do", "lay_foreign"}, {"kind", "bank"}}), "card_not_felica"));
    CHECK(is_fault(look_at(stack, {{"do", "lay_blank"}}), "card_empty"));
    CHECK(is_fault(look_at(stack, laying("patient-1", {{"with", "patient-2"}})), "card_several"));
}

TEST_CASE("doctor: a card another program has in a transaction, and one it has for itself") {
    const VirtualStack stack;
    stack.lay("patient-1");
    REQUIRE(eventually(card_lies_there));
    auto how = ways();
    how.limits.hold = 300ms;
    const auto context = reader::PcscContext::establish();
    REQUIRE(context);
    {
        auto other = reader::PcscConnection::open(*context, reader_name);
        REQUIRE(other);
        REQUIRE(other->begin_transaction());
        CHECK(is_fault(doctor::probe_card(how), "card_held"));
    }
    SCARDHANDLE alone = 0;
    DWORD protocol = 0;
    REQUIRE(eventually([&] {
        return SCardConnect(context->handle(), reader_name, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T1, &alone,
                            &protocol) == SCARD_S_SUCCESS;
    }));
    CHECK(is_fault(doctor::probe_card(ways()), "card_held"));
    SCardDisconnect(alone, SCARD_LEAVE_CARD);
    CHECK(is_ok(doctor::probe_card(ways()), "card_ok"));
}

TEST_CASE("doctor: a card at the edge of the field is known by what it loses") {
    const VirtualStack stack;
    const auto findings =
        look_at(stack, laying("patient-1", {{"faults", {{{"kind", "silence"}, {"at", 6}, {"times", 5}}}}}));
    const auto& edge = get(findings, "card_edge");
    CHECK(figure(edge, "lost") == "5");
    CHECK(figure(edge, "of") == std::to_string(limits::pollings));
}

TEST_CASE("doctor: a slow reader is known by the middle of its times") {
    const VirtualStack stack;
    auto how = ways();
    how.limits.pollings = 5;
    const auto findings = look_at(
        stack, laying("patient-1", {{"faults", {{{"kind", "delay"}, {"amount", 120}, {"at", 1}, {"times", 100}}}}}),
        how);
    const auto& slow = get(findings, "reader_slow");
    CHECK(slow.severity == state::Finding::Severity::fault);
    CHECK(std::stoi(figure(slow, "median")) >= 120);
    CHECK(figure(slow, "histogram").find("<300 ms") != std::string::npos);
}

TEST_CASE("doctor: a reader that stops in the middle is not waited for") {
    const VirtualStack stack;
    auto how = ways();
    how.limits.whole = 300ms;
    const auto findings = look_at(
        stack, laying("patient-1", {{"faults", {{{"kind", "delay"}, {"amount", 3000}, {"at", 3}, {"times", 1}}}}}),
        how);
    CHECK(is_fault(findings, "reader_silent"));
}

TEST_CASE("doctor: old firmware is known by its protocol") {
    const VirtualStack stack{"acr122u-t0"};
    const auto findings = look_at(stack, laying("patient-1"));
    CHECK(is_note(findings, "reader_t0"));
    CHECK(is_ok(findings, "card_ok"));
}

TEST_CASE("doctor: a reader through which no card can prove itself") {
    const VirtualStack stack{"plain"};
    CHECK(is_fault(look_at(stack, laying("patient-1")), "reader_no_proof"));
}

TEST_CASE("doctor: a reader that passes nothing on to a FeliCa card") {
    const VirtualStack stack;
    const auto findings = look_at(
        stack, laying("patient-1",
                      {{"faults",
                        {{{"kind", "status"}, {"word", "6D00"}, {"layer", "reader"}, {"at", 1}, {"times", 1000}}}}}));
    CHECK(is_fault(findings, "reader_no_felica"));
}

TEST_CASE("doctor: what does not answer as a card") {
    const VirtualStack stack;
    stack.lay("patient-1");
    REQUIRE(eventually(card_lies_there));
    fakes::WinscardDoor door;
    door.connect_says(SCARD_E_PROTO_MISMATCH);
    CHECK(is_fault(doctor::probe_card(ways()), "card_mute"));
    door.connect_says(SCARD_W_REMOVED_CARD);
    CHECK(is_note(doctor::probe_card(ways()), "card_left"));
    door.states_say(SCARD_STATE_PRESENT | SCARD_STATE_MUTE);
    CHECK(is_fault(doctor::probe_card(ways()), "card_mute"));
}

TEST_CASE("doctor: a histogram counts each time once") {
    CHECK(doctor::histogram({}).empty());
    CHECK(doctor::histogram({5ms, 9ms, 10ms, 2000ms}) == "<10 ms 2, <30 ms 1, ≥1000 ms 1");
}
