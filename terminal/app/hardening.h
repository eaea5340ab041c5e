// What the operating system is asked for before the first key is in memory.
#pragma once

namespace kazashi::app {

// Both of the following: every verb begins with it.
void harden();
void forbid_core_dumps();
// Nobody else, not even the same user, may look into this process (/proc/PID/mem, ptrace).
void forbid_looking_in();
// Undoes forbid_looking_in() for a demonstration, whose checks read /proc/PID/mem to prove that a closed summary is
// gone from it. A terminal of a real region never calls it.
void let_the_demonstration_look_in();

}  // namespace kazashi::app
