// A reader service in this process, under the names of winscard.h: link with fakes/winscard.cpp and -Wl,--wrap=… (see
// tests/CMakeLists.txt) and every SCard call of the product arrives here. It has one reader with real cards of the
// simulator, behaves as pcscd does where that matters (felica.md §4), counts what is open, and lets any call fail.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "cardio/simulator/card_reader.h"

namespace kazashi::fakes {

enum class Call {
    establish,
    release,
    list_readers,
    get_status_change,
    cancel,
    connect,
    status,
    begin_transaction,
    transmit,
    reconnect,
    end_transaction,
    disconnect,
};
inline constexpr std::array all_calls{Call::establish, Call::release,   Call::list_readers,    Call::get_status_change,
                                      Call::cancel,    Call::connect,   Call::status,          Call::begin_transaction,
                                      Call::transmit,  Call::reconnect, Call::end_transaction, Call::disconnect};
const char* name(Call call);

class Winscard {
public:
    static Winscard& service();

    // An empty reader, no failures, nothing counted. Whatever was open stays open for others to answer for.
    void begin();
    void lay(std::unique_ptr<simulator::FelicaCard> card);
    void take();

    // The `nth` call from now (1-based), and `times - 1` more, return `code` and do nothing else. With transmit and
    // `code` 0 it succeeds with `octets` of an answer.
    struct Failure {
        Call call{};
        unsigned nth{1};
        long code{};
        unsigned times{1};
        std::size_t octets{0};
    };
    void fail(const Failure& failure);
    bool failed() const;  // that call was made

    // The service was replaced by one of another version: every context and connection breaks, and no new one is given,
    // as pcscd and its library do it, until the versions fit again.
    void speak_other_version();
    void speak_our_version();

    unsigned calls(Call call) const;  // since begin()
    unsigned contexts() const;        // open now
    unsigned connections() const;     // open now
    unsigned transactions() const;    // begun and not ended
    bool powered() const;             // a connection is open, or the last one left the card powered

    // ---- what the wrapped calls do
    long establish(long* context);
    long release(long context);
    long list_readers(char* names, unsigned long* size);
    struct Watch {
        const char* reader{};
        unsigned long current{};
        unsigned long* event{};
    };
    long get_status_change(long context, unsigned long timeout, Watch* watches, std::size_t count);
    long cancel(long context);
    long connect(long context, long* card, unsigned long* protocol);
    long status(long card, std::uint8_t* atr, unsigned long* size);
    long begin_transaction(long card);
    long transmit(long card, base::ByteView apdu, std::uint8_t* answer, unsigned long* size);
    long reconnect(long card, unsigned long* protocol);
    long end_transaction(long card);
    long disconnect(long card, unsigned long disposition);

private:
    std::optional<long> refused(Call call);
    unsigned long reader_state() const;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    simulator::CardReader reader_{protocol::Dialect::direct};
    unsigned events_{0};  // insertions and removals
    long last_handle_{0};
    std::set<long> contexts_;
    std::set<long> cancelled_;
    std::map<long, bool> cards_;  // connection → in a transaction
    bool powered_{false};
    std::map<Call, unsigned> calls_;
    std::optional<Failure> failure_;
    unsigned until_failure_{0};
    bool failed_{false};
    bool other_version_{false};
};

}  // namespace kazashi::fakes
