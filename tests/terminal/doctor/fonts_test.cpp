#include "terminal/doctor/fonts.h"

#include <filesystem>

#include "tests/fakes/temp_folder.h"
#include "tests/terminal/doctor/looking.h"

using namespace kazashi;
using namespace kazashi::test;
namespace fs = std::filesystem;

namespace {

const fs::path own_assets{KAZASHI_SOURCE "/assets"};

// Our words, with a list of fonts of the test's.
struct Assets {
    explicit Assets(const std::string& regular, const std::string& bold) {
        fs::create_directory_symlink(own_assets / "strings", folder / "strings");
        std::ofstream{folder / "fonts.toml"} << "[[regular]]\n" << regular << "\n[[bold]]\n" << bold << "\n";
    }
    doctor::Findings look() const { return doctor::probe_fonts({folder.path()}); }
    fakes::TempFolder folder;
};

std::string noto(const std::string& weight) {
    return "file = \"/usr/share/fonts/opentype/noto/NotoSansCJK-" + weight + ".ttc\"\nfamily = \"Noto Sans CJK JP\"";
}

}  // namespace

TEST_CASE("doctor: with the fonts of the list every letter of our words is there") {
    CHECK(is_ok(doctor::probe_fonts({own_assets}), "fonts_ok"));
}

TEST_CASE("doctor: no font with Japanese letters at all") {
    const std::string none = "file = \"/nowhere/font.ttf\"\nfamily = \"None\"";
    CHECK(is_fault(Assets(none, none).look(), "fonts_missing"));
}

TEST_CASE("doctor: fonts of which some letters of ours are missing are counted") {
    const std::string latin = "file = \"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf\"\nfamily = \"DejaVu Sans\"";
    REQUIRE(fs::exists("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"));
    const auto findings = Assets(noto("Regular"), latin).look();
    CHECK(is_fault(findings, "letters_missing"));
    CHECK(std::stoi(figure(get(findings, "letters_missing"), "count")) > 300);
}

TEST_CASE("doctor: without the font of rare names that is a note") {
    CHECK(is_note(Assets(noto("Regular"), noto("Bold")).look(), "rare_letters_missing"));
}

TEST_CASE("doctor: a program without its words, or with a damaged list of fonts") {
    const fakes::TempFolder empty;
    CHECK(is_fault(doctor::probe_fonts({empty.path()}), "assets_missing"));
    CHECK(is_fault(Assets("file = ", "").look(), "assets_missing"));
}
