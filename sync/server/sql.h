// Every statement of the server; with migrations.h, which makes the tables, the only home of its SQL. Values are always
// bound.
#pragma once

namespace kazashi::server::sql {

inline constexpr const char* settings =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    "PRAGMA temp_store=MEMORY;";

inline constexpr const char* schema_version = "PRAGMA user_version";

inline constexpr const char* begin_write = "BEGIN IMMEDIATE";
inline constexpr const char* begin_read = "BEGIN";
inline constexpr const char* commit = "COMMIT";
inline constexpr const char* rollback = "ROLLBACK";

// ---- patients
inline constexpr const char* patient = "SELECT patient, number, kana, birth_date FROM patients WHERE patient = ?";
inline constexpr const char* patient_numbered =
    "SELECT patient, number, kana, birth_date FROM patients WHERE number = ?";
inline constexpr const char* patients_identified =
    "SELECT p.patient, p.number, p.kana, p.birth_date FROM identifiers i JOIN patients p ON p.patient = i.patient "
    "WHERE i.identifier = ?";
inline constexpr const char* put_patient =
    "INSERT INTO patients(patient, number, kana, birth_date) VALUES(?, ?, ?, ?) ON CONFLICT(patient) DO UPDATE SET "
    "number = excluded.number, kana = excluded.kana, birth_date = excluded.birth_date";
inline constexpr const char* put_identifier =
    "INSERT INTO identifiers(identifier, patient) VALUES(?, ?) ON CONFLICT DO NOTHING";
inline constexpr const char* members =
    "SELECT patient, number, kana, birth_date FROM patients WHERE number IS NOT NULL";
// An identical row is not written, so that changes() says whether anything is new.
inline constexpr const char* put_resource =
    "INSERT INTO resources(patient, type, identity, id, role, understood, section, withheld, full_url, json) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT(patient, type, identity) DO UPDATE SET id = excluded.id, role = excluded.role, "
    "understood = excluded.understood, section = excluded.section, withheld = excluded.withheld, "
    "full_url = excluded.full_url, json = excluded.json "
    "WHERE json <> excluded.json OR section IS NOT excluded.section OR withheld <> excluded.withheld "
    "OR role <> excluded.role OR full_url <> excluded.full_url OR understood <> excluded.understood";
inline constexpr const char* resources =
    "SELECT role, understood, type, id, full_url, section, withheld, json FROM resources WHERE patient = ? "
    "ORDER BY type, identity";
inline constexpr const char* sealed_sections =
    "SELECT section, version, as_of, content, region_wrap FROM sections WHERE patient = ? ORDER BY section";
inline constexpr const char* put_sealed_section =
    "INSERT INTO sections(patient, section, version, as_of, content, region_wrap) VALUES(?, ?, ?, ?, ?, ?) "
    "ON CONFLICT(patient, section) DO UPDATE SET version = excluded.version, as_of = excluded.as_of, "
    "content = excluded.content, region_wrap = excluded.region_wrap";

// ---- cards
inline constexpr const char* card_of =
    "SELECT card, idm, id, s_pad0, first, second, revoked, chip, issued_at FROM cards WHERE idm = ?";
inline constexpr const char* cards_of =
    "SELECT card, idm, id, s_pad0, first, second, revoked, chip, issued_at FROM cards WHERE number = ? AND kind = ?";
inline constexpr const char* put_card =
    "INSERT INTO cards(card, idm, id, s_pad0, kind, number, first, second, revoked, chip, issued_at) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr const char* revoke_card = "UPDATE cards SET revoked = 1 WHERE card = ?";
inline constexpr const char* begun_card =
    "SELECT card, idm, id, s_pad0, first, second, locked, begun_at FROM begun_cards WHERE idm = ?";
inline constexpr const char* put_begun_card =
    "INSERT OR REPLACE INTO begun_cards(card, idm, id, s_pad0, first, second, locked, begun_at) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr const char* drop_begun_card = "DELETE FROM begun_cards WHERE idm = ?";
inline constexpr const char* card_order =
    "SELECT card_order, terminal, purpose, dry_run, idm, seal, pads, writes, challenge, stage, erasing, doubts, "
    "outcome, note, touched_at, chip, torn FROM card_orders WHERE card_order = ?";
inline constexpr const char* put_card_order =
    "INSERT OR REPLACE INTO card_orders(card_order, terminal, purpose, dry_run, idm, seal, pads, writes, challenge, "
    "stage, erasing, doubts, outcome, note, touched_at, chip, torn) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr const char* drop_card_orders = "DELETE FROM card_orders WHERE terminal = ? AND outcome <> 0";
inline constexpr const char* close_card_orders =
    "UPDATE card_orders SET outcome = 2, note = 'order_over' WHERE terminal = ? AND outcome = 0";

// ---- feed
inline constexpr const char* feed_holds = "SELECT 1 FROM feed WHERE key = ?";
inline constexpr const char* drop_feed = "DELETE FROM feed WHERE key = ?";
inline constexpr const char* drop_feed_below = "DELETE FROM feed WHERE key >= ?1 AND key < ?2";
inline constexpr const char* append_feed = "INSERT INTO feed(audience, package, key, body) VALUES(?, ?, ?, ?)";
// Nine walks over one index, merged in order of seq: nothing is sorted, and nothing of another audience is read.
inline constexpr const char* feed_after =
    "SELECT seq, body FROM feed WHERE audience = ?2 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?3 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?4 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?5 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?6 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?7 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?8 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?9 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?10 AND seq > ?1 ORDER BY seq";
inline constexpr const char* feed_head = "SELECT seq FROM sqlite_sequence WHERE name = 'feed'";
inline constexpr const char* packages_for =
    "SELECT COUNT(*) FROM feed WHERE package = 1 AND audience IN (?, ?, ?, ?, ?)";

// ---- ledger and grants
inline constexpr const char* ledger_head = "SELECT seq, hash FROM ledger WHERE terminal = ? ORDER BY seq DESC LIMIT 1";
inline constexpr const char* ledger_between =
    "SELECT hash, receipt FROM ledger WHERE terminal = ? AND seq BETWEEN ? AND ? ORDER BY seq";
inline constexpr const char* put_ledger =
    "INSERT INTO ledger(terminal, seq, hash, entry, received_at, verdict, receipt, kind) VALUES(?, ?, ?, ?, ?, ?, ?, "
    "?)";
inline constexpr const char* ledger_totals =
    "SELECT COUNT(*), COUNT(receipt), COALESCE(SUM(verdict = 2), 0) FROM ledger";
inline constexpr const char* ledger_kinds =
    "SELECT kind, COUNT(*) FROM ledger WHERE verdict = 1 AND kind <> 0 GROUP BY kind ORDER BY kind";
inline constexpr const char* grant =
    "SELECT facility, body, state, reason, proof_verified FROM grants WHERE grant_id = ?";
inline constexpr const char* grants = "SELECT facility, body, state, reason, proof_verified FROM grants ORDER BY rowid";
inline constexpr const char* live_grants =
    "SELECT facility, body, state, reason, proof_verified FROM grants "
    "WHERE patient = ? AND state = 1 AND expires_at > ? ORDER BY granted_at DESC, rowid DESC";
inline constexpr const char* live_grants_at =
    "SELECT facility, body, state, reason, proof_verified FROM grants "
    "WHERE facility = ? AND state = 1 AND expires_at > ? ORDER BY granted_at DESC, rowid DESC";
inline constexpr const char* put_grant =
    "INSERT INTO grants(grant_id, patient, facility, granted_at, expires_at, purpose, sections, body, state, reason, "
    "proof_verified) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr const char* set_grant_state = "UPDATE grants SET state = ?2, reason = ?3 WHERE grant_id = ?1";
// Section sets are bits, and SQLite has no OR over rows: each bit is a maximum.
inline constexpr const char* viewers =
    "SELECT t.terminal, t.seal, f.type, MAX(g.sections & 1) + MAX(g.sections & 2) + MAX(g.sections & 4) + "
    "MAX(g.sections & 8) FROM grants g JOIN facilities f ON f.facility = g.facility "
    "JOIN terminals t ON t.facility = g.facility "
    "WHERE g.patient = ? AND g.state = 1 AND g.purpose = 'treatment' AND g.expires_at > ? AND t.ended_at IS NULL "
    "AND t.lost_at IS NULL AND t.forked_at IS NULL GROUP BY t.terminal";

// ---- looks
inline constexpr const char* put_look =
    "INSERT INTO looks(patient, grant_id, at, facility, terminal, kind, sections, reason) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?)";
// What the patient has not been told of yet comes first: no number of other looks crowds it out. Of several looks under
// one broken glass it is the first.
inline constexpr const char* looks =
    "SELECT l.grant_id, l.at, COALESCE(f.name, ''), l.kind, l.sections, l.reason, "
    "l.kind = 2 AND e.grant_id IS NOT NULL AND e.told_at IS NULL AND NOT EXISTS ("
    "SELECT 1 FROM looks o WHERE o.patient = l.patient AND o.grant_id = l.grant_id AND o.kind = 2 AND o.look < l.look) "
    "AS pending FROM looks l "
    "LEFT JOIN facilities f ON f.facility = l.facility LEFT JOIN emergency_views e ON e.grant_id = l.grant_id "
    "WHERE l.patient = ? ORDER BY pending DESC, l.at DESC, l.look DESC LIMIT ?";
inline constexpr const char* put_emergency_view =
    "INSERT INTO emergency_views(grant_id, patient, facility, terminal, body, second_staff, reason, refused, "
    "reviewed_by) VALUES(?, ?, ?, ?, ?, ?, ?, ?, '')";
inline constexpr const char* emergency_views =
    "SELECT facility, body, second_staff, reason, refused, told_at, reviewed_at, reviewed_by FROM emergency_views "
    "WHERE reviewed_at IS NULL OR ?1 ORDER BY rowid";
inline constexpr const char* emergency_view =
    "SELECT facility, body, second_staff, reason, refused, told_at, reviewed_at, reviewed_by FROM emergency_views "
    "WHERE grant_id = ?";
inline constexpr const char* told = "UPDATE emergency_views SET told_at = ?2 WHERE grant_id = ?1 AND told_at IS NULL";
inline constexpr const char* reviewed =
    "UPDATE emergency_views SET reviewed_at = ?2, reviewed_by = ?3 WHERE grant_id = ?1 AND reviewed_at IS NULL";
inline constexpr const char* put_withdrawal =
    "INSERT INTO withdrawals(withdrawal, patient, facility, terminal, at) VALUES(?, ?, ?, ?, ?)";
inline constexpr const char* withdrawal =
    "SELECT withdrawal, patient, facility, terminal, at FROM withdrawals WHERE withdrawal = ?";
inline constexpr const char* withdrawn_since =
    "SELECT 1 FROM withdrawals WHERE patient = ?1 AND (facility = '' OR facility = ?2) AND terminal <> ?3 AND at >= ?4 "
    "LIMIT 1";
inline constexpr const char* put_exclusion =
    "INSERT INTO exclusions(patient, facility, since) VALUES(?, ?, ?) ON CONFLICT DO NOTHING";
inline constexpr const char* drop_exclusion = "DELETE FROM exclusions WHERE patient = ? AND facility = ?";
inline constexpr const char* excluded = "SELECT 1 FROM exclusions WHERE patient = ? AND facility = ?";
inline constexpr const char* look_totals =
    "SELECT (SELECT COUNT(*) FROM looks), (SELECT COUNT(*) FROM emergency_views WHERE reviewed_at IS NULL), "
    "(SELECT COUNT(*) FROM withdrawals), (SELECT COUNT(*) FROM exclusions)";

// ---- names of codes
inline constexpr const char* code_names = "SELECT system, code, japanese, english FROM code_names ORDER BY system, code";
inline constexpr const char* put_code_name =
    "INSERT INTO code_names(system, code, japanese, english) VALUES(?, ?, ?, ?) ON CONFLICT(system, code) DO UPDATE SET "
    "japanese = excluded.japanese, english = excluded.english";
inline constexpr const char* drop_code_name = "DELETE FROM code_names WHERE system = ? AND code = ?";
inline constexpr const char* glossary = "SELECT version, epoch, sealed FROM glossary";
inline constexpr const char* put_glossary = "INSERT OR REPLACE INTO glossary(id, version, epoch, sealed) VALUES(1, ?, ?, ?)";

// ---- capsules
inline constexpr const char* capsule_keys = "SELECT epoch, sealed FROM capsule_keys ORDER BY epoch DESC";
inline constexpr const char* put_capsule_key = "INSERT INTO capsule_keys(epoch, sealed, made_at) VALUES(?, ?, ?)";
inline constexpr const char* capsule_of = "SELECT epoch, serial, facts, made_at, pads FROM capsules WHERE card = ?";
inline constexpr const char* put_capsule =
    "INSERT INTO capsules(card, epoch, serial, facts, made_at, pads) VALUES(?, ?, ?, ?, ?, ?) "
    "ON CONFLICT(card) DO UPDATE SET epoch = excluded.epoch, serial = excluded.serial, facts = excluded.facts, "
    "made_at = excluded.made_at, pads = excluded.pads";

// ---- emergency
inline constexpr const char* emergency_key = "SELECT epoch, sealed FROM emergency_keys ORDER BY epoch DESC LIMIT 1";
inline constexpr const char* put_emergency_key = "INSERT INTO emergency_keys(epoch, sealed, made_at) VALUES(?, ?, ?)";
inline constexpr const char* put_name =
    "INSERT INTO names(patient, page, kanji, kana, born, sex, phone, address) VALUES(?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT(patient) DO UPDATE SET kanji = excluded.kanji, kana = excluded.kana, born = excluded.born, "
    "sex = excluded.sex, phone = excluded.phone, address = excluded.address "
    "WHERE kanji <> excluded.kanji OR kana <> excluded.kana OR born <> excluded.born OR sex <> excluded.sex "
    "OR phone <> excluded.phone OR address <> excluded.address";
inline constexpr const char* drop_name = "DELETE FROM names WHERE patient = ?";
inline constexpr const char* names_on =
    "SELECT patient, kanji, kana, born, sex, phone, address FROM names WHERE page = ? ORDER BY patient";
inline constexpr const char* name_page_waits =
    "INSERT INTO name_pages(page, version, waiting) VALUES(?, 0, 1) ON CONFLICT(page) DO UPDATE SET waiting = 1";
inline constexpr const char* all_name_pages_wait = "UPDATE name_pages SET waiting = 1";
inline constexpr const char* waiting_name_pages =
    "SELECT page, version FROM name_pages WHERE waiting = 1 ORDER BY page";
inline constexpr const char* name_page_sealed = "UPDATE name_pages SET version = ?2, waiting = 0 WHERE page = ?1";

// ---- registry
inline constexpr const char* facility = "SELECT facility, type, name FROM facilities WHERE facility = ?";
inline constexpr const char* put_facility =
    "INSERT INTO facilities(facility, type, name) VALUES(?, ?, ?) ON CONFLICT(facility) DO UPDATE SET "
    "type = excluded.type, name = excluded.name WHERE type <> excluded.type OR name <> excluded.name";
inline constexpr const char* staff = "SELECT staff, facility, name, active FROM staff WHERE staff = ?";
inline constexpr const char* put_staff =
    "INSERT INTO staff(staff, facility, name, active) VALUES(?, ?, ?, ?) ON CONFLICT(staff) DO UPDATE SET "
    "facility = excluded.facility, name = excluded.name, active = excluded.active "
    "WHERE facility <> excluded.facility OR name <> excluded.name OR active <> excluded.active";
inline constexpr const char* staff_list = "SELECT staff, facility, name, active FROM staff ORDER BY facility, staff";
inline constexpr const char* terminal =
    "SELECT t.terminal, t.verify, t.seal, t.certificate, f.facility, f.type, f.name, t.ended_at, t.lost_at, "
    "t.forked_at, "
    "t.old_verify, t.old_certificate FROM terminals t JOIN facilities f ON f.facility = t.facility "
    "WHERE t.terminal = ?";
inline constexpr const char* terminals =
    "SELECT t.terminal, t.verify, t.seal, t.certificate, f.facility, f.type, f.name, t.ended_at, t.lost_at, "
    "t.forked_at, "
    "t.old_verify, t.old_certificate FROM terminals t JOIN facilities f ON f.facility = t.facility "
    "ORDER BY t.rowid";
inline constexpr const char* terminal_ended = "UPDATE terminals SET ended_at = ?2 WHERE terminal = ?1";
inline constexpr const char* terminal_lost = "UPDATE terminals SET lost_at = ?2 WHERE terminal = ?1";
inline constexpr const char* terminal_forked =
    "UPDATE terminals SET forked_at = ?2, fork_entry = ?3 WHERE terminal = ?1 AND forked_at IS NULL";
inline constexpr const char* rekey_terminal =
    "UPDATE terminals SET old_verify = verify, old_certificate = certificate, verify = ?2, seal = ?3, certificate = ?4 "
    "WHERE terminal = ?1";
inline constexpr const char* renew_certificate = "UPDATE terminals SET certificate = ?2 WHERE terminal = ?1";
inline constexpr const char* put_terminal_key =
    "INSERT INTO terminal_keys(terminal, last_seq, verify) VALUES(?, ?, ?) "
    "ON CONFLICT(terminal, last_seq) DO UPDATE SET verify = excluded.verify";
inline constexpr const char* terminals_at = "SELECT COUNT(*) FROM terminals WHERE facility = ?";
inline constexpr const char* put_terminal =
    "INSERT INTO terminals(terminal, facility, verify, seal, certificate, enrolled_at) VALUES(?, ?, ?, ?, ?, ?)";
inline constexpr const char* put_code = "INSERT INTO codes(code, facility, expires_at) VALUES(?, ?, ?)";
inline constexpr const char* take_code =
    "UPDATE codes SET used_at = ?2 WHERE code = ?1 AND used_at IS NULL AND expires_at > ?2 RETURNING facility";
inline constexpr const char* policy = "SELECT body FROM policies ORDER BY version DESC LIMIT 1";
inline constexpr const char* policy_version = "SELECT MAX(version) FROM policies";
inline constexpr const char* put_policy = "INSERT INTO policies(version, body) VALUES(?, ?)";
inline constexpr const char* totals =
    "SELECT COALESCE(SUM(role = 0), 0), COUNT(*), COALESCE(SUM(understood = 0), 0) FROM resources";

}  // namespace kazashi::server::sql
