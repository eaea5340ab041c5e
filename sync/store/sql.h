// Every statement of the terminal's store; with migrations.h, which makes the tables, the only home of SQL on a
// terminal. Times are milliseconds since 1970 (UTC), ids are blobs. The words of the tables are those of design.md §2.
#pragma once

#include <array>

namespace kazashi::store::sql {

inline constexpr int application_id = 0x4b5a5331;  // "KZS1": another program's database is not ours to write

// ---- connection
inline constexpr char connection[] = R"sql(
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA page_size = 16384;     -- when the file is made; two 2 KiB packages would waste half of a 4 KiB page
PRAGMA temp_store = MEMORY;
PRAGMA synchronous = FULL;
PRAGMA trusted_schema = OFF;
)sql";
inline constexpr char journal_mode[] = "PRAGMA journal_mode = WAL";
inline constexpr char cache_size[] = "PRAGMA cache_size = ";
inline constexpr char user_version[] = "PRAGMA user_version";
inline constexpr char set_user_version[] = "PRAGMA user_version = ";
inline constexpr char get_application_id[] = "PRAGMA application_id";
inline constexpr char set_application_id[] = "PRAGMA application_id = ";
inline constexpr char table_count[] = "SELECT count(*) FROM sqlite_schema WHERE type = 'table'";
inline constexpr char check_whole[] = "PRAGMA quick_check(1)";
inline constexpr char check_integrity[] = "PRAGMA integrity_check(1)";  // every page and every index: for the doctor
inline constexpr std::array<const char*, 7> check_tables{
    "PRAGMA quick_check(value)",       "PRAGMA quick_check(feed_state)",    "PRAGMA quick_check(live_window)",
    "PRAGMA quick_check(window_wrap)", "PRAGMA quick_check(closed_window)", "PRAGMA quick_check(ledger)",
    "PRAGMA quick_check(slot)"};
// A store of the first version has these not yet; they are small.
inline constexpr std::array<const char*, 3> check_tables_2{
    "PRAGMA quick_check(ended_grant)", "PRAGMA quick_check(notice_shown)", "PRAGMA quick_check(ledger_floor)"};
inline constexpr char begin_immediate[] = "BEGIN IMMEDIATE";
inline constexpr char begin_read[] = "BEGIN";
inline constexpr char copy_into[] = "VACUUM INTO ?";
inline constexpr char commit[] = "COMMIT";
inline constexpr char rollback[] = "ROLLBACK";

// ---- feed
inline constexpr char get_feed_state[] = "SELECT cursor, packages, packages_total FROM feed_state";
inline constexpr char set_feed_state[] = "UPDATE feed_state SET cursor = ?, packages = ?, packages_total = ?";

inline constexpr char put_policy[] = R"sql(
INSERT INTO policy VALUES(1, ?1, ?2)
ON CONFLICT(id) DO UPDATE SET version = excluded.version, body = excluded.body WHERE excluded.version > version)sql";
inline constexpr char get_policy[] = "SELECT body FROM policy";

inline constexpr char put_facility[] = R"sql(
INSERT INTO facility VALUES(?1, ?2, ?3)
ON CONFLICT(id) DO UPDATE SET type = excluded.type, name = excluded.name)sql";
inline constexpr char get_facility[] = "SELECT type, name FROM facility WHERE id = ?";

inline constexpr char put_staff[] = R"sql(
INSERT INTO staff VALUES(?1, ?2, ?3, ?4)
ON CONFLICT(id) DO UPDATE SET facility = excluded.facility, active = excluded.active,
    sealed_name = excluded.sealed_name)sql";
inline constexpr char get_staff[] = "SELECT facility, active, sealed_name FROM staff WHERE id = ?";

inline constexpr char get_staff_of[] =
    "SELECT id, facility, active, sealed_name FROM staff WHERE facility = ? AND active = 1 ORDER BY id";

inline constexpr char put_exclusion[] = "INSERT INTO exclusion VALUES(?1, ?2) ON CONFLICT DO NOTHING";
inline constexpr char drop_exclusion[] = "DELETE FROM exclusion WHERE patient = ?1 AND facility = ?2";
inline constexpr char get_exclusion[] = "SELECT 1 FROM exclusion WHERE patient = ?";

inline constexpr char put_holder_link[] =
    "INSERT INTO holder_link VALUES(?1, ?2) ON CONFLICT(holder) DO UPDATE SET patient = excluded.patient";
inline constexpr char drop_holder_link[] = "DELETE FROM holder_link WHERE holder = ?";
inline constexpr char get_holder_link[] = "SELECT patient FROM holder_link WHERE holder = ?";

inline constexpr char put_emergency_key[] =
    "INSERT INTO emergency_key VALUES(?1, ?2) ON CONFLICT(epoch) DO UPDATE SET sealed = excluded.sealed";
// The one before the newest still opens what the feed has not brought anew.
inline constexpr char drop_old_emergency_keys[] = R"sql(
DELETE FROM emergency_key WHERE epoch NOT IN (SELECT epoch FROM emergency_key ORDER BY epoch DESC LIMIT 2))sql";
inline constexpr char put_capsule_key[] =
    "INSERT INTO capsule_key VALUES(?1, ?2) ON CONFLICT(epoch) DO UPDATE SET sealed = excluded.sealed";
inline constexpr char get_capsule_keys[] = "SELECT epoch, sealed FROM capsule_key ORDER BY epoch DESC";
inline constexpr char put_glossary[] = R"sql(
INSERT INTO glossary VALUES(1, ?1, ?2, ?3)
ON CONFLICT(id) DO UPDATE SET version = excluded.version, epoch = excluded.epoch, sealed = excluded.sealed
WHERE excluded.version > version)sql";
inline constexpr char get_glossary[] = "SELECT version, epoch, sealed FROM glossary";
inline constexpr char get_emergency_keys[] = "SELECT epoch, sealed FROM emergency_key ORDER BY epoch DESC";

inline constexpr char put_name_page[] = R"sql(
INSERT INTO name_page VALUES(?1, ?2, ?3, ?4)
ON CONFLICT(page) DO UPDATE SET epoch = excluded.epoch, version = excluded.version, sealed = excluded.sealed
WHERE (excluded.epoch, excluded.version) > (epoch, version))sql";
inline constexpr char get_name_pages[] = "SELECT page, epoch, version, sealed FROM name_page ORDER BY page";

inline constexpr char put_revoked[] = "INSERT INTO revoked_card VALUES(?) ON CONFLICT DO NOTHING";
inline constexpr char get_revoked[] = "SELECT 1 FROM revoked_card WHERE card = ?";
// A lost card opens nothing any more, whoever holds terminal and card.
inline constexpr char drop_wraps_of_card[] = R"sql(
DELETE FROM wrap WHERE patient = (SELECT patient FROM card_lock WHERE card = ?1) AND card = ?1)sql";

inline constexpr char put_lock[] = R"sql(
INSERT INTO card_lock VALUES(?1, ?2, ?3, ?4)
ON CONFLICT(card) DO UPDATE SET patient = excluded.patient, first = excluded.first, second = excluded.second)sql";
inline constexpr char get_lock[] = "SELECT patient, first, second FROM card_lock WHERE card = ?";

inline constexpr char add_package[] = "INSERT INTO package VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
inline constexpr char renew_package[] = R"sql(
UPDATE package SET version = ?3, as_of = ?4, sealed = ?5 WHERE patient = ?1 AND section = ?2 AND version < ?3)sql";
inline constexpr char get_package[] = "SELECT version, as_of, sealed FROM package WHERE patient = ? AND section = ?";
inline constexpr char drop_old_wraps[] = "DELETE FROM wrap WHERE patient = ?1 AND section = ?2 AND version < ?3";
inline constexpr char drop_old_facility_wraps[] =
    "DELETE FROM facility_wrap WHERE patient = ?1 AND section = ?2 AND version < ?3";

inline constexpr char put_wrap[] = R"sql(
INSERT INTO wrap SELECT ?1, ?2, ?3, ?4, ?5, ?6
WHERE NOT EXISTS (SELECT 1 FROM package WHERE patient = ?1 AND section = ?2 AND version > ?5)
  AND NOT EXISTS (SELECT 1 FROM revoked_card WHERE card = ?4)
ON CONFLICT DO UPDATE SET sealed = excluded.sealed)sql";
// Only for a window this terminal has, adopted or not, that does not have that version already.
inline constexpr char put_facility_wrap[] = R"sql(
INSERT INTO facility_wrap SELECT ?1, ?2, ?3, ?4
WHERE EXISTS (SELECT 1 FROM live_window AS has WHERE patient = ?1 AND state = 1
              AND NOT EXISTS (SELECT 1 FROM window_wrap
                              WHERE grant_id = has.grant_id AND section = ?2 AND version = ?3))
  AND NOT EXISTS (SELECT 1 FROM package WHERE patient = ?1 AND section = ?2 AND version > ?3)
ON CONFLICT DO UPDATE SET sealed = excluded.sealed)sql";
inline constexpr char get_wraps[] = R"sql(
SELECT section, version, card, sealed FROM wrap WHERE patient = ?1 AND way = ?2 ORDER BY section, version)sql";
inline constexpr char get_facility_wraps_of[] = R"sql(
SELECT section, version, zeroblob(16), sealed FROM facility_wrap WHERE patient = ?1 ORDER BY section, version)sql";
inline constexpr char get_facility_wraps[] = R"sql(
SELECT patient, section, version, sealed FROM facility_wrap ORDER BY patient, section, version)sql";
inline constexpr char drop_facility_wrap[] =
    "DELETE FROM facility_wrap WHERE patient = ?1 AND section = ?2 AND version = ?3";

// ---- windows
inline constexpr char put_window[] = "INSERT INTO live_window VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
inline constexpr char get_windows[] = R"sql(
SELECT state, receipted, reason, grant_body, sealed_window_key FROM live_window ORDER BY granted_at DESC, grant_id)sql";
inline constexpr char get_window[] = R"sql(
SELECT state, receipted, reason, grant_body, sealed_window_key FROM live_window WHERE grant_id = ?)sql";
// One that has its key comes before one that is not adopted yet.
inline constexpr char get_window_of[] = R"sql(
SELECT state, receipted, reason, grant_body, sealed_window_key FROM live_window
WHERE patient = ? AND state = 1 ORDER BY length(sealed_window_key) = 0, granted_at DESC)sql";
inline constexpr char get_windows_of[] = R"sql(
SELECT state, receipted, reason, grant_body, sealed_window_key FROM live_window WHERE patient = ?)sql";
inline constexpr char adopt_window[] = R"sql(
UPDATE live_window SET sealed_window_key = ?2
WHERE grant_id = ?1 AND state = 1 AND length(sealed_window_key) = 0)sql";
inline constexpr char put_ended[] = "INSERT INTO ended_grant VALUES(?1, ?2) ON CONFLICT DO NOTHING";
inline constexpr char get_ended[] = "SELECT 1 FROM ended_grant WHERE grant_id = ?";
inline constexpr char forget_ended[] = "DELETE FROM ended_grant WHERE expires_at < ?";
inline constexpr char window_id_of_entry[] = "SELECT grant_id FROM live_window WHERE grant_seq = ?";
inline constexpr char set_window_receipted[] = "UPDATE live_window SET receipted = 1 WHERE grant_id = ?";
inline constexpr char set_window_state[] = "UPDATE live_window SET state = ?2, reason = ?3 WHERE grant_id = ?1";
inline constexpr char drop_window[] = "DELETE FROM live_window WHERE grant_id = ?";
inline constexpr char drop_window_wraps[] = "DELETE FROM window_wrap WHERE grant_id = ?";
inline constexpr char drop_facility_wraps_of_window[] = R"sql(
DELETE FROM facility_wrap WHERE patient = (SELECT patient FROM live_window WHERE grant_id = ?1)
  AND NOT EXISTS (SELECT 1 FROM live_window AS other WHERE other.patient = facility_wrap.patient
                  AND other.grant_id <> ?1 AND other.state = 1))sql";
inline constexpr char close_window[] = R"sql(
INSERT INTO closed_window SELECT grant_id, state, reason, granted_at, ?2 FROM live_window
WHERE grant_id = ?1 AND state <> 1 ON CONFLICT DO NOTHING)sql";
inline constexpr char get_closed_windows[] = R"sql(
SELECT grant_id, state, reason, granted_at, closed_at FROM closed_window ORDER BY granted_at DESC, grant_id)sql";
inline constexpr char forget_closed_windows[] = "DELETE FROM closed_window WHERE closed_at < ?";

// The sync thread may have closed the window a moment ago: then it gets no key any more.
inline constexpr char put_window_wrap[] = R"sql(
INSERT INTO window_wrap SELECT ?1, ?2, ?3, ?4
WHERE EXISTS (SELECT 1 FROM live_window WHERE grant_id = ?1 AND state = 1)
ON CONFLICT DO UPDATE SET sealed = excluded.sealed)sql";
inline constexpr char drop_old_window_wraps[] = R"sql(
DELETE FROM window_wrap WHERE grant_id = ?1 AND section = ?2
  AND version < (SELECT version FROM package WHERE patient = ?3 AND section = ?2))sql";
inline constexpr char get_window_wraps[] = R"sql(
SELECT patient, section, version, sealed FROM window_wrap JOIN live_window USING(grant_id)
WHERE grant_id = ? ORDER BY section, version)sql";

// ---- ledger
inline constexpr char ledger_head[] = "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1";
inline constexpr char put_entry[] = R"sql(
INSERT INTO ledger(seq, kind, at, clock, terminal, prev, hash, body, signature)
VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))sql";
inline constexpr char get_unreceipted[] = R"sql(
SELECT seq, kind, at, clock, terminal, prev, body, signature FROM ledger INDEXED BY ledger_pending
WHERE verdict IS NULL ORDER BY seq LIMIT ?)sql";
inline constexpr char get_entries_after[] = R"sql(
SELECT seq, kind, at, clock, terminal, prev, body, signature FROM ledger WHERE seq > ?1 ORDER BY seq LIMIT ?2)sql";
inline constexpr char get_entry_state[] = "SELECT terminal, hash, verdict FROM ledger WHERE seq = ?";
inline constexpr char put_receipt[] = "UPDATE ledger SET verdict = ?2, receipt = ?3 WHERE seq = ?1";
inline constexpr char get_floor[] = "SELECT seq, hash FROM ledger_floor";
// The last entry that may go: before the newest, the first without a receipt, the first that is young, the next
// portion.
inline constexpr char last_prunable[] = R"sql(
SELECT seq, hash FROM ledger WHERE seq < min(
    (SELECT max(seq) FROM ledger),
    coalesce((SELECT min(seq) FROM ledger INDEXED BY ledger_pending WHERE verdict IS NULL), 9223372036854775807),
    coalesce((SELECT seq FROM ledger WHERE at >= ?1 ORDER BY seq LIMIT 1), 9223372036854775807),
    (SELECT seq FROM ledger_floor) + ?2 + 1)
ORDER BY seq DESC LIMIT 1)sql";
inline constexpr char set_floor[] = "UPDATE ledger_floor SET seq = ?1, hash = ?2";
inline constexpr char prune[] = "DELETE FROM ledger WHERE seq <= ?";
inline constexpr char count_pending[] = "SELECT count(*) FROM ledger INDEXED BY ledger_pending WHERE verdict IS NULL";
inline constexpr char count_refused[] = "SELECT count(*) FROM ledger INDEXED BY ledger_refused WHERE verdict = 2";

// ---- staff slots and small values
inline constexpr char put_slot[] = R"sql(
INSERT INTO slot(staff, card, first, second, salt, opslimit, memlimit, sealed_store_key)
VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT(staff) DO UPDATE SET card = excluded.card, first = excluded.first, second = excluded.second,
    salt = excluded.salt, opslimit = excluded.opslimit, memlimit = excluded.memlimit,
    sealed_store_key = excluded.sealed_store_key, failures = 0, locked_until = NULL)sql";
inline constexpr char get_slots[] = R"sql(
SELECT staff, card, first, second, salt, opslimit, memlimit, sealed_store_key FROM slot ORDER BY staff)sql";
inline constexpr char drop_slot[] = "DELETE FROM slot WHERE staff = ?1 AND (SELECT count(*) FROM slot) > 1";
inline constexpr char get_slot[] = "SELECT 1 FROM slot WHERE staff = ?";
// Somebody whose slot was the last one when the region removed them.
inline constexpr char drop_slots_of_inactive[] = R"sql(
DELETE FROM slot WHERE staff <> ?1 AND staff IN (SELECT id FROM staff WHERE active = 0))sql";
inline constexpr char get_failures[] = "SELECT failures, locked_until FROM slot WHERE staff = ?";
inline constexpr char put_id_slot[] = R"sql(
INSERT INTO id_slot VALUES(?1, ?2, ?3, ?4)
ON CONFLICT(staff) DO UPDATE SET challenge = excluded.challenge, salt = excluded.salt,
    sealed_store_key = excluded.sealed_store_key)sql";
inline constexpr char get_id_slots[] = "SELECT staff, challenge, salt, sealed_store_key FROM id_slot ORDER BY staff";
inline constexpr char put_failures[] = "UPDATE slot SET failures = ?2, locked_until = ?3 WHERE staff = ?1";

inline constexpr char put_notice[] = "INSERT INTO notice_shown VALUES(?1, ?2) ON CONFLICT DO NOTHING";
inline constexpr char get_notice[] = "SELECT 1 FROM notice_shown WHERE grant_id = ?";
inline constexpr char forget_notices[] = "DELETE FROM notice_shown WHERE seq <= ?";

inline constexpr char put_value[] =
    "INSERT INTO value VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value";
inline constexpr char get_value[] = "SELECT value FROM value WHERE key = ?";

}  // namespace kazashi::store::sql
