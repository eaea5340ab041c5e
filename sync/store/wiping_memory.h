// SQLite's page caches hold wraps: what they give back to the system is wiped, like all freed memory of the terminal.
#pragma once

namespace kazashi::store {

// Before SQLite is first used in this process; afterwards it has no effect.
void wipe_what_sqlite_frees();

}  // namespace kazashi::store
