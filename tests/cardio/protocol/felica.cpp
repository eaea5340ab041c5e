#include "cardio/protocol/felica.h"

#include "tests/cardio/protocol/vectors.h"

using namespace kazashi;
using namespace kazashi::protocol;
using test::bytes_of;
using test::id_of;

namespace {

const char* const idm_hex = "012E0102030405F6";
card::Idm idm() { return id_of<card::Idm>(idm_hex); }

// A good answer to a read of two blocks.
base::Bytes good_read() {
    return bytes_of(std::string{"2D07"} + idm_hex + "000002" + std::string(32, '1') + std::string(32, '2'));
}

base::Fault fault_of(const base::Bytes& frame) {
    const auto answer = parse_read(frame, idm(), 2);
    REQUIRE(!answer);
    return answer.fault();
}

}  // namespace

TEST_CASE("felica: commands have the bytes of the reference") {
    CHECK(polling_frame(0x88B4, PollRequest::system_code, TimeSlots::one) == bytes_of("060088B40100"));
    CHECK(polling_frame(0x0003, PollRequest::nothing, TimeSlots::four) == bytes_of("060000030003"));
    const std::array<std::uint8_t, 3> blocks{0x82, 0x90, 0x91};
    CHECK(read_frame(idm(), service_read_only, blocks) == bytes_of("1406012E0102030405F6010B0003808280908091"));
    const std::array<std::uint8_t, 1> spad5{0x05};
    CHECK(write_frame(idm(), service_read_write, spad5, bytes_of("000102030405060708090A0B0C0D0E0F")) ==
          bytes_of("2008012E0102030405F601090001 8005 000102030405060708090A0B0C0D0E0F"));
}

TEST_CASE("felica: a polling answer is read by its length") {
    const auto with = parse_polling(bytes_of("1401012E0102030405F600F100000001430088B4"));
    REQUIRE(bool{with});
    CHECK(with->idm == idm());
    CHECK(with->pmm == id_of<Pmm>("00F1000000014300"));
    CHECK(with->request_data == std::optional<std::uint16_t>{0x88B4});
    const auto without = parse_polling(bytes_of("1201012E0102030405F600F1000000014300"));
    REQUIRE(bool{without});
    CHECK(!without->request_data);
    CHECK(parse_polling(bytes_of("1301012E0102030405F600F100000001430088")).fault() == base::Fault::malformed);
    CHECK(parse_polling(bytes_of("00")).fault() == base::Fault::card_left);
}

TEST_CASE("felica: a good read answer gives its blocks") {
    const auto answer = parse_read(good_read(), idm(), 2);
    REQUIRE(bool{answer});
    REQUIRE(answer->size() == 2);
    CHECK((*answer)[0] == id_of<card::Block>(std::string(32, '1')));
    CHECK((*answer)[1] == id_of<card::Block>(std::string(32, '2')));
}

TEST_CASE("felica: each point of the response checklist is checked") {
    SECTION("too short to be an answer") {
        CHECK(fault_of({}) == base::Fault::card_left);
        CHECK(fault_of({0x01}) == base::Fault::card_left);
    }
    SECTION("LEN is not the length") {
        auto frame = good_read();
        frame.pop_back();
        CHECK(fault_of(frame) == base::Fault::malformed);
    }
    SECTION("the code of another command") {
        auto frame = good_read();
        frame[1] = 0x09;
        CHECK(fault_of(frame) == base::Fault::malformed);
    }
    SECTION("the IDm of another card") {
        auto frame = good_read();
        frame[9] ^= 1U;
        CHECK(fault_of(frame) == base::Fault::malformed);
    }
    SECTION("ends before IDm or flags") {
        CHECK(fault_of(bytes_of("0507012E01")) == base::Fault::malformed);
        CHECK(fault_of(bytes_of("0B07012E0102030405F600")) == base::Fault::malformed);
    }
    SECTION("status flags") {
        CHECK(fault_of(bytes_of("0C07012E0102030405F601A8")) == base::Fault::card_refused);
        CHECK(fault_of(bytes_of("0C07012E0102030405F6FF00")) == base::Fault::card_refused);
        CHECK(fault_of(bytes_of("0C07012E0102030405F600B1")) == base::Fault::card_refused);
    }
    SECTION("another number of blocks than asked") {
        CHECK(fault_of(bytes_of(std::string{"1D07"} + idm_hex + "000001" + std::string(32, '1'))) ==
              base::Fault::malformed);
    }
    SECTION("a count that does not fit the length") {
        auto frame = good_read();
        frame.resize(frame.size() - 1);
        frame[0] = static_cast<std::uint8_t>(frame.size());
        CHECK(fault_of(frame) == base::Fault::malformed);
    }
    SECTION("success without a count") {
        CHECK(fault_of(bytes_of("0C07012E0102030405F60000")) == base::Fault::malformed);
    }
}

TEST_CASE("felica: a write that met the rewrite limit was written") {
    CHECK(bool{parse_write(bytes_of("0C09012E0102030405F60000"), idm())});
    CHECK(bool{parse_write(bytes_of("0C09012E0102030405F6FF71"), idm())});
    CHECK(parse_write(bytes_of("0C09012E0102030405F602B2"), idm()).fault() == base::Fault::card_refused);
    CHECK(parse_write(bytes_of("0D09012E0102030405F6000000"), idm()).fault() == base::Fault::malformed);
}

TEST_CASE("felica: IDms that differ in the system number only are one card") {
    CHECK(same_card(idm(), id_of<card::Idm>("112E0102030405F6")));
    CHECK(!same_card(idm(), id_of<card::Idm>("022E0102030405F6")));
    CHECK(!same_card(idm(), id_of<card::Idm>("012E0102030405F7")));
}

TEST_CASE("felica: the response time budget of a Lite-S is that of the reference") {
    const auto pmm = id_of<Pmm>("00F1000000014300");
    CHECK(response_budget(pmm, code::read, 4).count() == 1812);
    CHECK(response_budget(pmm, code::write, 1).count() == 6041);
    CHECK(response_budget(pmm, code::write, 2).count() == 7249);
}
