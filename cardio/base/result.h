// A value or the reason there is none. Errors are values: nothing throws across a folder (style.md, 6).
#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace kazashi::base {

// What the world did to us, in words the screen can explain. Codes of winscard, SQLite, HTTP and OpenSSL are
// translated into one of these in the one file that calls them.
enum class Fault {
    cancelled,        // we were asked to stop
    timeout,          // no answer in time
    limit,            // larger, longer or more than a limit in tuning.h
    malformed,        // bytes that do not follow their format
    unsupported,      // well-formed, but not something we do
    not_found,        // asked for something that is not there
    denied,           // the policy, a lock or the other side said no
    wrong_key,        // a seal or lock did not open with this key
    bad_signature,    // signed by somebody else, or changed since
    out_of_order,     // a page, entry or cursor that does not follow ours
    card_left,        // the card was taken away during an exchange
    card_refused,     // the card answered with a status flag other than success
    reader_off,       // no reader service, or no reader
    reader_busy,      // another program holds the reader or the card
    offline,          // the region cannot be reached
    server_fault,     // the region answered, but not with something we can use
    io,               // a file or device failed
    disk_full,        // no space left
    corrupt,          // our own file is damaged
};

std::string_view name(Fault fault);

// `detail` is for engineers (log, --json): never a patient's name, IDm, PIN or key.
struct Error {
    Fault fault{};
    std::string detail;
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_{std::move(value)} {}      // NOLINT(google-explicit-constructor)
    Result(Error error) : state_{std::move(error)} {}  // NOLINT(google-explicit-constructor)

    explicit operator bool() const { return std::holds_alternative<T>(state_); }
    T& value() & { return assert(*this), std::get<T>(state_); }
    const T& value() const& { return assert(*this), std::get<T>(state_); }
    T&& value() && { return assert(*this), std::get<T>(std::move(state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const { return assert(!*this), std::get<Error>(state_); }
    Fault fault() const { return error().fault; }

private:
    std::variant<T, Error> state_;
};

struct Done {};
using Status = Result<Done>;
inline Status ok() { return Done{}; }

}  // namespace kazashi::base

// Hands the error up, or goes on: `KAZASHI_TRY(auto page, read_page(bytes));`
#define KAZASHI_CONCAT_(a, b) a##b
#define KAZASHI_CONCAT(a, b) KAZASHI_CONCAT_(a, b)
#define KAZASHI_TRY(declaration, expression)                                               \
    auto KAZASHI_CONCAT(result_, __LINE__) = (expression);                                 \
    if (!KAZASHI_CONCAT(result_, __LINE__)) return KAZASHI_CONCAT(result_, __LINE__).error(); \
    declaration = std::move(*KAZASHI_CONCAT(result_, __LINE__))
#define KAZASHI_CHECK(expression)                                \
    do {                                                         \
        if (auto status_ = (expression); !status_) return status_.error(); \
    } while (false)
