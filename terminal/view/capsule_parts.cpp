#include "terminal/view/capsule_parts.h"

namespace kazashi::view {
namespace {

// Two texts at the ends of one line; false when there is no room for both, and nothing is drawn.
bool draw_ends(const Page& page, Box& box, Face left_face, Colour left_ink, const std::string& left, Colour right_ink,
               const std::string& right) {
    constexpr float gap = 12;
    const float right_width = page.canvas.text_width(Face::caption, right) + 2;
    if (page.canvas.text_width(left_face, left) + gap + right_width > box.width) return false;
    Box line = box.take_top(Canvas::line_height(left_face));
    page.canvas.beside(line.take_right(right_width, gap), Face::caption, right_ink, right, Align::right);
    page.canvas.beside(line, left_face, left_ink, left);
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
    bool code_drawn =
        words.named && marks.empty() && draw_ends(page, box, face, theme.page.ink, words.name, theme.quiet, words.code);
    if (!code_drawn) box.take_top(page.canvas.text(box, face, theme.page.ink, words.name));
    if (!marks.empty()) {
        code_drawn =
            words.named && draw_ends(page, box, Face::strong, theme.refused.ink, marks, theme.quiet, words.code);
        if (!code_drawn) box.take_top(page.canvas.text(box, Face::strong, theme.refused.ink, marks));
    }
    if (!code_drawn && !words.code.empty())
        box.take_top(page.canvas.text(box, words.named ? Face::caption : Face::body,
                                      words.named ? theme.quiet : theme.soft, words.code));
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
