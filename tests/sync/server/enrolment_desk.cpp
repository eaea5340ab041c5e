#include "sync/server/enrolment_desk.h"

#include "tests/sync/server/town.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

struct Office {
    Town town;
    std::string code;
    wire::EnrolRequest request;

    Office() {
        must(town.repository().write([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(code, server::make_code(records, model::FacilityId{"F0001"}, town.now()));
            return base::ok();
        }));
        request = {code, must(engine::make_tls_request()).csr_pem, vault::make_signing_pair().verify,
                   vault::make_sealing_pair().seal};
    }
    base::Result<wire::EnrolAnswer> enrol(const wire::EnrolRequest& wanted) {
        wire::EnrolAnswer answer;
        KAZASHI_CHECK(town.repository().write([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(answer,
                        server::enrol(records, town.region(), wanted, {town.now(), base::SystemClock{}.wall()}));
            return base::ok();
        }));
        return answer;
    }
};

}  // namespace

TEST_CASE("enrolment: a code makes one terminal, once") {
    Office office;
    const auto answer = must(office.enrol(office.request));
    CHECK(answer.terminal.str() == "F0001-T1");
    CHECK(answer.facility.id.str() == "F0001");
    CHECK(answer.region == 44);
    CHECK(answer.demo);
    CHECK(answer.policy == model::default_policy());
    CHECK(answer.region_verify == office.town.region().keys.signing.verify);
    CHECK(answer.index_key.size() == 32);
    const auto again = office.enrol(office.request);
    REQUIRE_FALSE(again);
    CHECK(again.fault() == base::Fault::denied);
}

TEST_CASE("enrolment: a code as people type it") {
    Office office;
    std::string typed;
    for (const char c : office.code) {
        if (c != '-') typed.push_back(static_cast<char>(std::tolower(c)));
    }
    office.request.code = typed;
    CHECK(static_cast<bool>(office.enrol(office.request)));
}

TEST_CASE("enrolment: a code lives a day") {
    Office office;
    office.town.clock.pass(std::chrono::hours{24});
    CHECK_FALSE(office.enrol(office.request));
}

TEST_CASE("enrolment: a wrong code is refused") {
    Office office;
    office.request.code.back() = office.request.code.back() == '0' ? '1' : '0';
    CHECK(office.enrol(office.request).fault() == base::Fault::denied);
}

TEST_CASE("enrolment: a request that cannot be signed does not spend the code") {
    Office office;
    auto bad = office.request;
    SECTION("not a request") { bad.csr_pem = "-----BEGIN NOTHING-----"; }
    SECTION("changed after it was signed") {
        // Within the signature, so that the request still reads as one.
        auto& letter = bad.csr_pem[bad.csr_pem.rfind("\n-----END") - 12];
        letter = letter == 'A' ? 'B' : 'A';
    }
    const auto answer = office.enrol(bad);
    REQUIRE_FALSE(answer);
    CHECK(answer.fault() == base::Fault::malformed);
    CHECK(must(office.enrol(office.request)).terminal.str() == "F0001-T1");
}

TEST_CASE("enrolment: terminals of a facility are numbered") {
    Town town;
    CHECK(town.enrol("F0002").id.str() == "F0002-T1");
    CHECK(town.enrol("F0002").id.str() == "F0002-T2");
    CHECK(town.enrol("F0001").id.str() == "F0001-T1");
}

TEST_CASE("enrolment: no code for a facility that is not there") {
    Town town;
    const auto done = town.repository().write([&](server::Records& records) -> base::Status {
        KAZASHI_TRY([[maybe_unused]] const auto code,
                    server::make_code(records, model::FacilityId{"F9999"}, town.now()));
        return base::ok();
    });
    REQUIRE_FALSE(done);
    CHECK(done.fault() == base::Fault::not_found);
}
