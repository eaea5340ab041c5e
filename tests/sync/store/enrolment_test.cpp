#include "sync/store/enrolment.h"

#include <sys/stat.h>

#include "sync/store/private_file.h"
#include "tests/catch.h"
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;

namespace {

store::Enrolment make_enrolment(const fakes::TempFolder& state) {
    vault::init();
    store::Enrolment enrolment;
    enrolment.terminal = model::TerminalId{"F0001-T1"};
    enrolment.facility = {model::FacilityId{"F0001"}, model::FacilityType::dentist, "うすき \"歯科\" 医院"};
    enrolment.region = 44;
    enrolment.demo = true;
    enrolment.server_url = "https://127.0.0.1:8443";
    enrolment.region_verify = id_of<model::VerifyKey>(1);
    enrolment.region_seal = id_of<model::SealKey>(2);
    enrolment.signing = vault::make_signing_pair();
    enrolment.tls_key = state / "tls.key";
    enrolment.tls_certificate = state / "tls.crt";
    enrolment.region_ca = state / "elsewhere-ca.pem";
    for (const auto& file : {enrolment.tls_key, enrolment.tls_certificate, enrolment.region_ca}) {
        std::ofstream{file} << file.filename().string();
    }
    return enrolment;
}

}  // namespace

TEST_CASE("enrolment: what was written is read again") {
    fakes::TempFolder state;
    const auto written = make_enrolment(state);
    CHECK(store::read_enrolment(state.path()).fault() == Fault::not_found);
    REQUIRE(store::write_enrolment(state.path(), written));
    const auto read = store::read_enrolment(state.path());
    REQUIRE(read);
    CHECK(read->terminal == written.terminal);
    CHECK(read->facility == written.facility);
    CHECK(read->region == 44);
    CHECK(read->demo);
    CHECK(read->server_url == written.server_url);
    CHECK(read->region_verify == written.region_verify);
    CHECK(read->region_seal == written.region_seal);
    CHECK(read->signing.verify == written.signing.verify);
    CHECK(base::equal(read->signing.secret.view(), written.signing.secret.view()));
    CHECK(read->database == state / "kazashi.db");
    std::ifstream ca{read->region_ca};
    std::string text;
    ca >> text;
    CHECK(text == "elsewhere-ca.pem");
}

TEST_CASE("enrolment: every file of it is for its owner only, and none is left half written") {
    fakes::TempFolder state;
    REQUIRE(store::write_enrolment(state.path(), make_enrolment(state)));
    for (const char* name : {"terminal.toml", "signing.key", "tls.key", "tls.crt", "region-ca.crt"}) {
        struct stat about {};
        REQUIRE(::stat((state / name).c_str(), &about) == 0);
        CHECK((about.st_mode & 0777U) == 0600U);
        CHECK_FALSE(std::filesystem::exists(state / (std::string{name} + ".new")));
    }
}

TEST_CASE("enrolment: a folder that was half written is no enrolment") {
    fakes::TempFolder state;
    REQUIRE(store::write_enrolment(state.path(), make_enrolment(state)));
    SECTION("the last file is missing") {
        std::filesystem::remove(state / "terminal.toml");
        CHECK(store::read_enrolment(state.path()).fault() == Fault::not_found);
    }
    SECTION("a key is missing") {
        std::filesystem::remove(state / "signing.key");
        CHECK(store::read_enrolment(state.path()).fault() == Fault::malformed);
    }
    SECTION("a key is cut") {
        std::filesystem::resize_file(state / "signing.key", 63);
        CHECK(store::read_enrolment(state.path()).fault() == Fault::malformed);
    }
    SECTION("a key is empty") {
        std::filesystem::resize_file(state / "tls.key", 0);
        CHECK(store::read_enrolment(state.path()).fault() == Fault::malformed);
    }
    SECTION("a key can be read by others") {
        std::filesystem::permissions(state / "signing.key", std::filesystem::perms{0640});
        CHECK(store::read_enrolment(state.path()).fault() == Fault::denied);
    }
    SECTION("not TOML") {
        REQUIRE(store::write_private_file(state / "terminal.toml", base::as_bytes("terminal = = 3")));
        CHECK(store::read_enrolment(state.path()).fault() == Fault::malformed);
    }
    SECTION("of another version") {
        REQUIRE(store::write_private_file(state / "terminal.toml", base::as_bytes("version = 2")));
        CHECK(store::read_enrolment(state.path()).fault() == Fault::unsupported);
    }
    SECTION("a public key of the wrong length") {
        REQUIRE(store::write_private_file(
            state / "terminal.toml",
            base::as_bytes("version = 1\nterminal = 'T'\nserver_url = 'u'\n[facility]\nid = 'F'\ntype = 'clinic'\n"
                           "[region]\ncode = 44\nverify = '00'\nseal = '00'\n")));
        CHECK(store::read_enrolment(state.path()).fault() == Fault::malformed);
    }
}

TEST_CASE("private files: a file too large for one of ours is not read") {
    fakes::TempFolder state;
    REQUIRE(store::write_private_file(state / "big", base::Bytes(100'000)));
    CHECK(store::read_private_file(state / "big").fault() == Fault::limit);
}
