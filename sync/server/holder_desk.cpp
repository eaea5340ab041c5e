#include "sync/server/holder_desk.h"

#include "cardio/protocol/certificate.h"
#include "sync/server/feed.h"
#include "sync/vault/lock.h"

namespace kazashi::server {

Status link_holder(Records& records, const RegionKeys& keys, const HolderWish& wish, model::UtcTime now) {
    KAZASHI_TRY(const auto holder, protocol::parse_certificate(wish.certificate));
    KAZASHI_TRY(const auto patient, records.patient_numbered(wish.number));
    if (!patient) return base::Error{base::Fault::not_found, "no patient has this number"};
    if (!wish.undo) {
        KAZASHI_TRY(const auto policy, records.policy());
        const auto& issuers = policy.id_card_roots.of(card::IdCardKind::my_number);
        KAZASHI_CHECK(protocol::verify_chain(wish.certificate, issuers, now));
    }
    const auto index = vault::holder_index(keys.index, holder.key_hash);
    return publish(records, model::HolderLink{index, patient->ref, !wish.undo}, for_all());
}

}  // namespace kazashi::server
