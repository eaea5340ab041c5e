#include "terminal/view/bilingual.h"
#include "terminal/view/controls.h"
#include "terminal/view/patient_actions.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using Tone = state::Notice::Tone;

struct Looks {
    Pair colours;
    Icon icon;
};

Looks looks_of(const Page& page, Tone tone) {
    const Theme& theme = page.theme();
    switch (tone) {
        case Tone::plain:
            return {{theme.primary.ground, theme.panel.ground}, Icon::info};
        case Tone::caution:
            return {theme.caution, Icon::warning};
        case Tone::refused:
            return {theme.refused, Icon::cross};
    }
    return {theme.caution, Icon::warning};
}

// The way on is the main thing, unless the patient has something to choose: then it stands at the left.
void bottom(const Page& page) {
    const bool patients = may_see_history(page.state) || may_withdraw(page.state) || may_see_capsule(page.state);
    const std::string ok = page.words.say("notice.ok"), next = page.words.say("notice.next");
    if (patients ? back_button(page, "notice.ok", ok) : main_button(page, "notice.ok", ok))
        page.want(state::DismissNotice{});
    if (!patients && may_see_doctor(page.state) &&
        side_action(page, "doctor", page.words.say("doctor.open"), Icon::info))
        page.want(state::ShowDoctor{});
    patients ? next_sentence(page, patient_actions(page), next) : next_sentence(page, next);
}

// Where patients are alone it is said in both languages.
void for_patients(const Page& page, Box body) {
    constexpr float width = 1040;
    constexpr Faces title{Face::title, Face::heading}, text{Face::heading, Face::body};
    const Looks looks = looks_of(page, page.state.notice->tone);
    const Said what = both(page, page.state.notice->what), now = both(page, page.state.notice->now);
    const float what_height = both_height(page, what, title, width - 96);
    const float now_height = both_height(page, now, text, width - 96);
    Box box = body.centred(width, 80 + 72 + 20 + what_height + 24 + now_height);
    tinted(page, box, looks.colours);
    box = box.inset(48, 40);
    const Box icon = box.take_top(72, 20);
    draw_icon(page.canvas, looks.icon, icon.middle_x(), icon.middle_y(), 72, looks.colours.ink);
    centre_both(page, box.take_top(what_height, 24), what, title, looks.colours.ink);
    centre_both(page, box, now, text, page.theme().page.ink);
    bottom(page);
}

}  // namespace

void draw_notice(const Page& page, Box body) {
    if (!page.state.notice) return;
    if (self_service(page.state)) return for_patients(page, body);
    const Looks looks = looks_of(page, page.state.notice->tone);
    const std::string what = page.words.say(page.state.notice->what), now = page.words.say(page.state.notice->now);
    constexpr float width = 920;
    const float what_height = page.canvas.text_height(Face::title, what, width - 96);
    const float now_height = page.canvas.text_height(Face::heading, now, width - 96);
    Box box = body.centred(width, 96 + 88 + 24 + what_height + 24 + now_height);
    tinted(page, box, looks.colours);
    box = box.inset(48);
    const Box icon = box.take_top(88, 24);
    draw_icon(page.canvas, looks.icon, icon.middle_x(), icon.middle_y(), 72, looks.colours.ink);
    page.canvas.centred(box.take_top(what_height, 24), Face::title, looks.colours.ink, what);
    page.canvas.centred(box, Face::heading, page.theme().page.ink, now);
    bottom(page);
}

}  // namespace kazashi::view
