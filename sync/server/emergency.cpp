#include "sync/server/emergency.h"

#include "sync/server/feed.h"
#include "sync/server/name_index.h"
#include "sync/server/packing.h"
#include "sync/vault/lock.h"

namespace kazashi::server {

namespace {

Status wrap_for_terminal(Records& records, const Emergency& emergency, const TerminalRecord& terminal) {
    const auto audience = for_terminal(terminal.id);
    // An older epoch's wrap would open nothing that is in the feed.
    KAZASHI_CHECK(records.drop_below("emergency_key/" + audience.word + "/"));
    const model::EmergencyKeyWrap wrap{emergency.epoch,
                                       vault::seal_emergency_key(terminal.seal, emergency.epoch, emergency.key)};
    return publish(records, wrap, audience);
}

Status wrap_everybody(Records& records, const RegionKeys& keys, const Emergency& emergency) {
    KAZASHI_CHECK(records.drop_below("wrap/" + for_emergency().word + "/"));
    KAZASHI_TRY(const auto members, records.members());
    for (const auto& member : members) {
        KAZASHI_TRY(const auto sections, open_sections(records, keys, member.ref));
        for (const auto& section : sections) {
            if (emergency.sections.has(section.id.section)) {
                KAZASHI_CHECK(wrap_for_emergency(records, emergency, section));
            }
        }
    }
    return base::ok();
}

}  // namespace

bool may_break_glass(const model::TypePolicy& rules) { return rules.break_glass != model::BreakGlass::never; }

model::SectionSet emergency_sections(const model::Policy& policy) {
    unsigned bits = 0;
    for (const auto& [type, rules] : policy.types) {
        if (may_break_glass(rules)) bits |= rules.emergency_sections.bits();
    }
    return model::SectionSet{static_cast<std::uint8_t>(bits)};
}

Result<std::optional<Emergency>> newest_emergency(Records& records, const RegionKeys& keys) {
    KAZASHI_TRY(const auto sealed, records.emergency_key());
    if (!sealed) return std::optional<Emergency>{};
    KAZASHI_TRY(auto key, vault::open_emergency_key(keys.sealing, *sealed));
    KAZASHI_TRY(const auto policy, records.policy());
    return std::optional{Emergency{sealed->epoch, std::move(key), emergency_sections(policy)}};
}

Status admit_to_emergency(Records& records, const RegionKeys& keys, const TerminalRecord& terminal) {
    KAZASHI_TRY(const auto policy, records.policy());
    if (!may_break_glass(policy.of(terminal.facility.type)) || !terminal.in_service()) return base::ok();
    KAZASHI_TRY(const auto emergency, newest_emergency(records, keys));
    if (!emergency) return base::ok();
    return wrap_for_terminal(records, *emergency, terminal);
}

Status new_emergency_epoch(Records& records, const RegionKeys& keys, model::UtcTime now) {
    KAZASHI_TRY(const auto before, records.emergency_key());
    KAZASHI_TRY(const auto policy, records.policy());
    const Emergency emergency{before ? before->epoch + 1 : 1, vault::random_key<vault::EmergencyKey>(),
                              emergency_sections(policy)};
    KAZASHI_CHECK(records.put_emergency_key(
        {emergency.epoch, vault::seal_emergency_key(keys.sealing.seal, emergency.epoch, emergency.key)}, now));
    KAZASHI_TRY(const auto terminals, records.terminals());
    for (const auto& terminal : terminals) {
        const bool entitled = may_break_glass(policy.of(terminal.facility.type)) && terminal.in_service();
        if (entitled) KAZASHI_CHECK(wrap_for_terminal(records, emergency, terminal));
        if (!entitled) KAZASHI_CHECK(records.drop_below("emergency_key/" + for_terminal(terminal.id).word + "/"));
    }
    KAZASHI_CHECK(wrap_everybody(records, keys, emergency));
    KAZASHI_CHECK(records.all_name_pages_wait());
    return seal_names(records, keys);
}

}  // namespace kazashi::server
