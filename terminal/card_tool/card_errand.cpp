#include "terminal/card_tool/card_errand.h"

#include <atomic>

#include "sync/engine/curl_transport.h"
#include "sync/store/enrolment.h"
#include "sync/vault/keys.h"
#include "terminal/app/own_ledger.h"
#include "terminal/app/state_lock.h"
#include "terminal/card_tool/reader_card.h"

namespace kazashi::card_tool {

using base::Error;
using base::Fault;
using engine::CardTurn;
using wire::CardOutcome;
using wire::CardPurpose;

namespace {

// More turns than any order takes, with a card torn off at every one of them.
constexpr int most_turns = 60;

const char* name_of(CardPurpose purpose) {
    switch (purpose) {
        case CardPurpose::issue:
            return "issue";
        case CardPurpose::reissue:
            return "reissue";
        case CardPurpose::finish:
            return "finish";
        case CardPurpose::verify:
            return "verify";
        case CardPurpose::capsule:
            return "capsule";
        case CardPurpose::scrap:
            return "scrap";
    }
    return "unknown";
}

// Before anything is written on a card, the ledger says so.
base::Status put_on_record(const store::Enrolment& enrolment, const engine::CardWish& wish) {
    if (wish.purpose == CardPurpose::verify || wish.dry_run) return base::ok();
    const base::SystemClock clock;
    KAZASHI_TRY(auto store, store::Store::open(enrolment.database, {}));
    app::OwnLedger ledger{store, enrolment, clock};
    wire::LedgerBody body;
    body.note = name_of(wish.purpose);
    if (!wish.number.empty() && wish.kind == card::CardKind::staff) body.other_staff = model::StaffId{wish.number};
    if (!wish.number.empty() && wish.kind == card::CardKind::patient) body.number = wish.number;
    return ledger.append(model::LedgerKind::card_issued, body);
}

base::Status put_back(ReaderCard& reader, const card::Idm& idm, std::chrono::seconds longest,
                      const Progress& progress) {
    progress.put_back();
    KAZASHI_TRY(const auto again, reader.wait(longest));
    if (again != idm) return Error{Fault::malformed, "another card lies there now; put the first one back"};
    return base::ok();
}

}  // namespace

base::Result<CardTurn> run_errand(const ErrandOptions& options, const Progress& progress) {
    vault::init();
    KAZASHI_TRY(const auto lock, app::StateLock::take(options.state));
    KAZASHI_TRY(const auto enrolment, store::read_enrolment(options.state));
    const std::atomic<bool> never{false};
    engine::CurlTransport line{enrolment.server_url, enrolment.region_ca,
                               engine::CurlTransport::Certificate{enrolment.tls_certificate, enrolment.tls_key}, never};
    const std::chrono::seconds longest{options.wait_s};
    ReaderCard reader{options.reader};
    KAZASHI_TRY(const auto idm, reader.wait(longest));
    KAZASHI_CHECK(put_on_record(enrolment, options.wish));
    engine::CardOrder order{line};
    KAZASHI_TRY(auto turn, order.begin(options.wish, idm));
    for (int turns = 0; turn.outcome == CardOutcome::running; ++turns) {
        if (turns == most_turns) return Error{Fault::timeout, "the order comes to no end"};
        progress.step(turn);
        KAZASHI_TRY(auto answers, reader.relay(turn.frames));
        if (answers.size() < turn.frames.size()) {
            KAZASHI_CHECK(put_back(reader, idm, longest, progress));
            answers.clear();
        }
        KAZASHI_TRY(turn, order.answer(std::move(answers)));
    }
    return turn;
}

}  // namespace kazashi::card_tool
