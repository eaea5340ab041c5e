#include "terminal/doctor/card_path.h"

#include <algorithm>
#include <array>

#include "cardio/reader/service_look.h"
#include "terminal/doctor/known_readers.h"
#include "terminal/doctor/tuning.h"
#include "terminal/doctor/within.h"

namespace kazashi::doctor {

namespace {

using namespace std::chrono_literals;
using Outcome = reader::CardLook::Outcome;
using std::chrono::microseconds;

constexpr auto group = DoctorGroup::card;
constexpr std::array buckets{10ms, 30ms, 90ms, 300ms, 1000ms};

std::string milliseconds(microseconds time) {
    return std::to_string(std::chrono::round<std::chrono::milliseconds>(time).count());
}

microseconds median(std::vector<microseconds> took) {
    const auto middle = took.begin() + static_cast<std::ptrdiff_t>(took.size() / 2);
    std::nth_element(took.begin(), middle, took.end());
    return *middle;
}

// What the look says of the card itself; of the reader where it is the reader's.
Finding finding_of(const std::string& reader, Outcome outcome) {
    const Figures which{{"reader", reader}};
    switch (outcome) {
        case Outcome::ours:
            return well(group, "card_ok", which);
        case Outcome::held:
            return found(group, "card_held", which);
        case Outcome::silent:
            return found(group, "reader_silent", which);
        case Outcome::gone:
            return noted(group, "card_left", which);
        case Outcome::denied:
            return found(group, "service_denied", which);
        case Outcome::no_contact:
            return found(group, "card_mute", which);
        case Outcome::no_felica:
            return found(group, "reader_no_felica", which);
        case Outcome::not_felica:
            return found(group, "card_not_felica", which);
        case Outcome::foreign:
            return found(group, "card_foreign", which);
        case Outcome::other_region:
            return found(group, "card_other_region", which);
        case Outcome::empty:
            return found(group, "card_empty", which);
        case Outcome::several:
            return found(group, "card_several", which);
    }
    return noted(group, "card_left", which);
}

void judge_pollings(const std::string& reader, const reader::CardLook& look, Findings& findings) {
    const auto all = look.took.size() + look.lost;
    if (all == 0) return;
    const bool edge = look.lost * 100 >= tuning::lost_percent * all;
    if (edge)
        findings.push_back(
            found(group, "card_edge", {{"lost", std::to_string(look.lost)}, {"of", std::to_string(all)}}));
    if (look.took.empty()) return;
    const auto middle = median(look.took);
    const auto most = *std::ranges::max_element(look.took);
    const Figures figures{{"reader", reader},
                          {"median", milliseconds(middle)},
                          {"most", milliseconds(most)},
                          {"histogram", histogram(look.took)}};
    findings.push_back(middle > tuning::slow_polling ? found(group, "reader_slow", figures)
                                                     : well(group, "reader_speed", figures));
}

void judge(const std::string& reader, const reader::CardLook& look, Findings& findings) {
    const bool lost_all = look.took.empty() && look.lost > 0 && look.outcome == Outcome::gone;
    // A card whose every polling is lost lies too far off, whatever the reader once saw of it.
    if (!lost_all) findings.push_back(finding_of(reader, look.outcome));
    judge_pollings(reader, look, findings);
    if (look.dialect == protocol::Dialect::plain)
        findings.push_back(found(group, "reader_no_proof", {{"reader", reader}}));
    if (look.t0) findings.push_back(noted(group, "reader_t0", {{"reader", reader}}));
}

void probe_reader(const CardWays& ways, const reader::ReaderSight& sight, Findings& findings) {
    if (sight.mute) return findings.push_back(found(group, "card_mute", {{"reader", sight.name}}));
    judge(sight.name, reader::look_at_card(sight.name, ways.region, ways.profiles, ways.limits), findings);
}

}  // namespace

std::string histogram(const std::vector<microseconds>& took) {
    std::array<unsigned, buckets.size() + 1> counts{};
    for (const auto time : took) {
        const auto place = std::ranges::find_if(buckets, [&](auto most) { return time < most; }) - buckets.begin();
        ++counts[static_cast<std::size_t>(place)];
    }
    std::string text;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) continue;
        const bool last = i == buckets.size();
        if (!text.empty()) text += ", ";
        text +=
            (last ? "≥" : "<") + std::to_string(buckets[last ? i - 1 : i].count()) + " ms " + std::to_string(counts[i]);
    }
    return text;
}

Findings probe_card(const CardWays& ways) {
    const auto look = within(ways.patience, reader::look_at_service);
    if (!look || look->answer != reader::ServiceAnswer::answers || look->readers.empty()) return {};
    Findings findings;
    for (const auto& sight : look->readers) {
        if (sight.name.find(ways.reader) == std::string::npos || !sight.card || is_key_slot(sight.name)) continue;
        // One card in two readers is nobody's case; the first is looked at, so that the time is kept.
        probe_reader(ways, sight, findings);
        return findings;
    }
    return {noted(group, "card_none")};
}

}  // namespace kazashi::doctor
