#include "tests/fakes/winscard_door.h"

#include <dlfcn.h>

#include <atomic>
#include <cstdlib>

namespace {

constexpr LONG through = -1;  // no winscard code
std::atomic<LONG> establish{through};
std::atomic<LONG> connecting{through};
std::atomic<LONG> states{through};

template <class Function>
Function* real(const char* name) {
    auto* const found = ::dlsym(RTLD_NEXT, name);
    if (found == nullptr) std::abort();
    return reinterpret_cast<Function*>(found);
}

}  // namespace

extern "C" {

LONG SCardEstablishContext(DWORD scope, LPCVOID one, LPCVOID two, LPSCARDCONTEXT context) {
    if (const LONG code = establish; code != through) return code;
    return real<decltype(SCardEstablishContext)>("SCardEstablishContext")(scope, one, two, context);
}

LONG SCardConnect(SCARDCONTEXT context, LPCSTR reader, DWORD share, DWORD protocols, LPSCARDHANDLE card,
                  LPDWORD protocol) {
    if (const LONG code = connecting; code != through) return code;
    return real<decltype(SCardConnect)>("SCardConnect")(context, reader, share, protocols, card, protocol);
}

LONG SCardGetStatusChange(SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE* readers, DWORD count) {
    const LONG code = real<decltype(SCardGetStatusChange)>("SCardGetStatusChange")(context, timeout, readers, count);
    if (const LONG flags = states; flags != through)
        for (DWORD i = 0; i < count; ++i) readers[i].dwEventState = static_cast<DWORD>(flags);
    return code;
}

}  // extern "C"

namespace kazashi::fakes {

WinscardDoor::~WinscardDoor() { establish = connecting = states = through; }
void WinscardDoor::establish_says(LONG code) { establish = code; }
void WinscardDoor::connect_says(LONG code) { connecting = code; }
void WinscardDoor::states_say(DWORD flags) { states = static_cast<LONG>(flags); }

}  // namespace kazashi::fakes
