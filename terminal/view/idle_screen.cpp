#include "terminal/view/controls.h"
#include "terminal/view/hero.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using Service = card::ReaderState::Service;

// The other language stands under the first one, quieter: a patient reads this screen too.
void both_languages(const Page& page, Box box, const char* key) {
    const bool japanese = page.state.language == state::Language::japanese;
    const Words other = page.words.in(japanese ? state::Language::english : state::Language::japanese);
    const std::string first = page.words.say(key), second = other.say(key);
    const float height = page.canvas.text_height(Face::hero, first, box.width);
    page.canvas.centred(box.take_top(height, 8), Face::hero, page.theme().page.ink, first);
    page.canvas.centred(box.take_top(page.canvas.text_height(Face::heading, second, box.width)), Face::heading,
                        page.theme().quiet, second);
}

void reader_trouble(const Page& page, Box body, const std::string& key) {
    Box box = body.centred(840, 320);
    draw_icon(page.canvas, Icon::warning, box.middle_x(), box.y + 40, 80, page.theme().caution.ink);
    box.take_top(104);
    page.canvas.centred(box.take_top(104), Face::title, page.theme().page.ink, page.words.say(key));
    page.canvas.centred(box, Face::heading, page.theme().quiet, page.words.say(key + ".now"));
}

}  // namespace

void draw_idle(const Page& page, Box body) {
    const Service service = page.state.reader.service;
    if (service == Service::off) return reader_trouble(page, body, "idle.reader_off");
    if (service == Service::no_reader) return reader_trouble(page, body, "idle.no_reader");
    const bool reading = page.state.staff_lookup.has_value();
    Box box = body.inset(margin, 24);
    Box words = box.take_bottom(150);
    draw_hero(page, box.inset(0, 8), reading ? Hero::reading : Hero::hold);
    both_languages(page, words, reading ? "idle.reading" : "idle.hold");
    next_sentence(page, page.words.say("idle.next"));
}

}  // namespace kazashi::view
