#include <algorithm>

#include "sync/server/sql.h"
#include "sync/server/sqlite_records.h"

namespace kazashi::server {

namespace {

Bytes octets_of(const vault::CapsulePads& pads) {
    Bytes octets;
    for (const auto& pad : pads) base::append(octets, pad.view());
    return octets;
}

// The schema's CHECK keeps the length.
vault::CapsulePads pads_of(const Bytes& octets) {
    vault::CapsulePads pads{};
    for (std::size_t i = 0; i < octets.size() && i < pads.size() * card::Block::size; ++i)
        pads[i / card::Block::size].bytes[i % card::Block::size] = octets[i];
    return pads;
}

}  // namespace

Result<std::vector<model::CapsuleKeyWrap>> SqliteRecords::capsule_keys() {
    KAZASHI_TRY(auto rows, database_.run(sql::capsule_keys));
    std::vector<model::CapsuleKeyWrap> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        found.push_back({rows.integer(0), rows.blob(1)});
    }
}

Status SqliteRecords::put_capsule_key(const model::CapsuleKeyWrap& key, model::UtcTime made_at) {
    KAZASHI_CHECK(database_.change(sql::put_capsule_key, key.epoch, key.sealed, made_at));
    return base::ok();
}

Result<std::optional<CapsuleRecord>> SqliteRecords::capsule_of(const model::CardIndex& card) {
    KAZASHI_TRY(auto rows, database_.run(sql::capsule_of, card));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<CapsuleRecord>{};
    return std::optional{CapsuleRecord{
        card, {rows.integer(0), rows.integer(1)}, rows.id<model::Hash>(2), rows.time(3), pads_of(rows.blob(4))}};
}

Status SqliteRecords::put_capsule(const CapsuleRecord& capsule) {
    KAZASHI_CHECK(database_.change(sql::put_capsule, capsule.card, capsule.header.epoch, capsule.header.serial,
                                   capsule.facts, capsule.made_at, octets_of(capsule.pads)));
    return base::ok();
}

}  // namespace kazashi::server
