#include "terminal/app/hardening.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace kazashi::app {

void harden() {
    forbid_core_dumps();
    forbid_looking_in();
}

void forbid_core_dumps() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

void forbid_looking_in() { ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

void let_the_demonstration_look_in() { ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); }

}  // namespace kazashi::app
