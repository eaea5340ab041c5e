#include <stdexcept>

#include "cardio/simulator/bench.h"
#include "cardio/simulator/order_json.h"
#include "cardio/simulator/shelf.h"

namespace kazashi::simulator {

using base::Error;
using base::Fault;
using nlohmann::json;

namespace {

std::string good(json answer = json::object()) {
    answer["ok"] = true;
    return answer.dump();
}
std::string bad(std::string_view why) { return json{{"ok", false}, {"error", why}}.dump(); }

json cards_json(const std::vector<NamedCard>& cards) {
    json out = json::array();
    for (const auto& card : cards) out.push_back({{"name", card.name}, {"kind", card.kind}, {"label", card.label}});
    return out;
}

std::shared_ptr<VirtualCard> lite_of(const Cards& cards) {
    for (const auto& card : cards.felica)
        if (auto lite = std::dynamic_pointer_cast<VirtualCard>(card)) return lite;
    return nullptr;
}

}  // namespace

struct Bench::Orders {
    Bench& bench;

    std::string list() const {
        json out{{"cards", cards_json(bench.shelf_->named())}, {"on", bench.on_ ? json(*bench.on_) : json(nullptr)}};
        out["reader"] = bench.options_.reader ? std::string{name(*bench.options_.reader)} : "pn532-uart";
        if (bench.tty_) out["tty"] = bench.tty_->path();
        return good(std::move(out));
    }
    std::string trace() const {
        const auto& reader = bench.reader_;
        return good({{"exchanges", heard_json(reader.heard())},
                     {"frames", reader.exchanges()},
                     {"apdus", reader.apdus()},
                     {"micros", reader.spent().count()}});
    }
    std::string dump() const {
        if (!bench.lite_) return bad("no Lite lies there");
        json blocks = json::object();
        for (const auto& [number, block] : bench.lite_->dump())
            blocks[base::to_hex(std::array{number})] = base::to_hex(block.view());
        return good({{"blocks", std::move(blocks)}});
    }
    std::string fault(const json& order) {
        if (order.at("kind") == "none") {
            bench.for_the_next_.clear();
            bench.reader_.calm();
            return good();
        }
        auto one = disturbance_from(order);
        if (bench.reader_.occupied())
            bench.reader_.disturb(std::move(one));
        else
            bench.for_the_next_.push_back(std::move(one));
        return good();
    }
    // As when the reader is unplugged and another one put in its place. What knows the old one is told by the service.
    std::string reader(const json& order) {
        const auto kind = reader_named(order.at("kind").get<std::string>());
        if (!kind) return bad("no such reader");
        if (bench.tty_) return bad("what is on a terminal line stays what it is");
        if (bench.reader_.occupied()) return bad("a card lies on the reader");
        bench.options_.reader = kind;
        bench.reader_ = CardReader{*kind};
        bench.reader_.set_air(bench.options_.air);
        return good();
    }
    std::string roots() const {
        auto found = bench.shelf_->authorities();
        return found ? good(std::move(*found)) : bad(found.error().detail);
    }
    std::string lay(const json& order) {
        std::vector<Disturbance> faults;
        for (const auto& one : order.value("faults", json::array())) faults.push_back(disturbance_from(one));
        if (order.contains("leave_after"))
            faults.push_back({Disturbance::Kind::leave, order.at("leave_after").get<unsigned>()});
        auto taken = bench.shelf_->take(order);
        if (!taken) return bad(taken.error().detail);
        const bool there = bench.reader_.occupied();
        const bool add = there && order.value("add", false);
        const bool swap = there && order.value("swap", false);
        put(std::move(*taken), add, swap);
        for (auto& one : faults) bench.reader_.disturb(std::move(one));
        for (auto& one : std::exchange(bench.for_the_next_, {})) bench.reader_.disturb(std::move(one));
        bench.keep_linked();
        return good();
    }

private:
    void put(Shelf::Taken taken, bool add, bool swap) {
        if (add) return bench.reader_.add(std::move(taken.cards));
        auto lite = lite_of(taken.cards);
        if (swap) {
            bench.reader_.swap(std::move(taken.cards));
        } else {
            bench.take();
            bench.reader_.lay(std::move(taken.cards));
        }
        bench.lite_ = std::move(lite);
        bench.on_ = std::move(taken.name);
    }
};

std::string Bench::obey(std::string_view text) {
    try {
        const auto object = json::parse(text);
        const auto order = object.at("do").get<std::string>();
        Orders orders{*this};
        if (order == "list") return orders.list();
        if (order == "trace") return orders.trace();
        if (order == "dump") return orders.dump();
        if (order == "reader") return orders.reader(object);
        if (order == "fault") return orders.fault(object);
        if (order == "id_card_roots") return orders.roots();
        if (order == "take") {
            take();
            return good();
        }
        return orders.lay(object);
    } catch (const std::exception&) {
        return bad("not an order");  // the library's own text may repeat a key
    }
}

}  // namespace kazashi::simulator
