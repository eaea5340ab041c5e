// The emergency facts a patient's card carries itself: for a terminal that has nothing else of this person here.
#include <algorithm>

#include "cardio/base/log.h"
#include "sync/desk/capsule_names.h"
#include "sync/desk/parts.h"
#include "sync/vault/capsule.h"
#include "sync/wire/capsule.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

namespace {

bool may_read(const model::TypePolicy& rules) {
    const bool in_an_emergency =
        rules.break_glass != model::BreakGlass::never && rules.emergency_sections.has(model::Section::emergency);
    return in_an_emergency || rules.sections.has(model::Section::emergency);
}

Result<std::vector<vault::CapsuleEpochKey>> open_keys(store::Store& store, const vault::SealingPair& facility) {
    KAZASHI_TRY(const auto wraps, store.capsule_keys());
    std::vector<vault::CapsuleEpochKey> keys;
    for (const auto& wrap : wraps) {
        auto key = vault::open_capsule_key(facility, wrap);
        if (key) {
            keys.push_back(std::move(*key));
        } else {
            base::log(base::LogLevel::warning, "desk", "a capsule key does not open");
        }
    }
    if (keys.empty()) return Error{Fault::denied, "no_capsule_key"};
    return keys;
}

Result<vault::CapsulePads> to_pads(const std::vector<card::Block>& read) {
    vault::CapsulePads pads;
    if (read.size() != pads.size()) return Error{Fault::malformed, "a capsule is thirteen blocks"};
    std::copy(read.begin(), read.end(), pads.begin());
    return pads;
}

}  // namespace

// Whose card it is, if the feed has told; a card that was reported lost, and a patient who wants nothing to be seen
// here, are refused as at a tap.
Result<std::optional<model::PatientRef>> Desk::Parts::owner_of(const card::Idm& idm) {
    const auto index = vault::card_index(session->keys.index, idm);
    KAZASHI_TRY(const bool revoked, store.revoked(index));
    if (revoked) KAZASHI_CHECK(refuse_revoked(idm));
    KAZASHI_TRY(const auto lock, store.lock(index));
    if (!lock) return std::optional<model::PatientRef>{};
    KAZASHI_TRY(const bool excluded, store.excluded(lock->patient));
    if (excluded) return Error{Fault::denied, "excluded"};
    return std::optional{lock->patient};
}

Result<std::unique_ptr<NamedCapsule>> Desk::capsule(const card::Identity& card,
                                                      const std::vector<card::Block>& read) {
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    KAZASHI_TRY(const auto rules, parts_->rules());
    if (!may_read(rules)) return Error{Fault::denied, "not_entitled"};
    KAZASHI_TRY(const auto owner, parts_->owner_of(card.idm));
    KAZASHI_TRY(const auto keys, open_keys(parts_->store, parts_->session->keys.facility));
    KAZASHI_TRY(const auto pads, to_pads(read));

    wire::LedgerBody body;
    body.staff = parts_->staff();
    body.patient = owner;
    body.idm = card.idm;
    const auto opened = vault::open_capsule(keys, parts_->region_verify, card.idm, pads);
    if (!opened) {
        if (opened.fault() != Fault::bad_signature) return opened.error();
        body.note = "capsule_not_genuine";  // an imitation, or torn when it was written: the region can tell
        KAZASHI_CHECK(parts_->write(LedgerKind::card_refused, body));
        return opened.error();
    }
    auto capsule = std::make_unique<NamedCapsule>();
    KAZASHI_TRY(capsule->facts, wire::unpack_capsule(opened->facts.view()));
    capsule->names = names_for(capsule->facts, parts_->store, keys);
    body.sections = model::SectionSet{}.with(model::Section::emergency);
    KAZASHI_CHECK(parts_->write(LedgerKind::capsule_shown, body));
    return capsule;
}

}  // namespace kazashi::desk
