#include "terminal/app/run.h"

#include <memory>
#include <optional>
#include <utility>

#include "cardio/base/demo_clock.h"
#include "cardio/reader/station.h"
#include "sync/engine/curl_transport.h"
#include "sync/engine/region_client.h"
#include "sync/vault/keys.h"
#include "terminal/app/card_line.h"
#include "terminal/app/doctor_worker.h"
#include "terminal/app/hardening.h"
#include "terminal/app/loop.h"
#include "terminal/app/rekey.h"
#include "terminal/app/signals.h"
#include "terminal/app/state_lock.h"
#include "terminal/app/station_options.h"
#include "terminal/app/sync_worker.h"
#include "terminal/app/wipe_on_free.h"
#include "terminal/platform/sound.h"

namespace kazashi::app {

namespace {

state::State first_state(const RunOptions& options, const store::Enrolment& enrolment, base::UtcTime now) {
    state::State state;
    state.language = options.language;
    state.facility = enrolment.facility;
    state.demo = enrolment.demo;
    state.now = now;
    return state;
}

std::filesystem::path own_program() {
    std::error_code failed;
    return std::filesystem::read_symlink("/proc/self/exe", failed);
}

// Everything that runs beside the main thread. Members end in the reverse order: first the card reader, last the desk.
struct Machine {
    Machine(const RunOptions& options, const store::Enrolment& enrolment, const base::Clock& clock, Inbox& inbox)
        : options_{options},
          enrolment_{enrolment},
          clock_{clock},
          inbox_{inbox},
          desk{enrolment, clock, inbox},
          doctor{own_program(), options, inbox} {}

    void start_sync() {
        if (sync) return;
        sync.emplace([this] { return store::Store::open(enrolment_.database, {}); },
                     [this](const std::atomic<bool>& cancel) -> std::unique_ptr<engine::Region> {
                         return std::make_unique<engine::CurlRegion>(enrolment_, cancel);
                     },
                     clock_, inbox_);
    }
    void start_station(reader::StationOptions station_options) {
        station.emplace(std::move(station_options),
                        [this](card::CardEvent event) { inbox_.post_or_lose(state::Event{std::move(event)}); });
    }
    Workers workers() {
        Workers workers;
        workers.desk = [this](DeskOrder order) { return desk.order(std::move(order)); };
        workers.prove = [this](card::SessionNumber session, std::vector<card::Challenge> challenges) {
            if (station) station->prove(session, std::move(challenges));
        };
        workers.relay = [this](card::SessionNumber session, std::vector<base::SecretBytes> frames) {
            if (station) station->relay(session, std::move(frames));
        };
        workers.sign = [this](state::SignWithIdCard sign) {
            if (station) station->sign(sign.session, std::move(sign.pin), sign.digest);
        };
        workers.read_pads = [this](card::SessionNumber session) {
            if (station) station->read_pads(session);
        };
        workers.order_card = [this](state::OrderCard order) { card_line.order(std::move(order)); };
        workers.answer_card = [this](state::AnswerCard answer) { card_line.answer(std::move(answer)); };
        workers.sync_now = [this] {
            if (sync) sync->now();
        };
        workers.play = [this](state::PlaySound::Sound sound) {
            const bool read = sound == state::PlaySound::Sound::card_read;
            speaker.play(read ? platform::Tone::card_read : platform::Tone::refused);
        };
        workers.doctor = [this](std::uint64_t call, const std::string& repair) { doctor.call(call, repair); };
        workers.desk_ready = [this] { start_sync(); };
        return workers;
    }

    const RunOptions& options_;
    const store::Enrolment& enrolment_;
    const base::Clock& clock_;
    Inbox& inbox_;
    DeskWorker desk;
    std::optional<SyncWorker> sync;
    std::optional<reader::Station> station;
    platform::Sound speaker;
    DoctorWorker doctor;
    CardLine card_line{[this](const std::atomic<bool>& cancel) -> std::unique_ptr<engine::Transport> {
                           return std::make_unique<engine::CurlTransport>(
                               enrolment_.server_url, enrolment_.region_ca,
                               engine::CurlTransport::Certificate{enrolment_.tls_certificate, enrolment_.tls_key},
                               cancel);
                       },
                       inbox_};
};

// Messages wake the loop as long as there is one.
class Waking {
public:
    Waking(Inbox& inbox, platform::Events& events) : inbox_{inbox} {
        inbox_.wake_by([&events] { events.wake(); });
    }
    ~Waking() { inbox_.wake_by({}); }
    Waking(const Waking&) = delete;
    Waking& operator=(const Waking&) = delete;

private:
    Inbox& inbox_;
};

base::Result<std::unique_ptr<Inspector>> open_inspector(const RunOptions& options) {
    if (options.inspect.empty()) return std::unique_ptr<Inspector>{};
    return Inspector::listen(options.inspect);
}

}  // namespace

base::Status run(const RunOptions& options) {
    const base::SystemClock system;
    const auto started = system.boot();
    wipe_what_imgui_frees();
    vault::init();
    KAZASHI_TRY(const auto lock, StateLock::take(options.state));
    KAZASHI_CHECK(settle_rekeying(options.state));
    KAZASHI_TRY(const auto enrolment, store::read_enrolment(options.state));
    KAZASHI_CHECK(allowed(options, enrolment));
    if (enrolment.demo) let_the_demonstration_look_in();

    std::optional<base::DemoClock> moved;
    if (!options.demo_clock.empty()) moved.emplace(options.demo_clock);
    const base::Clock& clock = moved ? static_cast<const base::Clock&>(*moved) : system;
    std::optional<DemoTime> demo;
    if (moved) demo.emplace(*moved, system);

    Inbox inbox{tuning::inbox_messages};
    // Before any other thread: those inherit that they leave the signals alone.
    const Signals signals{[&inbox] { inbox.post_or_lose(Quit{}); }};
    KAZASHI_TRY(const auto inspector, open_inspector(options));
    auto assets = options.assets.empty() ? find_assets() : base::Result<std::filesystem::path>{options.assets};
    if (!assets) return assets.error();

    KAZASHI_TRY(auto cards, station_options(options, enrolment.region));
    Machine machine{options, enrolment, clock, inbox};
    KAZASHI_TRY(const auto screen, Screen::open(options, *assets));
    platform::Events events{screen->window()};
    const Waking waking{inbox, events};
    machine.start_station(std::move(cards));

    Conductor conductor{first_state(options, enrolment, clock.wall()), machine.workers(), system};
    Loop loop{conductor, inbox, *screen, events, inspector.get(), demo ? &*demo : nullptr, started};
    return loop.run();
}

}  // namespace kazashi::app
