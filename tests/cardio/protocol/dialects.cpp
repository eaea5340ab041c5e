// The bytes of the reader dialects, as felica.md §3 writes them.
#include <array>
#include <string>

#include "cardio/protocol/apdu.h"
#include "cardio/protocol/felica_command.h"
#include "cardio/protocol/felica_lite_s.h"
#include "cardio/protocol/identiv.h"
#include "cardio/protocol/plain.h"
#include "cardio/protocol/pn532.h"
#include "tests/catch.h"

using namespace kazashi;
using base::Bytes;
using base::Fault;
using protocol::ServiceOrder;

namespace {

const card::Idm idm{{0x01, 0x2E, 0x01, 0x02, 0x03, 0x04, 0x05, 0xF6}};

Bytes hex(const std::string& text) { return base::from_hex(text).value(); }
std::string hex(const Bytes& bytes) { return base::to_hex(bytes); }
Bytes read_id() { return protocol::read_frame(idm, protocol::service_read_only, std::array{protocol::lite_s::id}); }

}  // namespace

TEST_CASE("pn532: commands are those of the manual") {
    CHECK(protocol::pn532_no_retries() == hex("FF000000 06 D43205000000"));
    const auto polling =
        protocol::polling_frame(protocol::system_any, protocol::PollRequest::system_code, protocol::TimeSlots::one);
    CHECK(protocol::pn532_list_target(polling) == hex("FF000000 09 D44A0101 00FFFF0100"));
    CHECK(protocol::pn532_exchange(read_id()) == hex("FF000000 13 D44001 1006 012E0102030405F6 010B00018082"));
    CHECK(protocol::pn532_through(read_id()) == hex("FF000000 12 D442 1006 012E0102030405F6 010B00018082"));
}

TEST_CASE("pn532: an answer is unpacked, and each of its own errors is told") {
    const auto listed = protocol::parse_pn532_listed(hex("D54B 01 01 14 01 012E0102030405F6 00F1000000014300 88B4"));
    REQUIRE(bool{listed});
    CHECK(protocol::parse_polling(*listed)->idm == idm);
    CHECK(protocol::parse_pn532_listed(hex("D54B00")).fault() == Fault::timeout);
    CHECK(protocol::parse_pn532_listed(hex("D54B")).fault() == Fault::malformed);
    CHECK(protocol::parse_pn532_listed(hex("D54B01")).fault() == Fault::malformed);
    CHECK(protocol::parse_pn532_listed(hex("D54B0101")).fault() == Fault::malformed);
    CHECK(protocol::parse_pn532_listed(hex("D54B01011401")).fault() == Fault::malformed);
    CHECK(protocol::parse_pn532_listed(hex("D54B010100")).fault() == Fault::malformed);
    CHECK(protocol::parse_pn532_listed(hex("1401")).fault() == Fault::unsupported);

    CHECK(protocol::parse_pn532_exchange(hex("D541000C09")).value() == hex("0C09"));
    CHECK(protocol::parse_pn532_through(hex("D543000C09")).value() == hex("0C09"));
    CHECK(protocol::parse_pn532_exchange(hex("D543000C09")).fault() == Fault::malformed);
    CHECK(protocol::parse_pn532_exchange(hex("D541")).fault() == Fault::malformed);
    CHECK(protocol::parse_pn532_exchange(hex("D54100")).fault() == Fault::timeout);
    CHECK(protocol::parse_pn532_exchange(hex("D54101")).fault() == Fault::timeout);
    CHECK(protocol::parse_pn532_exchange(hex("D5410A")).fault() == Fault::timeout);
    CHECK(protocol::parse_pn532_exchange(hex("D54107")).fault() == Fault::limit);
    CHECK(protocol::parse_pn532_exchange(hex("D54109")).fault() == Fault::limit);
    CHECK(protocol::parse_pn532_exchange(hex("D54102AA")).fault() == Fault::malformed);
    CHECK(protocol::parse_pn532_exchange(hex("7F")).fault() == Fault::unsupported);
    CHECK(bool{protocol::parse_pn532_no_retries(hex("D533"))});
    CHECK(protocol::parse_pn532_no_retries(hex("D53300")).fault() == Fault::malformed);
}

TEST_CASE("identiv: a frame is taken apart, its service in either order") {
    const auto read = protocol::parse_command(read_id());
    REQUIRE(read.has_value());
    CHECK(read->idm == idm);
    CHECK(protocol::identiv_command(*read, ServiceOrder::low_first) == hex("FF460101 04 0B00 8082"));
    CHECK(protocol::identiv_command(*read, ServiceOrder::high_first) == hex("FF460101 04 000B 8082"));
    const card::Block data{{1, 2, 3}};
    const auto write = protocol::parse_command(
        protocol::write_frame(idm, protocol::service_read_write, std::array{std::uint8_t{5}}, data.view()));
    REQUIRE(write.has_value());
    CHECK(protocol::identiv_command(*write, ServiceOrder::low_first) ==
          hex("FF480101 14 0900 8005 01020300000000000000000000000000"));
}

TEST_CASE("identiv: its own polling, of any system, with time slots") {
    CHECK(protocol::identiv_polling(protocol::PollRequest::system_code, protocol::TimeSlots::four) ==
          hex("FF400000 04 FFFF 01 03"));
    const auto all = protocol::parse_identiv_polling(hex("012E0102030405F6 00F1000000014300 88B4"));
    REQUIRE(all);
    CHECK(base::equal(all->idm.view(), hex("012E0102030405F6")));
    CHECK(base::equal(base::ByteView{all->pmm.bytes}, hex("00F1000000014300")));
    CHECK(all->request_data == protocol::system_lite_s);
    const auto less = protocol::parse_identiv_polling(hex("012E0102030405F6 00F1000000014300"));
    REQUIRE(less);
    CHECK_FALSE(less->request_data.has_value());
    for (const auto* bad : {"", "012E0102030405F6", "012E0102030405F6 00F10000000143",
                            "012E0102030405F6 00F1000000014300 88", "012E0102030405F6 00F1000000014300 88B400"})
        CHECK(protocol::parse_identiv_polling(hex(bad)).fault() == Fault::malformed);
}

TEST_CASE("identiv: an answer becomes the card's frame") {
    const auto refused = protocol::parse_identiv(hex("012E0102030405F6 01A6"), protocol::code::read);
    REQUIRE(bool{refused});
    CHECK(hex(*refused) == "0C07012E0102030405F601A6");
    CHECK(protocol::service_may_be_swapped(*refused));
    const auto good = protocol::parse_identiv(hex("012E0102030405F6 0000"), protocol::code::write);
    REQUIRE(bool{good});
    CHECK(bool{protocol::parse_write(*good, idm)});
    CHECK(!protocol::service_may_be_swapped(*good));
    CHECK(!protocol::service_may_be_swapped(hex("0C07")));
    CHECK(protocol::parse_identiv(hex("012E0102030405F600"), protocol::code::read).fault() == Fault::malformed);

    const auto codes = protocol::parse_identiv_system_codes(hex("012E0102030405F6 02 0003 FE00"));
    REQUIRE(bool{codes});
    CHECK(codes->codes == std::vector<std::uint16_t>{0x0003, 0xFE00});
    CHECK(!protocol::parse_identiv_system_codes(hex("012E0102030405F6 02 0003")));
    CHECK(!protocol::parse_identiv_system_codes(hex("012E0102030405F6 01 0003 00")));
}

TEST_CASE("plain: single blocks, and nothing but eight octets is an IDm") {
    CHECK(protocol::get_pmm() == hex("FFCA010000"));
    CHECK(protocol::select_service(protocol::service_read_only) == hex("FFA40001 02 0B00"));
    CHECK(protocol::read_one_block(0x82) == hex("FFB0008200"));
    CHECK(protocol::parse_idm(idm.view()).value() == idm);
    CHECK(protocol::parse_idm(hex("01020304")).fault() == Fault::unsupported);
    CHECK(protocol::parse_pmm(hex("00F10000000143")).fault() == Fault::unsupported);
    CHECK(protocol::parse_one_block(hex("00")).fault() == Fault::malformed);
}

TEST_CASE("felica command: only a whole Read or Write is taken apart") {
    auto frame = read_id();
    for (std::size_t size = 0; size < frame.size(); ++size)
        CHECK(!protocol::parse_command(base::ByteView{frame}.first(size)).has_value());
    for (std::size_t size = 2; size < frame.size(); ++size) {  // cut, and its LEN with it
        Bytes cut{frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(size)};
        cut[0] = static_cast<std::uint8_t>(size);
        CHECK(!protocol::parse_command(cut).has_value());
    }
    frame[1] = 0x0C;
    CHECK(!protocol::parse_command(frame).has_value());

    const auto wide =
        protocol::parse_command(protocol::read_frame(idm, 0x100B, std::array<std::uint16_t, 2>{0x0001, 0x0123}));
    REQUIRE(wide.has_value());
    REQUIRE(wide->elements.size() == 2);
    CHECK(protocol::plain_block(wide->elements[0]) == std::optional<std::uint16_t>{0x0001});
    CHECK(protocol::plain_block(wide->elements[1]) == std::optional<std::uint16_t>{0x0123});
    CHECK(!protocol::plain_block(hex("9001")).has_value());  // a purse
    CHECK(!protocol::plain_block(hex("80")).has_value());
}

TEST_CASE("felica: a refusal for the number of blocks is told from others") {
    CHECK(protocol::too_many_blocks(hex("0C07012E0102030405F6FFA2")));
    CHECK(!protocol::too_many_blocks(hex("0C07012E0102030405F6FFA8")));
    CHECK(!protocol::too_many_blocks(hex("0C07012E0102030405F6")));
}

TEST_CASE("apdu: more of an answer is fetched, and a payment card says yes") {
    CHECK(protocol::more_to_fetch(0x6114));
    CHECK(!protocol::more_to_fetch(0x9000));
    CHECK(protocol::fetch(0x14) == hex("FFC0000014"));
    CHECK(protocol::select_payment_directory() == hex("00A40400 0E 325041592E5359532E4444463031 00"));
    CHECK(protocol::selected(0x9000));
    CHECK(protocol::selected(0x6283));
    CHECK(protocol::selected(0x6120));
    CHECK(!protocol::selected(0x6A82));
}
