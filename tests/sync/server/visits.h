// What happens to one patient in a Town: taps, broken glass, withdrawals, and what the card then shows.
#pragma once

#include "sync/fhir/looks.h"
#include "sync/model/policy.h"
#include "tests/sync/server/town.h"

namespace kazashi::test {

constexpr const char* visitor_number = "0000000001";

struct Visits {
    Town town;
    TestTerminal pharmacy{town.enrol("F0001")};
    TestTerminal ambulance{town.enrol("F0002")};
    TestTerminal kiosk{town.enrol("F0003")};
    simulator::VirtualCard card{simulated(town.issue(visitor_number))};

    Visits() {
        town.import(bundle({patient_of(visitor_number), medicine(visitor_number, "m1", "アムロジピン")}));
        for (const auto* facility : {"F0001", "F0002"}) staff(facility);
    }
    model::PatientRef patient() { return town.patient(visitor_number)->ref; }

    // Two at each facility: "F0002-1" and "F0002-2".
    void staff(const std::string& facility) {
        for (const auto* which : {"-1", "-2"}) {
            must(town.repository().write([&](server::Records& records) -> base::Status {
                KAZASHI_TRY([[maybe_unused]] const bool fresh,
                            records.put_staff({model::StaffId{facility + which}, model::FacilityId{facility}, "x"}));
                return base::ok();
            }));
        }
    }
    template <class Work>
    base::Status write(const Work& work) {
        return town.repository().write([&](server::Records& records) -> base::Status { return work(records); });
    }
    template <class Value, class Work>
    Value read(const Work& work) {
        std::optional<Value> value;
        must(town.repository().read([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(value, work(records));
            return base::ok();
        }));
        return std::move(*value);
    }

    model::Receipt push(TestTerminal& terminal, model::LedgerKind kind, const wire::LedgerBody& body) {
        const auto answer = must(town.push(terminal, {town.write(terminal, kind, body)}));
        REQUIRE(answer.receipts.size() == 1);
        return answer.receipts[0];
    }
    void accepted(const model::Receipt& receipt) {
        INFO(receipt.reason);
        CHECK(receipt.verdict == model::Verdict::accepted);
    }
    void refused(const model::Receipt& receipt, const std::string& reason) {
        CHECK(receipt.verdict == model::Verdict::refused);
        CHECK(receipt.reason == reason);
    }

    model::Grant tap(TestTerminal& terminal) {
        const auto grant = town.draft(terminal, visitor_number);
        accepted(push(terminal, model::LedgerKind::grant, town.proved(grant, card)));
        return grant;
    }
    wire::LedgerBody viewed(const model::Grant& grant) {
        wire::LedgerBody body;
        body.staff = grant.staff;
        body.patient = grant.patient;
        body.grant_id = grant.id;
        body.sections = grant.sections;
        return body;
    }
    wire::LedgerBody broken(const TestTerminal& terminal) {
        const auto policy = read<model::Policy>([](server::Records& records) { return records.policy(); });
        const auto& rules = policy.of(terminal.facility.type);
        auto grant = town.draft(terminal, visitor_number);
        grant.purpose = model::purpose::emergency;
        grant.staff = model::StaffId{terminal.facility.id.str() + "-1"};
        grant.sections = rules.emergency_sections;
        grant.expires_at = grant.granted_at + std::chrono::hours{rules.emergency_hours};
        wire::LedgerBody body;
        body.staff = grant.staff;
        body.patient = grant.patient;
        body.grant = grant;
        body.note = "unconscious";
        return body;
    }
    wire::LedgerBody taken_back(const TestTerminal& terminal, const std::string& facility) {
        wire::LedgerBody body;
        body.patient = patient();
        body.withdrawal = model::Withdrawal{{}, patient(), terminal.id, model::FacilityId{facility}, town.now()};
        vault::random_bytes(body.withdrawal->id.bytes.data(), model::GrantId::size);
        body.idm = card.idm();
        const auto proof = ask(card, vault::withdrawal_challenge(wire::encode(*body.withdrawal)));
        body.proof.assign(proof.view().begin(), proof.view().end());
        return body;
    }

    // What the card opens of its owner's history, at any terminal.
    std::vector<fhir::Look> history(const TestTerminal& terminal) {
        const auto feed = town.feed(terminal);
        const auto locks = all<model::Lock>(feed);
        REQUIRE(locks.size() == 1);
        const auto key = vault::card_key(card.idm(), locks[0].first, ask(card, locks[0].first), locks[0].second,
                                         ask(card, locks[0].second));
        std::optional<std::vector<fhir::Look>> looks;
        for (const auto& wrap : all<model::Wrap>(feed)) {
            if (wrap.package.section != model::Section::history) continue;
            REQUIRE(wrap.way == model::WrapFor::card);  // nobody else is given the key
            const auto data_key = must(vault::unwrap(key, wrap.package, wrap.sealed));
            for (const auto& package : all<model::Package>(feed)) {
                if (package.id != wrap.package) continue;
                const auto plain = must(fhir::decompress(must(vault::open_package(data_key, package)).view()));
                looks = must(fhir::read_looks(base::as_text(plain.view())));
            }
        }
        return looks.value_or(std::vector<fhir::Look>{});
    }
    int facility_wraps(const TestTerminal& terminal) {
        int count = 0;
        for (const auto& wrap : all<model::Wrap>(town.feed(terminal))) {
            if (wrap.way != model::WrapFor::facility) continue;
            CHECK(static_cast<bool>(vault::unwrap_facility(terminal.sealing, wrap.package, wrap.sealed)));
            ++count;
        }
        return count;
    }
    std::optional<model::GrantNews> news_of(const TestTerminal& terminal, const model::Grant& grant) {
        for (const auto& news : all<model::GrantNews>(town.feed(terminal))) {
            if (news.grant == grant.id) return news;
        }
        return std::nullopt;
    }
};

}  // namespace kazashi::test
