// clang-format off
// Time that opens nothing late and deletes nothing early (design §6). The wall clock may be wrong and may be turned by
// anybody; the boot clock (sleep included) only counts; the region signs its time against a nonce. Three times come of
// the three:
//
//   proved ≤ certain ≤ now   proved:  the region's word, or the wall clock of the very first start, and what the boot
//                                     clock has counted since. It never goes back, on the disk neither.
//                            certain: for deleting. What the wall clock says, at most `tolerance` beyond proved.
//                            now:     for opening (permit()) and for what is written. Rather late than early.
//
//   what happens                                   what comes of it
//   time passes, awake or asleep                   proved and now advance by the boot clock
//   running, wall ahead of now by ≤ small          now follows it
//   running, wall ahead of now by more             not followed; fault set_forward
//   running, wall behind now by > small            not followed; fault set_back (rtc_dead before 2020); quality behind
//   start without a mark                           proved = now = wall; unsure and rtc_dead when that is before 2020
//   start, wall not behind the mark's now          it was switched off: now = wall, proved = the mark's
//   start, wall behind the mark's now by > small   nobody knows for how long it was off: now = the mark's; unsure;
//                                                  fault set_back or rtc_dead
//   start with a mark that says unsure             unsure
//   region behind proved by > small                ignored; fault region_behind
//   region within a day of the wall, or of both    believed: proved = max(proved, region), now = proved; no longer
//     proved and now; or it is unsure              unsure; quality region
//   any other word of the region                   one clock against another: now = max(now, region), which closes and
//                                                  deletes nothing; fault region_far
//
//   unsure: a window made earlier does not open without the card (permit()); a tap opens as ever.
//   Each fault is told once, until what it complains of is over.
//
// What cannot be excluded without the line: somebody switches the terminal off and sets its clock to just after the
// mark before it starts again. The time it was off is then not counted, until the region speaks.
// clang-format on
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cardio/base/clock.h"
#include "sync/model/ids.h"

namespace kazashi::model {

enum class ClockQuality : std::uint8_t { wall, region, behind, unsure };
enum class ClockFault : std::uint8_t { set_back, set_forward, rtc_dead, region_behind, region_far };
std::string_view name(ClockFault fault);  // the word for the ledger: "set_back" …

struct TrustedTime {
    UtcTime now;      // for opening
    UtcTime certain;  // for deleting
    ClockQuality quality{};
};

// What survives a stop. Lost or old by a minute, it does no more harm than the minute.
struct ClockMark {
    UtcTime proved;
    UtcTime now;
    bool unsure{};
    bool operator==(const ClockMark&) const = default;
};
std::string to_text(const ClockMark& mark);  // "1767225600000 1767225600000 0"
// One number alone, as older versions wrote it, is both times.
std::optional<ClockMark> clock_mark_from(std::string_view text);

class TrustedClock {
public:
    static constexpr std::chrono::seconds small{120};  // a correction, or an answer under way: no fault
    static constexpr std::chrono::hours near{24};      // clocks that differ by less do not contradict each other

    TrustedClock(const base::Clock& clock, const std::optional<ClockMark>& mark);

    TrustedTime read();
    ClockMark mark();
    void heard_region(UtcTime signed_time);  // fresh: the caller has checked signature and nonce
    void set_tolerance(std::chrono::minutes tolerance) { tolerance_ = tolerance; }  // Policy::clock_tolerance
    // The next fault not told yet: the caller writes it to the ledger.
    std::optional<ClockFault> take_fault();
    // What it complains of now, told or not: for the screen.
    std::vector<ClockFault> standing() const;

private:
    struct Complaint {
        std::optional<ClockFault> fault;
        bool told{true};
        void set(std::optional<ClockFault> now);
    };

    void count();  // takes both clocks in
    std::optional<ClockFault> judge_wall() const;

    const base::Clock& clock_;
    UtcTime wall_;
    base::SteadyTime counted_at_;
    UtcTime proved_;
    UtcTime now_;
    std::chrono::minutes tolerance_{24 * 60};
    bool unsure_{false};
    bool heard_{false};
    Complaint about_wall_;
    Complaint about_region_;
};

}  // namespace kazashi::model
