// Enrolling staff: one card after the other on the reader, each answering two challenges for its slot.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "cardio/base/mailbox.h"
#include "cardio/reader/station.h"
#include "sync/desk/desk.h"
#include "terminal/app/tuning.h"

namespace kazashi::app {

class StaffCards {
public:
    using Say = std::function<void(std::string_view)>;
    using AskPin = std::function<base::Result<base::SecretBytes>()>;

    StaffCards(const reader::StationOptions& options, Say say);

    base::Status wait_for_reader();
    // Waits for card `number` to be laid on the reader, seals its slot, and waits for it to be taken away.
    base::Status enrol(int number, desk::SlotMaker& slots, const AskPin& ask_pin);

private:
    using Events = base::Mailbox<card::CardEvent>;
    base::Result<card::CardSeen> wait_for_card();
    base::Result<std::vector<card::Proof>> prove(card::SessionNumber session, std::vector<card::Challenge> challenges);
    base::Status wait_until_taken(card::SessionNumber session);

    Say say_;
    Events events_{tuning::enrol_events};
    reader::Station station_;
    std::set<std::string> done_;  // staff numbers: one slot each
};

}  // namespace kazashi::app
