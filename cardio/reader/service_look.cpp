#include "cardio/reader/service_look.h"

#include <winscard.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "cardio/reader/pcsc.h"
#include "cardio/reader/tuning.h"

namespace kazashi::reader {

namespace {

ServiceAnswer answer_of(LONG code) {
    switch (code) {
        case SCARD_S_SUCCESS:
            return ServiceAnswer::answers;
        case SCARD_E_NO_SERVICE:
            return ServiceAnswer::absent;
        case SCARD_W_SECURITY_VIOLATION:
        case SCARD_E_NO_ACCESS:
            return ServiceAnswer::denied;
        // pcsc-lite says so when client and service speak different protocols (felica.md §4.7).
        case SCARD_E_SERVICE_STOPPED:
            return ServiceAnswer::other_version;
        default:
            return ServiceAnswer::broken;
    }
}

std::string digits(LONG code) {
    std::array<char, 9> text{};
    std::snprintf(text.data(), text.size(), "%08lX", static_cast<unsigned long>(code) & 0xFFFFFFFFUL);
    return text.data();
}

ReaderSight sight_of(const SCARD_READERSTATE& state) {
    const auto has = [&](DWORD flag) { return (state.dwEventState & flag) != 0; };
    return {state.szReader, has(SCARD_STATE_PRESENT), has(SCARD_STATE_MUTE), has(SCARD_STATE_INUSE),
            has(SCARD_STATE_EXCLUSIVE)};
}

// How each reader is now: a state that is asked for as unknown comes back at once.
LONG look_at_readers(const PcscContext& context, const std::vector<std::string>& names,
                     std::vector<ReaderSight>& sights) {
    std::array<SCARD_READERSTATE, tuning::readers> states{};
    const std::size_t count = std::min(names.size(), states.size());
    if (count == 0) return SCARD_S_SUCCESS;
    for (std::size_t i = 0; i < count; ++i) states[i].szReader = names[i].c_str();
    const LONG code = SCardGetStatusChange(context.handle(), 0, states.data(), static_cast<DWORD>(count));
    if (code != SCARD_S_SUCCESS) return code;
    for (std::size_t i = 0; i < count; ++i) sights.push_back(sight_of(states[i]));
    return code;
}

}  // namespace

ServiceLook look_at_service() {
    ServiceLook look;
    SCARDCONTEXT probe = 0;
    LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &probe);
    look.answer = answer_of(code);
    look.code = digits(code);
    if (code != SCARD_S_SUCCESS) return look;
    SCardReleaseContext(probe);
    const auto context = PcscContext::establish();
    const auto names = context ? context->readers() : base::Result<std::vector<std::string>>{context.error()};
    // It went away between two calls.
    if (!names) return {ServiceAnswer::absent, look.code, {}};
    code = look_at_readers(*context, *names, look.readers);
    if (code == SCARD_S_SUCCESS) return look;
    look.readers.clear();
    // A reader that is being unplugged: it is listed no more the next time.
    if (code != SCARD_E_UNKNOWN_READER) look.answer = ServiceAnswer::broken;
    look.code = digits(code);
    return look;
}

}  // namespace kazashi::reader
