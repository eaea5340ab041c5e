// Pages a region signed and should not have.
#include <nlohmann/json.hpp>

#include "sync/wire/tuning.h"
#include "tests/catch.h"
#include "tests/sync/wire/samples.h"

using namespace kazashi;
using base::Bytes;
using base::Fault;
using nlohmann::json;

namespace {

// The region signs something it should not have.
Bytes sign_anything(const json& page, const vault::SigningPair& region) {
    Bytes message = json::to_cbor(page);
    const auto signature = vault::sign(region, "kazashi/page/1", message);
    Bytes bytes{signature.bytes.begin(), signature.bytes.end()};
    base::append(bytes, message);
    return bytes;
}

json page_json(json entries) {
    return {{"after", 0},          {"entries", std::move(entries)}, {"head", 9}, {"made_at", 1}, {"next", 9},
            {"packages_total", 0}, {"terminal", "F0001-T1"}};
}
json entry_json(std::int64_t seq, const json& body) { return json::array({seq, json::binary(json::to_cbor(body))}); }
json revoked_json() { return {{"kind", "revoked"}, {"card", json::binary(Bytes(16, 1))}}; }

Fault fault_of_page(const json& page) {
    vault::init();
    const auto region = vault::make_signing_pair();
    const auto decoded = wire::decode_signed_page(sign_anything(page, region), region.verify);
    REQUIRE(!decoded);
    return decoded.fault();
}

}  // namespace

TEST_CASE("wire: an entry of an unknown kind is left out and counted") {
    vault::init();
    const auto region = vault::make_signing_pair();
    const json newer{{"kind", "name_index"}, {"whatever", 1}};
    const auto page = page_json(json::array({entry_json(3, newer), entry_json(5, revoked_json())}));
    const auto decoded = wire::decode_signed_page(sign_anything(page, region), region.verify);
    REQUIRE(decoded);
    CHECK(decoded->skipped == 1);
    REQUIRE(decoded->entries.size() == 1);
    CHECK(decoded->entries[0].seq == 5);
    CHECK(wire::decode_body(json::to_cbor(newer)).fault() == Fault::unsupported);
}

TEST_CASE("wire: one malformed entry of a known kind refuses the page") {
    auto changed = revoked_json();
    changed["card"] = json::binary(Bytes(15, 1));
    CHECK(fault_of_page(page_json(json::array({entry_json(3, revoked_json()), entry_json(5, changed)}))) ==
          Fault::malformed);
    CHECK(fault_of_page(page_json(json::array({json::array({3})}))) == Fault::malformed);
    CHECK(fault_of_page(page_json(json::array({json::array({-3, json::binary(json::to_cbor(revoked_json()))})}))) ==
          Fault::malformed);
    CHECK(fault_of_page(page_json(json::array({json::array({3, json::binary(Bytes(50'000, 0x81))})}))) ==
          Fault::malformed);
    CHECK(fault_of_page(page_json(json::object())) == Fault::malformed);
}

TEST_CASE("wire: a page with a field too many or one too few or out of range is refused") {
    auto page = page_json(json::array());
    page["after"] = -1;
    CHECK(fault_of_page(page) == Fault::malformed);
    page = page_json(json::array());
    page["extra"] = 1;
    CHECK(fault_of_page(page) == Fault::malformed);
    page = page_json(json::array());
    page.erase("head");
    CHECK(fault_of_page(page) == Fault::malformed);
    page = page_json(json::array());
    page["made_at"] = wire::tuning::most_time_ms + 1;
    CHECK(fault_of_page(page) == Fault::malformed);
    page = page_json(json::array());
    page["terminal"] = 5;
    CHECK(fault_of_page(page) == Fault::malformed);
}

TEST_CASE("wire: more entries than a page may have are refused") {
    auto entries = json::array();
    for (std::size_t i = 0; i <= wire::tuning::page_entries; ++i) {
        entries.push_back(entry_json(static_cast<std::int64_t>(i), revoked_json()));
    }
    CHECK(fault_of_page(page_json(std::move(entries))) == Fault::limit);
}
