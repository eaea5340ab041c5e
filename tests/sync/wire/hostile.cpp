// Bytes from somebody who means harm, or from a line that tears.
#include <functional>
#include <nlohmann/json.hpp>

#include "sync/wire/canonical.h"
#include "sync/wire/ledger_file.h"
#include "sync/wire/tuning.h"
#include "tests/catch.h"
#include "tests/sync/wire/samples.h"

using namespace kazashi;
using base::Bytes;
using base::ByteView;
using base::Fault;
using nlohmann::json;

namespace {

// A message and its decoder, which answers with the bytes of what it understood.
struct Message {
    const char* name;
    Bytes bytes;
    std::function<base::Result<Bytes>(ByteView)> again;
};

template <auto decode>
base::Result<Bytes> decode_and_encode(ByteView bytes) {
    KAZASHI_TRY(const auto value, decode(bytes));
    return wire::encode(value);
}

base::Result<Bytes> body_again(ByteView bytes) {
    KAZASHI_TRY(const auto body, wire::decode_body(bytes));
    return wire::encode_body(body);
}

base::Result<Bytes> names_again(ByteView bytes) {
    KAZASHI_TRY(const auto names, wire::decode_names(bytes));
    return wire::encode_names(names);
}

base::Result<Bytes> ledger_file_again(ByteView bytes) {
    KAZASHI_TRY(const auto entries, wire::decode_ledger_file(bytes));
    return wire::encode_ledger_file(entries);
}

std::vector<Message> messages() {
    vault::init();
    const auto terminal = vault::make_signing_pair();
    const auto region = vault::make_signing_pair();
    const auto entries = samples::chain(terminal, 2);
    wire::EnrolAnswer answer;
    answer.terminal = model::TerminalId{"F0001-T1"};
    answer.index_key = samples::some_bytes(32);
    answer.policy = model::default_policy();
    std::vector<Message> all{
        {"grant", wire::encode(samples::grant()), decode_and_encode<wire::decode_grant>},
        {"policy", wire::encode(model::default_policy()), decode_and_encode<wire::decode_policy>},
        {"other policy", wire::encode(samples::policy()), decode_and_encode<wire::decode_policy>},
        {"names", wire::encode_names(samples::names()), names_again},
        {"ledger file", wire::encode_ledger_file(entries), ledger_file_again},
        {"ledger body", wire::encode(samples::ledger_body()), decode_and_encode<wire::decode_ledger_body>},
        {"ledger entry", wire::encode(entries[0]), decode_and_encode<wire::decode_ledger_entry>},
        {"receipt", wire::encode(samples::receipt_for(entries[0], region)), decode_and_encode<wire::decode_receipt>},
        {"push", wire::encode(wire::Push{entries}), decode_and_encode<wire::decode_push>},
        {"push answer", wire::encode(wire::PushAnswer{{samples::receipt_for(entries[0], region)}, "gap", {2}}),
         decode_and_encode<wire::decode_push_answer>},
        {"enrol request", wire::encode(wire::EnrolRequest{"K7Q4", "csr", {}, {}}),
         decode_and_encode<wire::decode_enrol_request>},
        {"enrol answer", wire::encode(answer), decode_and_encode<wire::decode_enrol_answer>},
    };
    for (const auto& body : samples::bodies()) all.push_back({"feed body", wire::encode_body(body), body_again});
    return all;
}

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

Fault fault_of_body(const json& body) {
    const auto decoded = wire::decode_body(json::to_cbor(body));
    REQUIRE(!decoded);
    return decoded.fault();
}

Bytes bytes_of(std::string_view hex) { return *base::from_hex(hex); }

}  // namespace

TEST_CASE("wire: no truncation of any message is accepted") {
    for (const auto& message : messages()) {
        for (std::size_t size = 0; size < message.bytes.size(); ++size) {
            REQUIRE(!message.again(ByteView{message.bytes}.first(size)));
        }
        auto longer = message.bytes;
        longer.push_back(0);
        CHECK(!message.again(longer));
    }
}

TEST_CASE("wire: a flipped bit is refused or is another value and never the same one") {
    for (const auto& message : messages()) {
        for (std::size_t bit = 0; bit < message.bytes.size() * 8; ++bit) {
            auto flipped = message.bytes;
            flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
            const auto again = message.again(flipped);
            // One spelling for each value: what is accepted encodes to the very bytes that came.
            if (again) REQUIRE(*again == flipped);
        }
    }
}

TEST_CASE("wire: no truncation and no flipped bit of a signed page is accepted") {
    vault::init();
    const auto region = vault::make_signing_pair();
    const auto bytes = wire::encode_signed(samples::page(), region);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        REQUIRE(!wire::decode_signed_page(ByteView{bytes}.first(size), region.verify));
    }
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        auto flipped = bytes;
        flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        REQUIRE(wire::decode_signed_page(flipped, region.verify).fault() == Fault::bad_signature);
    }
    const auto other = vault::make_signing_pair();
    CHECK(wire::decode_signed_page(bytes, other.verify).fault() == Fault::bad_signature);
}

TEST_CASE("wire: ten mebibytes of zeros are too large and a page of zeros is not signed") {
    vault::init();
    const auto region = vault::make_signing_pair();
    CHECK(wire::decode_signed_page(Bytes(10 << 20), region.verify).fault() == Fault::limit);
    CHECK(wire::decode_signed_page(Bytes(wire::tuning::page_bytes), region.verify).fault() == Fault::bad_signature);
    CHECK(wire::decode_push_answer(Bytes(10 << 20)).fault() == Fault::limit);
    CHECK(wire::decode_push_answer(Bytes(1000)).fault() == Fault::malformed);
    CHECK(wire::decode_signed_time(Bytes(10 << 20), region.verify).fault() == Fault::limit);
}

TEST_CASE("wire: bombs of depth are refused before the recursive parser") {
    for (const int opener : {0x81, 0x9f, 0x5f, 0x7f, 0xbf, 0xc1, 0xd8, 0xa1}) {
        CHECK(wire::decode_body(Bytes(700'000, static_cast<std::uint8_t>(opener))).fault() == Fault::malformed);
    }
    Bytes maps;
    for (int i = 0; i < 200'000; ++i) base::append(maps, bytes_of("A1 61 61"));
    CHECK(wire::decode_body(maps).fault() == Fault::malformed);
}

TEST_CASE("canonical: one spelling of each value") {
    for (const auto* good : {"00", "17", "18 18", "19 0100", "1A 00010000", "1B 0000000100000000", "20", "38 18", "F4",
                             "F5", "40", "60", "80", "A0", "82 01 80", "A2 61 61 01 61 62 02", "A1 60 00"}) {
        CHECK(wire::is_canonical(bytes_of(good)));
    }
    for (const auto* bad : {"",       // nothing
                            "00 00",  // two values
                            "18 17",
                            "19 00FF",
                            "1A 0000FFFF",
                            "1B 00000000FFFFFFFF",
                            "58 01 00",  // longer than need be
                            "1B 8000000000000000",
                            "3B 8000000000000000",  // beyond int64
                            "18",
                            "19 01",
                            "42 00",
                            "62 61",  // cut
                            "9F FF",
                            "BF FF",
                            "5F FF",
                            "7F FF",
                            "5F 41 00 FF",  // indefinite length
                            "C0 60",
                            "D8 20 60",  // tags
                            "F6",
                            "F7",
                            "F9 3C00",
                            "FA 3F800000",
                            "F8 14",
                            "E0",
                            "FF",  // null, undefined, floats, breaks
                            "1C",
                            "1F",
                            "FC",  // reserved
                            "A1 01 02",
                            "A1 41 61 00",
                            "A1 80 00",  // keys that are no text
                            "A2 61 62 01 61 61 02",
                            "A2 61 61 01 61 61 02",  // out of order, twice
                            "82 01",
                            "A1 61 61",
                            "9B FFFFFFFFFFFFFFFF 00",
                            "BB 7FFFFFFFFFFFFFFF 00",  // more promised than there is
                            "5B FFFFFFFFFFFFFFFF",
                            "7B FFFFFFFFFFFFFFFF"}) {
        CHECK(!wire::is_canonical(bytes_of(bad)));
    }
}

TEST_CASE("canonical: the first value ends where it ends") {
    CHECK(wire::first_value_size(bytes_of("00 00")) == 1);
    CHECK(wire::first_value_size(bytes_of("A1 61 61 01 FF")) == 4);
    CHECK(wire::first_value_size(bytes_of("82 01 80 80")) == 3);
    CHECK(!wire::first_value_size(bytes_of("")));
    CHECK(!wire::first_value_size(bytes_of("82 01")));
    CHECK(!wire::first_value_size(bytes_of("FF")));
}

TEST_CASE("canonical: it is as deep as the limit and no deeper") {
    Bytes deep(wire::tuning::depth - 1, 0x81);
    deep.push_back(0x81);
    deep.push_back(0x00);
    CHECK(wire::is_canonical(deep));
    deep.insert(deep.begin(), 0x81);
    CHECK(!wire::is_canonical(deep));
}

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

TEST_CASE("wire: unknown enum values and foreign types are refused") {
    const json news{{"kind", "grant_state"}, {"grant", json::binary(Bytes(16, 1))}, {"reason", ""}, {"state", 1}};
    REQUIRE(wire::decode_body(json::to_cbor(news)));
    for (const json& wrong : {json(0), json(4), json(-1), json("1"), json(true), json::array({1})}) {
        auto changed = news;
        changed["state"] = wrong;
        CHECK(fault_of_body(changed) == Fault::malformed);
    }
    CHECK(fault_of_body({{"kind", "facility"}, {"facility", {{"id", "F1"}, {"name", ""}, {"type", "shrine"}}}}) ==
          Fault::malformed);
    CHECK(fault_of_body({{"kind", 1}}) == Fault::malformed);
    CHECK(fault_of_body({{"kind", ""}}) == Fault::malformed);
    CHECK(fault_of_body(json::array({1})) == Fault::malformed);
    CHECK(fault_of_body(5) == Fault::malformed);
}

TEST_CASE("wire: text that is not UTF-8 or too long is refused") {
    json staff{{"kind", "staff"}, {"active", true}, {"facility", "F1"}, {"id", "1"}, {"name", "あ"}};
    REQUIRE(wire::decode_body(json::to_cbor(staff)));
    for (const auto* wrong : {"\xff", "\xe3\x81", "\xc0\x80", "\xed\xa0\x80"}) {
        staff["name"] = wrong;
        CHECK(fault_of_body(staff) == Fault::malformed);
    }
    staff["name"] = std::string(wire::tuning::name_bytes + 1, 'a');
    CHECK(fault_of_body(staff) == Fault::malformed);
}

TEST_CASE("wire: a present but empty field of a ledger body is not its absence") {
    CHECK(!wire::decode_ledger_body(json::to_cbor(json{{"note", ""}})));
    CHECK(!wire::decode_ledger_body(json::to_cbor(json{{"sections", 0}})));
    CHECK(!wire::decode_ledger_body(json::to_cbor(json{{"proof", json::binary(Bytes(7))}})));
    CHECK(wire::decode_ledger_body(json::to_cbor(json{{"proof", json::binary(Bytes(8))}})));
    CHECK(wire::decode_ledger_body(Bytes(wire::tuning::ledger_body_bytes + 1)).fault() == Fault::limit);
}

TEST_CASE("wire: each number of the new kinds has its limits") {
    const auto sealed = json::binary(Bytes(80, 1));
    const json key{{"kind", "emergency_key"}, {"epoch", 1}, {"sealed", sealed}};
    const json page{{"kind", "names"}, {"epoch", 1}, {"page", 0}, {"version", 0}, {"sealed", sealed}};
    const json exclusion{
        {"kind", "exclusion"}, {"active", true}, {"facility", "F1"}, {"patient", json::binary(Bytes(16, 1))}};
    for (const auto& good : {key, page, exclusion}) REQUIRE(wire::decode_body(json::to_cbor(good)));
    const auto refused = [](json body, const char* field, const json& value) {
        body[field] = value;
        CHECK(fault_of_body(body) == Fault::malformed);
    };
    refused(key, "epoch", 0);
    refused(key, "epoch", -1);
    refused(key, "sealed", json::binary(Bytes(wire::tuning::small_bytes + 1)));
    refused(key, "sealed", "text");
    refused(page, "epoch", 0);
    refused(page, "page", -1);
    refused(page, "version", -1);
    refused(page, "extra", 1);
    refused(exclusion, "facility", "");
    refused(exclusion, "active", 1);
    refused(exclusion, "patient", json::binary(Bytes(15, 1)));
    json window{{"kind", "window"}, {"grant", json::from_cbor(wire::encode(samples::grant()))}};
    REQUIRE(wire::decode_body(json::to_cbor(window)));
    window["grant"].erase("purpose");
    CHECK(fault_of_body(window) == Fault::malformed);
    CHECK(fault_of_body({{"kind", "window"}, {"grant", 5}}) == Fault::malformed);
    CHECK(fault_of_body({{"kind", "window"}}) == Fault::malformed);
}

TEST_CASE("wire: a policy out of its limits is refused") {
    const auto good = json::from_cbor(wire::encode(samples::policy()));
    REQUIRE(wire::decode_policy(json::to_cbor(good)));
    const auto refused = [&good](const char* pointer, const json& value) {
        auto policy = good;
        policy[json::json_pointer{pointer}] = value;
        CHECK(wire::decode_policy(json::to_cbor(policy)).fault() == Fault::malformed);
    };
    refused("/time_zone", "Asia/Usuki");
    refused("/time_zone", "");
    refused("/time_zone", 540);
    refused("/patient_idle_s", 0);
    refused("/staff_idle_s", 86'401);
    refused("/idle_warning_s", -1);
    refused("/shift_min", 7 * 24 * 60 + 1);
    refused("/clock_tolerance_min", -1);
    refused("/clock_tolerance_min", 366 * 24 * 60 + 1);
    refused("/pin_tries", 0);
    refused("/pin_lock_s", -1);
    refused("/types/shrine", good["types"]["clinic"]);
    refused("/types/clinic", 5);
    refused("/types/clinic/break_glass", 3);
    refused("/types/clinic/confirm", 3);
    refused("/types/clinic/emergency_hours", 0);
    refused("/types/clinic/emergency_hours", 24 * 60 + 1);
    refused("/types/clinic/self_service", 1);
    refused("/types/clinic/window_days", 3661);
    refused("/types/clinic/extra", 1);
    // The patient's own history is nobody else's, whoever writes the policy.
    for (const auto* set : {"sections", "presented_sections", "emergency_sections"}) {
        refused((std::string{"/types/clinic/"} + set).c_str(), 16);
        refused((std::string{"/types/clinic/"} + set).c_str(), 32);
    }
}

TEST_CASE("wire: a page of names is strict and has a limit") {
    const auto good = json::from_cbor(wire::encode_names(samples::names()));
    const auto fault = [](const json& page) {
        const auto names = wire::decode_names(json::to_cbor(page));
        REQUIRE(!names);
        return names.fault();
    };
    for (const auto* field : {"patient", "kanji", "kana", "born", "phone", "address", "sex"}) {
        auto page = good;
        page["names"][1].erase(field);
        CHECK(fault(page) == Fault::malformed);
        page = good;
        page["names"][1][field] = true;
        CHECK(fault(page) == Fault::malformed);
    }
    auto page = good;
    page["names"][0]["sex"] = 4;
    CHECK(fault(page) == Fault::malformed);
    page = good;
    page["names"][0]["nickname"] = "";
    CHECK(fault(page) == Fault::malformed);
    page = good;
    page["more"] = 1;
    CHECK(fault(page) == Fault::malformed);
    CHECK(fault(json{{"names", 5}}) == Fault::malformed);
    CHECK(fault(json::array()) == Fault::malformed);
    page = good;
    for (std::size_t i = page["names"].size(); i <= wire::tuning::names_a_page; ++i) {
        page["names"].push_back(page["names"][0]);
    }
    CHECK(fault(page) == Fault::limit);
    CHECK(wire::decode_names(Bytes(wire::tuning::names_bytes + 1)).fault() == Fault::limit);
}

TEST_CASE("wire: a withdrawal in a ledger body is strict") {
    const auto good = json::from_cbor(wire::encode(samples::ledger_body()));
    for (const auto* field : {"id", "patient", "terminal", "facility", "at"}) {
        auto body = good;
        body["withdrawal"].erase(field);
        CHECK(!wire::decode_ledger_body(json::to_cbor(body)));
    }
    for (const auto* field : {"second_staff", "other_staff", "staff"}) {
        auto body = good;
        body[field] = "";
        CHECK(!wire::decode_ledger_body(json::to_cbor(body)));
    }
    auto body = good;
    body["withdrawal"]["facility"] = "";  // everybody's
    CHECK(wire::decode_ledger_body(json::to_cbor(body)));
}

TEST_CASE("wire: a problem the protocol does not know is refused") {
    CHECK(!wire::decode_push_answer(wire::encode(wire::PushAnswer{{}, "moon_phase", {}})));
}

TEST_CASE("wire: a key nobody can seal to does not enrol") {
    vault::init();
    wire::EnrolRequest request{"CODE", "pem", {}, vault::make_sealing_pair().seal};
    CHECK(wire::decode_enrol_request(wire::encode(request)));
    request.seal = {};
    CHECK(wire::decode_enrol_request(wire::encode(request)).fault() == base::Fault::malformed);
}
