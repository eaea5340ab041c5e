// The name index as it stands inside a NamePage (design §5): CBOR, then zstd, then sealed under the emergency key.
#pragma once

#include <string>
#include <vector>

#include "cardio/base/result.h"
#include "cardio/base/secret.h"
#include "sync/model/ids.h"

namespace kazashi::wire {

struct NameEntry {
    model::PatientRef patient;
    std::string kanji;  // "臼杵 はな子"
    std::string kana;   // "ウスキ ハナコ"
    std::string born;   // "1941-03-02"; empty: not known
    std::string phone;  // digits only
    std::string address;
    std::uint8_t sex{};  // model::Sex
    bool operator==(const NameEntry&) const = default;
};

base::Bytes encode_names(const std::vector<NameEntry>& names);
// malformed, limit.
base::Result<std::vector<NameEntry>> decode_names(base::ByteView bytes);

}  // namespace kazashi::wire
