#include "cardio/protocol/weak_key.h"

#include <algorithm>

#include "tests/catch.h"

using namespace kazashi;

namespace {

// `hex` as it stands in tables of DES keys; on the card each half is reversed.
protocol::CardKey key_of(const char* first, const char* second) {
    auto a = *base::from_hex(first);
    auto b = *base::from_hex(second);
    std::reverse(a.begin(), a.end());
    std::reverse(b.begin(), b.end());
    protocol::CardKey ck;
    std::copy(a.begin(), a.end(), ck.data());
    std::copy(b.begin(), b.end(), ck.data() + a.size());
    return ck;
}

constexpr auto good = "9F952A4EAF4D821E";
constexpr auto fine = "54A7E50DF938A946";

}  // namespace

TEST_CASE("weak key: the factory's zeros and every weak and semi-weak half are refused") {
    CHECK(protocol::is_weak(protocol::CardKey{}));
    for (const auto* half :
         {"0101010101010101", "FEFEFEFEFEFEFEFE", "E0E0E0E0F1F1F1F1", "1F1F1F1F0E0E0E0E", "011F011F010E010E",
          "1F011F010E010E01", "01E001E001F101F1", "E001E001F101F101", "01FE01FE01FE01FE", "FE01FE01FE01FE01",
          "1FE01FE00EF10EF1", "E01FE01FF10EF10E", "1FFE1FFE0EFE0EFE", "FE1FFE1FFE0EFE0E", "E0FEE0FEF1FEF1FE",
          "FEE0FEE0FEF1FEF1", "0000000000000000", "FFFFFFFFFFFFFFFF"}) {
        INFO(half);
        CHECK(protocol::is_weak(key_of(half, fine)));
        CHECK(protocol::is_weak(key_of(fine, half)));
    }
}

TEST_CASE("weak key: two equal halves are one key, parity aside") {
    CHECK(protocol::is_weak(key_of(good, good)));
    CHECK(protocol::is_weak(key_of(good, "9F942A4FAF4C821F")));
}

TEST_CASE("weak key: a key like any other is not weak") {
    CHECK_FALSE(protocol::is_weak(key_of(good, fine)));
    CHECK_FALSE(protocol::is_weak(key_of("0101010101010103", "E0E0E0E0F1F1F1F3")));
}
