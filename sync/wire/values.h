// Private to this folder: the values that stand inside several messages, to and from one map.
#pragma once

#include "sync/model/feed.h"
#include "sync/wire/fields.h"

namespace kazashi::wire {

Json to_map(const model::Grant& grant);
Result<model::Grant> read_grant(Json& map);
Json to_map(const model::Withdrawal& withdrawal);
Result<model::Withdrawal> read_withdrawal(Json& map);
Json to_map(const model::Policy& policy);
Result<model::Policy> read_policy(Json& map);
Json to_map(const model::Facility& facility);
Result<model::Facility> read_facility(Json& map);
Json to_map(const model::CapsuleKeyWrap& key);
Result<model::CapsuleKeyWrap> read_capsule_key(Json& map);
Json to_map(const model::Glossary& glossary);
Result<model::Glossary> read_glossary(Json& map);
Json to_map(const model::LedgerEntry& entry);
Result<model::LedgerEntry> read_ledger_entry(Json& map);
Json to_map(const model::Receipt& receipt);
Result<model::Receipt> read_receipt(Json& map);

}  // namespace kazashi::wire
