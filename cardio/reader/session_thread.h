// The station's session thread: takes what the monitors tell and what is ordered, talks to the card that lies there,
// and says what came of it. One presentation at a time; a card on a second reader ends the one before.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cardio/base/mailbox.h"
#include "cardio/reader/card_session.h"
#include "cardio/reader/nfc_monitor.h"
#include "cardio/reader/overdue.h"
#include "cardio/reader/pcsc.h"
#include "cardio/reader/pcsc_monitor.h"
#include "cardio/reader/station.h"
#include "cardio/reader/tuning.h"

namespace kazashi::reader {

struct ProveOrder {
    std::vector<card::Challenge> challenges;
};
struct PadsOrder {};
struct RelayOrder {
    std::vector<base::SecretBytes> frames;
};
struct SignOrder {
    base::SecretBytes pin;
    card::Digest digest;
};
struct Order {
    card::SessionNumber session{};
    std::variant<ProveOrder, PadsOrder, RelayOrder, SignOrder> deed;
};

class SessionThread {
public:
    SessionThread(StationOptions options, Station::Post post);

    void start_monitors();
    void run();   // until stop()
    void stop();  // nothing is posted after it
    void order(Order order);

private:
    enum class Source { pcsc, libnfc };
    struct Tidings {
        Source source{};
        MonitorEvent event;
    };
    using Letter = std::variant<Tidings, Order>;
    using Outcome = std::variant<card::CardEvent, base::Error>;

    // What lies on a reader now. A torn card that comes back without the service noticing gets a new session number.
    struct Presentation {
        Source source{};
        CardArrived arrived;
        std::unique_ptr<CardSession> card;
        card::SessionNumber number{};
        std::optional<card::IdCardKind> id_card{};  // what was seen, if it was one
        int retries_left{0};                        // more than none: torn, and looked at again from time to time
        bool silent{false};  // torn, and a look since then found nothing: what answers now was held up anew
        bool busy{false};    // another program has it; looked at again until it lets go
    };

    bool wait_for_letter();
    std::optional<Letter> take_letter();
    void hear(Source source, const MonitorEvent& event);
    void reader_state(Source source, const card::ReaderState& state);
    void arrive(Source source, const CardArrived& arrived);
    void depart(Source source, const CardDeparted& departed);
    void carry_out(Order& order);
    Outcome prove(const ProveOrder& order);
    Outcome read_pads();
    Outcome relay(const RelayOrder& order);
    Outcome sign(const SignOrder& order);
    void retry();
    void retry_busy();
    void present(base::SteadyTime at);
    void present_anew();
    void end(CardIs card);
    std::unique_ptr<CardSession> session_with(Source source, const CardArrived& arrived);
    base::Result<Sight> identify();
    void report(base::SteadyTime at, const Sight& sight);
    void trouble(const base::Error& error);
    void post(card::CardEvent event);

    const StationOptions options_;
    const Station::Post post_;
    std::mutex posting_;
    bool silenced_{false};  // by stop(), under posting_
    const base::SystemClock clock_;
    base::Mailbox<Letter> letters_{tuning::mailbox};

    // Of the session thread:
    std::map<std::string, ReaderTraits> traits_;  // by reader
    std::map<Source, card::ReaderState> states_;
    std::optional<PcscContext> context_;  // made ahead, so that a tap does not wait for it
    std::optional<Presentation> now_;
    card::SessionNumber last_session_{0};

    std::optional<NfcReader> nfc_reader_;
    Overdue overdue_;
    std::optional<PcscMonitor> pcsc_monitor_;
    std::optional<NfcMonitor> nfc_monitor_;
};

}  // namespace kazashi::reader
