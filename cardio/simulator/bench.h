// A bench of virtual cards: one reader of a real pcscd (through vpcd), and orders which card lies on it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cardio/simulator/card_image.h"
#include "cardio/simulator/card_reader.h"
#include "cardio/simulator/pn532_tty.h"
#include "cardio/simulator/vpcd_link.h"

namespace kazashi::simulator {

class Shelf;

struct BenchOptions {
    std::optional<ReaderKind> reader{ReaderKind::acr1252};  // none: a PN532 on a terminal line of its own, for libnfc
    VpcdAddress vpcd{};
    Air air{};
    std::filesystem::path authority{};  // where the keys of ID cards lie; empty: made anew at each start
};

class Bench {
public:
    // Errors: io (no terminal line can be had).
    static base::Result<Bench> make(std::vector<NamedCard> cards, BenchOptions options);
    Bench(Bench&&) noexcept;
    ~Bench();

    // One order of the control socket, a JSON object, and its answer (one line, without the newline):
    // {"do":"list"} · {"do":"lay","card":NAME, "ck":HEX, "replay":[{"rc","mac"}], "with":NAME, "chip":"lite"} ·
    // {"do":"lay_foreign","kind":"transit|money|bank|licence|storage|empty_lite_s"} · {"do":"lay_blank","idm":HEX,"chip":"lite"} ·
    // {"do":"lay_standard","profile":{…},"number":DIGITS} · {"do":"lay_id_card","kind":"my_number|hpki","pin","tries",
    // "holder","variant":"guideline|jma","short","extended_only","expired"} · {"do":"take"} · {"do":"id_card_roots"} ·
    // {"do":"reader","kind":"rcs300"} (another reader in its place, while no card lies there) ·
    // {"do":"fault","kind":…,"at":N,"times":N,"layer":"card|reader"} (disturbance.h; "none" forgets all; with nothing
    // on the reader: for what is laid next) · {"do":"dump"} · {"do":"trace"} (what an eavesdropper heard, and the
    // number of exchanges and APDUs, since a card was laid).
    // Every lay takes "leave_after":N and "faults":[…], "swap":true (no removal is noticed), "add":true (besides it).
    std::string obey(std::string_view order);

    // Readable: call serve. -1 while no card lies on the reader, vpcd cannot be reached or an answer is on its way.
    int fd() const;
    void serve();
    std::optional<Moment> due() const;  // when to call deliver
    void deliver();
    void keep_linked();  // connects a card that lies there, after vpcd was away
    bool waits_for_reader() const { return !tty_ && reader_.occupied() && !link_; }

private:
    struct Orders;  // parses and answers them: bench_orders.cpp
    Bench(std::vector<NamedCard> cards, BenchOptions options);
    void take();
    void after(const base::Status& served);

    BenchOptions options_;
    std::unique_ptr<Shelf> shelf_;
    CardReader reader_;
    std::optional<Pn532Tty> tty_;
    std::optional<VpcdLink> link_;
    std::optional<std::string> on_;
    std::shared_ptr<VirtualCard> lite_;  // the first Lite or Lite-S of what was laid last
    std::vector<Disturbance> for_the_next_;
};

}  // namespace kazashi::simulator
