#include "sync/wire/glossary.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/wire/tuning.h"
#include "tests/catch.h"
#include "tests/sync/wire/samples.h"

using namespace kazashi;
using base::Fault;
using Json = nlohmann::json;

namespace {

base::Fault fault_of(const Json& rows) {
    const auto decoded = wire::decode_glossary(Json::to_cbor(Json{{"names", rows}}));
    REQUIRE_FALSE(decoded);
    return decoded.fault();
}

}  // namespace

TEST_CASE("glossary: names come back as they went") {
    CHECK(*wire::decode_glossary(wire::encode_glossary(samples::code_names())) == samples::code_names());
    CHECK(wire::decode_glossary(wire::encode_glossary({}))->empty());
}

TEST_CASE("glossary: a name is about sixty octets, ten thousand under a megabyte") {
    const auto names = samples::code_names();
    CHECK(wire::encode_glossary(names).size() - wire::encode_glossary({}).size() < names.size() * 90);
}

TEST_CASE("glossary: what is no row of it is refused") {
    const Json good = Json::array({1, "1149019", "a", ""});
    CHECK(wire::decode_glossary(Json::to_cbor(Json{{"names", Json::array({good})}})));
    for (const Json& bad :
         {Json::array({1, "1149019", "a"}), Json::array({1, "1149019", "a", "", ""}),
          Json::array({0, "1149019", "a", ""}), Json::array({5, "1149019", "a", ""}),
          Json::array({-1, "1149019", "a", ""}), Json::array({"yj7", "1149019", "a", ""}),
          Json::array({1, 1149019, "a", ""}), Json::array({1, "114901", "a", ""}), Json::array({3, "1149019", "a", ""}),
          Json::array({1, "1149019", "", "a"}), Json::array({1, "1149019", std::string(241, 'x'), ""}),
          Json::array({1, "1149019", "a", std::string(241, 'x')}), Json("1149019")})
        CHECK(fault_of(Json::array({bad})) == Fault::malformed);
    CHECK(wire::decode_glossary(Json::to_cbor(Json{{"names", Json::array()}, {"more", 1}})).fault() ==
          Fault::malformed);
    CHECK(wire::decode_glossary(base::Bytes(wire::tuning::glossary_bytes + 1)).fault() == Fault::limit);
    auto many = Json::array();
    for (std::size_t i = 0; i <= wire::tuning::glossary_names; ++i) many.push_back(0);
    CHECK(fault_of(many) == Fault::limit);
}

TEST_CASE("glossary: a name that is not UTF-8 is refused") {
    const auto row = Json::array({1, "1149019", "abcdef", ""});
    auto bytes = Json::to_cbor(Json{{"names", Json::array({row})}});
    const auto at = std::search(bytes.begin(), bytes.end(), std::begin("abcdef"), std::end("abcdef") - 1);
    REQUIRE(at != bytes.end());
    *at = 0xFF;
    CHECK(wire::decode_glossary(bytes).fault() == Fault::malformed);
}
