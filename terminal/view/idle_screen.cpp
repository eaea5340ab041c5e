#include "terminal/view/bilingual.h"
#include "terminal/view/hero.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using Service = card::ReaderState::Service;

void reader_trouble(const Page& page, Box body, const std::string& key) {
    Box box = body.centred(840, 320);
    draw_icon(page.canvas, Icon::warning, box.middle_x(), box.y + 40, 80, page.theme().caution.ink);
    box.take_top(104);
    page.canvas.centred(box.take_top(104), Face::title, page.theme().page.ink, page.words.say(key));
    page.canvas.centred(box, Face::heading, page.theme().quiet, page.words.say(key + ".now"));
    if (may_see_doctor(page.state) && main_button(page, "doctor", page.words.say("doctor.open")))
        page.want(state::ShowDoctor{});
}

}  // namespace

void draw_idle(const Page& page, Box body) {
    const Service service = page.state.reader.service;
    if (service == Service::off) return reader_trouble(page, body, "idle.reader_off");
    if (service == Service::no_reader) return reader_trouble(page, body, "idle.no_reader");
    const bool reading = page.state.staff_lookup || page.state.tap;
    Box box = body.inset(margin, 24);
    Box words = box.take_bottom(150);
    draw_hero(page, box.inset(0, 8), reading ? Hero::reading : Hero::hold);
    centre_both(page, words, both(page, reading ? "idle.reading" : "idle.hold"), {Face::hero, Face::heading},
                page.theme().page.ink);
    next_sentence(page, page.words.say(self_service(page.state) ? "idle.self" : "idle.next"));
}

}  // namespace kazashi::view
