// ID cards: an HPKI card as a second way to sign in, and a My Number card that shows who holds it. What a card signed
// is believed only with a certificate the region's authorities issued, valid now (Assurance::holder_verified).
#include <algorithm>

#include "cardio/protocol/certificate.h"
#include "sync/desk/parts.h"
#include "sync/desk/staff_slot.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

Status Desk::Parts::note_id_card(const char* note, std::optional<model::PatientRef> patient) {
    wire::LedgerBody body;
    body.staff = staff();
    body.patient = patient;
    body.note = note;
    return write(LedgerKind::id_card, body);
}

Result<std::vector<base::Bytes>> Desk::Parts::id_card_roots(card::IdCardKind kind) {
    KAZASHI_TRY(const auto policy, store.policy());
    auto roots = policy.id_card_roots.of(kind);
    if (roots.empty()) return Error{Fault::denied, "id_cards_unused"};
    return roots;
}

Result<card::Digest> Desk::Parts::verify_holder(card::IdCardKind kind, const card::Digest& asked,
                                                const IdCardAnswer& answer) {
    KAZASHI_TRY(const auto roots, id_card_roots(kind));
    const auto holder = protocol::parse_certificate(answer.certificate);
    const bool believed = holder && !holder->signs_documents &&
                          protocol::verify_signature(answer.certificate, asked, answer.signature) &&
                          protocol::verify_chain(answer.certificate, roots, clock.read().now);
    if (believed) return holder->key_hash;
    KAZASHI_CHECK(note_id_card("not_believed"));
    return Error{Fault::denied, "id_card_not_valid"};
}

Status Desk::id_card_pin_refused(bool blocked) {
    const char* note = blocked ? "id_card_blocked" : "id_card_wrong_pin";
    if (signed_in()) return parts_->note_id_card(note, std::nullopt);
    wire::LedgerBody body;
    body.note = note;
    return parts_->write(LedgerKind::sign_in_failed, body);
}

// ---- HPKI: a second way in

Result<card::Digest> Desk::staff_id_challenge() {
    KAZASHI_TRY([[maybe_unused]] const auto roots, parts_->id_card_roots(card::IdCardKind::hpki));
    KAZASHI_TRY(const auto slots, parts_->store.id_slots());
    if (slots.empty()) return Error{Fault::not_found, "no ID card is registered here"};
    return vault::id_slot_digest(parts_->terminal, slots.front().challenge);
}

Result<SignedIn> Desk::sign_in_by_id_card(const IdCardAnswer& answer) {
    auto& store = parts_->store;
    KAZASHI_TRY(const auto asked, staff_id_challenge());
    KAZASHI_TRY(const auto key_hash, parts_->verify_holder(card::IdCardKind::hpki, asked, answer));
    KAZASHI_TRY(const auto slots, store.id_slots());
    for (const auto& slot : slots) {
        auto store_key = vault::open_id_slot(slot, key_hash, answer.signature);
        if (!store_key) continue;
        KAZASHI_TRY(const bool staff, still_staff(store, slot.staff));
        if (!staff) return Error{Fault::denied, "no longer staff"};
        KAZASHI_TRY(auto keys, open_key_ring(store, std::move(*store_key)));
        KAZASHI_TRY(auto who, parts_->introduce(slot.staff, keys.facility));
        KAZASHI_TRY(const auto rules, parts_->rules());
        KAZASHI_CHECK(keep_kiosk_index_key(store, keys.index, rules.self_service));
        KAZASHI_CHECK(lock());  // whoever was here before: their shift goes on
        wire::LedgerBody body;
        body.staff = slot.staff;
        body.note = "id_card";
        KAZASHI_CHECK(parts_->write(LedgerKind::sign_in, body));
        parts_->begin_session(slot.staff, std::move(keys), false);
        // No shift begins: only the staff card's answers could open one again.
        parts_->session->by_id_card = true;
        return who;
    }
    KAZASHI_CHECK(parts_->note_id_card("not_registered"));
    return Error{Fault::not_found, "this ID card is not registered here"};
}

Result<card::Digest> Desk::draft_id_slot() {
    parts_->id_draft.reset();
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    if (parts_->session->admitted) return Error{Fault::denied, "was let in without a card"};
    KAZASHI_TRY([[maybe_unused]] const auto roots, parts_->id_card_roots(card::IdCardKind::hpki));
    KAZASHI_TRY(const auto own, slot_of(parts_->store, parts_->staff()));
    if (!own) return Error{Fault::denied, "no slot it could belong to"};
    KAZASHI_TRY(const auto slots, parts_->store.id_slots());
    parts_->id_draft = slots.empty() ? vault::new_id_challenge() : slots.front().challenge;
    return vault::id_slot_digest(parts_->terminal, *parts_->id_draft);
}

Status Desk::add_id_slot(const IdCardAnswer& answer) {
    if (!signed_in() || !parts_->id_draft) return Error{Fault::out_of_order, "no ID slot was drafted"};
    const auto challenge = *std::exchange(parts_->id_draft, std::nullopt);
    const auto asked = vault::id_slot_digest(parts_->terminal, challenge);
    KAZASHI_TRY(const auto key_hash, parts_->verify_holder(card::IdCardKind::hpki, asked, answer));
    KAZASHI_TRY(const auto slots, parts_->store.id_slots());
    const auto& me = parts_->staff();
    const bool taken = std::any_of(slots.begin(), slots.end(), [&](const vault::IdSlot& slot) {
        return slot.staff != me && vault::open_id_slot(slot, key_hash, answer.signature);
    });
    // One card, one person: else nobody could say who signed in.
    if (taken) return Error{Fault::denied, "id_card_taken"};
    wire::LedgerBody body;
    body.staff = me;
    body.other_staff = me;
    body.note = "id_card";
    return parts_->store.put_id_slot(
        vault::seal_id_slot(me, challenge, key_hash, answer.signature, parts_->session->keys.store),
        parts_->entry(LedgerKind::slot_added, parts_->clock.read(), body));
}

// ---- My Number card: who holds it

Result<card::Digest> Desk::draft_holder() {
    parts_->holder_asked.reset();
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    KAZASHI_TRY([[maybe_unused]] const auto roots, parts_->id_card_roots(card::IdCardKind::my_number));
    // Unpredictable, and of this terminal: what was signed elsewhere or before is of no use here.
    parts_->holder_asked = vault::holder_digest(parts_->terminal, vault::new_id_challenge());
    return *parts_->holder_asked;
}

Result<HolderOpened> Desk::open_holder(const IdCardAnswer& answer) {
    if (!signed_in() || !parts_->holder_asked) return Error{Fault::out_of_order, "no holder was asked for"};
    const auto asked = *std::exchange(parts_->holder_asked, std::nullopt);
    KAZASHI_TRY(const auto key_hash, parts_->verify_holder(card::IdCardKind::my_number, asked, answer));
    KAZASHI_TRY(const auto patient, parts_->store.holder(vault::holder_index(parts_->session->keys.index, key_hash)));
    if (!patient) {
        KAZASHI_CHECK(parts_->note_id_card("not_linked"));
        return Error{Fault::not_found, "not_linked"};
    }
    KAZASHI_TRY(const auto window, parts_->live_window_of(*patient));
    KAZASHI_TRY(const auto rules, parts_->rules());
    auto narrowed = window ? window->grant : model::Grant{};
    narrowed.sections = model::SectionSet{static_cast<std::uint8_t>(narrowed.sections.bits() & rules.sections.bits())};
    if (!window || narrowed.sections.empty()) {
        KAZASHI_CHECK(parts_->note_id_card("no_window", patient));
        return Error{Fault::not_found, "no_window"};
    }
    KAZASHI_CHECK(parts_->note_id_card("holder_verified", patient));
    KAZASHI_TRY(auto summary, parts_->view_window(*window, narrowed));
    return HolderOpened{narrowed.id, narrowed.sections, narrowed.purpose == model::purpose::emergency,
                        std::move(summary)};
}

}  // namespace kazashi::desk
