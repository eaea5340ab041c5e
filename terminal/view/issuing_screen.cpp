// A card is made: whose, then hands and patience. What the region says about it is a sentence by its key.
#include "terminal/state/issuing.h"
#include "terminal/view/hero.h"
#include "terminal/view/number_pad.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using Step = state::IssueVisit::Step;
using wire::CardOutcome;

constexpr float action_width = 200;

void kind_buttons(const Page& page, Box box) {
    const auto& issue = *page.state.issue;
    const float width = (box.width - 16) / 2;
    const auto choice = [&](Box where, card::CardKind kind, const char* key) {
        const bool chosen = issue.kind == kind;
        if (button(page, key, where, page.words.say(key), chosen ? Look::primary : Look::plain))
            page.want(state::ChooseCardKind{kind});
    };
    choice(box.take_left(width, 16), card::CardKind::patient, "issuing.patient");
    choice(box, card::CardKind::staff, "issuing.staff");
}

void draw_typing(const Page& page, Box body) {
    const auto& issue = *page.state.issue;
    Box box = body.inset(margin, 0);
    Box pad = box.take_right(keys(3) + 24 + action_width, 2 * gutter).centred(keys(3) + 24 + action_width, keys(4));
    Box left = box.centred(box.width, keys(4));
    const std::string title = page.words.say("issuing.title"), what = page.words.say("issuing.what");
    page.canvas.text(left.take_top(page.canvas.text_height(Face::title, title, left.width), 12), Face::title,
                     page.theme().page.ink, title);
    page.canvas.text(left.take_top(page.canvas.text_height(Face::body, what, left.width), 20), Face::body,
                     page.theme().quiet, what);
    kind_buttons(page, left.take_top(80, 20));
    number_line(page, left.take_top(88), issue.number);
    digit_keys(page, "key.", pad.take_left(keys(3), 24));
    number_actions(page, pad, issue.number);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say("issuing.next_number"));
}

void progress(const Page& page, Box box) {
    const auto& issue = *page.state.issue;
    const auto share = issue.steps > 0 ? static_cast<float>(issue.done) / static_cast<float>(issue.steps) : 0.0F;
    page.canvas.fill(box, page.theme().line, box.height / 2);
    Box done = box;
    done.width = std::max(box.height, box.width * share);
    page.canvas.fill(done, page.theme().primary.ground, box.height / 2);
}

bool may_be_finished(const state::IssueVisit& issue) {
    return issue.step == Step::over && issue.note == "card_unfinished";
}

// Whose card this is, so that it is handed to nobody else. One that was begun before may be another's than the number
// typed: then the region says whose, or nobody does.
std::string whose(const Page& page) {
    const auto& issue = *page.state.issue;
    const bool begun_before = issue.purpose == wire::CardPurpose::finish || may_be_finished(issue);
    if (begun_before && !issue.whose) return {};
    const auto kind = begun_before ? issue.whose->kind : issue.kind;
    const char* const whom = kind == card::CardKind::patient ? "issuing.patient" : "issuing.staff";
    return page.words.say("issuing.whose", {{"kind", page.words.say(whom)},
                                            {"number", begun_before ? issue.whose->number : issue.number}});
}

void caution_strip(const Page& page, Box& box, const std::string& words) {
    constexpr float width = 920;
    const float height = std::max(72.0F, page.canvas.text_height(Face::heading, words, width - 32) + 24);
    const Box strip = box.take_top(height, 8).centred(width, height);
    tinted(page, strip, page.theme().caution);
    page.canvas.centred(strip.inset(16, 4), Face::heading, page.theme().caution.ink, words);
}

// Waiting for the card, or for what happens to it.
void draw_card(const Page& page, Box body) {
    const auto& issue = *page.state.issue;
    const bool working = issue.step == Step::working;
    const char* const key = working                        ? "issuing.working"
                            : issue.step == Step::put_back ? "issuing.put_back"
                                                           : "issuing.lay";
    Box box = body.inset(margin, 24);
    if (issue.step != Step::lay_card) progress(page, box.take_bottom(24, 16).centred(720, 24));
    if (!working && issue.trouble) {
        caution_strip(page, box, page.words.say(issue.trouble->what));
    } else if (issue.step == Step::put_back) {
        caution_strip(page, box, page.words.say("issuing.taken_away"));
    }
    const std::string words = page.words.say(key), owner = whose(page);
    page.canvas.centred(box.take_bottom(page.canvas.text_height(Face::heading, owner, box.width), 8), Face::heading,
                        page.theme().quiet, owner);
    const Box line = box.take_bottom(page.canvas.text_height(Face::title, words, box.width) + 16, 8);
    draw_hero(page, box.centred(box.width, std::min(box.height, 340.0F)), working ? Hero::reading : Hero::hold);
    page.canvas.centred(line, Face::title, page.theme().page.ink, words);
    if (!working && back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say(working ? "issuing.next_working" : "issuing.next_lay"));
}

// One sentence in a box: how it ended, or why it cannot go on.
void say_end(const Page& page, Box body, Pair colours, Icon icon, const std::string& what, const std::string& now) {
    constexpr float width = 960;
    const float what_height = page.canvas.text_height(Face::title, what, width - 96);
    const float now_height = page.canvas.text_height(Face::heading, now, width - 96);
    const std::string owner = whose(page);
    const float owner_height = owner.empty() ? 0 : page.canvas.text_height(Face::heading, owner, width - 96) + 24;
    Box box = body.centred(width, 96 + 80 + 24 + what_height + 24 + now_height + owner_height);
    tinted(page, box, colours);
    box = box.inset(48);
    const Box mark = box.take_top(80, 24);
    draw_icon(page.canvas, icon, mark.middle_x(), mark.middle_y(), 64, colours.ink);
    page.canvas.centred(box.take_top(what_height, 24), Face::title, page.theme().page.ink, what);
    page.canvas.centred(box.take_top(now_height, 24), Face::heading, page.theme().page.ink, now);
    if (!owner.empty()) page.canvas.centred(box, Face::heading, page.theme().quiet, owner);
}

void draw_no_line(const Page& page, Box body) {
    say_end(page, body, page.theme().caution, Icon::warning, page.words.say("issuing.no_line"),
            page.words.say("issuing.no_line.now"));
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    if (main_button(page, "issuing.again", page.words.say("issuing.again"))) page.want(state::GoOn{});
    next_sentence(page, page.words.say("issuing.next_no_line"));
}

void draw_over(const Page& page, Box body) {
    const auto& issue = *page.state.issue;
    const bool done = issue.outcome == CardOutcome::done;
    const std::string key = "issuing.note." + issue.note;
    say_end(page, body, done ? page.theme().received : page.theme().caution, done ? Icon::check : Icon::warning,
            page.words.say_known(key, "issuing.note.other"),
            page.words.say_known(key + ".now", "issuing.note.other.now"));
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    const auto offer = [&page](const char* name, state::Intent what, const char* next) {
        if (main_button(page, name, page.words.say(name))) page.want(std::move(what));
        next_sentence(page, page.words.say(next));
    };
    // Where the button writes the card that lies there, nobody is asked to take it away.
    if (issue.note == "has_card") return offer("issuing.another", state::MakeAnother{}, "issuing.next_choice");
    if (may_be_finished(issue)) return offer("issuing.finish", state::FinishCard{}, "issuing.next_choice");
    if (issue.note == "number_wrong") return offer("issuing.fix_number", state::GoOn{}, "issuing.next_over");
    if (state::another_card_helps(issue)) return offer("issuing.other_card", state::GoOn{}, "issuing.next_other_card");
    offer("issuing.next_card", state::GoOn{}, "issuing.next_over");
}

}  // namespace

void draw_issuing(const Page& page, Box body) {
    if (!page.state.issue) return;
    switch (page.state.issue->step) {
        case Step::typing:
            return draw_typing(page, body);
        case Step::lay_card:
        case Step::working:
        case Step::put_back:
            return draw_card(page, body);
        case Step::no_line:
            return draw_no_line(page, body);
        case Step::over:
            return draw_over(page, body);
    }
}

}  // namespace kazashi::view
