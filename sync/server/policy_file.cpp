#include "sync/server/policy_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "cardio/protocol/certificate.h"
#include "sync/server/capsule_keys.h"
#include "sync/server/emergency.h"
#include "sync/server/feed.h"
#include "sync/server/files.h"
#include "sync/server/tuning.h"
#include "sync/wire/tuning.h"

namespace kazashi::server {

namespace {

using nlohmann::ordered_json;
using Json = nlohmann::json;

constexpr std::array confirm_names{"always", "first", "never"};             // in the order of model::Confirm
constexpr std::array break_glass_names{"never", "one_staff", "two_staff"};  // in the order of model::BreakGlass

ordered_json names_of(model::SectionSet sections) {
    auto names = ordered_json::array();
    for (const auto section : model::all_sections) {
        if (sections.has(section)) names.push_back(std::string{model::name(section)});
    }
    return names;
}

ordered_json json_of(const model::TypePolicy& rules) {
    return {{"window_days", rules.window_days},
            {"confirm", confirm_names.at(static_cast<std::size_t>(rules.confirm))},
            {"sections", names_of(rules.sections)},
            {"presented_sections", names_of(rules.presented_sections)},
            {"break_glass", break_glass_names.at(static_cast<std::size_t>(rules.break_glass))},
            {"emergency_sections", names_of(rules.emergency_sections)},
            {"emergency_hours", rules.emergency_hours},
            {"self_service", rules.self_service},
            {"issues_cards", rules.issues_cards}};
}

ordered_json pem_of(const std::vector<base::Bytes>& certificates) {
    auto list = ordered_json::array();
    for (const auto& one : certificates) {
        const auto pem = protocol::certificate_to_pem(one);
        if (pem) list.push_back(*pem);
    }
    return list;
}

base::Error nonsense(const std::string& sentence) { return {base::Fault::malformed, sentence}; }

// One table of the file, read name by name; the first thing wrong with it is kept.
class Table {
public:
    Table(const Json& json, std::string where) : json_{json}, where_{std::move(where)} {}

    template <class Number>
    void number(const char* name, Number& to, std::int64_t least, std::int64_t most) {
        const auto* value = take(name);
        if (value == nullptr) return;
        if (!value->is_number_integer()) return fail(name, "is not a whole number");
        const auto given = value->get<std::int64_t>();
        if (given < least || given > most) return fail(name, fmt::format("is not between {} and {}", least, most));
        to = Number{static_cast<decltype(count_of(to))>(given)};
    }
    void truth(const char* name, bool& to) {
        const auto* value = take(name);
        if (value == nullptr) return;
        if (!value->is_boolean()) return fail(name, "is neither true nor false");
        to = value->get<bool>();
    }
    template <class Enum, std::size_t N>
    void choice(const char* name, Enum& to, const std::array<const char*, N>& words) {
        const auto* value = take(name);
        if (value == nullptr) return;
        for (std::size_t i = 0; i < N; ++i) {
            if (value->is_string() && value->get<std::string>() == words.at(i)) {
                to = static_cast<Enum>(i);
                return;
            }
        }
        fail(name, fmt::format("is none of {}", fmt::join(words, ", ")));
    }
    void sections(const char* name, model::SectionSet& to) {
        const auto* value = take(name);
        if (value == nullptr) return;
        if (!value->is_array()) return fail(name, "is not a list of sections");
        model::SectionSet set;
        for (const auto& word : *value) {
            const auto section = word.is_string() ? model::section_named(word.get<std::string>()) : std::nullopt;
            // No facility is entitled to the patient's own history.
            if (!section || *section == model::Section::history) return fail(name, "names a section there is not");
            set = set.with(*section);
        }
        to = set;
    }
    void time_zone(const char* name, model::TimeZone& to) {
        const auto* value = take(name);
        if (value == nullptr) return;
        const auto zone = value->is_string() ? model::TimeZone::named(value->get<std::string>()) : std::nullopt;
        if (!zone) return fail(name, "is no time zone of this machine's list");
        to = *zone;
    }
    const Json* take(const char* name) {
        const auto found = json_.find(name);
        if (found == json_.end()) return nullptr;
        taken_.insert(name);
        return &*found;
    }
    void fail(const std::string& name, const std::string& why) {
        if (wrong_.empty()) wrong_ = fmt::format("{}{} {}", where_, name, why);
    }
    Status done() {
        for (const auto& [name, value] : json_.items()) {
            if (!taken_.contains(name)) fail(name, "is nothing a policy has");
        }
        return wrong_.empty() ? base::ok() : Status{nonsense(wrong_)};
    }

private:
    static int count_of(int value) { return value; }
    static std::int64_t count_of(std::int64_t value) { return value; }
    template <class Rep, class Period>
    static Rep count_of(std::chrono::duration<Rep, Period> value) {
        return value.count();
    }
    const Json& json_;
    std::string where_;
    std::set<std::string> taken_;
    std::string wrong_;
};

Status read_type(const Json& json, const std::string& name, model::TypePolicy& rules) {
    if (!json.is_object()) return nonsense("types." + name + " is not a table");
    Table table{json, "types." + name + "."};
    table.number("window_days", rules.window_days, 0, 366);
    table.choice("confirm", rules.confirm, confirm_names);
    table.sections("sections", rules.sections);
    table.sections("presented_sections", rules.presented_sections);
    table.choice("break_glass", rules.break_glass, break_glass_names);
    table.sections("emergency_sections", rules.emergency_sections);
    table.number("emergency_hours", rules.emergency_hours, 1, 7 * 24);
    table.truth("self_service", rules.self_service);
    table.truth("issues_cards", rules.issues_cards);
    return table.done();
}

Status read_certificates(const Json& json, const std::string& name, const std::filesystem::path& folder,
                         std::vector<base::Bytes>& to) {
    const auto where = "id_card_roots." + name;
    if (!json.is_array() || json.size() > wire::tuning::id_card_roots) {
        return nonsense(fmt::format("{} is not a list of at most {}", where, wire::tuning::id_card_roots));
    }
    to.clear();
    for (const auto& one : json) {
        if (!one.is_string()) return nonsense(where + " has something that is neither a file's name nor PEM");
        auto pem = one.get<std::string>();
        if (pem.find("-----BEGIN") == std::string::npos) {
            const auto file = read_file(folder / pem, tuning::policy_bytes);
            if (!file) return nonsense(where + ": cannot read the file " + pem);
            pem = base::as_text(file->view());
        }
        const auto der = protocol::certificate_from_pem(pem);
        if (!der || der->size() > wire::tuning::certificate_bytes || !protocol::check_issuer(*der)) {
            return nonsense(where + " has something that is no authority's certificate");
        }
        to.push_back(*der);
    }
    return base::ok();
}

Status read_id_card_roots(const Json& json, const std::filesystem::path& folder, model::IdCardRoots& roots) {
    if (!json.is_object()) return nonsense("id_card_roots is not a table");
    for (const auto& [name, list] : json.items()) {
        if (name != "my_number" && name != "hpki") return nonsense("id_card_roots." + name + " is no kind of ID card");
        KAZASHI_CHECK(read_certificates(list, name, folder, name == "hpki" ? roots.hpki : roots.my_number));
    }
    return base::ok();
}

Status read_types(const Json& json, model::Policy& policy) {
    if (!json.is_object()) return nonsense("types is not a table");
    for (const auto& [name, rules] : json.items()) {
        const auto type = model::facility_type_named(name);
        if (!type) return nonsense("types." + name + " is no type of facility");
        KAZASHI_CHECK(read_type(rules, name, policy.types[*type]));
    }
    return base::ok();
}

bool part_of(model::SectionSet some, model::SectionSet all) { return (some.bits() & ~all.bits()) == 0; }

Status check_sense(const model::Policy& policy) {
    if (policy.idle_warning >= policy.patient_idle || policy.idle_warning >= policy.staff_idle) {
        return nonsense("idle_warning_s is not before the idle times it warns of");
    }
    for (const auto& [type, rules] : policy.types) {
        const std::string name{model::name(type)};
        if (!part_of(rules.presented_sections, rules.sections)) {
            return nonsense("types." + name + ".presented_sections has more than a card that proves itself opens");
        }
        if (may_break_glass(rules) && rules.emergency_sections.empty()) {
            return nonsense("types." + name +
                            ".emergency_sections is empty, and breaking the glass would open nothing");
        }
        if (may_break_glass(rules) && rules.self_service) {
            return nonsense("types." + name + ": nobody may break the glass where nobody works");
        }
    }
    return base::ok();
}

Result<Json> parse(std::string_view text) {
    auto json = Json::parse(text, nullptr, false);
    if (json.is_object()) return json;
    try {
        std::ostringstream out;
        out << toml::json_formatter{toml::parse(text)};
        json = Json::parse(out.str(), nullptr, false);
    } catch (const toml::parse_error& error) {
        return nonsense(fmt::format("line {}: {}", error.source().begin.line, error.description()));
    }
    if (!json.is_object()) return nonsense("the file is neither TOML nor a JSON object");
    return json;
}

}  // namespace

std::string policy_json(const model::Policy& policy) {
    ordered_json types;
    for (const auto& [type, rules] : policy.types) types[std::string{model::name(type)}] = json_of(rules);
    const ordered_json all{{"version", policy.version},
                           {"time_zone", policy.time_zone.name()},
                           {"patient_idle_s", policy.patient_idle.count()},
                           {"staff_idle_s", policy.staff_idle.count()},
                           {"idle_warning_s", policy.idle_warning.count()},
                           {"shift_min", policy.shift.count()},
                           {"clock_tolerance_min", policy.clock_tolerance.count()},
                           {"pin_tries", policy.pin_tries},
                           {"pin_lock_s", policy.pin_lock.count()},
                           {"id_card_roots",
                            {{"my_number", pem_of(policy.id_card_roots.my_number)},
                             {"hpki", pem_of(policy.id_card_roots.hpki)}}},
                           {"types", std::move(types)}};
    return all.dump(2);
}

Result<model::Policy> changed_policy(const model::Policy& current, std::string_view text,
                                     const std::filesystem::path& folder) {
    KAZASHI_TRY(const auto json, parse(text));
    auto policy = current;
    Table table{json, ""};
    std::int64_t version = current.version;
    table.number("version", version, 0, std::numeric_limits<std::int64_t>::max());
    table.time_zone("time_zone", policy.time_zone);
    table.number("patient_idle_s", policy.patient_idle, 10, 3600);
    table.number("staff_idle_s", policy.staff_idle, 10, 24 * 3600);
    table.number("idle_warning_s", policy.idle_warning, 0, 300);
    table.number("shift_min", policy.shift, 0, 24 * 60);
    table.number("clock_tolerance_min", policy.clock_tolerance, 0, 7 * 24 * 60);
    table.number("pin_tries", policy.pin_tries, 1, 10);
    table.number("pin_lock_s", policy.pin_lock, 10, 24 * 3600);
    if (const auto* roots = table.take("id_card_roots")) {
        KAZASHI_CHECK(read_id_card_roots(*roots, folder, policy.id_card_roots));
    }
    if (const auto* types = table.take("types")) KAZASHI_CHECK(read_types(*types, policy));
    KAZASHI_CHECK(table.done());
    if (version != current.version) {
        return nonsense(
            fmt::format("the file was made from version {}, and version {} is in force", version, current.version));
    }
    KAZASHI_CHECK(check_sense(policy));
    policy.version = current.version + 1;
    return policy;
}

Status take_policy(Records& records, const RegionKeys& keys, const model::Policy& policy, model::UtcTime now) {
    KAZASHI_TRY(const auto before, records.policy());
    KAZASHI_CHECK(records.put_policy(policy));
    KAZASHI_CHECK(publish(records, policy, for_all()));
    KAZASHI_CHECK(follow_capsule_policy(records, keys, before, now));
    bool same = emergency_sections(before) == emergency_sections(policy);
    for (const auto type : model::all_facility_types) {
        same = same && may_break_glass(before.of(type)) == may_break_glass(policy.of(type));
    }
    return same ? base::ok() : new_emergency_epoch(records, keys, now);
}

}  // namespace kazashi::server
