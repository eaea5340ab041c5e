#include "sync/wire/names.h"

#include "sync/wire/fields.h"

namespace kazashi::wire {

namespace {

Json to_map(const NameEntry& entry) {
    return Json{{"address", entry.address}, {"born", entry.born},   {"kana", entry.kana},
                {"kanji", entry.kanji},     {"phone", entry.phone}, {"patient", binary(entry.patient.view())},
                {"sex", entry.sex}};
}

Result<NameEntry> read_name(Json& map) {
    Fields fields{map};
    NameEntry entry;
    entry.patient = fields.id<model::PatientRef>("patient");
    entry.kanji = fields.text("kanji", tuning::name_bytes);
    entry.kana = fields.text("kana", tuning::name_bytes);
    entry.born = fields.text("born", tuning::id_bytes);
    entry.phone = fields.text("phone", tuning::id_bytes);
    entry.address = fields.text("address", tuning::name_bytes);
    entry.sex = static_cast<std::uint8_t>(fields.integer("sex", 0, 3));
    return fields.done(std::move(entry));
}

}  // namespace

Bytes encode_names(const std::vector<NameEntry>& names) {
    Json list = Json::array();
    for (const auto& entry : names) list.push_back(to_map(entry));
    return to_bytes(Json{{"names", std::move(list)}});
}

Result<std::vector<NameEntry>> decode_names(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::names_bytes));
    Fields fields{map};
    auto list = fields.list("names", tuning::names_a_page);
    std::vector<NameEntry> names;
    names.reserve(list.size());
    for (auto& item : list) {
        KAZASHI_TRY(auto entry, read_name(item));
        names.push_back(std::move(entry));
    }
    return fields.done(std::move(names));
}

}  // namespace kazashi::wire
