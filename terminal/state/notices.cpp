#include "terminal/state/notices.h"

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
    if (fault == Fault::reader_off) return notice("reader_off", Tone::caution);
    if (fault == Fault::reader_busy) return notice("reader_busy", Tone::caution);
    return notice("card_fault", Tone::caution);
}

namespace {

// Faults of our own machine read the same whatever the desk was doing.
std::optional<Notice> machine_notice(Fault fault) {
    if (fault == Fault::disk_full) return notice("disk_full", Tone::refused);
    if (fault == Fault::io || fault == Fault::corrupt) return notice("store_failed", Tone::refused);
    return std::nullopt;
}

Notice staff_notice(Fault fault) {
    if (fault == Fault::not_found) return notice("staff_unknown", Tone::refused);
    if (fault == Fault::denied) return notice("staff_denied", Tone::refused);
    return notice("desk_failed", Tone::caution);
}

Notice tap_notice(Fault fault, bool all_here) {
    if (fault == Fault::not_found) return notice(all_here ? "not_member" : "not_synced", Tone::caution);
    if (fault == Fault::denied) return notice("card_revoked", Tone::refused);
    return notice("desk_failed", Tone::caution);
}

Notice record_notice(Fault fault) {
    if (fault == Fault::denied) return notice("not_entitled", Tone::refused);
    if (fault == Fault::not_found) return notice("no_record", Tone::caution);
    if (fault == Fault::wrong_key || fault == Fault::malformed || fault == Fault::bad_signature)
        return notice("record_damaged", Tone::refused);
    return notice("desk_failed", Tone::caution);
}

}  // namespace

Notice notice_of(During during, Fault fault, bool all_here) {
    if (auto machine = machine_notice(fault)) return *machine;
    switch (during) {
        case During::staff_card:
        case During::sign_in:
            return staff_notice(fault);
        case During::tap:
            return tap_notice(fault, all_here);
        case During::unlock:
            if (fault == Fault::wrong_key) return notice("forged_card", Tone::refused);
            return record_notice(fault);
        case During::draft:
        case During::open:
            return record_notice(fault);
        case During::reopen:
            if (fault == Fault::denied || fault == Fault::not_found) return notice("window_ended", Tone::plain);
            return record_notice(fault);
        case During::other:
            break;
    }
    return notice("desk_failed", Tone::caution);
}

}  // namespace kazashi::state
