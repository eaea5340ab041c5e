#include "sync/server/upgrade.h"

#include <algorithm>

#include "sync/server/capsule_keys.h"
#include "sync/server/emergency.h"
#include "sync/server/feed.h"
#include "sync/server/name_index.h"

namespace kazashi::server {

namespace {

Status complete_policy(Records& records) {
    const auto known = records.policy();
    if (known) return base::ok();
    if (known.fault() != base::Fault::malformed) return known.error();
    auto policy = model::default_policy();
    KAZASHI_TRY(const auto version, records.policy_version());
    policy.version = version + 1;
    KAZASHI_CHECK(records.put_policy(policy));
    return publish(records, policy, for_all());
}

// A city hall may issue cards since there is a way to; whoever wants it otherwise says so afterwards, with a policy of
// their own. Nothing else of a policy changes: it is the region's.
Status let_the_office_issue(Records& records) {
    KAZASHI_TRY(auto policy, records.policy());
    const auto office = policy.types.find(model::FacilityType::city_hall);
    if (office == policy.types.end() || office->second.issues_cards) return base::ok();
    office->second.issues_cards = true;
    ++policy.version;
    KAZASHI_CHECK(records.put_policy(policy));
    return publish(records, policy, for_all());
}

Status complete_names(Records& records) {
    KAZASHI_TRY(const auto members, records.members());
    for (const auto& member : members) {
        KAZASHI_TRY(const auto stored, records.resources(member.ref));
        const auto person =
            std::find_if(stored.begin(), stored.end(), [](const auto& one) { return one.role == Role::patient; });
        if (person == stored.end() || person->resource.withheld) continue;
        KAZASHI_CHECK(index_name(records, name_entry(member.ref, person->resource.json)));
    }
    return base::ok();
}

struct Missing {
    bool emergency{};
    bool capsules{};  // and with them, from before cards could be issued at an office
};

Result<Missing> what_is_missing(Records& records) {
    KAZASHI_TRY(const auto emergency, records.emergency_key());
    KAZASHI_TRY(const auto capsules, records.capsule_keys());
    return Missing{!emergency, capsules.empty()};
}

}  // namespace

Status complete_region(Repository& repository, const RegionKeys& keys, model::UtcTime now) {
    Missing missing;
    KAZASHI_CHECK(repository.read([&](Records& records) -> Status {
        KAZASHI_TRY(missing, what_is_missing(records));
        return base::ok();
    }));
    if (!missing.emergency && !missing.capsules) return base::ok();
    return repository.write([&](Records& records) -> Status {
        KAZASHI_TRY(missing, what_is_missing(records));  // another program may have been quicker
        if (missing.emergency) {
            KAZASHI_CHECK(complete_policy(records));
            KAZASHI_CHECK(complete_names(records));
            KAZASHI_CHECK(new_emergency_epoch(records, keys, now));
        }
        if (!missing.capsules) return base::ok();
        KAZASHI_CHECK(let_the_office_issue(records));
        return new_capsule_epoch(records, keys, now);
    });
}

}  // namespace kazashi::server
