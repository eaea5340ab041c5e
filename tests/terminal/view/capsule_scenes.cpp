// What the card itself says: plain, with nothing known, as full as it can be, and where it cannot be read.
#include "tests/terminal/view/scene_parts.h"

namespace kazashi::test {

using state::Screen;
using state::State;

namespace {

constexpr card::SessionNumber session = 7;

State looking() {
    State state = fire(signed_in());
    state.card = session;
    state.capsule_look.emplace();
    state.capsule_look->session = session;
    return state;
}
State at_capsule(State state, state::CapsuleLook::Step step) {
    state.screen = Screen::capsule;
    state.capsule_look->step = step;
    return state;
}
std::vector<model::CodeName> names() {
    using model::CodeSystem;
    return {
        {CodeSystem::yj7, "1149019", "ロキソプロフェンナトリウム水和物", "Loxoprofen sodium hydrate"},
        {CodeSystem::yj7, "6132016", "セフカペン ピボキシル塩酸塩水和物", "Cefcapene pivoxil hydrochloride hydrate"},
        {CodeSystem::jfagy, "J9FC11310000", "サバ", "Mackerel"},
        {CodeSystem::icd10, "I489", "心房細動", "Atrial fibrillation"},
        {CodeSystem::icd10, "I10", "高血圧症", "Hypertension"},
        {CodeSystem::icd10, "Z921", "抗凝固薬の長期使用", "Long-term use of anticoagulants"},
        {CodeSystem::icd10, "J44", "その他の慢性閉塞性肺疾患", "Other chronic obstructive pulmonary disease"},
        {CodeSystem::icd10, "I500", "うっ血性心不全", "Congestive heart failure"},
        {CodeSystem::icd10, "N185", "慢性腎臓病 ステージ5", "Chronic kidney disease, stage 5"},
        {CodeSystem::icd10, "Z950", "心臓ペースメーカーの存在", "Presence of cardiac pacemaker"},
        {CodeSystem::icd10, "Z992", "腎透析への依存", "Dependence on renal dialysis"},
        {CodeSystem::icd10, "I693", "脳梗塞の続発・後遺症", "Sequelae of cerebral infarction"},
        {CodeSystem::institution, "4410000001", "岩郷市医師会立総合病院", ""}};
}
State shown(model::Capsule capsule) {
    State state = at_capsule(looking(), state::CapsuleLook::Step::told);
    state.capsule = std::make_unique<desk::NamedCapsule>(desk::NamedCapsule{std::move(capsule), names()});
    return state;
}
State without_names(model::Capsule capsule) {
    State state = shown(std::move(capsule));
    state.capsule->names.clear();
    return state;
}

model::Capsule empty() {
    model::Capsule capsule;
    capsule.date = base::Date{std::chrono::year{2026} / 11 / 2};
    return capsule;
}
model::Capsule plain() {
    auto capsule = empty();
    capsule.abo = model::Abo::a;
    capsule.rh = model::Rh::positive;
    capsule.anticoagulant = model::Known::yes;
    capsule.pregnancy = model::Known::no;
    capsule.allergy_knowledge = model::AllergyKnowledge::listed;
    capsule.allergies = {{"6132016", false, true, false}, {"1149019", true}, {"J9FC11310000", false, false, true}};
    capsule.conditions = {"I489", "I10", "Z921"};
    capsule.emergency_phone = "0972000001";
    capsule.preferred_hospital = "4410000001";
    return capsule;
}
model::Capsule full() {
    auto capsule = plain();
    capsule.implant = capsule.dialysis = capsule.anticoagulant = capsule.pregnancy = model::Known::yes;
    capsule.allergies.clear();
    for (int i = 0; i < 20; ++i)
        capsule.allergies.push_back({"61" + std::to_string(10000 + i), i % 3 == 1, i < 4, i > 15});
    capsule.allergies_left_out = 63;
    capsule.conditions = {"J449", "I500", "N185", "E119", "M819", "Z950", "Z992", "I693"};
    capsule.conditions_left_out = 15;
    capsule.emergency_phone = "+819012345678901";
    return capsule;
}
model::Capsule none_known() {
    auto capsule = empty();
    capsule.allergy_knowledge = model::AllergyKnowledge::none_confirmed;
    capsule.implant = capsule.dialysis = capsule.anticoagulant = model::Known::no;
    return capsule;
}
// A card of before: no known allergy, and a drug that must not be given but has no code.
model::Capsule uncoded() {
    auto capsule = none_known();
    capsule.allergies_left_out = 1;
    return capsule;
}
model::Capsule drug_alone() {
    auto capsule = empty();
    capsule.allergies = {{"1149019", true}};
    return capsule;
}

State offered() {
    State state = looking();
    state.screen = Screen::notice;
    state.capsule_look->nothing_else = true;
    state.notice = {"notice.not_synced", "notice.not_synced.now", state::Notice::Tone::caution};
    return state;
}
State not_genuine() {
    State state = at_capsule(looking(), state::CapsuleLook::Step::told);
    state.capsule_look->problem = {"notice.capsule_not_genuine", "notice.capsule_not_genuine.now",
                                   state::Notice::Tone::refused};
    return state;
}
State beside_a_summary() {
    State state = with_summary(fire(signed_in()), plain_summary());
    state.card = session;
    state.tap = state::Tap{};
    state.tap->step = state::Tap::Step::open;
    state.tap->session = session;
    state.tap->start.emplace();
    state.tap->start->sections = state.summary->sections;
    state.summary_with_card = true;
    state.capsule_look.emplace();
    state.capsule_look->session = session;
    return state;
}

}  // namespace

std::vector<Scene> capsule_scenes() {
    return {{"capsule", [] { return shown(plain()); }},
            {"capsule-full", [] { return shown(full()); }},
            {"capsule-unknown", [] { return shown(empty()); }},
            {"capsule-none", [] { return shown(none_known()); }},
            {"capsule-uncoded", [] { return shown(uncoded()); }},
            {"capsule-drug-alone", [] { return shown(drug_alone()); }},
            {"capsule-ambulance", [] { return ambulance(shown(plain())); }},
            {"capsule-without-names", [] { return without_names(plain()); }},
            {"capsule-reading", [] { return at_capsule(looking(), state::CapsuleLook::Step::reading); }},
            {"capsule-not-genuine", [] { return not_genuine(); }},
            {"capsule-offered", [] { return offered(); }},
            {"capsule-beside-a-summary", [] { return beside_a_summary(); }}};
}

}  // namespace kazashi::test
