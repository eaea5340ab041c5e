// Private to this folder: one CBOR map read field by field, strictly. A field that is missing, of another type or out
// of its limits, and a field nobody asked for, make the whole map malformed. Nothing throws.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cardio/base/bytes.h"
#include "cardio/base/clock.h"
#include "cardio/base/result.h"
#include "sync/model/section.h"
#include "sync/wire/tuning.h"

namespace kazashi::wire {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::Fault;
using base::Result;
using base::UtcTime;
using Json = nlohmann::json;

// limit when longer than `most`, malformed when not canonical CBOR.
Result<Json> parse(ByteView bytes, std::size_t most);
Bytes to_bytes(const Json& value);
bool is_text(const std::string& text);  // UTF-8

inline Json binary(ByteView bytes) { return Json::binary(Bytes{bytes.begin(), bytes.end()}); }
inline Json milliseconds(UtcTime time) { return time.time_since_epoch().count(); }

class Fields {
public:
    explicit Fields(Json& map) : map_{map} {
        if (!map.is_object()) fail("not a map");
    }

    bool has(const char* key) const { return map_.is_object() && map_.contains(key); }

    std::int64_t integer(const char* key, std::int64_t least, std::int64_t most);
    bool truth(const char* key);
    std::string text(const char* key, std::size_t most, std::size_t least = 0);
    Bytes bytes(const char* key, std::size_t most, std::size_t least = 0);
    UtcTime time(const char* key) { return UtcTime{std::chrono::milliseconds{integer(key, 0, tuning::most_time_ms)}}; }
    model::SectionSet sections(const char* key) {
        return model::SectionSet{static_cast<std::uint8_t>(integer(key, 0, 31))};
    }
    Json list(const char* key, std::size_t most);  // longer than `most`: limit
    Json map(const char* key);

    template <class Id>
    Id word(const char* key, std::size_t least = 0) {
        return Id{text(key, tuning::id_bytes, least)};
    }
    template <class Id>
    Id id(const char* key) {
        Id id;
        const auto raw = bytes(key, Id::size, Id::size);
        if (!error_) std::copy(raw.begin(), raw.end(), id.bytes.begin());
        return id;
    }
    template <class Enum>
    Enum choice(const char* key, Enum first, Enum last) {
        return static_cast<Enum>(integer(key, static_cast<std::int64_t>(first), static_cast<std::int64_t>(last)));
    }
    template <class T>
    T nested(const char* key, Result<T> (*read)(Json&)) {
        auto inner = map(key);
        if (error_) return {};
        auto value = read(inner);
        if (value) return std::move(*value);
        error_ = value.error();
        return {};
    }

    void fail(const char* what);

    // `value` if everything asked for was there, and nothing else.
    template <class T>
    Result<T> done(T value) {
        if (!error_ && taken_ != map_.size()) fail("unknown field");
        if (error_) return *error_;
        return value;
    }

private:
    Json* take(const char* key);

    Json& map_;
    std::size_t taken_{0};
    std::optional<Error> error_;
};

}  // namespace kazashi::wire
