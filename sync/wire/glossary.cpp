#include "sync/wire/glossary.h"

#include "sync/wire/fields.h"

namespace kazashi::wire {

namespace {

// [system, code, Japanese, English]: ten thousand maps would be twice as long.
constexpr std::size_t parts = 4;

Json to_row(const model::CodeName& name) {
    return Json::array({static_cast<int>(name.system), name.code, name.japanese, name.english});
}

bool is_row(const Json& row) {
    return row.is_array() && row.size() == parts && row[0].is_number_unsigned() && row[1].is_string() &&
           row[2].is_string() && row[3].is_string();
}

Result<model::CodeName> read_row(Json& row) {
    if (!is_row(row)) return Error{Fault::malformed, "name"};
    model::CodeName name;
    const auto system = row[0].get<std::uint64_t>();
    if (system < 1 || system > model::all_code_systems.size()) return Error{Fault::malformed, "system"};
    name.system = static_cast<model::CodeSystem>(system);
    name.code = std::move(row[1].get_ref<std::string&>());
    name.japanese = std::move(row[2].get_ref<std::string&>());
    name.english = std::move(row[3].get_ref<std::string&>());
    if (!model::is_code(name.system, name.code)) return Error{Fault::malformed, "code"};
    for (const auto* words : {&name.japanese, &name.english})
        if (words->size() > tuning::code_name_bytes || !is_text(*words)) return Error{Fault::malformed, "name"};
    if (name.japanese.empty()) return Error{Fault::malformed, "name"};
    return name;
}

}  // namespace

Bytes encode_glossary(const std::vector<model::CodeName>& names) {
    auto list = Json::array();
    for (const auto& name : names) list.push_back(to_row(name));
    return to_bytes(Json{{"names", std::move(list)}});
}

Result<std::vector<model::CodeName>> decode_glossary(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::glossary_bytes));
    Fields fields{map};
    auto list = fields.list("names", tuning::glossary_names);
    std::vector<model::CodeName> names;
    names.reserve(list.size());
    for (auto& row : list) {
        KAZASHI_TRY(auto name, read_row(row));
        names.push_back(std::move(name));
    }
    return fields.done(std::move(names));
}

}  // namespace kazashi::wire
