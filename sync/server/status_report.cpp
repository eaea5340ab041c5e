#include "sync/server/status_report.h"

#include <array>
#include <nlohmann/json.hpp>

#include "sync/server/feed.h"

namespace kazashi::server {

namespace {

using nlohmann::ordered_json;

std::string_view name(model::GrantState state) {
    switch (state) {
        case model::GrantState::confirmed:
            return "confirmed";
        case model::GrantState::refused:
            return "refused";
        case model::GrantState::withdrawn:
            return "withdrawn";
    }
    return "unknown";
}

// In the order of model::LedgerKind, which begins at 1.
constexpr std::array kind_names{"sign_in",        "sign_out",   "sign_in_failed", "card_refused",  "grant",
                                "view",           "withdrawal", "break_glass",    "window_ended",  "clock_fault",
                                "declined",       "locked",     "unlocked",       "pin_changed",   "slot_added",
                                "slot_removed",   "admitted",   "name_search",    "history_shown", "notice_shown",
                                "terminal_ended", "rekeyed"};

ordered_json kinds(const LedgerTotals& ledger) {
    auto counts = ordered_json::object();
    for (const auto& [kind, count] : ledger.accepted) {
        counts[kind_names.at(static_cast<std::size_t>(kind) - 1)] = count;
    }
    return counts;
}

Result<ordered_json> packages(Records& records) {
    constexpr model::SectionSet everything{0x0f};
    KAZASHI_TRY(const auto total, records.packages_for(everything));
    KAZASHI_TRY(const auto policy, records.policy());
    ordered_json counts{{"total", total}};
    for (const auto type : model::all_facility_types) {
        TerminalRecord any;
        any.facility.type = type;
        KAZASHI_TRY(const auto count, records.packages_for(listener_of(any, policy).sections));
        counts[std::string{model::name(type)}] = count;
    }
    return counts;
}

Result<ordered_json> terminals(Records& records) {
    KAZASHI_TRY(const auto known, records.terminals());
    int in_service = 0, ended = 0, lost = 0;
    auto forked = ordered_json::array();
    for (const auto& terminal : known) {
        in_service += terminal.in_service() ? 1 : 0;
        ended += terminal.ended_at ? 1 : 0;
        lost += terminal.lost_at ? 1 : 0;
        if (terminal.forked_at) forked.push_back(terminal.id.str());
    }
    return ordered_json{{"in_service", in_service}, {"ended", ended}, {"lost", lost}, {"forked", std::move(forked)}};
}

Result<ordered_json> grants(Records& records) {
    KAZASHI_TRY(const auto known, records.grants());
    auto list = ordered_json::array();
    for (const auto& record : known) {
        list.push_back({{"grant", base::to_hex(record.grant.id.view())},
                        {"facility", record.facility.str()},
                        {"state", name(record.state)},
                        {"reason", record.reason},
                        {"proof_verified", record.proof_verified}});
    }
    return list;
}

}  // namespace

Result<std::string> status_json(Repository& repository) {
    ordered_json report;
    KAZASHI_CHECK(repository.read([&](Records& records) -> Status {
        KAZASHI_TRY(const auto totals, records.totals());
        KAZASHI_TRY(const auto ledger, records.ledger_totals());
        KAZASHI_TRY(const auto head, records.feed_head());
        report["patients"] = totals.patients;
        report["resources"] = totals.resources;
        report["not_understood"] = totals.not_understood;
        KAZASHI_TRY(report["packages"], packages(records));
        report["feed_head"] = head.seq;
        report["ledger"] = {{"entries", ledger.entries},
                            {"receipts", ledger.receipts},
                            {"refused", ledger.refused},
                            {"kinds", kinds(ledger)}};
        KAZASHI_TRY(const auto looks, records.look_totals());
        report["looks"] = looks.looks;
        report["break_glass_to_review"] = looks.to_review;
        report["withdrawals"] = looks.withdrawals;
        report["exclusions"] = looks.exclusions;
        KAZASHI_TRY(report["terminals"], terminals(records));
        KAZASHI_TRY(const auto key, records.emergency_key());
        report["emergency_epoch"] = key ? key->epoch : 0;
        KAZASHI_TRY(report["grants"], grants(records));
        return base::ok();
    }));
    return report.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace kazashi::server
