#include "sync/server/lists.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "sync/server/feed.h"
#include "sync/server/files.h"
#include "sync/server/tuning.h"

namespace kazashi::server {

namespace {

using nlohmann::json;

// PMm of the Lite-S cards in the field (felica.md §2).
constexpr const char* lite_s_pmm = "00F1000000014300";

Result<json> read_list(const std::filesystem::path& file) {
    KAZASHI_TRY(const auto bytes, read_file(file, tuning::list_bytes));
    auto list = json::parse(base::as_text(bytes.view()), nullptr, false);
    if (!list.is_array()) return base::Error{base::Fault::malformed, file.filename().string() + ": not a JSON list"};
    return list;
}

// Absent or of another type: empty.
std::string text(const json& row, const char* name) {
    const auto found = row.find(name);
    return found != row.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

// Ids stand in feed keys and certificates: letters, digits and dashes only.
bool is_id(const std::string& id) {
    return !id.empty() && id.size() <= 32 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool is_name(const std::string& name) { return !name.empty() && name.size() <= wire::tuning::name_bytes; }

base::Error wrong_row(std::size_t index) {
    return {base::Fault::malformed, "row " + std::to_string(index) + " of the list cannot be used"};
}

// Takes a list row by row in one transaction; `take` says whether the row changed anything.
using TakeRow = std::function<Result<bool>(Records&, const json&, std::size_t)>;
Result<int> take_list(Repository& repository, const std::filesystem::path& file, const TakeRow& take) {
    KAZASHI_TRY(const auto list, read_list(file));
    int changed = 0;
    KAZASHI_CHECK(repository.write([&](Records& records) -> Status {
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!list[i].is_object()) return wrong_row(i);
            KAZASHI_TRY(const bool fresh, take(records, list[i], i));
            changed += fresh ? 1 : 0;
        }
        return base::ok();
    }));
    return changed;
}

Result<bool> take_facility(Records& records, const json& row, std::size_t index) {
    const auto type = model::facility_type_named(text(row, "type"));
    const model::Facility facility{model::FacilityId{text(row, "id")}, type.value_or(model::FacilityType{}),
                                   text(row, "name")};
    if (!type || !is_id(facility.id.str()) || !is_name(facility.name)) return wrong_row(index);
    KAZASHI_TRY(const bool fresh, records.put_facility(facility));
    if (fresh) KAZASHI_CHECK(publish(records, facility, for_all()));
    return fresh;
}

Result<bool> take_member(Records& records, const json& row, std::size_t index) {
    const model::StaffMember member{model::StaffId{text(row, "id")}, model::FacilityId{text(row, "facility")},
                                    text(row, "name"), row.value("active", json(true)) == json(true)};
    if (!is_id(member.id.str()) || !is_name(member.name)) return wrong_row(index);
    KAZASHI_TRY(const auto facility, records.facility(member.facility));
    if (!facility) return wrong_row(index);
    KAZASHI_TRY(auto before, records.staff(member.id));
    KAZASHI_TRY(const bool fresh, records.put_staff(member));
    if (!fresh) return false;
    // Who has moved leaves the old facility's terminals too.
    if (before && before->facility != member.facility) {
        before->active = false;
        KAZASHI_CHECK(publish(records, *before, for_facility(before->facility)));
    }
    KAZASHI_CHECK(publish(records, member, for_facility(member.facility)));
    return true;
}

json image_of(const CardImage& image) {
    const bool patient = image.card.record.kind == card::CardKind::patient;
    const auto& number = image.card.record.number;
    return {{"name", (patient ? "patient-" : "staff-") + number},
            {"kind", patient ? "patient" : "staff"},
            {"number", number},
            {"label", image.label},
            {"idm", base::to_hex(image.card.idm.view())},
            {"pmm", lite_s_pmm},
            {"id", base::to_hex(image.card.id.view())},
            {"s_pad0", base::to_hex(image.card.s_pad0.view())},
            {"ck", base::to_hex(image.key.view())},
            {"ckv", 1}};
}

Result<CardWish> wish_of(const json& row, std::size_t index) {
    if (!row.is_object()) return wrong_row(index);
    const auto kind = text(row, "kind");
    if (kind != "patient" && kind != "staff") return wrong_row(index);
    return CardWish{kind == "patient" ? card::CardKind::patient : card::CardKind::staff, text(row, "number"),
                    text(row, "label")};
}

}  // namespace

Result<int> take_facilities(Repository& repository, const std::filesystem::path& file) {
    return take_list(repository, file, take_facility);
}

Result<int> take_staff(Repository& repository, const std::filesystem::path& file) {
    return take_list(repository, file, take_member);
}

Status remove_staff(Records& records, const model::StaffId& id) {
    KAZASHI_TRY(auto member, records.staff(id));
    if (!member) return base::Error{base::Fault::not_found, "no member of staff has this number"};
    if (!member->active) return base::Error{base::Fault::denied, "this member of staff was removed before"};
    member->active = false;
    KAZASHI_CHECK(records.put_staff(*member));
    return publish(records, *member, for_facility(member->facility));
}

Result<int> issue_cards(Region& region, const std::filesystem::path& list_file, const std::filesystem::path& images) {
    if (!region.profile.demo) return base::Error{base::Fault::denied, "card images are made for a demo region only"};
    KAZASHI_TRY(const auto list, read_list(list_file));
    const Packer packer{region.keys};
    auto cards = json::array();
    KAZASHI_CHECK(region.repository->write([&](Records& records) -> Status {
        for (std::size_t i = 0; i < list.size(); ++i) {
            KAZASHI_TRY(const auto wish, wish_of(list[i], i));
            KAZASHI_TRY(const auto image, issue_card(records, region, packer, wish));
            cards.push_back(image_of(image));
        }
        return base::ok();
    }));
    const int count = static_cast<int>(cards.size());
    const auto out = json{{"cards", std::move(cards)}}.dump(1, ' ', false, json::error_handler_t::replace);
    KAZASHI_CHECK(write_file(images, base::as_bytes(out), FileMode::secret));
    return count;
}

}  // namespace kazashi::server
