#include "sync/wire/cbor.h"
#include "sync/wire/values.h"

namespace kazashi::wire {

namespace {

constexpr std::int64_t day_s = 24 * 60 * 60;

Json to_map(const model::TypePolicy& policy) {
    Json map{{"break_glass", static_cast<int>(policy.break_glass)},
                {"confirm", static_cast<int>(policy.confirm)},
                {"emergency_hours", policy.emergency_hours},
                {"emergency_sections", policy.emergency_sections.bits()},
                {"presented_sections", policy.presented_sections.bits()},
                {"sections", policy.sections.bits()},
                {"self_service", policy.self_service},
                {"window_days", policy.window_days}};
    if (policy.issues_cards) map["issues_cards"] = true;  // left out when not, as in policies from before there was it
    return map;
}

// What a facility may be entitled to; the patient's own section is never among it.
model::SectionSet entitled(Fields& fields, const char* key) {
    const auto sections = fields.sections(key);
    if (sections.has(model::Section::history)) fields.fail(key);
    return sections;
}

Result<model::TypePolicy> read_type_policy(Json& map) {
    Fields fields{map};
    model::TypePolicy policy;
    policy.confirm = fields.choice("confirm", model::Confirm::always, model::Confirm::never);
    policy.sections = entitled(fields, "sections");
    policy.presented_sections = entitled(fields, "presented_sections");
    policy.break_glass = fields.choice("break_glass", model::BreakGlass::never, model::BreakGlass::two_staff);
    policy.emergency_sections = entitled(fields, "emergency_sections");
    policy.emergency_hours = static_cast<int>(fields.integer("emergency_hours", 1, 24 * 60));
    policy.self_service = fields.truth("self_service");
    policy.window_days = static_cast<int>(fields.integer("window_days", 0, 3660));
    if (fields.has("issues_cards")) {
        policy.issues_cards = fields.truth("issues_cards");
        if (!policy.issues_cards) fields.fail("issues_cards");  // one spelling only
    }
    return fields.done(policy);
}

Json to_list(const std::vector<Bytes>& certificates) {
    Json list = Json::array();
    for (const auto& one : certificates) list.push_back(binary(one));
    return list;
}

std::vector<Bytes> certificates(Fields& fields, const char* key) {
    std::vector<Bytes> all;
    for (const auto& one : fields.list(key, tuning::id_card_roots)) {
        if (!one.is_binary() || one.get_binary().empty() || one.get_binary().size() > tuning::certificate_bytes) {
            fields.fail(key);
            return {};
        }
        all.emplace_back(one.get_binary());
    }
    return all;
}

Result<model::IdCardRoots> read_id_card_roots(Json& map) {
    Fields fields{map};
    model::IdCardRoots roots;
    roots.my_number = certificates(fields, "my_number");
    roots.hpki = certificates(fields, "hpki");
    if (roots == model::IdCardRoots{}) fields.fail("id_card_roots");  // then it is left out
    return fields.done(std::move(roots));
}

Result<std::map<model::FacilityType, model::TypePolicy>> read_types(Json& map) {
    std::map<model::FacilityType, model::TypePolicy> types;
    for (auto& [type_name, value] : map.items()) {
        const auto type = model::facility_type_named(type_name);
        if (!type) return Error{Fault::malformed, "facility type"};
        KAZASHI_TRY(types[*type], read_type_policy(value));
    }
    return types;
}

}  // namespace

Json to_map(const model::Policy& policy) {
    Json types = Json::object();
    for (const auto& [type, rules] : policy.types) types[std::string{name(type)}] = to_map(rules);
    Json map{{"clock_tolerance_min", policy.clock_tolerance.count()},
                {"idle_warning_s", policy.idle_warning.count()},
                {"patient_idle_s", policy.patient_idle.count()},
                {"pin_lock_s", policy.pin_lock.count()},
                {"pin_tries", policy.pin_tries},
                {"shift_min", policy.shift.count()},
                {"staff_idle_s", policy.staff_idle.count()},
                {"time_zone", policy.time_zone.name()},
                {"types", std::move(types)},
                {"version", policy.version}};
    // Left out when empty, as in policies from before there was it.
    if (policy.id_card_roots != model::IdCardRoots{}) {
        map["id_card_roots"] = Json{{"hpki", to_list(policy.id_card_roots.hpki)},
                                    {"my_number", to_list(policy.id_card_roots.my_number)}};
    }
    return map;
}

Result<model::Policy> read_policy(Json& map) {
    Fields fields{map};
    model::Policy policy;
    policy.version = fields.integer("version", 0, std::numeric_limits<std::int64_t>::max());
    const auto zone = model::TimeZone::named(fields.text("time_zone", tuning::id_bytes));
    if (!zone) fields.fail("time zone");
    policy.time_zone = zone.value_or(model::TimeZone{});
    policy.patient_idle = std::chrono::seconds{fields.integer("patient_idle_s", 1, day_s)};
    policy.staff_idle = std::chrono::seconds{fields.integer("staff_idle_s", 1, day_s)};
    policy.idle_warning = std::chrono::seconds{fields.integer("idle_warning_s", 0, day_s)};
    policy.shift = std::chrono::minutes{fields.integer("shift_min", 0, 7 * 24 * 60)};
    policy.clock_tolerance = std::chrono::minutes{fields.integer("clock_tolerance_min", 0, 366 * 24 * 60)};
    policy.pin_tries = static_cast<int>(fields.integer("pin_tries", 1, 100));
    policy.pin_lock = std::chrono::seconds{fields.integer("pin_lock_s", 0, day_s)};
    if (fields.has("id_card_roots")) policy.id_card_roots = fields.nested("id_card_roots", read_id_card_roots);
    policy.types = fields.nested("types", read_types);
    return fields.done(std::move(policy));
}

Bytes encode(const model::Policy& policy) { return to_bytes(to_map(policy)); }

Result<model::Policy> decode_policy(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::policy_bytes));
    return read_policy(map);
}

}  // namespace kazashi::wire
