// `kazashi enrol`: makes this machine a terminal of a region. Keys are made here and never leave; the region gives a
// certificate and its public keys against a one-time code; staff cards get their slots; the enrolment is written last.
// Everything is made in a folder `enrolling` first: an enrolment that was broken off leaves no half terminal.
#pragma once

#include <functional>
#include <string_view>

#include "terminal/app/options.h"

namespace kazashi::app {

struct EnrolVoice {
    std::function<void(std::string_view)> say;  // a sentence per step
    std::function<base::Result<base::SecretBytes>()> ask_pin;
};

// denied: the folder is a terminal already.
base::Status enrol(const EnrolOptions& options, const EnrolVoice& voice);

}  // namespace kazashi::app
