// A terminal's folder with its keys and its store, and a region that signs for what it is pushed.
#pragma once

#include <fstream>

#include "sync/store/private_file.h"
#include "sync/wire/ledger.h"
#include "terminal/app/own_ledger.h"
#include "tests/catch.h"
#include "tests/fakes/temp_folder.h"

namespace kazashi::test {

class SigningRegion final : public engine::Region {
public:
    bool up{true};
    std::string problem;
    int receipts_most{1000};  // a region that is slow gives some of them
    bool lose_answer{false};  // taken, but the line breaks before the answer
    std::vector<model::LedgerEntry> taken;
    int pushes{0};

    base::Result<model::FeedPage> feed(model::Cursor) override { return base::Error{base::Fault::offline, "unused"}; }
    base::Result<model::UtcTime> time() override { return base::Error{base::Fault::offline, "unused"}; }
    base::Result<wire::PushAnswer> push(const wire::Push& push) override {
        ++pushes;
        if (!up) return base::Error{base::Fault::offline, "down"};
        wire::PushAnswer answer;
        answer.problem = problem;
        if (!problem.empty()) return answer;
        for (const auto& entry : push.entries) {
            if (static_cast<int>(answer.receipts.size()) == receipts_most) break;
            if (taken.empty() || taken.back().seq < entry.seq) taken.push_back(entry);
            model::Receipt receipt;
            receipt.terminal = entry.terminal;
            receipt.seq = entry.seq;
            receipt.hash = wire::hash_of(entry);
            receipt.verdict = model::Verdict::accepted;
            answer.receipts.push_back(receipt);
        }
        if (std::exchange(lose_answer, false)) return base::Error{base::Fault::offline, "lost"};
        return answer;
    }
};

struct OwnTerminal {
    OwnTerminal() {
        vault::init();
        enrolment.terminal = model::TerminalId{"F0001-T1"};
        enrolment.facility = {model::FacilityId{"F0001"}, model::FacilityType::pharmacy, "pharmacy"};
        enrolment.server_url = "https://127.0.0.1:1";
        enrolment.signing = vault::make_signing_pair();
        enrolment.region_seal = vault::make_sealing_pair().seal;
        for (auto* file : {&enrolment.tls_key, &enrolment.tls_certificate, &enrolment.region_ca}) {
            *file = outside / std::to_string(++files);
            std::ofstream{*file} << "old " << files;
        }
        REQUIRE(store::write_enrolment(state, enrolment));
        auto read = store::read_enrolment(state);
        REQUIRE(read);
        enrolment = std::move(*read);
        auto store = store::Store::open(enrolment.database, {.create = true});
        REQUIRE(store);
        const base::Bytes seal(32, 7);
        REQUIRE(store->put_value(store::value_name::facility_seal, seal));
    }
    void write_entries(int count) const {
        auto store = store::Store::open(enrolment.database, {});
        REQUIRE(store);
        app::OwnLedger ledger{*store, enrolment, clock};
        for (int i = 0; i < count; ++i) REQUIRE(ledger.append(model::LedgerKind::locked, ""));
    }
    std::vector<model::LedgerEntry> entries() const {
        auto store = store::Store::open(enrolment.database, {});
        REQUIRE(store);
        auto all = app::OwnLedger{*store, enrolment, clock}.all();
        REQUIRE(all);
        return std::move(*all);
    }
    std::string text_of(const std::string& file) const {
        std::ifstream in{state / file, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

    fakes::TempFolder outside;
    fakes::TempFolder folder;
    std::filesystem::path state{folder.path()};
    base::SystemClock clock;
    store::Enrolment enrolment;
    int files{0};
};

struct Said {
    std::string text;
    std::function<void(std::string_view)> say{[this](std::string_view sentence) { (text += sentence) += '\n'; }};
    bool has(std::string_view words) const { return text.find(words) != std::string::npos; }
};

}  // namespace kazashi::test
