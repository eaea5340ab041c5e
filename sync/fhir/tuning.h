// Limits of the FHIR part, each with its reason.
#pragma once

#include <cstddef>

namespace kazashi::fhir {

// A Synthea life record is 0.3 MB, a referral 48 KB (fhir.md §9.1): 5 MiB is far above anything honest.
inline constexpr std::size_t body_limit = 5U << 20U;
// Up to here a body that is too long is still read, so that the refusal can name the element that made it so.
inline constexpr std::size_t inspect_limit = 16U << 20U;
// One string: a narrative or a base64 attachment. Everything a summary shows is thousands of times shorter.
inline constexpr std::size_t text_limit = 1U << 20U;
// Real resources nest 12 deep; recursion must end before the stack does.
inline constexpr std::size_t depth_limit = 48;
// The entries of one Bundle: a life record has some hundred.
inline constexpr std::size_t entry_limit = 10'000;
// An engineer reads the first few; a hostile body could cause one per byte.
inline constexpr std::size_t issue_limit = 100;
// A sealed section unpacked: 1000 times a usual one, and still no danger to a terminal's memory.
inline constexpr std::size_t section_limit = 16U << 20U;
// Who looked: the newest of a year's visits, 60 KB of JSON. What is older the region tells on request.
inline constexpr std::size_t looks_limit = 200;
// Level 12 packs a section 4 % smaller than the default in 1 ms; the region packs once, terminals carry it for years.
inline constexpr int zstd_level = 12;

// "Still taking" is an estimate (fhir.md §1.6): a patient fetches the next prescription some days late.
inline constexpr int grace_days = 7;
// As-needed and external medicines have no end in the record; fhir.md §8.3 counts them as 30 days.
inline constexpr int open_ended_days = 30;
// Capsule. Dialysis is three times a week: what was done within three months (as the national emergency summary looks
// back) goes on. A pregnancy that was seen ends within ten months; that there is none is true for a month at most.
inline constexpr int dialysis_days = 90;
inline constexpr int pregnancy_days = 300;
inline constexpr int no_pregnancy_days = 30;
// A sparkline is 200 px wide: more points than this cannot be told apart.
inline constexpr std::size_t history_limit = 24;

}  // namespace kazashi::fhir
