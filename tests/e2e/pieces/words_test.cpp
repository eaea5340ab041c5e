#include <fstream>

#include "tests/catch.h"
#include "tests/e2e/story/words.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi::story;

TEST_CASE("words: a sentence with placeholders is recognised by what is fixed in it") {
    const kazashi::fakes::TempFolder folder;
    std::ofstream{folder.path() / "ja.toml"}
        << "[window]\nleft = \"あと{days}日\"\n[notice]\ntorn = \"かざし\\u200B直してください\"\n";
    const auto words = Words::load(folder.path() / "ja.toml");
    REQUIRE(words);
    Frame frame;
    frame.texts = {"あと60日"};
    CHECK(words->said(frame, "window.left"));
    CHECK_FALSE(words->said(frame, "notice.torn"));
    CHECK_FALSE(words->said(frame, "no.such.key"));
    frame.texts = {"日 あと"};
    CHECK_FALSE(words->said(frame, "window.left"));
    CHECK(words->of("notice.torn") == "かざし直してください");
    CHECK(words->own("直して"));
    CHECK_FALSE(words->own("ワルファリン"));
}

TEST_CASE("words: a file that is not there is an error") { CHECK_FALSE(Words::load("no/such/file.toml")); }
