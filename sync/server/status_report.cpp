#include "sync/server/status_report.h"

#include <nlohmann/json.hpp>

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

Result<ordered_json> packages(Records& records) {
    constexpr model::SectionSet everything{0x0f};
    KAZASHI_TRY(const auto total, records.packages_for(everything));
    KAZASHI_TRY(const auto policy, records.policy());
    ordered_json counts{{"total", total}};
    for (const auto type : model::all_facility_types) {
        KAZASHI_TRY(const auto count, records.packages_for(policy.of(type).sections));
        counts[std::string{model::name(type)}] = count;
    }
    return counts;
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
        report["ledger"] = {{"entries", ledger.entries}, {"receipts", ledger.receipts}, {"refused", ledger.refused}};
        KAZASHI_TRY(report["grants"], grants(records));
        return base::ok();
    }));
    return report.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace kazashi::server
