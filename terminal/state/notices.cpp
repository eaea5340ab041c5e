#include "terminal/state/notices.h"

#include <algorithm>
#include <array>

namespace kazashi::state {

using base::Fault;
using During = DeskFailed::During;
using Tone = Notice::Tone;

Notice notice(std::string_view name, Tone tone) {
    std::string key = "notice." + std::string{name};
    std::string now = key + ".now";
    return {std::move(key), std::move(now), tone};
}

Notice notice_of(card::ForeignCard card) {
    switch (card) {
        case card::ForeignCard::transit:
            return notice("transit_card", Tone::caution);
        case card::ForeignCard::bank:
            return notice("bank_card", Tone::caution);
        case card::ForeignCard::money:
            return notice("money_card", Tone::caution);
        case card::ForeignCard::processor:
            return notice("processor_card", Tone::caution);
        case card::ForeignCard::storage:
            return notice("storage_card", Tone::caution);
        case card::ForeignCard::empty_lite_s:
            return notice("empty_card", Tone::caution);
        case card::ForeignCard::other_region:
            return notice("other_region", Tone::caution);
        case card::ForeignCard::unknown:
            return notice("unknown_card", Tone::caution);
    }
    return notice("unknown_card", Tone::caution);
}

Notice notice_of_card_fault(Fault fault) {
    if (fault == Fault::card_left) return notice("card_torn", Tone::caution);
    if (fault == Fault::reader_off || fault == Fault::denied) return notice("reader_off", Tone::caution);
    if (fault == Fault::reader_busy) return notice("reader_busy", Tone::caution);
    if (fault == Fault::unsupported) return notice("reader_no_proof", Tone::caution);
    return notice("card_fault", Tone::caution);
}

namespace {

// Faults of our own machine read the same whatever the desk was doing.
std::optional<Notice> machine_notice(Fault fault) {
    if (fault == Fault::disk_full) return notice("disk_full", Tone::refused);
    if (fault == Fault::io || fault == Fault::corrupt) return notice("store_failed", Tone::refused);
    return std::nullopt;
}

// Why the desk denied it, where its word for that has a sentence of its own (desk.h).
struct Denial {
    std::string_view detail;
    const char* notice;
    Tone tone;
};
constexpr std::array denials{
    Denial{"excluded", "excluded", Tone::refused},
    Denial{"presented_only", "presented_only", Tone::refused},
    Denial{"this facility may see nothing", "not_entitled", Tone::refused},
    Denial{"outside a shift the PIN is needed", "shift_over", Tone::caution},
    Denial{"has a slot here already", "has_slot", Tone::caution},
    Denial{"id_card_not_valid", "id_card_not_valid", Tone::refused},
    Denial{"id_card_taken", "id_card_of_another", Tone::caution},
    Denial{"no longer staff", "staff_denied", Tone::refused},
    Denial{"was let in without a card", "guest_cannot", Tone::caution},
};

std::optional<Notice> denial_notice(const base::Error& error) {
    if (error.fault != Fault::denied) return std::nullopt;
    const auto found = std::ranges::find(denials, error.detail, &Denial::detail);
    if (found == denials.end()) return std::nullopt;
    return notice(found->notice, found->tone);
}

Notice staff_notice(Fault fault) {
    if (fault == Fault::wrong_key) return notice("forged_staff_card", Tone::refused);
    if (fault == Fault::not_found) return notice("staff_unknown", Tone::refused);
    if (fault == Fault::denied) return notice("staff_denied", Tone::refused);
    return notice("desk_failed", Tone::caution);
}

Notice tap_notice(Fault fault, bool all_here) {
    if (fault == Fault::not_found) return notice(all_here ? "not_member" : "not_synced", Tone::caution);
    if (fault == Fault::denied) return notice("card_revoked", Tone::refused);
    return notice("desk_failed", Tone::caution);
}

// Who may not read capsules has no key; nor has who was given none since the region began a new one.
Notice capsule_notice(const base::Error& error) {
    if (error.fault == Fault::not_found) return notice("capsule_none", Tone::caution);
    if (error.fault == Fault::unsupported) return notice("capsule_newer", Tone::caution);
    if (error.detail == "card is revoked") return notice("card_revoked", Tone::refused);
    if (error.detail == "not_entitled") return notice("not_entitled", Tone::refused);
    if (error.fault == Fault::denied) return notice("capsule_no_key", Tone::caution);
    if (error.fault == Fault::bad_signature || error.fault == Fault::malformed || error.fault == Fault::wrong_key)
        return notice("capsule_not_genuine", Tone::refused);
    return notice("desk_failed", Tone::caution);
}

Notice record_notice(Fault fault) {
    if (fault == Fault::denied) return notice("not_entitled", Tone::refused);
    if (fault == Fault::not_found) return notice("no_record", Tone::caution);
    if (fault == Fault::wrong_key || fault == Fault::malformed || fault == Fault::bad_signature)
        return notice("record_damaged", Tone::refused);
    return notice("desk_failed", Tone::caution);
}

// Among staff: whose card or PIN it was is known by what they were doing.
Notice job_notice(Fault fault) {
    if (fault == Fault::wrong_key) return notice("wrong_pin", Tone::caution);
    if (fault == Fault::denied) return notice("staff_denied", Tone::refused);
    if (fault == Fault::not_found) return notice("staff_unknown", Tone::refused);
    return notice("desk_failed", Tone::caution);
}

Notice break_glass_notice(Fault fault) {
    if (fault == Fault::wrong_key) return notice("wrong_pin", Tone::caution);
    if (fault == Fault::denied) return notice("emergency_denied", Tone::refused);
    if (fault == Fault::not_found) return notice("no_emergency_record", Tone::caution);
    return record_notice(fault);
}

Notice id_card_notice(const base::Error& error) {
    if (error.detail == "not_linked") return notice("my_number_not_linked", Tone::plain);
    if (error.detail == "no_window") return notice("my_number_no_window", Tone::plain);
    if (error.fault == Fault::not_found) return notice("hpki_unknown", Tone::caution);
    return record_notice(error.fault);
}

}  // namespace

Notice notice_of(During during, const base::Error& error, bool all_here) {
    const Fault fault = error.fault;
    if (auto machine = machine_notice(fault)) return *machine;
    if (auto denial = denial_notice(error)) return *denial;
    switch (during) {
        case During::staff_card:
        case During::sign_in:
            return staff_notice(fault);
        case During::tap:
            return tap_notice(fault, all_here);
        case During::unlock:
            if (fault == Fault::wrong_key) return notice("forged_card", Tone::refused);
            return record_notice(fault);
        case During::capsule:
            return capsule_notice(error);
        case During::draft:
        case During::open:
        case During::history:
            return record_notice(fault);
        case During::withdraw:
            return notice("not_withdrawn", Tone::refused);
        case During::reopen:
            if (fault == Fault::denied || fault == Fault::not_found) return notice("window_ended", Tone::plain);
            return record_notice(fault);
        case During::remove_slot:
            if (fault == Fault::denied) return notice("last_slot", Tone::refused);
            return job_notice(fault);
        case During::change_pin:
        case During::add_slot:
        case During::let_in:
        case During::take_over:
            return job_notice(fault);
        case During::search:
            if (fault == Fault::not_found) return notice("names_not_here", Tone::caution);
            return break_glass_notice(fault);
        case During::break_glass:
            return break_glass_notice(fault);
        case During::card_order:
            return notice("staff_denied", Tone::refused);
        case During::lost_card:
            if (fault == Fault::not_found) return notice("window_ended", Tone::plain);
            break;
        case During::id_card:
            return id_card_notice(error);
        case During::other:
            break;
    }
    return notice("desk_failed", Tone::caution);
}

}  // namespace kazashi::state
