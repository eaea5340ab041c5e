// A small region of a test's own: facilities, terminals, cards and records, made through the server's own doors.
#pragma once

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cardio/simulator/virtual_card.h"
#include "sync/engine/region_client.h"
#include "sync/server/card_office.h"
#include "sync/server/enrolment_desk.h"
#include "sync/server/feed.h"
#include "sync/server/import_desk.h"
#include "sync/server/ledger_desk.h"
#include "sync/server/region.h"
#include "sync/vault/lock.h"
#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/temp_folder.h"

namespace kazashi::test {

using nlohmann::json;

template <class T>
T must(base::Result<T> result) {
    if (!result) INFO(result.error().detail);
    REQUIRE(static_cast<bool>(result));
    return std::move(*result);
}
inline void must(const base::Status& status) {
    if (!status) INFO(status.error().detail);
    REQUIRE(static_cast<bool>(status));
}

inline simulator::CardImage simulated(const server::CardImage& image) {
    simulator::CardImage made;
    made.idm = image.card.idm;
    made.id = image.card.id;
    made.s_pad0 = image.card.s_pad0;
    made.ck = image.key.clone();
    return made;
}

// What a reader gets when it holds this challenge before the card.
inline card::Proof ask(simulator::VirtualCard& card, const card::Challenge& challenge) {
    REQUIRE(card.answer(protocol::challenge_frame(card.idm(), challenge)).has_value());
    const auto frame = card.answer(protocol::proof_frame(card.idm()));
    REQUIRE(frame.has_value());
    return std::move(must(protocol::parse_proof(*frame, card.idm())).proof);
}

// A terminal as the region knows it, with the keys only the terminal has, and its ledger so far.
struct TestTerminal {
    model::TerminalId id;
    model::Facility facility;
    vault::SigningPair signing{vault::make_signing_pair()};
    vault::SealingPair sealing{vault::make_sealing_pair()};
    engine::TlsRequest tls;
    std::string certificate;
    wire::ChainHead head;

    model::LedgerEntry write(model::LedgerKind kind, const wire::LedgerBody& body, const model::SealKey& region,
                             model::UtcTime at) {
        model::LedgerEntry entry;
        entry.terminal = id;
        entry.seq = model::LedgerSeq{head.seq.value + 1};
        entry.prev = head.hash;
        entry.at = at;
        entry.kind = kind;
        entry.body = vault::seal_to(region, wire::encode(body));
        wire::sign_entry(entry, signing);
        head = {entry.seq, wire::hash_of(entry)};
        return entry;
    }
};

inline json patient_of(const std::string& number, const std::string& kana = "ウスキ ハナコ") {
    return {{"resourceType", "Patient"},
            {"id", "p-" + number},
            {"identifier", json::array({{{"system", "urn:oid:2.999.392.1"}, {"value", number}}})},
            {"name", json::array({{{"text", kana}}})},
            {"birthDate", "1950-04-01"}};
}
inline json medicine(const std::string& number, const std::string& id, const std::string& name) {
    return {{"resourceType", "MedicationRequest"},
            {"id", id},
            {"status", "active"},
            {"intent", "order"},
            {"medicationCodeableConcept", {{"text", name}}},
            {"subject", {{"reference", "Patient/p-" + number}}},
            {"authoredOn", "2025-12-20"}};
}
inline std::string bundle(const std::vector<json>& resources) {
    auto entries = json::array();
    for (const auto& resource : resources) {
        const auto url = resource["resourceType"].get<std::string>() + "/" + resource["id"].get<std::string>();
        entries.push_back({{"resource", resource}, {"request", {{"method", "PUT"}, {"url", url}}}});
    }
    return json{{"resourceType", "Bundle"}, {"type", "transaction"}, {"entry", entries}}.dump();
}

class Town {
public:
    Town()
        : region_{make()}, packer_{region_.keys}, imports_{region_.profile, packer_}, ledgers_{region_.keys, packer_} {
        facility("F0001", model::FacilityType::pharmacy);
        facility("F0002", model::FacilityType::fire);
        facility("F0003", model::FacilityType::city_hall);
    }

    fakes::TempFolder folder;
    fakes::FakeClock clock;

    server::Region& region() { return region_; }
    server::Repository& repository() { return *region_.repository; }
    const server::Packer& packer() const { return packer_; }
    const server::LedgerDesk& ledgers() const { return ledgers_; }
    model::UtcTime now() const { return clock.wall(); }

    void facility(const std::string& id, model::FacilityType type) {
        const model::Facility facility{model::FacilityId{id}, type, "facility " + id};
        must(repository().write([&](server::Records& records) -> base::Status {
            KAZASHI_TRY([[maybe_unused]] const bool fresh, records.put_facility(facility));
            return server::publish(records, facility, server::for_all());
        }));
    }

    TestTerminal enrol(const std::string& facility) {
        TestTerminal terminal;
        terminal.tls = must(engine::make_tls_request());
        must(repository().write([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(const auto code, server::make_code(records, model::FacilityId{facility}, now()));
            KAZASHI_TRY(auto answer,
                        server::enrol(records, region_,
                                      {code, terminal.tls.csr_pem, terminal.signing.verify, terminal.sealing.seal},
                                      {now(), base::SystemClock{}.wall()}));
            terminal.id = answer.terminal;
            terminal.facility = answer.facility;
            terminal.certificate = answer.certificate_pem;
            return base::ok();
        }));
        return terminal;
    }

    server::CardImage issue(const std::string& number, card::CardKind kind = card::CardKind::patient) {
        std::optional<server::CardImage> image;
        must(repository().write([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(auto issued, server::issue_card(records, region_, packer_, {kind, number, ""}));
            image.emplace(std::move(issued));
            return base::ok();
        }));
        return std::move(*image);
    }

    std::variant<server::Imported, fhir::Refusal> post(const std::string& text) {
        auto read = fhir::import_bundle(text);
        if (auto* refusal = std::get_if<fhir::Refusal>(&read)) return *refusal;
        return must(imports_.store(repository(), std::get<fhir::Import>(read), now()));
    }
    server::Imported import(const std::string& text) {
        const auto done = post(text);
        REQUIRE(std::holds_alternative<server::Imported>(done));
        return std::get<server::Imported>(done);
    }

    server::TerminalRecord record_of(const TestTerminal& terminal) {
        std::optional<server::TerminalRecord> found;
        must(repository().read([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(found, records.terminal(terminal.id));
            return base::ok();
        }));
        REQUIRE(found.has_value());
        return *found;
    }

    base::Result<base::Bytes> page_bytes(const TestTerminal& terminal, model::Cursor after) {
        const auto record = record_of(terminal);
        server::SignedPage page;
        KAZASHI_CHECK(repository().read([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(const auto policy, records.policy());
            const auto listener = server::listener_of(record, policy);
            KAZASHI_TRY(page, server::signed_page(records, {listener, after, now()}, region_.keys.signing));
            return base::ok();
        }));
        return std::move(page.bytes);
    }
    model::FeedPage page(const TestTerminal& terminal, model::Cursor after) {
        return must(wire::decode_signed_page(must(page_bytes(terminal, after)), region_.keys.signing.verify));
    }
    // Every page from a cursor to the head.
    std::vector<model::FeedEntry> feed(const TestTerminal& terminal, model::Cursor after = {}) {
        std::vector<model::FeedEntry> entries;
        while (true) {
            auto next = page(terminal, after);
            entries.insert(entries.end(), next.entries.begin(), next.entries.end());
            if (next.next == next.head) return entries;
            REQUIRE(next.next > after);
            after = next.next;
        }
    }

    base::Result<wire::PushAnswer> push(const TestTerminal& terminal, std::vector<model::LedgerEntry> entries) {
        const auto record = record_of(terminal);
        wire::PushAnswer answer;
        KAZASHI_CHECK(repository().write([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(answer, ledgers_.push(records, record, {std::move(entries)}, now()));
            return base::ok();
        }));
        return answer;
    }

    std::optional<server::PatientRecord> patient(const std::string& number) {
        std::optional<server::PatientRecord> found;
        must(repository().read([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(found, records.patient_numbered(number));
            return base::ok();
        }));
        return found;
    }
    server::RegistryTotals totals() {
        server::RegistryTotals totals;
        must(repository().read([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(totals, records.totals());
            return base::ok();
        }));
        return totals;
    }
    std::vector<server::GrantRecord> grants() {
        std::vector<server::GrantRecord> found;
        must(repository().read([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(found, records.grants());
            return base::ok();
        }));
        return found;
    }

    // The grant a tap makes here and now, as the policy would have it.
    model::Grant draft(const TestTerminal& terminal, const std::string& number) {
        const auto policy = model::default_policy();
        const auto& rules = policy.of(terminal.facility.type);
        model::Grant grant;
        vault::random_bytes(grant.id.bytes.data(), grant.id.bytes.size());
        grant.patient = patient(number)->ref;
        grant.facility = terminal.facility.id;
        grant.terminal = terminal.id;
        grant.staff = model::StaffId{"0000000001"};
        grant.purpose = "treatment";
        grant.sections = rules.sections;
        grant.granted_at = now();
        grant.expires_at = model::window_end(now(), rules.window_days, policy.time_zone);
        return grant;
    }
    wire::LedgerBody proved(const model::Grant& grant, simulator::VirtualCard& card) {
        wire::LedgerBody body;
        body.staff = grant.staff;
        body.patient = grant.patient;
        body.grant = grant;
        body.idm = card.idm();
        const auto proof = ask(card, vault::grant_challenge(wire::encode(grant)));
        body.proof.assign(proof.view().begin(), proof.view().end());
        return body;
    }
    model::LedgerEntry write(TestTerminal& terminal, model::LedgerKind kind, const wire::LedgerBody& body) {
        return terminal.write(kind, body, region_.keys.sealing.seal, now());
    }

private:
    server::Region make() {
        vault::init();
        must(server::make_region(folder / "region", {44, "Test", true, "urn:oid:2.999.392.1"},
                                 base::SystemClock{}.wall()));
        return must(server::open_region(folder / "region"));
    }

    server::Region region_;
    server::Packer packer_;
    server::ImportDesk imports_;
    server::LedgerDesk ledgers_;
};

template <class Body>
std::vector<Body> all(const std::vector<model::FeedEntry>& entries) {
    std::vector<Body> found;
    for (const auto& entry : entries) {
        if (const auto* body = std::get_if<Body>(&entry.body)) found.push_back(*body);
    }
    return found;
}

}  // namespace kazashi::test
