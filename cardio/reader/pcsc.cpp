#include "cardio/reader/pcsc.h"

#include <winscard.h>

#include <array>
#include <string_view>
#include <type_traits>
#include <utility>

#include "cardio/reader/tuning.h"

namespace kazashi::reader {

namespace {

using base::Error;
using base::Fault;

static_assert(std::is_same_v<SCARDCONTEXT, long> && std::is_same_v<SCARDHANDLE, long>);

constexpr DWORD protocols = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;
constexpr const char* hot_plug = "\\\\?PnP?\\Notification";
constexpr std::size_t names_size = 4096;  // 16 readers of 128 characters, and their ends

Error translate(LONG code, std::string_view call) {
    std::string detail{call};
    detail += ' ';
    std::array<std::uint8_t, 4> octets{};
    for (unsigned i = 0; i < octets.size(); ++i)
        octets[i] = static_cast<std::uint8_t>(static_cast<unsigned long>(code) >> (24U - 8U * i) & 0xFFU);
    detail += base::to_hex(octets);
    switch (code) {
        case SCARD_E_CANCELLED:
            return {Fault::cancelled, detail};
        case SCARD_E_TIMEOUT:
            return {Fault::timeout, detail};
        case SCARD_E_UNKNOWN_READER:
            return {Fault::not_found, detail};
        // The service is not there, was stopped, or speaks another version; the context never recovers.
        case SCARD_E_NO_SERVICE:
        case SCARD_E_SERVICE_STOPPED:
        case SCARD_F_COMM_ERROR:
        case SCARD_E_INVALID_HANDLE:
        case SCARD_F_INTERNAL_ERROR:
        case SCARD_E_NO_READERS_AVAILABLE:
        case SCARD_E_READER_UNAVAILABLE:
            return {Fault::reader_off, detail};
        // polkit lets this user talk to the service, and to no card (access_card).
        case SCARD_E_NO_ACCESS:
        case SCARD_W_SECURITY_VIOLATION:
            return {Fault::denied, detail};
        case SCARD_E_SHARING_VIOLATION:
        case SCARD_W_RESET_CARD:
            return {Fault::reader_busy, detail};
        case SCARD_E_INSUFFICIENT_BUFFER:
            return {Fault::limit, detail};
        case SCARD_E_PROTO_MISMATCH:
            return {Fault::unsupported, detail};
        // Torn off: each reader and driver has its own way to say so (felica.md §4.5).
        case SCARD_E_NO_SMARTCARD:
        case SCARD_W_REMOVED_CARD:
        case SCARD_W_UNRESPONSIVE_CARD:
        case SCARD_W_UNPOWERED_CARD:
        case SCARD_E_NOT_TRANSACTED:
        case SCARD_E_CARD_UNSUPPORTED:
        case SCARD_W_UNSUPPORTED_CARD:
            return {Fault::card_left, detail};
        default:
            return {Fault::io, detail};
    }
}

base::Status status(LONG code, std::string_view call) {
    if (code == SCARD_S_SUCCESS) return base::ok();
    return translate(code, call);
}

// "first\0second\0\0"
std::vector<std::string> split_names(std::string_view names) {
    std::vector<std::string> out;
    while (!names.empty() && names.front() != '\0') {
        const auto end = names.find('\0');
        out.emplace_back(names.substr(0, end));
        if (end == std::string_view::npos) break;
        names.remove_prefix(end + 1);
    }
    return out;
}

}  // namespace

bool ReaderWatch::present() const { return (raw & SCARD_STATE_PRESENT) != 0; }

base::Result<PcscContext> PcscContext::establish() {
    SCARDCONTEXT handle = 0;
    const LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &handle);
    if (code != SCARD_S_SUCCESS) return Error{Fault::reader_off, translate(code, "establish").detail};
    return PcscContext{handle};
}

PcscContext::PcscContext(PcscContext&& other) noexcept
    : handle_{other.handle_}, open_{std::exchange(other.open_, false)} {}

PcscContext& PcscContext::operator=(PcscContext&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(open_, other.open_);
    return *this;
}

// A dead service answers NO_SERVICE here too; there is nothing left to release then.
PcscContext::~PcscContext() {
    if (open_) SCardReleaseContext(handle_);
}

base::Result<std::vector<std::string>> PcscContext::readers() const {
    std::array<char, names_size> names{};
    DWORD size = names.size();
    const LONG code = SCardListReaders(handle_, nullptr, names.data(), &size);
    if (code == SCARD_E_NO_READERS_AVAILABLE) return std::vector<std::string>{};
    if (code != SCARD_S_SUCCESS) return translate(code, "list readers");
    return split_names({names.data(), size});
}

base::Status PcscContext::wait(std::vector<ReaderWatch>& watches, std::chrono::milliseconds timeout) const {
    std::array<SCARD_READERSTATE, tuning::readers + 1> states{};
    if (watches.size() > tuning::readers) return Error{Fault::limit, "readers"};
    for (std::size_t i = 0; i < watches.size(); ++i) {
        states[i].szReader = watches[i].name.c_str();
        states[i].dwCurrentState = watches[i].raw;
    }
    states[watches.size()].szReader = hot_plug;
    const auto count = static_cast<DWORD>(watches.size() + 1);
    const LONG code = SCardGetStatusChange(handle_, static_cast<DWORD>(timeout.count()), states.data(), count);
    if (code != SCARD_S_SUCCESS) return translate(code, "wait");
    for (std::size_t i = 0; i < watches.size(); ++i) {
        watches[i].raw = static_cast<std::uint32_t>(states[i].dwEventState & ~DWORD{SCARD_STATE_CHANGED});
        // pcscd 1.9 lists a reader whose driver did not start, without any state. Fed back, that would mean "never
        // asked", and be answered at once again and again.
        if (watches[i].raw == SCARD_STATE_UNAWARE) watches[i].raw = SCARD_STATE_EMPTY;
    }
    return base::ok();
}

void PcscContext::cancel() const { SCardCancel(handle_); }

base::Result<PcscConnection> PcscConnection::open(const PcscContext& context, const std::string& reader) {
    SCARDHANDLE handle = 0;
    DWORD protocol = 0;
    const LONG code = SCardConnect(context.handle(), reader.c_str(), SCARD_SHARE_SHARED, protocols, &handle, &protocol);
    if (code != SCARD_S_SUCCESS) return translate(code, "connect");
    PcscConnection connection{handle, static_cast<std::uint32_t>(protocol)};
    KAZASHI_CHECK(connection.read_atr());
    return connection;
}

PcscConnection::PcscConnection(PcscConnection&& other) noexcept
    : handle_{other.handle_},
      protocol_{other.protocol_},
      atr_{std::move(other.atr_)},
      open_{std::exchange(other.open_, false)},
      in_transaction_{std::exchange(other.in_transaction_, false)},
      card_there_{other.card_there_} {}

PcscConnection::~PcscConnection() {
    if (!open_) return;
    end_transaction();
    SCardDisconnect(handle_, card_there_ ? SCARD_UNPOWER_CARD : SCARD_LEAVE_CARD);
}

base::Status PcscConnection::read_atr() {
    std::array<std::uint8_t, MAX_ATR_SIZE> atr{};
    DWORD size = atr.size();
    KAZASHI_CHECK(status(SCardStatus(handle_, nullptr, nullptr, nullptr, nullptr, atr.data(), &size), "status"));
    atr_.assign(atr.begin(), atr.begin() + static_cast<std::ptrdiff_t>(size));
    return base::ok();
}

bool PcscConnection::t0() const { return protocol_ == SCARD_PROTOCOL_T0; }

base::Status PcscConnection::begin_transaction() {
    if (in_transaction_) return base::ok();
    KAZASHI_CHECK(status(SCardBeginTransaction(handle_), "begin transaction"));
    in_transaction_ = true;
    return base::ok();
}

void PcscConnection::end_transaction() {
    if (std::exchange(in_transaction_, false)) SCardEndTransaction(handle_, SCARD_LEAVE_CARD);
}

void PcscConnection::end_transaction_with_reset() {
    if (std::exchange(in_transaction_, false)) SCardEndTransaction(handle_, SCARD_RESET_CARD);
}

base::Status PcscConnection::reconnect() {
    in_transaction_ = false;
    DWORD protocol = 0;
    KAZASHI_CHECK(
        status(SCardReconnect(handle_, SCARD_SHARE_SHARED, protocols, SCARD_LEAVE_CARD, &protocol), "reconnect"));
    protocol_ = static_cast<std::uint32_t>(protocol);
    return base::ok();
}

base::Result<base::Bytes> PcscConnection::transmit(base::ByteView apdu) {
    const SCARD_IO_REQUEST* const request = protocol_ == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    base::Bytes answer(tuning::answer);
    DWORD size = answer.size();
    const LONG code = SCardTransmit(handle_, request, apdu.data(), apdu.size(), nullptr, answer.data(), &size);
    if (code != SCARD_S_SUCCESS) return translate(code, "transmit");
    // Success with nothing in it: the card was torn off during the command.
    if (size < 2 || size > answer.size()) return Error{Fault::card_left, "transmit gave no status word"};
    answer.resize(size);
    return answer;
}

}  // namespace kazashi::reader
