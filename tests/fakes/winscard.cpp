#include "tests/fakes/winscard.h"

#include <winscard.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <vector>

namespace kazashi::fakes {

namespace {

constexpr std::string_view reader_name = "Fake Reader 00 00";

}  // namespace

const char* name(Call call) {
    constexpr std::array names{"establish", "release",   "list_readers",    "get_status_change",
                               "cancel",    "connect",   "status",          "begin_transaction",
                               "transmit",  "reconnect", "end_transaction", "disconnect"};
    return names.at(static_cast<std::size_t>(call));
}

Winscard& Winscard::service() {
    static Winscard service;
    return service;
}

void Winscard::begin() {
    const std::lock_guard lock{mutex_};
    reader_.take();
    ++events_;
    calls_.clear();
    failure_.reset();
    failed_ = false;
    powered_ = false;
    other_version_ = false;
}

void Winscard::lay(std::unique_ptr<simulator::FelicaCard> card) {
    const std::lock_guard lock{mutex_};
    reader_.lay(std::move(card));
    ++events_;
    changed_.notify_all();
}

void Winscard::take() {
    const std::lock_guard lock{mutex_};
    reader_.take();
    ++events_;
    powered_ = false;
    changed_.notify_all();
}

void Winscard::fail(const Failure& failure) {
    const std::lock_guard lock{mutex_};
    failure_ = failure;
    until_failure_ = failure.nth;
    failed_ = false;
    changed_.notify_all();
}

void Winscard::speak_other_version() {
    const std::lock_guard lock{mutex_};
    other_version_ = true;
    contexts_.clear();
    cards_.clear();
    powered_ = false;
    changed_.notify_all();
}

void Winscard::speak_our_version() {
    const std::lock_guard lock{mutex_};
    other_version_ = false;
}

bool Winscard::failed() const {
    const std::lock_guard lock{mutex_};
    return failed_;
}

unsigned Winscard::calls(Call call) const {
    const std::lock_guard lock{mutex_};
    const auto found = calls_.find(call);
    return found == calls_.end() ? 0 : found->second;
}

unsigned Winscard::contexts() const {
    const std::lock_guard lock{mutex_};
    return static_cast<unsigned>(contexts_.size());
}

unsigned Winscard::connections() const {
    const std::lock_guard lock{mutex_};
    return static_cast<unsigned>(cards_.size());
}

unsigned Winscard::transactions() const {
    const std::lock_guard lock{mutex_};
    return static_cast<unsigned>(
        std::count_if(cards_.begin(), cards_.end(), [](const auto& card) { return card.second; }));
}

bool Winscard::powered() const {
    const std::lock_guard lock{mutex_};
    return powered_;
}

// Counts the call. A code when this is the one that shall fail.
std::optional<long> Winscard::refused(Call call) {
    ++calls_[call];
    if (other_version_) return call == Call::establish ? SCARD_E_SERVICE_STOPPED : SCARD_F_COMM_ERROR;
    if (!failure_ || failure_->call != call || --until_failure_ > 0) return std::nullopt;
    failed_ = true;
    const long code = failure_->code;
    if (--failure_->times == 0)
        failure_.reset();
    else
        until_failure_ = 1;
    return code;
}

long Winscard::establish(long* context) {
    const std::lock_guard lock{mutex_};
    if (const auto code = refused(Call::establish)) return *code;
    *context = ++last_handle_;
    contexts_.insert(*context);
    return SCARD_S_SUCCESS;
}

// A call that fails leaves nothing open here either: a client that gets an error from it has no second way to end it.
long Winscard::release(long context) {
    const std::lock_guard lock{mutex_};
    if (contexts_.erase(context) == 0) return SCARD_E_INVALID_HANDLE;
    cancelled_.erase(context);
    if (const auto code = refused(Call::release)) return *code;
    return SCARD_S_SUCCESS;
}

long Winscard::list_readers(char* names, unsigned long* size) {
    const std::lock_guard lock{mutex_};
    if (const auto code = refused(Call::list_readers)) return *code;
    const auto needed = reader_name.size() + 2;
    if (*size < needed) return SCARD_E_INSUFFICIENT_BUFFER;
    std::copy(reader_name.begin(), reader_name.end(), names);
    names[reader_name.size()] = names[reader_name.size() + 1] = '\0';
    *size = needed;
    return SCARD_S_SUCCESS;
}

unsigned long Winscard::reader_state() const {
    const unsigned long now = reader_.occupied() ? SCARD_STATE_PRESENT : SCARD_STATE_EMPTY;
    return now | static_cast<unsigned long>(events_) << 16U;
}

long Winscard::get_status_change(long context, unsigned long timeout, Watch* watches, std::size_t count) {
    std::unique_lock lock{mutex_};
    if (const auto code = refused(Call::get_status_change)) return *code;
    const auto differs = [&] {
        for (std::size_t i = 0; i < count; ++i)
            if (watches[i].reader == reader_name && watches[i].current != reader_state()) return true;
        return false;
    };
    changed_.wait_for(lock, std::chrono::milliseconds{timeout},
                      [&] { return differs() || cancelled_.count(context) > 0 || contexts_.count(context) == 0; });
    if (contexts_.count(context) == 0) return SCARD_F_COMM_ERROR;
    if (cancelled_.erase(context) > 0) return SCARD_E_CANCELLED;
    if (!differs()) return SCARD_E_TIMEOUT;
    for (std::size_t i = 0; i < count; ++i)
        if (watches[i].reader == reader_name) *watches[i].event = reader_state() | SCARD_STATE_CHANGED;
    return SCARD_S_SUCCESS;
}

long Winscard::cancel(long context) {
    const std::lock_guard lock{mutex_};
    if (const auto code = refused(Call::cancel)) return *code;
    cancelled_.insert(context);
    changed_.notify_all();
    return SCARD_S_SUCCESS;
}

long Winscard::connect(long context, long* card, unsigned long* protocol) {
    const std::lock_guard lock{mutex_};
    if (const auto code = refused(Call::connect)) return *code;
    if (contexts_.count(context) == 0) return SCARD_E_INVALID_HANDLE;
    if (!reader_.occupied()) return SCARD_E_NO_SMARTCARD;
    *card = ++last_handle_;
    *protocol = SCARD_PROTOCOL_T1;
    cards_[*card] = false;
    powered_ = true;
    return SCARD_S_SUCCESS;
}

long Winscard::status(long card, std::uint8_t* atr, unsigned long* size) {
    const std::lock_guard lock{mutex_};
    if (const auto code = refused(Call::status)) return *code;
    if (cards_.count(card) == 0) return SCARD_E_INVALID_HANDLE;
    const auto octets = reader_.atr();
    if (octets.empty()) return SCARD_W_REMOVED_CARD;
    std::copy(octets.begin(), octets.end(), atr);
    *size = octets.size();
    return SCARD_S_SUCCESS;
}

long Winscard::begin_transaction(long card) {
    const std::lock_guard lock{mutex_};
    if (const auto code = refused(Call::begin_transaction)) return *code;
    const auto found = cards_.find(card);
    if (found == cards_.end()) return SCARD_E_INVALID_HANDLE;
    if (!reader_.occupied()) return SCARD_W_REMOVED_CARD;
    found->second = true;
    return SCARD_S_SUCCESS;
}

long Winscard::transmit(long card, base::ByteView apdu, std::uint8_t* answer, unsigned long* size) {
    const std::lock_guard lock{mutex_};
    const std::size_t octets = failure_ ? failure_->octets : 0;
    if (const auto code = refused(Call::transmit)) {
        *size = std::min<unsigned long>(octets, *size);
        std::fill_n(answer, *size, std::uint8_t{0x90});
        return *code;
    }
    if (cards_.count(card) == 0) return SCARD_E_INVALID_HANDLE;
    const auto got = reader_.transmit(apdu);
    if (!got) {  // as pcscd with a card torn off during the command (felica.md §4.5)
        *size = 0;
        return SCARD_S_SUCCESS;
    }
    if (got->size() > *size) return SCARD_E_INSUFFICIENT_BUFFER;
    std::copy(got->begin(), got->end(), answer);
    *size = got->size();
    return SCARD_S_SUCCESS;
}

long Winscard::reconnect(long card, unsigned long* protocol) {
    const std::lock_guard lock{mutex_};
    if (const auto code = refused(Call::reconnect)) return *code;
    const auto found = cards_.find(card);
    if (found == cards_.end()) return SCARD_E_INVALID_HANDLE;
    if (!reader_.occupied()) return SCARD_E_NO_SMARTCARD;
    found->second = false;
    *protocol = SCARD_PROTOCOL_T1;
    return SCARD_S_SUCCESS;
}

long Winscard::end_transaction(long card) {
    const std::lock_guard lock{mutex_};
    const auto found = cards_.find(card);
    if (found == cards_.end()) return SCARD_E_INVALID_HANDLE;
    found->second = false;
    if (const auto code = refused(Call::end_transaction)) return *code;
    return SCARD_S_SUCCESS;
}

long Winscard::disconnect(long card, unsigned long disposition) {
    const std::lock_guard lock{mutex_};
    if (cards_.erase(card) == 0) return SCARD_E_INVALID_HANDLE;
    const auto code = refused(Call::disconnect);
    if (!code && disposition != SCARD_LEAVE_CARD) {
        reader_.power_off();
        powered_ = false;
    }
    return code.value_or(SCARD_S_SUCCESS);
}

}  // namespace kazashi::fakes

// ---- the names the linker puts in place of PC/SC-lite's

using kazashi::fakes::Winscard;

extern "C" {

// NOLINTBEGIN(readability-identifier-naming): the linker makes these names
LONG __wrap_SCardEstablishContext(DWORD, LPCVOID, LPCVOID, LPSCARDCONTEXT context) {
    return Winscard::service().establish(context);
}
LONG __wrap_SCardReleaseContext(SCARDCONTEXT context) { return Winscard::service().release(context); }
LONG __wrap_SCardListReaders(SCARDCONTEXT, LPCSTR, LPSTR names, LPDWORD size) {
    return Winscard::service().list_readers(names, size);
}
LONG __wrap_SCardGetStatusChange(SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE* states, DWORD count) {
    std::vector<Winscard::Watch> watches;
    for (DWORD i = 0; i < count; ++i) {
        states[i].dwEventState = states[i].dwCurrentState;
        watches.push_back({states[i].szReader, states[i].dwCurrentState, &states[i].dwEventState});
    }
    return Winscard::service().get_status_change(context, timeout, watches.data(), watches.size());
}
LONG __wrap_SCardCancel(SCARDCONTEXT context) { return Winscard::service().cancel(context); }
LONG __wrap_SCardConnect(SCARDCONTEXT context, LPCSTR, DWORD, DWORD, LPSCARDHANDLE card, LPDWORD protocol) {
    return Winscard::service().connect(context, card, protocol);
}
LONG __wrap_SCardStatus(SCARDHANDLE card, LPSTR, LPDWORD, LPDWORD, LPDWORD, LPBYTE atr, LPDWORD size) {
    return Winscard::service().status(card, atr, size);
}
LONG __wrap_SCardBeginTransaction(SCARDHANDLE card) { return Winscard::service().begin_transaction(card); }
LONG __wrap_SCardTransmit(SCARDHANDLE card, const SCARD_IO_REQUEST*, LPCBYTE apdu, DWORD length, SCARD_IO_REQUEST*,
                          LPBYTE answer, LPDWORD size) {
    return Winscard::service().transmit(card, {apdu, length}, answer, size);
}
LONG __wrap_SCardReconnect(SCARDHANDLE card, DWORD, DWORD, DWORD, LPDWORD protocol) {
    return Winscard::service().reconnect(card, protocol);
}
LONG __wrap_SCardEndTransaction(SCARDHANDLE card, DWORD) { return Winscard::service().end_transaction(card); }
LONG __wrap_SCardDisconnect(SCARDHANDLE card, DWORD disposition) {
    return Winscard::service().disconnect(card, disposition);
}
// NOLINTEND(readability-identifier-naming)

}  // extern "C"
