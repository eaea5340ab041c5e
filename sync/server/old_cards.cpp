#include "sync/server/old_cards.h"

#include "sync/server/feed.h"
#include "sync/vault/lock.h"

namespace kazashi::server {

Result<int> link_old_cards(Records& records, const RegionKeys& keys) {
    KAZASHI_TRY(const auto members, records.members());
    int linked = 0;
    for (const auto& member : members) {
        const auto index = vault::number_index(keys.index, member.number);
        KAZASHI_TRY(const bool known, has_link(records, index));
        if (known) continue;
        KAZASHI_CHECK(publish(records, model::HolderLink{index, member.ref, true}, for_all()));
        ++linked;
    }
    return linked;
}

Status link_old_card(Records& records, const RegionKeys& keys, const std::string& number, bool undo) {
    KAZASHI_TRY(const auto patient, records.patient_numbered(number));
    if (!patient) return base::Error{base::Fault::not_found, "no patient has this number"};
    return publish(records, model::HolderLink{vault::number_index(keys.index, number), patient->ref, !undo}, for_all());
}

Result<bool> end_old_card(Records& records, const RegionKeys& keys, const std::string& number) {
    KAZASHI_TRY(const bool known, has_link(records, vault::number_index(keys.index, number)));
    if (known) KAZASHI_CHECK(link_old_card(records, keys, number, true));
    return known;
}

}  // namespace kazashi::server
