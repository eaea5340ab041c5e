// One filled-in value of everything that travels. No byte of it belongs to anybody.
#pragma once

#include <algorithm>
#include <chrono>

#include "sync/wire/glossary.h"
#include "sync/wire/ledger.h"
#include "sync/wire/names.h"

namespace kazashi::samples {

template <class Id>
Id id(std::uint8_t seed) {
    Id id;
    std::generate(id.bytes.begin(), id.bytes.end(), [&seed] { return seed++; });
    return id;
}

inline model::UtcTime at(std::int64_t ms) { return model::UtcTime{std::chrono::milliseconds{ms}}; }
inline base::Bytes some_bytes(std::size_t size, std::uint8_t seed = 7) {
    base::Bytes bytes(size);
    std::generate(bytes.begin(), bytes.end(), [&seed] { return seed = static_cast<std::uint8_t>(seed * 5 + 3); });
    return bytes;
}

inline model::Grant grant() {
    return {id<model::GrantId>(1),         id<model::PatientRef>(40),    model::FacilityId{"F0001"},
            model::TerminalId{"F0001-T1"}, model::StaffId{"0000000001"}, "treatment",
            model::SectionSet{7},          at(1'767'225'600'000),        at(1'772'463'600'000)};
}

inline model::Withdrawal withdrawal() {
    return {id<model::GrantId>(60), id<model::PatientRef>(40), model::TerminalId{"F0001-T1"},
            model::FacilityId{"F0002"}, at(1'767'225'600'000)};
}

// No field of it as it is by default.
inline model::Policy policy() {
    auto policy = model::default_policy();
    policy.version = 7;
    policy.time_zone = *model::TimeZone::named("Europe/London");
    policy.patient_idle = std::chrono::seconds{45};
    policy.staff_idle = std::chrono::seconds{120};
    policy.idle_warning = std::chrono::seconds{10};
    policy.shift = std::chrono::hours{8};
    policy.clock_tolerance = std::chrono::hours{2};
    policy.pin_tries = 3;
    policy.pin_lock = std::chrono::seconds{90};
    policy.id_card_roots = {{some_bytes(900)}, {some_bytes(1200), some_bytes(800, 3)}};
    model::TypePolicy rules;
    rules.window_days = 30;
    rules.confirm = model::Confirm::always;
    rules.sections = model::SectionSet{3};
    rules.presented_sections = model::SectionSet{1};
    rules.break_glass = model::BreakGlass::two_staff;
    rules.emergency_sections = model::SectionSet{5};
    rules.emergency_hours = 12;
    rules.self_service = true;
    policy.types[model::FacilityType::clinic] = rules;
    return policy;
}

inline std::vector<wire::NameEntry> names() {
    return {{id<model::PatientRef>(40), "臼杵 はな子", "ウスキ ハナコ", "1941-03-02", "0972000000",
             "大分県臼杵市二王座", 2},
            {id<model::PatientRef>(80), "𠮷田 太郎", "ヨシダ タロウ", "", "", "", 0}};
}

inline std::vector<model::CodeName> code_names() {
    using model::CodeSystem;
    return {{CodeSystem::yj7, "1149019", "ロキソプロフェンナトリウム水和物", "Loxoprofen sodium hydrate"},
            {CodeSystem::jfagy, "J9FC11310000", "サバ", ""},
            {CodeSystem::icd10, "I10", "本態性（原発性）高血圧（症）", "Essential (primary) hypertension"},
            {CodeSystem::institution, "4410000001", "臼杵中央病院", ""}};
}

inline std::vector<model::FeedBody> bodies() {
    const model::PackageId package{id<model::PatientRef>(40), model::Section::medication, 3};
    return {
        model::Lock{id<model::CardIndex>(2), id<model::PatientRef>(40), id<card::Challenge>(90),
                    id<card::Challenge>(120)},
        model::Package{package, at(1'767'225'600'123), some_bytes(300)},
        model::Wrap{model::WrapFor::card, package, id<model::CardIndex>(2), some_bytes(72)},
        model::Wrap{model::WrapFor::facility, package, {}, some_bytes(112)},
        model::GrantNews{id<model::GrantId>(1), model::GrantState::refused, "proof_wrong"},
        model::default_policy(),
        model::Facility{model::FacilityId{"F0001"}, model::FacilityType::pharmacy, "臼杵たちばな薬局"},
        model::StaffMember{model::StaffId{"0000000001"}, model::FacilityId{"F0001"}, "𠮷田 かおる", false},
        model::RevokedCard{id<model::CardIndex>(2)},
        policy(),
        model::Wrap{model::WrapFor::emergency, package, {}, some_bytes(72)},
        model::Package{{id<model::PatientRef>(40), model::Section::history, 9}, at(1'767'225'600'123), some_bytes(9)},
        model::SharedWindow{grant()},
        model::Exclusion{id<model::PatientRef>(40), model::FacilityId{"F0002"}, true},
        model::Exclusion{id<model::PatientRef>(40), model::FacilityId{"F0002"}, false},
        model::EmergencyKeyWrap{3, some_bytes(80)},
        model::NamePage{17, 3, 5, some_bytes(400)}, model::CapsuleKeyWrap{2, some_bytes(112)},
        model::HolderLink{id<model::HolderIndex>(3), id<model::PatientRef>(40), true},
        model::Glossary{4, 2, some_bytes(500)}};
}

inline model::FeedPage page() {
    model::FeedPage page{model::TerminalId{"F0001-T1"}, {100}, {140}, {200}, 57, at(1'767'225'600'000), {}};
    std::int64_t seq = 101;
    for (auto& body : bodies()) page.entries.push_back({seq += 3, std::move(body)});
    return page;
}

inline wire::LedgerBody ledger_body() {
    wire::LedgerBody body;
    body.staff = model::StaffId{"0000000001"};
    body.patient = id<model::PatientRef>(40);
    body.grant = grant();
    body.proof = some_bytes(8);
    body.idm = id<card::Idm>(200);
    body.grant_id = id<model::GrantId>(1);
    body.sections = model::SectionSet{7};
    body.note = "lock_not_opened";
    body.second_staff = model::StaffId{"0000000002"};
    body.other_staff = model::StaffId{"0000000003"};
    body.withdrawal = withdrawal();
    return body;
}

// A chain of `count` signed entries.
inline std::vector<model::LedgerEntry> chain(const vault::SigningPair& terminal, int count) {
    std::vector<model::LedgerEntry> entries;
    model::Hash prev;
    for (int i = 1; i <= count; ++i) {
        model::LedgerEntry entry{model::TerminalId{"F0001-T1"},
                                 {i},
                                 prev,
                                 at(1'767'225'600'000 + i),
                                 model::ClockQuality::region,
                                 model::LedgerKind::view,
                                 some_bytes(120, static_cast<std::uint8_t>(i)),
                                 {}};
        wire::sign_entry(entry, terminal);
        prev = wire::hash_of(entry);
        entries.push_back(std::move(entry));
    }
    return entries;
}

inline model::Receipt receipt_for(const model::LedgerEntry& entry, const vault::SigningPair& region) {
    model::Receipt receipt{
        entry.terminal, entry.seq, wire::hash_of(entry), at(1'767'225'700'000), model::Verdict::accepted, "", {}};
    wire::sign_receipt(receipt, region);
    return receipt;
}

}  // namespace kazashi::samples
