#include "tests/e2e/story/card_desk.h"

#include <nlohmann/json.hpp>
#include <thread>

#include "tests/e2e/story/tuning.h"

namespace kazashi::story {

using base::Error;
using base::Fault;
using json = nlohmann::json;

Result<CardDesk> CardDesk::connect(const std::filesystem::path& path, milliseconds patience) {
    KAZASHI_TRY(auto socket, LineSocket::connect(path, patience));
    return CardDesk{std::move(socket)};
}

Result<json> CardDesk::ask(const json& request) {
    KAZASHI_CHECK(socket_.send(request));
    KAZASHI_TRY(auto answer, socket_.receive(tuning::moment));
    if (!answer.value("ok", false)) return Error{Fault::denied, answer.value("error", "the simulator said no")};
    return answer;
}

namespace {

Status done(const Result<json>& answer) {
    if (!answer) return answer.error();
    return base::ok();
}

const char* name(card::NumberCoding coding) {
    if (coding == card::NumberCoding::ascii) return "ascii";
    return coding == card::NumberCoding::bcd ? "bcd" : "hexadecimal";
}

json replay_of(const std::vector<Exchange>& heard) {
    json list = json::array();
    for (const auto& e : heard) list.push_back({{"rc", e.challenge}, {"mac", e.answer}});
    return list;
}

}  // namespace

// Of a card that leaves by itself nobody knows when it did.
void CardDesk::fetch_card() {
    if (leaves_by_itself_) taken_at_ = std::chrono::steady_clock::now();
    leaves_by_itself_ = false;
    std::this_thread::sleep_until(taken_at_ + tuning::hand);
}

Status CardDesk::lay(const std::string& card, const Odd& odd) {
    fetch_card();
    leaves_by_itself_ = odd.leaves_after.has_value();
    json request{{"do", "lay"}, {"card", card}};
    if (odd.other_key) request["ck"] = *odd.other_key;
    if (odd.leaves_after) request["leave_after"] = *odd.leaves_after;
    if (!odd.replays.empty()) request["replay"] = replay_of(odd.replays);
    if (odd.second_card) request["with"] = *odd.second_card;
    return done(ask(request));
}

Status CardDesk::lay_foreign(const std::string& kind) {
    fetch_card();
    return done(ask({{"do", "lay"}, {"foreign", kind}}));
}

Status CardDesk::lay_blank(const std::string& idm, std::optional<int> leaves_after) {
    fetch_card();
    leaves_by_itself_ = leaves_after.has_value();
    json request{{"do", "lay_blank"}, {"idm", idm}};
    if (leaves_after) request["leave_after"] = *leaves_after;
    return done(ask(request));
}

Status CardDesk::lay_id_card(const IdCard& card) {
    fetch_card();
    return done(ask({{"do", "lay_id_card"}, {"kind", card.kind}, {"holder", card.holder}, {"pin", card.pin}}));
}

Status CardDesk::lay_standard(const card::CardProfile& profile, const std::string& number) {
    fetch_card();
    return done(ask({{"do", "lay_standard"},
                     {"profile",
                      {{"name", profile.name},
                       {"system", profile.system},
                       {"service", profile.service},
                       {"blocks", profile.blocks},
                       {"region", profile.region},
                       {"coding", name(profile.coding)},
                       {"offset", profile.offset},
                       {"length", profile.length},
                       {"prefix", profile.prefix}}},
                     {"number", number}}));
}

Result<std::string> CardDesk::block(const std::string& number) {
    KAZASHI_TRY(const auto answer, ask({{"do", "dump"}}));
    return answer.value("blocks", json::object()).value(number, std::string{});
}

Status CardDesk::make_authorities() { return done(ask({{"do", "id_card_roots"}})); }

Status CardDesk::exchange_reader(const std::string& kind) { return done(ask({{"do", "reader"}, {"kind", kind}})); }

Status CardDesk::take() {
    taken_at_ = std::chrono::steady_clock::now();
    return done(ask({{"do", "take"}}));
}

Result<std::vector<Exchange>> CardDesk::trace() {
    KAZASHI_TRY(auto answer, ask({{"do", "trace"}}));
    std::vector<Exchange> heard;
    for (const auto& e : answer.value("exchanges", json::array())) {
        heard.push_back({e.value("rc", ""), e.value("mac", "")});
    }
    return heard;
}

Result<CardDesk::Cards> CardDesk::list() {
    KAZASHI_TRY(const auto answer, ask({{"do", "list"}}));
    Cards cards;
    for (const auto& c : answer.value("cards", json::array())) {
        cards.all.push_back({c.value("name", ""), c.value("kind", ""), c.value("label", "")});
    }
    cards.reader = answer.value("reader", "");
    if (answer.contains("on") && answer["on"].is_string()) cards.on_reader = answer["on"].get<std::string>();
    return cards;
}

}  // namespace kazashi::story
