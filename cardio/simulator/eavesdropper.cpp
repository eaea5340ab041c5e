#include "cardio/simulator/eavesdropper.h"

#include <algorithm>

#include "cardio/protocol/felica_lite_s.h"
#include "cardio/simulator/felica_card.h"
#include "cardio/simulator/tuning.h"

namespace kazashi::simulator {

void Eavesdropper::listen(base::ByteView frame, base::ByteView answer) {
    namespace block = protocol::lite_s;
    const auto command = take_apart(frame);
    if (!command || command->elements.empty()) return;
    const auto last = command->elements.back().block;
    const bool one = command->elements.size() == 1;
    if (command->code == protocol::code::write && one && last == block::rc) {
        rc_.emplace();
        std::copy(command->data.begin(), command->data.end(), rc_->bytes.begin());
    }
    const bool proof = last == block::mac_a || last == block::mac;
    if (command->code != protocol::code::read || !proof || !rc_ || heard_.size() >= tuning::heard) return;
    const auto blocks = protocol::parse_read(answer, command->idm, command->elements.size());
    if (!blocks) return;
    Heard heard{*rc_, {}};
    std::copy_n(blocks->back().bytes.begin(), heard.mac.size(), heard.mac.begin());
    heard_.push_back(heard);
}

}  // namespace kazashi::simulator
