// PC/SC-lite behind objects that close themselves. Every winscard code stops here and becomes a Fault; the reasons for
// the unusual ones are in felica.md §4.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "cardio/reader/apdu_link.h"

namespace kazashi::reader {

// What is known of one reader. `raw` is fed back whole: its upper half counts insertions and removals, so that a card
// swapped between two waits is still noticed.
struct ReaderWatch {
    std::string name;
    std::uint32_t raw{};

    bool present() const;
    std::uint32_t count() const { return raw >> 16U; }
};

class PcscContext {
public:
    // reader_off when there is no service. Never blocks for long.
    static base::Result<PcscContext> establish();
    PcscContext(PcscContext&& other) noexcept;
    PcscContext& operator=(PcscContext&& other) noexcept;
    PcscContext(const PcscContext&) = delete;
    PcscContext& operator=(const PcscContext&) = delete;
    ~PcscContext();

    base::Result<std::vector<std::string>> readers() const;  // none is an empty list
    // Waits until a reader or card changes; `watches` is brought up to date. Errors: timeout (nothing changed) ·
    // cancelled · not_found (a reader of the list has gone) · reader_off (this context is dead; establish another).
    base::Status wait(std::vector<ReaderWatch>& watches, std::chrono::milliseconds timeout) const;
    void cancel() const;  // from any thread; lost when nobody waits
    long handle() const { return handle_; }

private:
    explicit PcscContext(long handle) : handle_{handle} {}
    long handle_{};
    bool open_{true};
};

// A connection to the card in a reader, shared with other programs outside a transaction.
class PcscConnection final : public ApduLink {
public:
    // Errors: card_left (no card) · reader_busy · reader_off · not_found · denied (polkit).
    static base::Result<PcscConnection> open(const PcscContext& context, const std::string& reader);
    PcscConnection(PcscConnection&& other) noexcept;
    PcscConnection& operator=(PcscConnection&&) = delete;
    PcscConnection(const PcscConnection&) = delete;
    PcscConnection& operator=(const PcscConnection&) = delete;
    // Unpowers the card, so that nobody inherits what it proved (felica.md §4.6), unless it has left.
    ~PcscConnection() override;
    // The card has left: pcscd 1.9 would take a failed unpowering for the removal of the card that lies there by then.
    void card_has_left() { card_there_ = false; }

    base::ByteView atr() const { return atr_; }
    bool t0() const;  // the reader speaks T=0 (felica.md §3.6)
    base::Status begin_transaction();
    void end_transaction();
    void end_transaction_with_reset();  // what the card was persuaded of in it is gone
    bool in_transaction() const { return in_transaction_; }
    // After another program reset the card.
    base::Status reconnect();
    base::Result<base::Bytes> transmit(base::ByteView apdu) override;

private:
    PcscConnection(long handle, std::uint32_t protocol) : handle_{handle}, protocol_{protocol} {}
    base::Status read_atr();

    long handle_{};
    std::uint32_t protocol_{};
    base::Bytes atr_;
    bool open_{true};
    bool in_transaction_{false};
    bool card_there_{true};
};

}  // namespace kazashi::reader
