// A card put aside half done, and finished by the tool: nobody types whose it is.
#include "sync/server/card_notes.h"
#include "sync/vault/seal.h"
#include "terminal/app/own_ledger.h"
#include "terminal/card_tool/card_errand.h"
#include "tests/cardio/reader/virtual_stack.h"
#include "tests/sync/server/live_town.h"

using namespace kazashi;
using namespace kazashi::test;
using wire::CardPurpose;

TEST_CASE("errand: what is finished is on the record as whose it is, and which card") {
    constexpr const char* somebody = "0000000001";
    constexpr const char* idm = "012E440000000007";
    VirtualStack stack;
    LiveTown live;
    live.town.import(bundle({patient_of(somebody)}));
    TestTerminal keys;
    const fakes::TempFolder folder;
    auto enrolment = live.enrol("F0003", keys);
    enrolment.signing = vault::signing_pair(keys.signing.secret.clone());
    must(store::write_enrolment(folder.path(), enrolment));
    const auto read = must(store::read_enrolment(folder.path()));
    must(store::Store::open(read.database, {.create = true}));

    card_tool::ErrandOptions options;
    options.state = folder.path();
    options.wait_s = 1;
    const auto run = [&](CardPurpose purpose, const char* number) {
        options.wish = {purpose, card::CardKind::patient, number};
        stack.order({{"do", "lay_blank"}, {"idm", idm}, {"chip", "lite_s"}});
        auto end = card_tool::run_errand(options, {[](const engine::CardTurn&) {}, [&stack] { stack.take(); }});
        stack.take();
        return end;
    };
    stack.order({{"do", "fault"}, {"kind", "leave"}, {"at", 36}, {"layer", "card"}});
    CHECK(run(CardPurpose::issue, somebody).fault() == base::Fault::timeout);
    stack.order({{"do", "fault"}, {"kind", "none"}});
    options.wait_s = 20;
    CHECK(must(run(CardPurpose::finish, "")).note == server::card_note::issued);

    auto store = must(store::Store::open(read.database, {}));
    const base::SystemClock clock;
    const auto entries = must(app::OwnLedger{store, read, clock}.all());
    REQUIRE(entries.size() == 2);
    for (const auto& entry : entries) {
        const auto plain = must(vault::open_with(live.town.region().keys.sealing, entry.body));
        const auto body = must(wire::decode_ledger_body(plain.view()));
        CHECK(body.number == somebody);
        REQUIRE(body.idm.has_value());
        CHECK(body.idm->bytes.back() == 7);
    }
}
