// KAZASHI_ASAN: the address sanitizer is underneath. It makes mlock() do nothing, takes its memory from elsewhere, and
// ends the program when there is none. GCC and Clang say so in different words.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define KAZASHI_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KAZASHI_ASAN 1
#endif
#endif
