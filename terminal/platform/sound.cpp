#include "terminal/platform/sound.h"

#include <SDL.h>

namespace kazashi::platform {

namespace {

// The default output, open while it lives.
class Device {
public:
    Device() {
        if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return;
        up_ = true;
        SDL_AudioSpec wanted{};
        wanted.freq = tuning::sound_rate;
        wanted.format = AUDIO_S16SYS;
        wanted.channels = 1;
        wanted.samples = 512;
        id_ = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
        if (id_ != 0) SDL_PauseAudioDevice(id_, 0);
    }
    ~Device() {
        if (id_ != 0) SDL_CloseAudioDevice(id_);
        if (up_) SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    bool usable() const { return id_ != 0; }
    void play(Tone tone) {
        const auto samples = samples_of(tone);
        SDL_QueueAudio(id_, samples.data(), static_cast<Uint32>(samples.size() * sizeof(samples[0])));
        // A device that was pulled out never empties its queue.
        for (int i = 0; i < tuning::tone_polls && SDL_GetQueuedAudioSize(id_) > 0; ++i) {
            SDL_Delay(static_cast<Uint32>(tuning::tone_poll.count()));
        }
    }

private:
    bool up_{false};
    SDL_AudioDeviceID id_{0};
};

}  // namespace

Sound::Sound() : thread_{[this] { work(); }} {}

Sound::~Sound() {
    wanted_.close();
    thread_.join();
}

void Sound::play(Tone tone) { static_cast<void>(wanted_.post(tone)); }

void Sound::work() {
    while (auto first = wanted_.take()) {
        Device device;
        if (!device.usable()) continue;
        device.play(*first);
        while (auto next = wanted_.take(tuning::device_kept_open)) device.play(*next);
    }
}

}  // namespace kazashi::platform
