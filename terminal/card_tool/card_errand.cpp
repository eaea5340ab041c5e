#include "terminal/card_tool/card_errand.h"

#include <atomic>
#include <thread>

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

// Before anything is written on a card, the ledger says so. `whose`: of a card that is finished, as the region says.
base::Status put_on_record(const store::Enrolment& enrolment, const engine::CardWish& wish, const card::Idm& idm,
                           const std::optional<wire::CardHolder>& whose) {
    if (wish.purpose == CardPurpose::verify || wish.dry_run) return base::ok();
    const base::SystemClock clock;
    KAZASHI_TRY(auto store, store::Store::open(enrolment.database, {}));
    app::OwnLedger ledger{store, enrolment, clock};
    wire::LedgerBody body;
    body.note = name_of(wish.purpose);
    body.idm = idm;
    const auto holder = whose.value_or(wire::CardHolder{wish.kind, wish.number});
    if (!holder.number.empty() && holder.kind == card::CardKind::staff)
        body.other_staff = model::StaffId{holder.number};
    if (!holder.number.empty() && holder.kind == card::CardKind::patient) body.number = holder.number;
    return ledger.append(model::LedgerKind::card_issued, body);
}

// Another card in its place is said once, and waited out: the order goes on with the first one or not at all.
base::Status put_back(ReaderCard& reader, const card::Idm& idm, std::chrono::seconds longest,
                      const Progress& progress) {
    constexpr std::chrono::milliseconds between_looks{200};
    const base::SystemClock clock;
    const auto until = clock.boot() + longest;
    progress.put_back();
    for (bool said = false;; said = true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock.boot());
        KAZASHI_TRY(const auto again, reader.wait(left));
        if (again == idm) return base::ok();
        if (clock.boot() >= until)
            return Error{Fault::timeout, "another card lies there, and the first did not return"};
        reader.let_go();
        if (!said) progress.another();
        std::this_thread::sleep_for(between_looks);
    }
}

// As the folder's parts say that they are not there.
template <class T>
base::Result<T> of_terminal(base::Result<T> part) {
    if (!part && part.fault() == Fault::not_found)
        return Error{Fault::not_found, "this folder is no enrolled terminal's"};
    return part;
}

}  // namespace

base::Result<CardTurn> run_errand(const ErrandOptions& options, const Progress& progress) {
    vault::init();
    KAZASHI_TRY(const auto lock, of_terminal(app::StateLock::take(options.state)));
    KAZASHI_TRY(const auto enrolment, of_terminal(store::read_enrolment(options.state)));
    const std::atomic<bool> never{false};
    engine::CurlTransport line{enrolment.server_url, enrolment.region_ca,
                               engine::CurlTransport::Certificate{enrolment.tls_certificate, enrolment.tls_key}, never};
    const std::chrono::seconds longest{options.wait_s};
    ReaderCard reader{options.reader};
    KAZASHI_TRY(const auto idm, reader.wait(longest));
    // Of a card to be finished the region says whose it is, before anything is done to it.
    const bool finishes = options.wish.purpose == CardPurpose::finish;
    if (!finishes) KAZASHI_CHECK(put_on_record(enrolment, options.wish, idm, {}));
    engine::CardOrder order{line};
    KAZASHI_TRY(auto turn, order.begin(options.wish, idm));
    if (finishes) KAZASHI_CHECK(put_on_record(enrolment, options.wish, idm, turn.whose));
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
