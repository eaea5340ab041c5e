// Feed bodies: a map whose "kind" says which value it is.
#include <array>

#include "sync/vault/capsule.h"
#include "sync/wire/cbor.h"
#include "sync/wire/values.h"

namespace kazashi::wire {

namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();

template <class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;  // Clang 14 does not deduce it

Json to_map(const model::Lock& lock) {
    return Json{{"card", binary(lock.card.view())},
                {"first", binary(lock.first.view())},
                {"patient", binary(lock.patient.view())},
                {"second", binary(lock.second.view())}};
}

Result<model::FeedBody> read_lock(Fields& fields) {
    model::Lock lock;
    lock.card = fields.id<model::CardIndex>("card");
    lock.patient = fields.id<model::PatientRef>("patient");
    lock.first = fields.id<card::Challenge>("first");
    lock.second = fields.id<card::Challenge>("second");
    return fields.done<model::FeedBody>(lock);
}

Json to_map(const model::PackageId& id) {
    return Json{{"patient", binary(id.patient.view())}, {"section", name(id.section)}, {"version", id.version}};
}

model::PackageId read_package_id(Fields& fields) {
    model::PackageId id;
    id.patient = fields.id<model::PatientRef>("patient");
    const auto section = model::section_named(fields.text("section", tuning::id_bytes));
    if (!section) fields.fail("section");
    id.section = section.value_or(model::Section::emergency);
    id.version = fields.integer("version", 0, most);
    return id;
}

Json to_map(const model::Package& package) {
    auto map = to_map(package.id);
    map["as_of"] = milliseconds(package.as_of);
    map["sealed"] = binary(package.sealed);
    return map;
}

Result<model::FeedBody> read_package(Fields& fields) {
    model::Package package;
    package.id = read_package_id(fields);
    package.as_of = fields.time("as_of");
    package.sealed = fields.bytes("sealed", tuning::entry_bytes);
    return fields.done<model::FeedBody>(std::move(package));
}

Json to_map(const model::Wrap& wrap) {
    auto map = to_map(wrap.package);
    map["card"] = binary(wrap.card.view());
    map["sealed"] = binary(wrap.sealed);
    map["way"] = static_cast<int>(wrap.way);
    return map;
}

Result<model::FeedBody> read_wrap(Fields& fields) {
    model::Wrap wrap;
    wrap.way = fields.choice("way", model::WrapFor::card, model::WrapFor::emergency);
    wrap.package = read_package_id(fields);
    wrap.card = fields.id<model::CardIndex>("card");
    wrap.sealed = fields.bytes("sealed", tuning::small_bytes);
    return fields.done<model::FeedBody>(std::move(wrap));
}

Json to_map(const model::GrantNews& news) {
    return Json{{"grant", binary(news.grant.view())}, {"reason", news.reason}, {"state", static_cast<int>(news.state)}};
}

Result<model::FeedBody> read_grant_news(Fields& fields) {
    model::GrantNews news;
    news.grant = fields.id<model::GrantId>("grant");
    news.state = fields.choice("state", model::GrantState::confirmed, model::GrantState::withdrawn);
    news.reason = fields.text("reason", tuning::id_bytes);
    return fields.done<model::FeedBody>(std::move(news));
}

Result<model::FeedBody> read_policy_body(Fields& fields) {
    auto policy = fields.nested("policy", read_policy);
    return fields.done<model::FeedBody>(std::move(policy));
}

Result<model::FeedBody> read_facility_body(Fields& fields) {
    auto facility = fields.nested("facility", read_facility);
    return fields.done<model::FeedBody>(std::move(facility));
}

Json to_map(const model::StaffMember& staff) {
    return Json{
        {"active", staff.active}, {"facility", staff.facility.str()}, {"id", staff.id.str()}, {"name", staff.name}};
}

Result<model::FeedBody> read_staff(Fields& fields) {
    model::StaffMember staff;
    staff.id = fields.word<model::StaffId>("id");
    staff.facility = fields.word<model::FacilityId>("facility");
    staff.name = fields.text("name", tuning::name_bytes);
    staff.active = fields.truth("active");
    return fields.done<model::FeedBody>(std::move(staff));
}

Json to_map(const model::RevokedCard& revoked) { return Json{{"card", binary(revoked.card.view())}}; }

Result<model::FeedBody> read_revoked(Fields& fields) {
    model::RevokedCard revoked;
    revoked.card = fields.id<model::CardIndex>("card");
    return fields.done<model::FeedBody>(revoked);
}

Json to_map(const model::SharedWindow& window) { return Json{{"grant", wire::to_map(window.grant)}}; }

Result<model::FeedBody> read_shared_window(Fields& fields) {
    model::SharedWindow window;
    window.grant = fields.nested("grant", read_grant);
    return fields.done<model::FeedBody>(std::move(window));
}

Json to_map(const model::Exclusion& exclusion) {
    return Json{{"active", exclusion.active},
                {"facility", exclusion.facility.str()},
                {"patient", binary(exclusion.patient.view())}};
}

Result<model::FeedBody> read_exclusion(Fields& fields) {
    model::Exclusion exclusion;
    exclusion.patient = fields.id<model::PatientRef>("patient");
    exclusion.facility = fields.word<model::FacilityId>("facility", 1);
    exclusion.active = fields.truth("active");
    return fields.done<model::FeedBody>(std::move(exclusion));
}

Json to_map(const model::EmergencyKeyWrap& key) { return Json{{"epoch", key.epoch}, {"sealed", binary(key.sealed)}}; }

Result<model::FeedBody> read_emergency_key(Fields& fields) {
    model::EmergencyKeyWrap key;
    key.epoch = fields.integer("epoch", 1, most);
    key.sealed = fields.bytes("sealed", tuning::small_bytes);
    return fields.done<model::FeedBody>(std::move(key));
}

Result<model::CapsuleKeyWrap> read_capsule_key_fields(Fields& fields) {
    model::CapsuleKeyWrap key;
    key.epoch = fields.integer("epoch", 1, vault::most_capsule_epochs);
    key.sealed = fields.bytes("sealed", tuning::small_bytes);
    return fields.done(std::move(key));
}

Result<model::FeedBody> read_capsule_key_body(Fields& fields) {
    KAZASHI_TRY(auto key, read_capsule_key_fields(fields));
    return model::FeedBody{std::move(key)};
}

Json to_map(const model::HolderLink& link) {
    return Json{{"active", link.active}, {"holder", binary(link.holder.view())}, {"patient", binary(link.patient.view())}};
}

Result<model::FeedBody> read_holder_link(Fields& fields) {
    model::HolderLink link;
    link.holder = fields.id<model::HolderIndex>("holder");
    link.patient = fields.id<model::PatientRef>("patient");
    link.active = fields.truth("active");
    return fields.done<model::FeedBody>(link);
}

Json to_map(const model::NamePage& page) {
    return Json{{"epoch", page.epoch}, {"page", page.page}, {"sealed", binary(page.sealed)}, {"version", page.version}};
}

Result<model::FeedBody> read_name_page(Fields& fields) {
    model::NamePage page;
    page.page = fields.integer("page", 0, most);
    page.epoch = fields.integer("epoch", 1, most);
    page.version = fields.integer("version", 0, most);
    page.sealed = fields.bytes("sealed", tuning::entry_bytes);
    return fields.done<model::FeedBody>(std::move(page));
}

Result<model::Glossary> read_glossary_fields(Fields& fields) {
    model::Glossary glossary;
    glossary.version = fields.integer("version", 1, most);
    glossary.epoch = fields.integer("epoch", 1, vault::most_capsule_epochs);
    glossary.sealed = fields.bytes("sealed", tuning::glossary_sealed_bytes);
    return fields.done(std::move(glossary));
}

Result<model::FeedBody> read_glossary_body(Fields& fields) {
    KAZASHI_TRY(auto glossary, read_glossary_fields(fields));
    return model::FeedBody{std::move(glossary)};
}

// In the order of model::FeedBody's alternatives.
struct Kind {
    const char* name;
    Result<model::FeedBody> (*read)(Fields&);
};
constexpr std::array kinds{Kind{"lock", read_lock},
                           Kind{"package", read_package},
                           Kind{"wrap", read_wrap},
                           Kind{"grant_state", read_grant_news},
                           Kind{"policy", read_policy_body},
                           Kind{"facility", read_facility_body},
                           Kind{"staff", read_staff},
                           Kind{"revoked", read_revoked},
                           Kind{"window", read_shared_window},
                           Kind{"exclusion", read_exclusion},
                           Kind{"emergency_key", read_emergency_key},
                           Kind{"names", read_name_page},
                           Kind{"capsule_key", read_capsule_key_body},
                           Kind{"holder", read_holder_link},
                           Kind{"glossary", read_glossary_body}};
static_assert(kinds.size() == std::variant_size_v<model::FeedBody>);

}  // namespace

Json to_map(const model::CapsuleKeyWrap& key) { return Json{{"epoch", key.epoch}, {"sealed", binary(key.sealed)}}; }

Result<model::CapsuleKeyWrap> read_capsule_key(Json& map) {
    Fields fields{map};
    return read_capsule_key_fields(fields);
}

Json to_map(const model::Glossary& glossary) {
    return Json{{"epoch", glossary.epoch}, {"sealed", binary(glossary.sealed)}, {"version", glossary.version}};
}

Result<model::Glossary> read_glossary(Json& map) {
    Fields fields{map};
    return read_glossary_fields(fields);
}

Json to_map(const model::Facility& facility) {
    return Json{{"id", facility.id.str()}, {"name", facility.name}, {"type", name(facility.type)}};
}

Result<model::Facility> read_facility(Json& map) {
    Fields fields{map};
    model::Facility facility;
    facility.id = fields.word<model::FacilityId>("id");
    const auto type = model::facility_type_named(fields.text("type", tuning::id_bytes));
    if (!type) fields.fail("type");
    facility.type = type.value_or(model::FacilityType::city_hall);
    facility.name = fields.text("name", tuning::name_bytes);
    return fields.done(std::move(facility));
}

Bytes encode_body(const model::FeedBody& body) {
    auto map = std::visit(Overloaded{[](const model::Policy& policy) {
                                         return Json{{"policy", to_map(policy)}};
                                     },
                                     [](const model::Facility& place) {
                                         return Json{{"facility", to_map(place)}};
                                     },
                                     [](const auto& other) { return to_map(other); }},
                          body);
    map["kind"] = kinds[body.index()].name;
    return to_bytes(map);
}

Result<model::FeedBody> decode_body(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::entry_bytes));
    Fields fields{map};
    const auto kind = fields.text("kind", tuning::id_bytes, 1);
    for (const auto& known : kinds) {
        if (kind == known.name) return known.read(fields);
    }
    if (kind.empty()) return Error{Fault::malformed, "kind"};
    return Error{Fault::unsupported, "a kind newer than this program"};
}

}  // namespace kazashi::wire
