// Troubles for tests: what may become of one exchange between reader and card, or between program and reader.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "cardio/base/bytes.h"

namespace kazashi::simulator {

struct Disturbance {
    enum class Kind {
        silence,      // the card never hears the command
        lost_answer,  // the card carried it out, its answer does not arrive
        leave,        // the card vanishes
        truncate,     // `amount` octets are missing at the end
        lengthen,     // `amount` octets too many
        flip,         // bit number `amount` of the answer, 0 the lowest of the first octet, counted round its length
        delay,        // `amount` milliseconds late
        other_card,   // an answer in the name of another card
        status,       // refused with `bytes`: two status flags of a FeliCa card, or a status word
        replace,      // `bytes` instead of the answer
    };
    enum class Layer { card, reader };  // frames and card APDUs on air, or every APDU as the program sees it

    Kind kind{};
    unsigned at{1};     // the first exchange from now that is disturbed
    unsigned times{1};  // so many one after the other
    Layer layer{Layer::card};
    unsigned amount{1};
    base::Bytes bytes{};
};
std::optional<Disturbance::Kind> disturbance_named(std::string_view name);  // "lost_answer"

// The troubles of one layer, in a queue that counts exchanges.
class Disturbances {
public:
    using Answer = std::optional<base::Bytes>;  // nullopt: silence
    struct Outcome {
        Answer answer;
        bool left{false};
        std::chrono::microseconds delay{0};
    };
    enum class Form { felica, apdu };

    void add(Disturbance disturbance) { pending_.push_back(std::move(disturbance)); }
    void clear() { pending_.clear(); }
    // One exchange; `exchange` is the undisturbed one, and is called at most once.
    Outcome pass(Form form, base::ByteView command, const std::function<Answer()>& exchange);

private:
    std::optional<Disturbance> due();  // counts

    std::vector<Disturbance> pending_;
};

}  // namespace kazashi::simulator
