// The only SQL of the server. Migrations are numbered by position and only go forward; values are always bound.
#pragma once

#include <array>

namespace kazashi::server::sql {

inline constexpr const char* settings =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    "PRAGMA temp_store=MEMORY;";

inline constexpr std::array migrations{
    R"sql(
CREATE TABLE patients(
    patient    BLOB PRIMARY KEY CHECK(length(patient) = 16),
    number     TEXT UNIQUE,                 -- NULL: not a member of the network
    kana       TEXT NOT NULL,
    birth_date TEXT NOT NULL
) STRICT;
CREATE TABLE identifiers(
    identifier TEXT NOT NULL,               -- system|value
    patient    BLOB NOT NULL REFERENCES patients,
    PRIMARY KEY(identifier, patient)
) STRICT, WITHOUT ROWID;
CREATE TABLE resources(
    patient    BLOB NOT NULL REFERENCES patients,
    type       TEXT NOT NULL,
    identity   TEXT NOT NULL,               -- what makes two sendings one resource
    id         TEXT NOT NULL,
    role       INTEGER NOT NULL,            -- Role in patient_records.h
    understood INTEGER NOT NULL,
    section    INTEGER,                     -- NULL: no section shows it
    withheld   INTEGER NOT NULL,
    full_url   TEXT NOT NULL,
    json       TEXT NOT NULL,
    PRIMARY KEY(patient, type, identity)
) STRICT;
CREATE TABLE sections(
    patient     BLOB NOT NULL REFERENCES patients,
    section     INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    as_of       INTEGER NOT NULL,
    content     BLOB NOT NULL CHECK(length(content) = 32),
    region_wrap BLOB NOT NULL,
    PRIMARY KEY(patient, section)
) STRICT;
CREATE TABLE cards(
    card    BLOB PRIMARY KEY CHECK(length(card) = 16),
    idm     BLOB NOT NULL UNIQUE CHECK(length(idm) = 8),
    id      BLOB NOT NULL CHECK(length(id) = 16),
    s_pad0  BLOB NOT NULL CHECK(length(s_pad0) = 16),
    kind    INTEGER NOT NULL,               -- card::CardKind
    number  TEXT NOT NULL,
    first   BLOB NOT NULL CHECK(length(first) = 16),
    second  BLOB NOT NULL CHECK(length(second) = 16),
    revoked INTEGER NOT NULL
) STRICT;
CREATE INDEX cards_by_number ON cards(number, kind);
CREATE TABLE facilities(
    facility TEXT PRIMARY KEY,
    type     TEXT NOT NULL,
    name     TEXT NOT NULL
) STRICT;
CREATE TABLE staff(
    staff    TEXT PRIMARY KEY,
    facility TEXT NOT NULL REFERENCES facilities,
    name     TEXT NOT NULL,
    active   INTEGER NOT NULL
) STRICT;
CREATE TABLE terminals(
    terminal    TEXT PRIMARY KEY,
    facility    TEXT NOT NULL REFERENCES facilities,
    verify      BLOB NOT NULL CHECK(length(verify) = 32),
    seal        BLOB NOT NULL CHECK(length(seal) = 32),
    certificate BLOB NOT NULL CHECK(length(certificate) = 32),
    enrolled_at INTEGER NOT NULL
) STRICT;
CREATE INDEX terminals_by_facility ON terminals(facility);
CREATE TABLE codes(
    code       BLOB PRIMARY KEY CHECK(length(code) = 32),  -- hash; the code itself is printed once and not kept
    facility   TEXT NOT NULL REFERENCES facilities,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;
CREATE TABLE policies(
    version INTEGER PRIMARY KEY,
    body    BLOB NOT NULL
) STRICT;
CREATE TABLE ledger(
    terminal    TEXT NOT NULL REFERENCES terminals,
    seq         INTEGER NOT NULL,
    hash        BLOB NOT NULL CHECK(length(hash) = 32),
    entry       BLOB NOT NULL,              -- as it came, body sealed
    received_at INTEGER NOT NULL,
    verdict     INTEGER NOT NULL,
    receipt     BLOB NOT NULL,              -- as it was signed
    PRIMARY KEY(terminal, seq)
) STRICT;
CREATE TABLE grants(
    grant_id       BLOB PRIMARY KEY CHECK(length(grant_id) = 16),
    patient        BLOB NOT NULL,           -- what the grant says: of a refused one it need not be a patient of ours
    facility       TEXT NOT NULL REFERENCES facilities,
    expires_at     INTEGER NOT NULL,
    sections       INTEGER NOT NULL,
    body           BLOB NOT NULL,
    state          INTEGER NOT NULL,        -- model::GrantState
    reason         TEXT NOT NULL,
    proof_verified INTEGER NOT NULL
) STRICT;
CREATE INDEX grants_by_patient ON grants(patient, state, expires_at);
-- AUTOINCREMENT: a number is never given twice, even when the newest row was dropped.
CREATE TABLE feed(
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    audience TEXT NOT NULL,
    package  INTEGER NOT NULL,
    key      TEXT NOT NULL UNIQUE,
    body     BLOB NOT NULL
) STRICT;
CREATE INDEX feed_by_audience ON feed(audience, seq);
CREATE INDEX packages_by_audience ON feed(audience) WHERE package = 1;
)sql"};

inline constexpr const char* schema_version = "PRAGMA user_version";
// PRAGMA takes no parameter: one statement per version that a migration leads to.
inline constexpr std::array set_schema_version{"PRAGMA user_version = 1"};
static_assert(set_schema_version.size() == migrations.size());

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
inline constexpr const char* card_of = "SELECT card, idm, id, s_pad0, first, second, revoked FROM cards WHERE idm = ?";
inline constexpr const char* cards_of =
    "SELECT card, idm, id, s_pad0, first, second, revoked FROM cards WHERE number = ? AND kind = ?";
inline constexpr const char* put_card =
    "INSERT INTO cards(card, idm, id, s_pad0, kind, number, first, second, revoked) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr const char* revoke_card = "UPDATE cards SET revoked = 1 WHERE card = ?";

// ---- feed
inline constexpr const char* drop_feed = "DELETE FROM feed WHERE key = ?";
inline constexpr const char* drop_feed_below = "DELETE FROM feed WHERE key >= ?1 AND key < ?2";
inline constexpr const char* append_feed = "INSERT INTO feed(audience, package, key, body) VALUES(?, ?, ?, ?)";
// Seven walks over one index, merged in order of seq: nothing is sorted, and nothing of another audience is read.
inline constexpr const char* feed_after =
    "SELECT seq, body FROM feed WHERE audience = ?2 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?3 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?4 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?5 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?6 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?7 AND seq > ?1 UNION ALL "
    "SELECT seq, body FROM feed WHERE audience = ?8 AND seq > ?1 ORDER BY seq";
inline constexpr const char* feed_head = "SELECT seq FROM sqlite_sequence WHERE name = 'feed'";
inline constexpr const char* packages_for = "SELECT COUNT(*) FROM feed WHERE package = 1 AND audience IN (?, ?, ?, ?)";

// ---- ledger and grants
inline constexpr const char* ledger_head = "SELECT seq, hash FROM ledger WHERE terminal = ? ORDER BY seq DESC LIMIT 1";
inline constexpr const char* ledger_between =
    "SELECT hash, receipt FROM ledger WHERE terminal = ? AND seq BETWEEN ? AND ? ORDER BY seq";
inline constexpr const char* put_ledger =
    "INSERT INTO ledger(terminal, seq, hash, entry, received_at, verdict, receipt) VALUES(?, ?, ?, ?, ?, ?, ?)";
inline constexpr const char* ledger_totals =
    "SELECT COUNT(*), COUNT(receipt), COALESCE(SUM(verdict = 2), 0) FROM ledger";
inline constexpr const char* grant =
    "SELECT facility, body, state, reason, proof_verified FROM grants WHERE grant_id = ?";
inline constexpr const char* grants = "SELECT facility, body, state, reason, proof_verified FROM grants ORDER BY rowid";
inline constexpr const char* put_grant =
    "INSERT INTO grants(grant_id, patient, facility, expires_at, sections, body, state, reason, proof_verified) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";
// Section sets are bits, and SQLite has no OR over rows: each bit is a maximum.
inline constexpr const char* viewers =
    "SELECT t.terminal, t.seal, f.type, MAX(g.sections & 1) + MAX(g.sections & 2) + MAX(g.sections & 4) + "
    "MAX(g.sections & 8) FROM grants g JOIN facilities f ON f.facility = g.facility "
    "JOIN terminals t ON t.facility = g.facility "
    "WHERE g.patient = ? AND g.state = 1 AND g.expires_at > ? GROUP BY t.terminal";

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
inline constexpr const char* terminal =
    "SELECT t.terminal, t.verify, t.seal, t.certificate, f.facility, f.type, f.name FROM terminals t "
    "JOIN facilities f ON f.facility = t.facility WHERE t.terminal = ?";
inline constexpr const char* terminals_at = "SELECT COUNT(*) FROM terminals WHERE facility = ?";
inline constexpr const char* put_terminal =
    "INSERT INTO terminals(terminal, facility, verify, seal, certificate, enrolled_at) VALUES(?, ?, ?, ?, ?, ?)";
inline constexpr const char* put_code = "INSERT INTO codes(code, facility, expires_at) VALUES(?, ?, ?)";
inline constexpr const char* take_code =
    "UPDATE codes SET used_at = ?2 WHERE code = ?1 AND used_at IS NULL AND expires_at > ?2 RETURNING facility";
inline constexpr const char* policy = "SELECT body FROM policies ORDER BY version DESC LIMIT 1";
inline constexpr const char* put_policy = "INSERT INTO policies(version, body) VALUES(?, ?)";
inline constexpr const char* totals =
    "SELECT COALESCE(SUM(role = 0), 0), COUNT(*), COALESCE(SUM(understood = 0), 0) FROM resources";

}  // namespace kazashi::server::sql
