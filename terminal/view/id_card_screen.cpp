// An ID card and its PIN: what this does, how many tries are left, and a pad. Also: the card is waited for, and the
// last try, asked once more.
#include "terminal/state/tuning.h"
#include "terminal/view/bilingual.h"
#include "terminal/view/hero.h"
#include "terminal/view/pads.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using For = state::IdCard::For;
using Keys = state::IdCard::Keys;
using Step = state::IdCard::Step;

constexpr float action_width = 200;
constexpr float pad_height = keys(4);
constexpr float pad_width = keys(3) + 24 + action_width;

// What the card is for, and what that means.
struct Subject {
    const char* title;
    const char* what;
};
Subject subject_of(For purpose) {
    switch (purpose) {
        case For::holder:
            return {"id_card.holder", "id_card.holder.what"};
        case For::sign_in:
            return {"id_card.sign_in", "id_card.sign_in.what"};
        case For::registering:
            break;
    }
    return {"id_card.register", "id_card.register.what"};
}

bool busy(Step step) { return step == Step::signing || step == Step::opening || step == Step::looking_up; }

void laying(const Page& page, Box box) {
    if (page.state.id_card->wrong_card) {
        const Box wrong = box.take_top(96, 16);
        tinted(page, wrong, page.theme().caution);
        page.canvas.centred(wrong.inset(16, 8), Face::heading, page.theme().caution.ink,
                            page.words.say("id_card.wrong_card"));
    }
    const std::string hold = page.words.say("id_card.lay");
    const Box words = box.take_bottom(page.canvas.text_height(Face::title, hold, box.width) + 16, 8);
    draw_hero(page, box.centred(box.width, std::min(box.height, 380.0F)), Hero::hold);
    page.canvas.centred(words, Face::title, page.theme().page.ink, hold);
}

// The patient's screen says it in both languages, the staff's in the one they chose.
bool for_patient(const Page& page) { return page.state.id_card->purpose == For::holder; }

void paragraph(const Page& page, Box& left, Face face, Colour ink, const std::string& text, float after) {
    page.canvas.text(left.take_top(page.canvas.text_height(face, text, left.width), after), face, ink, text);
}

void say_subject(const Page& page, Box& left, const char* key, Faces faces, float after) {
    if (!for_patient(page))
        return paragraph(page, left, faces.first, page.theme().page.ink, page.words.say(key), after);
    left.take_top(draw_both(page, left, both(page, key), faces, page.theme().page.ink), after);
}

// One dot per character of a PIN that has always as many; else only what has been typed.
void dots(const Page& page, Box box) {
    const auto& card = *page.state.id_card;
    const std::size_t count = card.pin.size();
    const bool fixed = state::least_pin(card) == state::most_pin(card);
    const std::size_t shown = fixed ? state::most_pin(card) : std::max(state::least_pin(card), count);
    panel(page, box);
    const float spacing = std::min(44.0F, (box.width - 48) / static_cast<float>(shown));
    float x = box.middle_x() - spacing * static_cast<float>(shown - 1) / 2;
    for (std::size_t i = 0; i < shown; ++i, x += spacing) {
        if (i < count)
            page.canvas.circle(x, box.middle_y(), 11, page.theme().page.ink);
        else
            page.canvas.circle(x, box.middle_y(), 4, page.theme().line);
    }
}

void say_tries(const Page& page, Box box, const char* key, const std::string& count, Colour ink) {
    auto said = both(page, key, {{"count", count}});
    if (!for_patient(page)) return page.canvas.centred(box.inset(16, 8), Face::heading, ink, said.first);
    centre_both(page, box.inset(16, 6), said, {Face::heading, Face::caption}, ink);
}

// How many tries are left: always said, and in a warning's colour when it matters.
void tries(const Page& page, Box box) {
    const auto& card = *page.state.id_card;
    if (busy(card.step)) {
        tinted(page, box, page.theme().offline);
        return say_tries(page, box, "id_card.working", {}, page.theme().offline.ink);
    }
    const bool warn = card.wrong || card.tries_left == 1;
    const std::string count = card.tries_left ? std::to_string(*card.tries_left) : std::string{};
    const char* key = !card.tries_left       ? (card.wrong ? "id_card.wrong_unknown" : "id_card.tries_unknown")
                      : card.tries_left == 1 ? (card.wrong ? "id_card.wrong_one" : "id_card.tries_one")
                      : card.wrong           ? "id_card.wrong"
                                             : "id_card.tries";
    const Pair colours = card.tries_left == 1 ? page.theme().refused : page.theme().caution;
    if (warn) tinted(page, box, colours);
    say_tries(page, box, key, count, warn ? colours.ink : page.theme().page.ink);
}

struct Actions {
    Box cancel, clear, enter;
};
void action_keys(const Page& page, const Actions& where, bool enabled) {
    const auto& card = *page.state.id_card;
    if (button(page, "key.cancel", where.cancel, page.words.say("sign_in.cancel"), Look::stop,
               !busy(card.step) || card.step == Step::looking_up))
        page.want(state::PressCancel{});
    if (button(page, "key.clear", where.clear, page.words.say("sign_in.clear"), Look::again, enabled))
        page.want(state::PressClear{});
    if (button(page, "key.enter", where.enter, page.words.say("sign_in.enter"), Look::enter,
               enabled && card.pin.size() >= state::least_pin(card), Face::title))
        page.want(state::PressEnter{});
}

void keys_choice(const Page& page, const char* key, Box box, Keys keys, bool enabled) {
    if (button(page, key, box, page.words.say(key), Look::plain, enabled, Face::heading))
        page.want(state::ChooseKeys{keys});
}

void digit_pad(const Page& page, Box pad, bool enabled) {
    const Box digits = pad.take_left(keys(3), 24);
    digit_keys(page, "key.", digits, enabled);
    // The place beside the 0.
    const Box left_of_zero{digits.x, digits.y + 3 * (key_size + key_gap), key_size, key_size};
    if (has_letters(*page.state.id_card))
        keys_choice(page, "id_card.keys.capitals", left_of_zero, Keys::capitals, enabled);
    const Box cancel = pad.take_top(key_size, key_gap), clear = pad.take_top(key_size, key_gap);
    action_keys(page, {cancel, clear, pad}, enabled);
}

void letter_pad(const Page& page, Box pad, bool enabled) {
    const bool capitals = page.state.id_card->keys == Keys::capitals;
    const RowEnds ends = letter_keys(page, pad, capitals, enabled);
    keys_choice(page, capitals ? "id_card.keys.small" : "id_card.keys.capitals", ends.left,
                capitals ? Keys::small : Keys::capitals, enabled);
    keys_choice(page, "id_card.keys.digits", ends.right, Keys::digits, enabled);
    Box row = pad.take_bottom(key_size);
    const Box cancel = row.take_left(action_width, key_gap), clear = row.take_left(action_width, key_gap);
    action_keys(page, {cancel, clear, row}, enabled);
}

void typing(const Page& page, Box box) {
    const auto& card = *page.state.id_card;
    const Subject subject = subject_of(card.purpose);
    const bool enabled = card.step == Step::typing;
    const bool digits = card.keys == Keys::digits;
    const float width = digits ? pad_width : letters_width;
    const Box pad = box.take_right(width, 2 * gutter).centred(width, pad_height);
    Box left = box.centred(box.width, for_patient(page) ? std::min(box.height, pad_height + 160) : pad_height + 32);
    say_subject(page, left, subject.title, {Face::title, Face::body}, 12);
    say_subject(page, left, subject.what, {Face::body, Face::caption}, 16);
    dots(page, left.take_top(for_patient(page) ? 64 : 80, for_patient(page) ? 12 : 16));
    tries(page, left.take_top(for_patient(page) ? 128 : 96));
    digits ? digit_pad(page, pad, enabled) : letter_pad(page, pad, enabled);
}

void last_try(const Page& page, Box box) {
    const bool citizen = for_patient(page);
    box = box.inset(64, 24);
    const Said title = both(page, "id_card.last_try");
    const Said what = both(page, citizen ? "id_card.last_try.citizen" : "id_card.last_try.staff");
    const Faces title_faces{Face::title, Face::heading}, what_faces{Face::heading, Face::body};
    const float width = box.width - 64;
    const auto height = [&](const Said& said, Faces faces) {
        return citizen ? both_height(page, said, faces, width)
                       : page.canvas.text_height(faces.first, said.first, width);
    };
    const float title_height = height(title, title_faces);
    box = box.centred(box.width, title_height + 24 + height(what, what_faces) + 64);
    tinted(page, box, page.theme().refused);
    box = box.inset(32, 32);
    const Colour ink = page.theme().refused.ink;
    const auto draw = [&](Box where, const Said& said, Faces faces) {
        if (citizen) draw_both(page, where, said, faces, ink);
        if (!citizen) page.canvas.text(where, faces.first, ink, said.first);
    };
    draw(box.take_top(title_height, 24), title, title_faces);
    draw(box, what, what_faces);
}

}  // namespace

void draw_id_card(const Page& page, Box body) {
    if (!page.state.id_card) return;
    const auto& card = *page.state.id_card;
    const Box box = body.inset(margin, 0);
    switch (card.step) {
        case Step::laying:
            laying(page, box.inset(0, 24));
            break;
        case Step::last_try:
            last_try(page, box);
            if (main_button(page, "id_card.try", page.words.say("id_card.try"))) page.want(state::ConfirmLastTry{});
            break;
        case Step::looking_up:
        case Step::typing:
        case Step::signing:
        case Step::opening:
            typing(page, box);
            break;
    }
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say(card.step == Step::laying     ? "id_card.lay.next"
                                       : card.step == Step::last_try ? "id_card.last_try.next"
                                                                     : "id_card.next"));
}

}  // namespace kazashi::view
