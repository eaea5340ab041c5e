// Orders about cards themselves: made here, or lost.
#include "terminal/app/order_runner.h"

namespace kazashi::app {

namespace {

// As it stands in the ledger.
const char* word_for(wire::CardPurpose purpose) {
    switch (purpose) {
        case wire::CardPurpose::issue:
            return "issue";
        case wire::CardPurpose::reissue:
            return "reissue";
        case wire::CardPurpose::finish:
            return "finish";
        case wire::CardPurpose::verify:
            return "verify";
        case wire::CardPurpose::capsule:
            return "capsule";
        case wire::CardPurpose::scrap:
            return "scrap";
    }
    return "other";
}

}  // namespace

void OrderRunner::operator()(state::BeginCardOrder& order) {
    const auto written = desk_.begin_card_order(word_for(order.purpose), order.kind, order.number, order.idm);
    if (!written) return fail(order.call, During::card_order, written.error());
    post(state::CardOrderWritten{order.call});
    tell_counts();
}

void OrderRunner::operator()(state::WriteLostCard& order) {
    const auto written = desk_.report_lost({order.window, order.number});
    if (!written) return fail(0, During::lost_card, written.error());
    post(state::CardReportedLost{});
    tell_counts();
}

}  // namespace kazashi::app
