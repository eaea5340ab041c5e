#include "sync/wire/fields.h"

#include <simdjson.h>

#include "sync/wire/canonical.h"

namespace kazashi::wire {

Result<Json> parse(ByteView bytes, std::size_t most) {
    if (bytes.size() > most) return Error{Fault::limit, "message too long"};
    if (!is_canonical(bytes)) return Error{Fault::malformed, "not canonical CBOR"};
    auto value = Json::from_cbor(bytes.begin(), bytes.end(), true, false);
    if (value.is_discarded()) return Error{Fault::malformed, "not CBOR"};
    return value;
}

Bytes to_bytes(const Json& value) { return Json::to_cbor(value); }
bool is_text(const std::string& text) { return simdjson::validate_utf8(text.data(), text.size()); }

void Fields::fail(const char* what) {
    if (!error_) error_ = Error{Fault::malformed, what};
}

Json* Fields::take(const char* key) {
    if (error_) return nullptr;
    const auto found = map_.find(key);
    if (found == map_.end()) {
        fail(key);
        return nullptr;
    }
    ++taken_;
    return &*found;
}

std::int64_t Fields::integer(const char* key, std::int64_t least, std::int64_t most) {
    const auto* field = take(key);
    if (field == nullptr || !field->is_number_integer()) return fail(key), 0;
    const auto value = field->get<std::int64_t>();
    if (value < least || value > most) return fail(key), 0;
    return value;
}

bool Fields::truth(const char* key) {
    const auto* field = take(key);
    if (field == nullptr || !field->is_boolean()) return fail(key), false;
    return field->get<bool>();
}

std::string Fields::text(const char* key, std::size_t most, std::size_t least) {
    auto* field = take(key);
    if (field == nullptr || !field->is_string()) return fail(key), std::string{};
    auto& value = field->get_ref<std::string&>();
    const bool fits = value.size() >= least && value.size() <= most;
    // nlohmann checks UTF-8 only when it writes JSON, by an exception far from here.
    if (!fits || !is_text(value)) return fail(key), std::string{};
    return std::move(value);
}

Bytes Fields::bytes(const char* key, std::size_t most, std::size_t least) {
    auto* field = take(key);
    if (field == nullptr || !field->is_binary()) return fail(key), Bytes{};
    Bytes& value = field->get_binary();
    if (value.size() < least || value.size() > most) return fail(key), Bytes{};
    return std::move(value);
}

Json Fields::list(const char* key, std::size_t most) {
    auto* field = take(key);
    if (field == nullptr || !field->is_array()) return fail(key), Json::array();
    if (field->size() > most) {
        error_ = Error{Fault::limit, key};
        return Json::array();
    }
    return std::move(*field);
}

Json Fields::map(const char* key) {
    auto* field = take(key);
    if (field == nullptr || !field->is_object()) return fail(key), Json::object();
    return std::move(*field);
}

}  // namespace kazashi::wire
