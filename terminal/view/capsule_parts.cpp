#include "terminal/view/capsule_parts.h"

namespace kazashi::view {
namespace {

struct Text {
    Face face;
    Colour ink;
    const std::string& words;
};

// Two texts at the ends of one line; false when there is no room for both, and nothing is drawn.
bool draw_ends(const Page& page, Box& box, const Text& left, const Text& right) {
    constexpr float gap = 12;
    const float right_width = page.canvas.text_width(right.face, right.words) + 2;
    if (page.canvas.text_width(left.face, left.words) + gap + right_width > box.width) return false;
    Box line = box.take_top(Canvas::line_height(left.face));
    page.canvas.beside(line.take_right(right_width, gap), right.face, right.ink, right.words, Align::right);
    page.canvas.beside(line, left.face, left.ink, left.words);
    return true;
}

}  // namespace

const model::Capsule& facts(const Page& page) { return page.state.capsule->facts; }

CodeWords words_for(const Page& page, model::CodeSystem system, const std::string& code) {
    return words_of(page.words, page.state.capsule->names, system, code);
}

float draw_name(const Page& page, Box box, const CodeWords& words, Face face, const std::string& marks) {
    const Theme& theme = page.theme();
    const float top = box.y;
    const Text name{face, theme.page.ink, words.name}, mark{Face::strong, theme.refused.ink, marks};
    const Text code{words.named ? Face::caption : Face::body, words.named ? theme.quiet : theme.soft, words.code};
    const auto below = [&](const Text& text) { box.take_top(page.canvas.text(box, text.face, text.ink, text.words)); };
    bool code_drawn = words.named && marks.empty() && draw_ends(page, box, name, code);
    if (!code_drawn) below(name);
    if (!marks.empty()) {
        code_drawn = draw_ends(page, box, mark, code);
        if (!code_drawn) below(mark);
    }
    if (!code_drawn && !words.code.empty()) below(code);
    return box.y - top;
}

std::string count_of(const Page& page, int count, bool or_more) {
    return page.words.say(or_more ? "capsule.count_or_more" : "capsule.count", {{"count", std::to_string(count)}});
}

float draw_left_out(const Page& page, Box box, const char* key, int count, int most) {
    if (count == 0) return 0;
    return 6 + page.canvas.text({box.x, box.y + 6, box.width, tall}, Face::strong, page.theme().page.ink,
                                page.words.say(key, {{"count", count_of(page, count, count >= most)}}));
}

}  // namespace kazashi::view
