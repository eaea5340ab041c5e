// Cards issued over everything there is: a region that listens with TLS, a terminal's folder, a real pcscd with a blank
// virtual card on its reader.
#include "terminal/card_tool/card_errand.h"

#include <sys/wait.h>

#include <cstdlib>
#include <thread>

#include "sync/server/card_notes.h"
#include "terminal/app/own_ledger.h"
#include "terminal/card_tool/reader_card.h"
#include "tests/cardio/reader/virtual_stack.h"
#include "tests/sync/server/live_town.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using card_tool::ErrandOptions;
using wire::CardOutcome;
using wire::CardPurpose;

namespace note = server::card_note;

namespace {

constexpr const char* somebody = "0000000001";
constexpr const char* first_card = "012E440000000001";
constexpr const char* second_card = "012E440000000002";

struct CityHall {
    CityHall() {
        live.town.import(bundle({patient_of(somebody), medicine(somebody, "m1", "アムロジピン")}));
        auto enrolment = live.enrol("F0003", keys);
        enrolment.signing = vault::signing_pair(keys.signing.secret.clone());
        must(store::write_enrolment(state, enrolment));
        const auto read = must(store::read_enrolment(state));
        must(store::Store::open(read.database, {.create = true}));
    }

    VirtualStack stack;
    LiveTown live;
    TestTerminal keys;
    fakes::TempFolder folder;
    std::filesystem::path state{folder.path()};
    int put_back{0};

    card::Chip chip{card::Chip::lite_s};  // of the blank cards
    void lay(const char* idm) {
        const char* const kind = chip == card::Chip::lite ? "lite" : "lite_s";
        stack.order({{"do", "lay_blank"}, {"idm", idm}, {"chip", kind}});
    }

    base::Result<engine::CardTurn> run(CardPurpose purpose, const char* idm, const char* number = "") {
        ErrandOptions options;
        options.state = state;
        options.wait_s = 20;
        options.wish = {purpose, card::CardKind::patient, number};
        lay(idm);
        auto end = card_tool::run_errand(options, {[](const engine::CardTurn&) {},
                                                   [this, idm] {
                                                       ++put_back;
                                                       stack.take();
                                                       lay(idm);
                                                   }});
        stack.take();
        return end;
    }
    std::string note_of(CardPurpose purpose, const char* idm, const char* number = "") {
        const auto end = run(purpose, idm, number);
        INFO((end ? std::string{} : end.error().detail));
        REQUIRE(static_cast<bool>(end));
        return end->note;
    }

    // What a pharmacy's terminal does with the feed and the card on the reader: how many sections open.
    int opened(const char* idm) {
        if (pharmacist.id.empty()) pharmacist = live.town.enrol("F0001");
        lay(idm);
        card_tool::ReaderCard reader{""};
        const auto here = must(reader.wait(std::chrono::seconds{20}));
        const auto index = vault::card_index(live.town.region().keys.index, here);
        const auto feed = live.town.feed(pharmacist);
        int count = 0;
        for (const auto& lock : all<model::Lock>(feed)) {
            if (lock.card != index) continue;
            const auto first = answer(reader, here, lock.first, chip);
            const auto key =
                vault::card_key(here, lock.first, first, lock.second, answer(reader, here, lock.second, chip));
            for (const auto& wrap : all<model::Wrap>(feed))
                if (wrap.card == index && opens(key, wrap, feed)) ++count;
        }
        reader.let_go();
        stack.take();
        return count;
    }

private:
    static card::Proof answer(card_tool::ReaderCard& reader, const card::Idm& idm, const card::Challenge& challenge,
                              card::Chip chip) {
        std::vector<base::SecretBytes> frames;
        frames.emplace_back(protocol::challenge_frame(idm, challenge));
        frames.emplace_back(protocol::proof_frame(idm, chip));
        const auto answers = must(reader.relay(frames));
        REQUIRE(answers.size() == 2);
        return std::move(must(protocol::parse_proof(answers[1], idm)).proof);
    }
    static bool opens(const vault::CardKey& key, const model::Wrap& wrap, const std::vector<model::FeedEntry>& feed) {
        const auto data_key = vault::unwrap(key, wrap.package, wrap.sealed);
        if (!data_key) return false;
        for (const auto& package : all<model::Package>(feed))
            if (package.id == wrap.package) return static_cast<bool>(vault::open_package(*data_key, package));
        return false;
    }
    TestTerminal pharmacist;
};

struct Ran {
    int code{};
    std::string text;
};
Ran tool(const std::string& words) {
    const auto command = std::string{KAZASHI_BIN} + "/kazashi-card " + words + " 2>&1";
    std::FILE* const out = ::popen(command.c_str(), "r");
    REQUIRE(out != nullptr);
    Ran ran;
    for (int letter = std::fgetc(out); letter != EOF; letter = std::fgetc(out)) ran.text += static_cast<char>(letter);
    const int status = ::pclose(out);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

}  // namespace

TEST_CASE("errand: a blank card is issued over the whole stack, and opens its patient's record") {
    CityHall hall;
    CHECK(hall.note_of(CardPurpose::issue, first_card, somebody) == note::issued);
    CHECK(hall.opened(first_card) > 0);
    CHECK(hall.note_of(CardPurpose::verify, first_card) == note::genuine);
    CHECK(hall.note_of(CardPurpose::issue, second_card, somebody) == note::has_card);
    CHECK(hall.note_of(CardPurpose::reissue, second_card, somebody) == note::issued);
    CHECK(hall.opened(first_card) == 0);
    CHECK(hall.note_of(CardPurpose::verify, first_card) == note::revoked);
    CHECK(hall.opened(second_card) > 0);

    // Each was on the record of the terminal before anything was written; a question is not.
    const auto enrolment = must(store::read_enrolment(hall.state));
    auto store = must(store::Store::open(enrolment.database, {}));
    const base::SystemClock clock;
    const auto entries = must(app::OwnLedger{store, enrolment, clock}.all());
    CHECK(entries.size() == 3);
    for (const auto& entry : entries) CHECK(entry.kind == model::LedgerKind::card_issued);
}

TEST_CASE("errand: a blank Lite is issued over the whole stack, finished when torn, and opens its patient's record") {
    CityHall hall;
    hall.chip = card::Chip::lite;
    hall.stack.order({{"do", "fault"}, {"kind", "leave"}, {"at", 40}, {"layer", "card"}});
    CHECK(hall.note_of(CardPurpose::issue, first_card, somebody) == note::issued_lite);
    CHECK(hall.put_back == 1);
    hall.stack.order({{"do", "fault"}, {"kind", "none"}});
    CHECK(hall.opened(first_card) > 0);
    CHECK(hall.note_of(CardPurpose::verify, first_card) == note::genuine);
    CHECK(hall.note_of(CardPurpose::reissue, second_card, somebody) == note::issued_lite);
    CHECK(hall.opened(first_card) == 0);
    CHECK(hall.opened(second_card) > 0);
    CHECK(hall.note_of(CardPurpose::scrap, second_card) == note::fixed);
    CHECK(hall.opened(second_card) == 0);
}

TEST_CASE("errand: taken away at any stage and put back, a card is finished") {
    CityHall hall;
    for (const int at : {10, 15, 21, 28, 36}) {  // finding the card takes the first of its exchanges
        INFO("exchange " << at);
        const auto idm = "012E45000000000" + std::to_string(at % 10);
        hall.put_back = 0;
        hall.stack.order({{"do", "fault"}, {"kind", "leave"}, {"at", at}, {"layer", "card"}});
        CHECK(hall.note_of(CardPurpose::reissue, idm.c_str(), somebody) == note::issued);
        CHECK(hall.put_back == 1);
        hall.stack.order({{"do", "fault"}, {"kind", "none"}});
        CHECK(hall.note_of(CardPurpose::verify, idm.c_str()) == note::genuine);
    }
}

TEST_CASE("errand: another card in its place is told, and the first one waited for") {
    CityHall hall;
    hall.stack.order({{"do", "fault"}, {"kind", "leave"}, {"at", 21}, {"layer", "card"}});
    ErrandOptions options;
    options.state = hall.state;
    options.wait_s = 20;
    options.wish = {CardPurpose::issue, card::CardKind::patient, somebody};
    int another = 0;
    hall.lay(first_card);
    const auto end = card_tool::run_errand(options, {[](const engine::CardTurn&) {},
                                                     [&] {
                                                         hall.stack.take();
                                                         hall.lay(second_card);
                                                     },
                                                     [&] {
                                                         ++another;
                                                         hall.stack.take();
                                                         // A hand is no quicker; pcscd looks every 400 ms.
                                                         std::this_thread::sleep_for(600ms);
                                                         hall.lay(first_card);
                                                     }});
    INFO((end ? std::string{} : end.error().detail));
    REQUIRE(end);
    CHECK(end->note == note::issued);
    CHECK(another == 1);
    hall.stack.take();
    // It does not come back: that is no card in time, and nothing was done with the other one.
    hall.stack.order({{"do", "fault"}, {"kind", "leave"}, {"at", 21}, {"layer", "card"}});
    options.wait_s = 2;
    options.wish.purpose = CardPurpose::reissue;
    hall.lay("012E440000000003");
    const auto never = card_tool::run_errand(options, {[](const engine::CardTurn&) {},
                                                       [&] {
                                                           hall.stack.take();
                                                           hall.lay(second_card);
                                                       }});
    CHECK(never.fault() == base::Fault::timeout);
    CHECK(never.error().detail.find("another card") != std::string::npos);
}

TEST_CASE("errand: the tool says how it ended, in words, in JSON and by its exit code") {
    CityHall hall;
    const auto state = " --state " + hall.state.string() + " --wait 20";
    hall.lay(first_card);
    const auto dry = tool("issue --dry-run --json --number " + std::string{somebody} + state);
    CHECK(dry.code == 0);
    const auto would = nlohmann::json::parse(dry.text);
    CHECK(would.at("note") == "dry_run");
    CHECK(would.at("mc_now") == "FFFFFF00070000000000000000000000");
    CHECK(would.at("mc_next") == "FE7F0000070100000000FE3F01000000");
    const auto issued = tool("issue --number " + std::string{somebody} + state);
    CHECK(issued.code == 0);
    CHECK(issued.text.find("step 5 of 6") != std::string::npos);
    CHECK(issued.text.find("the card is issued") != std::string::npos);
    // What is written for ever is shown before.
    const auto diff = issued.text.find("memory configuration now  FFFFFF0007");
    CHECK(diff != std::string::npos);
    CHECK(diff < issued.text.find("the card is issued"));
    CHECK(tool("verify" + state).code == 0);
    hall.stack.take();
    hall.lay(second_card);
    const auto again =
        nlohmann::json::parse(tool("issue --reissue --json --number " + std::string{somebody} + state).text);
    CHECK(again.at("note") == "card_issued");
    REQUIRE_FALSE(again.at("mc_writes").empty());
    CHECK(again.at("mc_writes").at(0).at("now") == "FFFFFF00070000000000000000000000");
    CHECK(tool("issue --number 0000000002" + state).code == 5);
    CHECK(tool("issue --number 0000000002 --finish" + state).code == 2);
    CHECK(tool("erase-demo" + state).code == 0);
    CHECK(tool("verify" + state).code == 5);
    hall.stack.take();
    CHECK(tool("verify --state " + hall.state.string() + " --wait 1").code == 3);
    for (const auto* verb : {"issue", "verify", "erase-demo"}) {
        const auto help = tool(std::string{verb} + " --help");
        CHECK(help.code == 0);
        CHECK(help.text.find("EXIT STATUS") != std::string::npos);
    }
}
