#include "sync/server/capsule_keys.h"

#include "sync/server/feed.h"

namespace kazashi::server {

namespace {

Status admit_all(Records& records, const RegionKeys& keys) {
    KAZASHI_TRY(const auto terminals, records.terminals());
    for (const auto& terminal : terminals) KAZASHI_CHECK(admit_to_capsules(records, keys, terminal));
    return base::ok();
}

}  // namespace

bool may_read_capsules(const model::TypePolicy& rules) {
    const bool in_an_emergency =
        rules.break_glass != model::BreakGlass::never && rules.emergency_sections.has(model::Section::emergency);
    return in_an_emergency || rules.sections.has(model::Section::emergency);
}

Result<std::vector<vault::CapsuleEpochKey>> open_capsule_keys(Records& records, const RegionKeys& keys) {
    KAZASHI_TRY(const auto wraps, records.capsule_keys());
    std::vector<vault::CapsuleEpochKey> open;
    for (const auto& wrap : wraps) {
        KAZASHI_TRY(auto key, vault::open_capsule_key(keys.sealing, wrap));
        open.push_back(std::move(key));
    }
    return open;
}

Result<std::vector<model::CapsuleKeyWrap>> capsule_keys_for(Records& records, const RegionKeys& keys,
                                                            const TerminalRecord& terminal) {
    std::vector<model::CapsuleKeyWrap> wraps;
    KAZASHI_TRY(const auto policy, records.policy());
    if (!may_read_capsules(policy.of(terminal.facility.type)) || !terminal.in_service()) return wraps;
    KAZASHI_TRY(const auto open, open_capsule_keys(records, keys));
    for (const auto& key : open) wraps.push_back({key.epoch, vault::seal_capsule_key(terminal.seal, key)});
    return wraps;
}

Status admit_to_capsules(Records& records, const RegionKeys& keys, const TerminalRecord& terminal) {
    KAZASHI_TRY(const auto wraps, capsule_keys_for(records, keys, terminal));
    if (wraps.empty()) return records.drop_below("capsule_key/" + for_terminal(terminal.id).word + "/");
    for (const auto& wrap : wraps) KAZASHI_CHECK(publish(records, wrap, for_terminal(terminal.id)));
    return base::ok();
}

Status follow_capsule_policy(Records& records, const RegionKeys& keys, const model::Policy& before,
                             model::UtcTime now) {
    KAZASHI_TRY(const auto policy, records.policy());
    bool more = false;
    bool fewer = false;
    for (const auto type : model::all_facility_types) {
        const bool did = may_read_capsules(before.of(type));
        const bool does = may_read_capsules(policy.of(type));
        more = more || (does && !did);
        fewer = fewer || (did && !does);
    }
    if (fewer) return new_capsule_epoch(records, keys, now);
    return more ? admit_all(records, keys) : base::ok();
}

Status new_capsule_epoch(Records& records, const RegionKeys& keys, model::UtcTime now) {
    KAZASHI_TRY(const auto before, records.capsule_keys());
    const auto epoch = before.empty() ? 1 : before.front().epoch + 1;
    if (epoch > vault::most_capsule_epochs) return base::Error{base::Fault::limit, "no more capsule epochs"};
    const vault::CapsuleEpochKey key{epoch, vault::random_key<vault::CapsuleKey>()};
    KAZASHI_CHECK(records.put_capsule_key({epoch, vault::seal_capsule_key(keys.sealing.seal, key)}, now));
    return admit_all(records, keys);
}

}  // namespace kazashi::server
