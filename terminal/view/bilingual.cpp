#include "terminal/view/bilingual.h"

namespace kazashi::view {
namespace {

constexpr float between = 4;

}  // namespace

Words other_language(const Page& page) {
    const bool japanese = page.words.language() == state::Language::japanese;
    return page.words.in(japanese ? state::Language::english : state::Language::japanese);
}

Said both(const Page& page, std::string_view key, Words::Arguments arguments) {
    return {page.words.say(key, arguments), other_language(page).say(key, arguments)};
}

Said both(const Page& page, const std::function<std::string(const Words&)>& sentence) {
    return {sentence(page.words), sentence(other_language(page))};
}

float both_height(const Page& page, const Said& said, Faces faces, float width) {
    return page.canvas.text_height(faces.first, said.first, width) + between +
           page.canvas.text_height(faces.second, said.second, width);
}

float draw_both(const Page& page, Box box, const Said& said, Faces faces, Colour ink) {
    const float first = page.canvas.text(box, faces.first, ink, said.first);
    box.take_top(first, between);
    return first + between + page.canvas.text(box, faces.second, page.theme().quiet, said.second);
}

void centre_both(const Page& page, Box box, const Said& said, Faces faces, Colour ink) {
    box = box.centred(box.width, both_height(page, said, faces, box.width));
    page.canvas.centred(box.take_top(page.canvas.text_height(faces.first, said.first, box.width), between), faces.first,
                        ink, said.first);
    page.canvas.centred(box, faces.second, page.theme().quiet, said.second);
}

bool button_both(const Page& page, std::string_view id, Box box, const Said& said, Look look, bool enabled,
                 Faces faces) {
    const ButtonFrame frame = button_frame(page, id, box, look, enabled);
    Box inside = box.inset(12, 2);
    const auto height = [&](Face face, const std::string& words) {
        return page.canvas.text_height(face, words, inside.width);
    };
    inside = inside.centred(inside.width, height(faces.first, said.first) + height(faces.second, said.second));
    page.canvas.centred(inside.take_top(height(faces.first, said.first)), faces.first, frame.ink, said.first);
    page.canvas.centred(inside, faces.second, frame.ink, said.second);
    return frame.pressed;
}

}  // namespace kazashi::view
