// Texts as octets, and zstd frames inside octets.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "cardio/base/bytes.h"

namespace kazashi::story {

using base::Bytes;
using base::ByteView;

enum class ByteOrder { little, big };
std::optional<Bytes> utf16(std::string_view utf8, ByteOrder order);  // nullopt when it is not UTF-8

// Calls `use` with the content of every zstd frame that begins anywhere in `bytes`, as far as it can be read.
void for_each_zstd_frame(ByteView bytes, const std::function<void(ByteView)>& use);
Bytes zstd(ByteView plain);

}  // namespace kazashi::story
