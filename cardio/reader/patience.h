// How often and how long something is tried with one card before the person is asked to hold it up again.
#pragma once

#include "cardio/base/clock.h"
#include "cardio/base/result.h"
#include "cardio/reader/tuning.h"

namespace kazashi::reader {

class Patience {
public:
    explicit Patience(const base::Clock& clock) : clock_{clock} { renew(); }
    void renew(std::chrono::milliseconds limit = tuning::session) { end_ = clock_.boot() + limit; }
    bool over() const { return clock_.boot() > end_; }

private:
    const base::Clock& clock_;
    base::SteadyTime end_;
};

// What a second try may mend: silence at the edge of the field, a garbled answer, RC lost with the field.
inline bool worth_a_try(base::Fault fault) {
    return fault == base::Fault::timeout || fault == base::Fault::malformed || fault == base::Fault::card_refused;
}

// `once` gives a Result; it must do no harm when it is done again.
template <class Once>
auto try_often(const Patience& patience, Once once) -> decltype(once()) {
    decltype(once()) result = base::Error{base::Fault::timeout, "no time left for this card"};
    for (int i = 0; i < tuning::command_tries && !patience.over(); ++i) {
        result = once();
        if (result || !worth_a_try(result.fault())) break;
    }
    return result;
}

}  // namespace kazashi::reader
