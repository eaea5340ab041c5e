// The emergency facts on the card itself: when they are offered, one touch, and how they go.
#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
using base::Fault;
using During = state::DeskFailed::During;

namespace {

void may_see_emergencies(Counter& counter) {
    model::TypePolicy rule;
    rule.sections = model::SectionSet{}.with(model::Section::emergency);
    counter.rule(rule);
}

// Signed in, and the card is of somebody this terminal knows nothing of.
Counter at_stranger() {
    Counter counter;
    may_see_emergencies(counter);
    counter.sign_in();
    counter.lay_patient();
    counter.happens(state::DeskFailed{patient_card, During::tap, {Fault::not_found, "no lock for this card"}});
    return counter;
}
std::vector<card::Block> pads() { return std::vector<card::Block>(13); }
std::unique_ptr<desk::NamedCapsule> capsule() { return std::make_unique<desk::NamedCapsule>(); }

void to_opening(Counter& counter) {
    counter.does(state::ShowCapsule{});
    counter.card(card::PadsRead{patient_card, pads()});
}
void to_capsule(Counter& counter) {
    to_opening(counter);
    counter.happens(state::CapsuleOpened{patient_card, capsule()});
}
void fail(Counter& counter, Fault fault, const char* detail = "") {
    counter.happens(state::DeskFailed{patient_card, During::capsule, {fault, detail}});
}
bool said(const Counter& counter, const std::string& name) {
    const auto& look = counter.state.capsule_look;
    return counter.state.screen == Screen::capsule && !counter.state.capsule && look && look->problem &&
           look->problem->what == "notice." + name;
}

}  // namespace

TEST_CASE("capsule: of a stranger's card it is offered, and one touch reads, opens and shows it") {
    auto counter = at_stranger();
    CHECK(counter.told("not_member"));
    REQUIRE(may_see_capsule(counter.state));
    counter.does(state::ShowCapsule{});
    CHECK(counter.state.screen == Screen::capsule);
    REQUIRE(counter.asked<state::ReadPads>());
    CHECK(counter.asked<state::ReadPads>()->session == patient_card);
    counter.card(card::PadsRead{patient_card, pads()});
    REQUIRE(counter.asked<state::OpenCapsule>());
    CHECK(counter.asked<state::OpenCapsule>()->pads.size() == 13);
    CHECK(counter.asked<state::OpenCapsule>()->identity.record.number == "0000000001");
    CHECK_FALSE(counter.state.capsule);
    counter.happens(state::CapsuleOpened{patient_card, capsule()});
    CHECK(counter.state.capsule);
    CHECK(counter.asked<state::PlaySound>());
}

TEST_CASE("capsule: with nobody signed in, by another failure or for a type that may not, it is not offered") {
    Counter nobody;
    may_see_emergencies(nobody);
    nobody.lay_patient();
    CHECK_FALSE(may_see_capsule(nobody.state));

    Counter revoked;
    may_see_emergencies(revoked);
    revoked.sign_in();
    revoked.lay_patient();
    revoked.happens(state::DeskFailed{patient_card, During::tap, {Fault::denied, "card is revoked"}});
    CHECK_FALSE(may_see_capsule(revoked.state));

    auto barred = at_stranger();
    barred.rule(model::TypePolicy{});
    CHECK_FALSE(may_see_capsule(barred.state));
    barred.does(state::ShowCapsule{});
    CHECK(barred.nothing());
}

TEST_CASE("capsule: of somebody whose record this facility has nothing of, it is offered beside the patient's own") {
    Counter counter;
    may_see_emergencies(counter);
    counter.sign_in();
    counter.lay_patient();
    counter.know_patient();
    counter.card(card::Proved{patient_card, proofs(2)});
    counter.happens(state::Unlocked{patient_card, {}, false});
    REQUIRE(counter.told("no_record"));
    CHECK(may_see_capsule(counter.state));
    to_capsule(counter);
    CHECK(counter.state.capsule);
    counter.does(state::GoBack{});
    CHECK(counter.told("no_record"));
    CHECK(may_see_capsule(counter.state));
}

TEST_CASE("capsule: beside an opened summary only where emergencies are the work, and back leads to it") {
    Counter counter;
    may_see_emergencies(counter);
    counter.sign_in();
    counter.to_summary();
    CHECK_FALSE(may_see_capsule(counter.state));
    counter.may_break_glass(model::BreakGlass::one_staff);
    REQUIRE(may_see_capsule(counter.state));
    to_capsule(counter);
    CHECK(counter.state.summary);
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::summary);
    CHECK(counter.state.summary);
    CHECK_FALSE(counter.state.capsule);
}

TEST_CASE("capsule: the card taken away closes it, at any step") {
    for (const int step : {0, 1, 2, 3}) {
        auto counter = at_stranger();
        if (step > 0) counter.does(state::ShowCapsule{});
        if (step > 1) counter.card(card::PadsRead{patient_card, pads()});
        if (step > 2) counter.happens(state::CapsuleOpened{patient_card, capsule()});
        counter.card(card::CardGone{patient_card});
        CHECK_FALSE(counter.state.capsule);
        CHECK_FALSE(counter.state.capsule_look);
        CHECK(counter.state.screen == (step == 0 ? Screen::notice : Screen::home));
        counter.happens(state::CapsuleOpened{patient_card, capsule()});  // too late
        CHECK_FALSE(counter.state.capsule);
    }
    Counter with_summary;
    with_summary.sign_in();
    with_summary.to_summary();
    with_summary.may_break_glass(model::BreakGlass::one_staff);
    to_capsule(with_summary);
    with_summary.card(card::CardGone{patient_card});
    CHECK(with_summary.state.screen == Screen::home);
    CHECK_FALSE(with_summary.state.summary);
    CHECK_FALSE(with_summary.state.capsule);
}

TEST_CASE("capsule: signing out, locking and nobody touching it close it") {
    auto locked = at_stranger();
    to_capsule(locked);
    locked.does(state::LockNow{});
    CHECK_FALSE(locked.state.capsule);
    CHECK_FALSE(locked.state.capsule_look);

    auto left_alone = at_stranger();
    to_capsule(left_alone);
    left_alone.pass(left_alone.state.policy.patient_idle);
    CHECK_FALSE(left_alone.state.capsule);
    CHECK(left_alone.state.screen == Screen::home);
}

TEST_CASE("capsule: what went wrong is said on its own screen") {
    const auto told = [](Fault fault, const char* detail) {
        auto counter = at_stranger();
        to_opening(counter);
        fail(counter, fault, detail);
        REQUIRE(counter.state.capsule_look->problem);
        CHECK(counter.asked<state::PlaySound>());
        return counter.state.capsule_look->problem->what.substr(7);
    };
    CHECK(told(Fault::not_found, "") == "capsule_none");
    CHECK(told(Fault::unsupported, "") == "capsule_newer");
    CHECK(told(Fault::denied, "capsule_epoch 2") == "capsule_no_key");
    CHECK(told(Fault::denied, "no_capsule_key") == "capsule_no_key");
    CHECK(told(Fault::denied, "card is revoked") == "card_revoked");
    CHECK(told(Fault::denied, "excluded") == "excluded");
    CHECK(told(Fault::bad_signature, "") == "capsule_not_genuine");
    CHECK(told(Fault::disk_full, "") == "disk_full");
}

TEST_CASE("capsule: a card torn away or silent while it is read is said, and another touch tries again") {
    auto counter = at_stranger();
    counter.does(state::ShowCapsule{});
    counter.card(card::CardFault{patient_card, {Fault::timeout, ""}});
    CHECK(said(counter, "card_fault"));
    counter.does(state::GoBack{});
    CHECK(counter.state.screen == Screen::home);

    Counter with_summary;
    with_summary.sign_in();
    with_summary.to_summary();
    with_summary.may_break_glass(model::BreakGlass::one_staff);
    with_summary.does(state::ShowCapsule{});
    with_summary.card(card::CardTorn{patient_card});
    CHECK(said(with_summary, "card_torn"));
    with_summary.does(state::GoBack{});
    CHECK(with_summary.state.screen == Screen::summary);
    CHECK(may_see_capsule(with_summary.state));
}

TEST_CASE("capsule: an answer of another card or another step changes nothing") {
    auto counter = at_stranger();
    counter.card(card::PadsRead{patient_card, pads()});
    CHECK_FALSE(counter.asked<state::OpenCapsule>());
    counter.does(state::ShowCapsule{});
    counter.card(card::PadsRead{staff_card, pads()});
    CHECK_FALSE(counter.asked<state::OpenCapsule>());
    counter.happens(state::CapsuleOpened{patient_card, capsule()});
    CHECK_FALSE(counter.state.capsule);
    fail(counter, Fault::not_found);
    CHECK_FALSE(counter.state.capsule_look->problem);
}

// ---- the region's newest onto the card, behind the summary

namespace {

state::CardTurned turn(std::uint64_t call, wire::CardOutcome outcome) {
    state::CardTurned turned{call, {}};
    turned.turn.outcome = outcome;
    turned.turn.frames.emplace_back(base::SecretBytes{3});
    return turned;
}
Counter writing() {
    Counter counter;
    counter.sign_in();
    counter.to_summary();
    return counter;
}

}  // namespace

TEST_CASE("capsule write: behind an opened summary, with the line there, and nothing of it is on the screen") {
    auto counter = writing();
    const auto* order = counter.asked<state::OrderCard>();
    REQUIRE(order);
    CHECK(order->wish.purpose == wire::CardPurpose::capsule);
    const auto call = order->call;
    counter.happens(turn(call, wire::CardOutcome::running));
    REQUIRE(counter.asked<state::RelayFrames>());
    CHECK(counter.asked<state::RelayFrames>()->session == patient_card);
    CHECK(counter.asked<state::RelayFrames>()->frames.size() == 1);
    counter.card(card::Relayed{patient_card, {base::Bytes{1}}});
    REQUIRE(counter.asked<state::AnswerCard>());
    CHECK(counter.asked<state::AnswerCard>()->call == call);
    counter.happens(turn(call, wire::CardOutcome::done));
    CHECK(counter.nothing());
    CHECK_FALSE(counter.state.capsule_write);
    CHECK(counter.state.screen == Screen::summary);
}

TEST_CASE("capsule write: a card that falls silent ends it, until the next tap") {
    auto counter = writing();
    REQUIRE(counter.state.capsule_write);
    counter.happens(turn(counter.state.capsule_write->call, wire::CardOutcome::running));
    counter.card(card::Relayed{patient_card, {}});
    CHECK_FALSE(counter.asked<state::AnswerCard>());
    CHECK_FALSE(counter.state.capsule_write);
    CHECK(counter.state.screen == Screen::summary);
}

TEST_CASE("capsule: a Lite has none, so none is offered, none is written, and its record opens all the same") {
    Counter counter;
    may_see_emergencies(counter);
    counter.sign_in();
    counter.chip = card::Chip::lite;
    counter.lay_patient();
    counter.happens(state::DeskFailed{patient_card, During::tap, {Fault::not_found, "no lock for this card"}});
    CHECK(counter.told("not_member"));
    CHECK_FALSE(may_see_capsule(counter.state));

    Counter online;
    online.sign_in();
    online.chip = card::Chip::lite;
    engine::SyncStatus status;
    status.line = engine::SyncStatus::Line::online;
    online.happens(state::SyncTold{status});
    online.to_summary();
    CHECK(online.state.screen == Screen::summary);
    CHECK_FALSE(online.asked<state::OrderCard>());
    online.chip = card::Chip::lite_s;
    online.card(card::CardGone{patient_card});
    online.to_summary(patient_card + 1);
    CHECK(online.asked<state::OrderCard>());
}

TEST_CASE("capsule write: not before the summary is open, not off-line, not for a card that proves nothing") {
    Counter counter;
    counter.sign_in();
    counter.to_opening();
    CHECK_FALSE(counter.asked<state::OrderCard>());

    Counter offline;
    offline.sign_in();
    engine::SyncStatus status;
    status.line = engine::SyncStatus::Line::offline;
    offline.happens(state::SyncTold{status});
    offline.to_summary();
    CHECK_FALSE(offline.asked<state::OrderCard>());

    Counter presented;
    presented.sign_in();
    presented.lay_patient();
    presented.know_patient();
    presented.card(card::CardFault{patient_card, {Fault::card_refused, ""}});
    presented.happens(state::SummaryOpened{patient_card, summary()});
    REQUIRE(presented.state.screen == Screen::summary);
    CHECK_FALSE(presented.asked<state::OrderCard>());
}

TEST_CASE("capsule write: the card taken away, the line gone or a refusal end it without a word") {
    auto taken = writing();
    const auto call = taken.state.capsule_write->call;
    taken.card(card::CardGone{patient_card});
    CHECK_FALSE(taken.state.capsule_write);
    taken.happens(turn(call, wire::CardOutcome::running));
    CHECK_FALSE(taken.asked<state::RelayFrames>());

    auto cut = writing();
    cut.happens(state::CardOrderFailed{cut.state.capsule_write->call, Fault::offline});
    CHECK_FALSE(cut.state.capsule_write);
    CHECK(cut.nothing());
    CHECK(cut.state.screen == Screen::summary);

    auto refused = writing();
    refused.happens(turn(refused.state.capsule_write->call, wire::CardOutcome::refused));
    CHECK_FALSE(refused.state.capsule_write);
    CHECK(refused.state.screen == Screen::summary);
}
