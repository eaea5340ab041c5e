// A region in memory behind the engine's Transport: real keys, real bytes, a real chain check. `meddle` stands between
// it and the terminal, and may change, withhold or replace any answer.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sync/engine/transport.h"
#include "sync/wire/ledger.h"

namespace kazashi::fakes {

class FakeRegion final : public engine::Transport {
public:
    using Bytes = base::Bytes;
    using Answer = base::Result<Bytes>;

    FakeRegion(model::TerminalId for_terminal, model::VerifyKey terminal_key)
        : terminal{std::move(for_terminal)}, terminal_key_{terminal_key} {}

    model::TerminalId terminal;
    vault::SigningPair keys{vault::make_signing_pair()};
    std::vector<model::FeedEntry> feed;
    std::size_t entries_a_page{2};
    std::int64_t packages_total{0};
    model::UtcTime now{std::chrono::milliseconds{1'767'225'600'000}};
    std::vector<model::LedgerEntry> ledger;
    std::vector<std::string> asked;  // every path, in order
    std::function<Answer(const std::string& path, Bytes honest)> meddle;

    Answer get(const std::string& path, std::size_t) override {
        asked.push_back(path);
        if (path.starts_with(feed_path)) return answer(path, page(std::stoll(path.substr(feed_path.size()))));
        return answer(path, time(path.substr(path.find('=') + 1)));
    }
    Answer post(const std::string& path, base::ByteView body, std::size_t) override {
        asked.push_back(path);
        return answer(path, take_push(body));
    }

    void add(model::FeedBody body) { feed.push_back({static_cast<std::int64_t>(feed.size()) + 1, std::move(body)}); }

    // What a page after `after` says before it is signed.
    model::FeedPage draft(std::int64_t after) const {
        model::FeedPage page;
        page.terminal = terminal;
        page.after = page.next = {after};
        page.head = {static_cast<std::int64_t>(feed.size())};
        page.packages_total = packages_total;
        page.made_at = now;
        for (const auto& entry : feed) {
            if (entry.seq <= after || page.entries.size() == entries_a_page) continue;
            page.entries.push_back(entry);
            page.next = {entry.seq};
        }
        return page;
    }

    model::Receipt receipt(const model::LedgerEntry& entry) const {
        model::Receipt made{entry.terminal, entry.seq, wire::hash_of(entry), now, model::Verdict::accepted, "", {}};
        wire::sign_receipt(made, keys);
        return made;
    }

private:
    static constexpr std::string_view feed_path = "/v1/feed?after=";

    Answer answer(const std::string& path, Bytes honest) {
        if (meddle) return meddle(path, std::move(honest));
        return honest;
    }
    Bytes page(std::int64_t after) const { return wire::encode_signed(draft(after), keys); }
    Bytes time(const std::string& nonce) const {
        return wire::encode_signed(wire::SignedTime{base::from_hex(nonce).value(), now}, keys);
    }
    // Idempotent by (terminal, seq, hash); refuses gaps and forks, and names them.
    Bytes take_push(base::ByteView body) {
        const auto push = wire::decode_push(body);
        wire::PushAnswer answer;
        for (const auto& entry : push.value().entries) {
            const auto known = static_cast<std::int64_t>(ledger.size());
            if (entry.seq.value <= known) {
                const auto& ours = ledger[static_cast<std::size_t>(entry.seq.value - 1)];
                if (wire::hash_of(ours) != wire::hash_of(entry)) {
                    answer.problem = "fork";
                    break;
                }
            } else if (!wire::verify_chain(head(), {&entry, 1}, terminal_key_)) {
                answer.problem = entry.seq.value == known + 1 ? "fork" : "gap";
                break;
            } else {
                ledger.push_back(entry);
            }
            answer.receipts.push_back(receipt(entry));
        }
        answer.expected = {static_cast<std::int64_t>(ledger.size()) + 1};
        return wire::encode(answer);
    }
    std::optional<wire::ChainHead> head() const {
        if (ledger.empty()) return std::nullopt;
        return wire::ChainHead{ledger.back().seq, wire::hash_of(ledger.back())};
    }

    model::VerifyKey terminal_key_;
};

}  // namespace kazashi::fakes
