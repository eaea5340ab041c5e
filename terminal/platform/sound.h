// Plays tones without making anybody wait: opening a sound device may take long, so it happens on a thread of its own.
// Without a device it is silent; every sound has its twin on the screen.
#pragma once

#include <thread>

#include "cardio/base/mailbox.h"
#include "terminal/platform/tone.h"
#include "terminal/platform/tuning.h"

namespace kazashi::platform {

class Sound {
public:
    Sound();
    ~Sound();
    Sound(const Sound&) = delete;
    Sound& operator=(const Sound&) = delete;

    void play(Tone tone);  // returns at once; dropped when others are still waiting

private:
    void work();

    base::Mailbox<Tone> wanted_{tuning::sounds_waiting};
    std::thread thread_;
};

}  // namespace kazashi::platform
