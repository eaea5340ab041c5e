#include "sync/desk/desk.h"
#include "sync/desk/key_ring.h"
#include "sync/vault/lock.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;

struct SlotMaker::Parts {
    store::Store& store;
    vault::IndexKey index;
    vault::PinCost cost;
    std::optional<vault::StoreKey> store_key;  // until finish()
    std::optional<vault::Slot> slot;           // drafted, not sealed yet
    card::Idm idm;                             // of the card it was drafted for
};

SlotMaker::SlotMaker(store::Store& store, const vault::IndexKey& index_key, vault::PinCost cost)
    : parts_{std::make_unique<Parts>(
          Parts{store, index_key.clone(), cost, vault::random_key<vault::StoreKey>(), std::nullopt, {}})} {}
SlotMaker::~SlotMaker() = default;

FirstSlot SlotMaker::draft(const card::Identity& card) {
    parts_->slot =
        vault::draft_slot(model::StaffId{card.record.number}, vault::card_index(parts_->index, card.idm), parts_->cost);
    parts_->idm = card.idm;
    return {parts_->slot->first, parts_->slot->second};
}

Status SlotMaker::seal(std::vector<card::Proof> answers, const base::SecretBytes& pin) {
    if (!parts_->slot || !parts_->store_key) return Error{Fault::out_of_order, "no slot was drafted"};
    if (answers.size() != 2) return Error{Fault::malformed, "a slot wants two answers"};
    auto& slot = *parts_->slot;
    KAZASHI_CHECK(vault::seal_slot(slot, parts_->idm, answers[0], answers[1], pin, *parts_->store_key));
    KAZASHI_CHECK(parts_->store.put_slot(slot));
    parts_->slot.reset();
    return base::ok();
}

Status SlotMaker::finish(const vault::SealingPair& facility_key, model::FacilityType type) {
    if (!parts_->store_key) return Error{Fault::out_of_order, "the slots are finished"};
    KAZASHI_CHECK(seal_key_ring(parts_->store, *parts_->store_key, parts_->index, facility_key));
    KAZASHI_TRY(const auto policy, parts_->store.policy());
    KAZASHI_CHECK(keep_kiosk_index_key(parts_->store, parts_->index, policy.of(type).self_service));
    parts_->store_key.reset();
    return base::ok();
}

}  // namespace kazashi::desk
