#include "sync/fhir/looks.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

#include "cardio/base/bytes.h"
#include "sync/fhir/json.h"
#include "sync/fhir/text.h"
#include "sync/fhir/tuning.h"

namespace kazashi::fhir {
namespace {

using Out = nlohmann::ordered_json;

constexpr const char* type_system = "http://terminology.hl7.org/CodeSystem/audit-event-type";
constexpr const char* purpose_system = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
constexpr const char* participation_system = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
constexpr const char* kind_system = "urn:kazashi:look";
constexpr const char* tag_system = "urn:kazashi:tag";
constexpr const char* grant_system = "urn:kazashi:grant";
constexpr const char* notice_tag = "notice-pending";

// R4: action is create, read, update, delete or execute.
struct KindRow {
    Look::Kind kind;
    const char* code;
    const char* action;
    const char* purpose;
};
constexpr std::array kinds{
    KindRow{Look::Kind::grant, "grant", "C", "TREAT"},
    KindRow{Look::Kind::view, "view", "R", "TREAT"},
    KindRow{Look::Kind::emergency, "emergency", "R", "ETREAT"},
    KindRow{Look::Kind::withdrawal, "withdrawal", "D", "PATRQT"},
    KindRow{Look::Kind::self, "self", "R", "PATRQT"},
};

const KindRow& row_of(Look::Kind kind) {
    for (const auto& row : kinds)
        if (row.kind == kind) return row;
    return kinds.front();
}

const KindRow* row_named(std::string_view code) {
    for (const auto& row : kinds)
        if (code == row.code) return &row;
    return nullptr;
}

// FHIR instant: "2026-03-02T14:30:00.120Z".
std::string instant(model::UtcTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    std::array<char, 40> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

// Only instants as written above: nobody else writes these Bundles.
class InstantReader {
public:
    explicit InstantReader(std::string_view text) : text_{text} {}
    std::optional<model::UtcTime> read() {
        const int year = number(4, '-'), month = number(2, '-'), day = number(2, 'T');
        const int hour = number(2, ':'), minute = number(2, ':'), second = number(2, '.'), milli = number(3, 'Z');
        const std::chrono::year_month_day date{std::chrono::year{year},
                                               std::chrono::month{static_cast<unsigned>(month)},
                                               std::chrono::day{static_cast<unsigned>(day)}};
        if (broken_ || !text_.empty() || !date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
        return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
               std::chrono::seconds{second} + std::chrono::milliseconds{milli};
    }

private:
    int number(std::size_t digits, char end) {
        int value = 0;
        if (broken_ || text_.size() <= digits || text_[digits] != end || text_.front() == '-') return fail();
        const auto* last = text_.data() + digits;
        const auto [stopped, error] = std::from_chars(text_.data(), last, value);
        if (error != std::errc{} || stopped != last) return fail();
        text_.remove_prefix(digits + 1);
        return value;
    }
    int fail() {
        broken_ = true;
        return 0;
    }
    std::string_view text_;
    bool broken_{};
};

Out coding(const char* system, const char* code) { return {{"system", system}, {"code", code}}; }

Out event_of(const Look& look) {
    const auto& row = row_of(look.kind);
    Out event{{"resourceType", "AuditEvent"}};
    if (look.notice_pending) event["meta"] = {{"tag", Out::array({coding(tag_system, notice_tag)})}};
    event["type"] = coding(type_system, "rest");
    event["subtype"] = Out::array({coding(kind_system, row.code)});
    event["action"] = row.action;
    event["recorded"] = instant(look.at);
    event["outcome"] = "0";
    Out purpose{{"coding", Out::array({coding(purpose_system, row.purpose)})}};
    if (!look.reason.empty()) purpose["text"] = look.reason;
    event["purposeOfEvent"] = Out::array({std::move(purpose)});
    event["agent"] = Out::array({{{"type", {{"coding", Out::array({coding(participation_system, "IRCP")})}}},
                                  {"who", {{"display", look.facility}}},
                                  {"requestor", true}}});
    event["source"] = {{"observer", {{"display", "Kazashi"}}}};
    Out entity{{"what", {{"identifier", {{"system", grant_system}, {"value", base::to_hex(look.view.view())}}}}}};
    auto details = Out::array();
    for (const auto section : model::all_sections)
        if (look.sections.has(section))
            details.push_back({{"type", "section"}, {"valueString", std::string{model::name(section)}}});
    if (look.sections.has(model::Section::history))
        details.push_back({{"type", "section"}, {"valueString", std::string{model::name(model::Section::history)}}});
    if (!details.empty()) entity["detail"] = std::move(details);
    event["entity"] = Out::array({std::move(entity)});
    return event;
}

const KindRow* kind_in(Node event) {
    for (const auto subtype : event["subtype"])
        if (subtype["system"].text() == kind_system) return row_named(subtype["code"].text());
    return nullptr;
}

bool has_notice(Node event) {
    for (const auto tag : event["meta"]["tag"])
        if (tag["system"].text() == tag_system && tag["code"].text() == notice_tag) return true;
    return false;
}

std::optional<Look> look_in(Node event) {
    if (event["resourceType"].text() != "AuditEvent") return std::nullopt;
    const auto* row = kind_in(event);
    const auto at = InstantReader{event["recorded"].text()}.read();
    const auto entity = event["entity"].front();
    const auto grant = base::from_hex(entity["what"]["identifier"]["value"].text());
    if (row == nullptr || !at || !grant || grant->size() != model::GrantId::size) return std::nullopt;
    Look look;
    std::copy(grant->begin(), grant->end(), look.view.bytes.begin());
    look.at = *at;
    look.kind = row->kind;
    look.facility = tidy(event["agent"].front()["who"]["display"].text());
    for (const auto detail : entity["detail"])
        if (const auto section = model::section_named(detail["valueString"].text()))
            look.sections = look.sections.with(*section);
    look.reason = tidy(event["purposeOfEvent"].front()["text"].text());
    look.notice_pending = look.kind == Look::Kind::emergency && has_notice(event);
    return look;
}

}  // namespace

std::string looks_bundle(const std::vector<Look>& looks) {
    auto entries = Out::array();
    for (const auto& look : looks) {
        if (entries.size() == looks_limit) break;
        entries.push_back({{"resource", event_of(look)}});
    }
    const Out bundle{{"resourceType", "Bundle"}, {"type", "collection"}, {"entry", std::move(entries)}};
    return bundle.dump(-1, ' ', false, Out::error_handler_t::replace);
}

base::Result<std::vector<Look>> read_looks(std::string_view json) {
    KAZASHI_TRY(const auto parsed, Json::parse(json));
    const auto bundle = parsed->root();
    if (bundle["resourceType"].text() != "Bundle")
        return base::Error{base::Fault::malformed, "a history is not a Bundle"};
    std::vector<Look> looks;
    for (const auto entry : bundle["entry"]) {
        if (looks.size() == looks_limit) break;
        if (auto look = look_in(entry["resource"])) looks.push_back(std::move(*look));
    }
    return looks;
}

}  // namespace kazashi::fhir
