// What becomes of terminals, and of the key those of an emergency hold.
#include "sync/server/office_verb.h"

namespace kazashi::server {

namespace {

using base::Status;

Status terminals(Options& o) {
    return in_office(o, [](auto& office) { return office.terminals(); });
}

Status lost_terminal(Options& o) {
    return in_office(o, [&](auto& office) { return office.lost_terminal(o.terminal); });
}

Status emergency_key(Options& o) {
    return in_office(
        o, [&](auto& office) { return o.new_epoch ? office.new_emergency_epoch() : office.emergency_epoch(); });
}

}  // namespace

void add_terminal_verbs(Verbs& verbs) {
    auto& o = verbs.options();
    auto& list = verbs.in_office("terminals", "the terminals there are, and what became of them", terminals);
    verbs.with_json(list);

    auto& lost = verbs.in_office("lost-terminal", "a terminal is lost or stolen", lost_terminal);
    lost.add_option("terminal", o.terminal, "its id, such as F0012-T1")->required();
    verbs.with_json(lost);
    lost.footer(
        "Its certificate is refused at once. What the live windows of its facility open is sealed anew for the\n"
        "cards and the other terminals; if it held the emergency key, a new epoch begins. Prints what it could\n"
        "have opened, and whose windows were alive.");

    auto& key = verbs.in_office("emergency-key", "the epoch of the emergency key", emergency_key);
    key.add_flag("--new-epoch", o.new_epoch, "make a new key: every emergency wrap and the name index are made again");
}

}  // namespace kazashi::server
