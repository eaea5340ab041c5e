// Freed memory is wiped: this program replaces operator new and delete, so that no name, drug or note of a summary that
// was closed stays behind in the heap. It holds for everything that is allocated by C++: strings, vectors, JSON, and
// Dear ImGui once it has been told.
#pragma once

#include <cstddef>

namespace kazashi::app {

// Before Dear ImGui's first allocation. Calling it is also what brings the operators into the program.
void wipe_what_imgui_frees();

// Overwrites what earlier calls left on the stack below the caller: short strings live there, not in the heap.
void scrub_stack();

}  // namespace kazashi::app
