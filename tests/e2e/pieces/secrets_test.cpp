#include "tests/e2e/story/secrets.h"

#include <algorithm>
#include <fstream>

#include "tests/catch.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi;
using namespace kazashi::story;
using Texts = std::vector<std::string>;

namespace {

bool holds(const Texts& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream{file, std::ios::binary} << text;
}

}  // namespace

TEST_CASE("secrets: octets are looked for as programs print them") {
    const base::Bytes idm{0x01, 0x2E, 0xEC, 0x7E};
    CHECK(forms_of(idm) ==
          Texts{{"\x01\x2E\xEC\x7E", 4}, "012EEC7E", "012eec7e", "01 2E EC 7E", "01 2e ec 7e", "AS7sfg"});
}

TEST_CASE("secrets: every card's IDm and key are known") {
    const fakes::TempFolder folder;
    const auto file = folder.path() / "cards.json";
    write(file, R"({"cards":[{"idm":"012EEC7E1A8ADB5A","ck":"45D9EDF2A9E8E82DDD2F581208253D03"}]})");
    const auto words = card_secrets(file);
    REQUIRE(words);
    CHECK(holds(*words, "012EEC7E1A8ADB5A"));
    CHECK(holds(*words, "45 d9 ed f2 a9 e8 e8 2d dd 2f 58 12 08 25 3d 03"));
    write(file, R"({"cards":[{"idm":"012EEC7E1A8ADB5A"}]})");
    CHECK_FALSE(card_secrets(file));
}

TEST_CASE("secrets: keys are read whole, of PEM their lines, of a signing pair the secret half") {
    const fakes::TempFolder folder;
    write(folder.path() / "server.key",
          "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\nshort\n-----END PRIVATE "
          "KEY-----\n");
    write(folder.path() / "signing.key", std::string(32, 'a') + std::string(32, 'b'));
    write(folder.path() / "server.crt", "no secret");
    const auto words = key_secrets(folder.path());
    REQUIRE(words);
    CHECK(words->size() == 1 + 6);
    CHECK(holds(*words, "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg"));
    CHECK(holds(*words, std::string(32, 'a')));
}

TEST_CASE("secrets: a folder without keys is an error and not an easy search") {
    const fakes::TempFolder folder;
    CHECK_FALSE(key_secrets(folder.path()));
    CHECK_FALSE(key_secrets(folder.path() / "nowhere"));
    CHECK_FALSE(card_secrets(folder.path() / "cards.json"));
    CHECK_FALSE(patient_words(folder.path()));
}
