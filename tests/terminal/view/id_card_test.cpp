// The screen of an ID card: the patient's own speaks both languages, the staff's the one they chose.
#include "tests/catch.h"
#include "tests/terminal/view/glass.h"
#include "tests/terminal/view/scenes.h"

using namespace kazashi;
using test::Glass;

namespace {

bool reads(const char* scene, const char* text) {
    Glass glass;
    glass.draw(test::scene(scene));
    return glass.reads(text);
}

}  // namespace

TEST_CASE("id card: the patient reads it in both languages, also before the last try") {
    CHECK(reads("id_card_holder", "マイナンバーカードで"));
    CHECK(reads("id_card_holder", "My Number card"));
    CHECK(reads("id_card_holder", "tries left"));
    CHECK(reads("id_card_holder_last", "This is the last try"));
    CHECK(!reads("id_card_sign_in", "tries left"));
    CHECK(!reads("id_card_staff_last", "This is the last try"));
}
