// What a refusal of the reader service is called in a diagnosis.
#include "cardio/reader/service_look.h"

#include <winscard.h>

#include "tests/cardio/cards.h"
#include "tests/catch.h"
#include "tests/fakes/winscard.h"

using namespace kazashi;
using fakes::Call;
using fakes::Winscard;
using reader::look_at_service;
using reader::ServiceAnswer;

TEST_CASE("service look: each refusal has a name, and its code is told") {
    struct Refusal {
        LONG code;
        ServiceAnswer answer;
        const char* digits;
    };
    auto& service = Winscard::service();
    for (const auto& refusal : {Refusal{SCARD_E_NO_SERVICE, ServiceAnswer::absent, "8010001D"},
                                Refusal{SCARD_W_SECURITY_VIOLATION, ServiceAnswer::denied, "8010006A"},
                                Refusal{SCARD_E_NO_ACCESS, ServiceAnswer::denied, "80100027"},
                                Refusal{SCARD_E_SERVICE_STOPPED, ServiceAnswer::other_version, "8010001E"},
                                Refusal{SCARD_F_INTERNAL_ERROR, ServiceAnswer::broken, "80100001"}}) {
        CAPTURE(refusal.digits);
        service.begin();
        service.fail({Call::establish, 1, refusal.code});
        const auto look = look_at_service();
        CHECK(look.answer == refusal.answer);
        CHECK(look.code == refusal.digits);
        CHECK(look.readers.empty());
    }
}

TEST_CASE("service look: a reader and its card are seen, and nothing stays open") {
    auto& service = Winscard::service();
    service.begin();
    service.lay(test::virtual_card());
    const auto look = look_at_service();
    CHECK(look.answer == ServiceAnswer::answers);
    REQUIRE(look.readers.size() == 1);
    CHECK(look.readers.front().card);
    CHECK_FALSE(look.readers.front().mute);
    CHECK(service.contexts() == 0);
}

TEST_CASE("service look: a service that goes while it is asked, and a reader that does") {
    auto& service = Winscard::service();
    service.begin();
    service.fail({Call::list_readers, 1, SCARD_E_NO_SERVICE});
    CHECK(look_at_service().answer == ServiceAnswer::absent);

    service.begin();
    service.fail({Call::get_status_change, 1, SCARD_E_UNKNOWN_READER});
    const auto unplugged = look_at_service();
    CHECK(unplugged.answer == ServiceAnswer::answers);
    CHECK(unplugged.readers.empty());

    service.begin();
    service.fail({Call::get_status_change, 1, SCARD_E_NO_MEMORY});
    const auto broken = look_at_service();
    CHECK(broken.answer == ServiceAnswer::broken);
    CHECK(broken.code == "80100006");
    CHECK(service.contexts() == 0);
}
