// A bench of virtual cards: one reader of a real pcscd (through vpcd), and orders which card lies on it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cardio/simulator/card_image.h"
#include "cardio/simulator/card_reader.h"
#include "cardio/simulator/vpcd_link.h"

namespace kazashi::simulator {

class Bench {
public:
    Bench(std::vector<NamedCard> cards, VpcdAddress address, protocol::Dialect dialect);

    // One order of the control socket, a JSON object, and its answer (one line, without the newline):
    // {"do":"list"} · {"do":"lay","card":NAME,"ck":HEX,"leave_after":N,"replay":[{"rc":HEX,"mac":HEX}],"with":NAME} ·
    // {"do":"lay","foreign":"transit|bank|empty_lite_s"} · {"do":"take"} · {"do":"trace"} (what an eavesdropper heard,
    // and the number of FeliCa frames, since a card was laid)
    std::string obey(std::string_view order);

    // The link to vpcd, -1 while no card lies on the reader or vpcd cannot be reached.
    int fd() const { return link_ ? link_->fd() : -1; }
    void serve();        // when fd() is readable
    void keep_linked();  // connects a card that lies there, after vpcd was away
    bool waits_for_reader() const { return reader_.occupied() && !link_; }

private:
    struct Order;
    base::Status lay(const Order& order);
    base::Status lay_foreign(const std::string& kind);
    const NamedCard* find(const std::string& name) const;
    void put_on(std::string name);
    void take();

    std::vector<NamedCard> cards_;
    VpcdAddress address_;
    CardReader reader_;
    std::optional<VpcdLink> link_;
    std::optional<std::string> on_;
};

}  // namespace kazashi::simulator
