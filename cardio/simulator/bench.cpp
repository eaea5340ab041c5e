#include "cardio/simulator/bench.h"

#include "cardio/simulator/shelf.h"

namespace kazashi::simulator {

using base::Fault;

Bench::Bench(std::vector<NamedCard> cards, BenchOptions options)
    : options_{std::move(options)},
      shelf_{std::make_unique<Shelf>(std::move(cards), options_.authority)},
      reader_{options_.reader.value_or(ReaderKind::acr122u)} {
    reader_.set_air(options_.air);
}

Bench::Bench(Bench&&) noexcept = default;
Bench::~Bench() = default;

base::Result<Bench> Bench::make(std::vector<NamedCard> cards, BenchOptions options) {
    const bool on_a_line = !options.reader;
    Bench bench{std::move(cards), std::move(options)};
    if (!on_a_line) return bench;
    KAZASHI_TRY(bench.tty_, Pn532Tty::open());
    return bench;
}

int Bench::fd() const {
    if (tty_) return tty_->fd();
    return link_ ? link_->fd() : -1;
}

std::optional<Moment> Bench::due() const {
    if (tty_) return tty_->due();
    return link_ ? link_->due() : std::nullopt;
}

void Bench::take() {
    link_.reset();
    reader_.take();
    lite_.reset();
    on_.reset();
}

void Bench::keep_linked() {
    if (!waits_for_reader()) return;
    if (auto link = VpcdLink::connect(options_.vpcd)) link_ = std::move(*link);
}

void Bench::serve() { after(tty_ ? tty_->serve(reader_) : link_->serve(reader_)); }

void Bench::deliver() { after(tty_ ? tty_->deliver() : link_->deliver()); }

void Bench::after(const base::Status& served) {
    if (served) return;
    link_.reset();
    if (served.fault() == Fault::card_left) {
        reader_.leave();  // what was heard stays for {"do":"trace"}
        on_.reset();
        return;
    }
    reader_.power_off();
}

}  // namespace kazashi::simulator
