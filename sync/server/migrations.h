// The tables of the server's database. Migrations are numbered by position, only go forward and are never edited.
// Saved regions of earlier versions, which tests take forward: tests/data/region-v1, region-v2, region-v3.
#pragma once

#include <array>

namespace kazashi::server::sql {

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
)sql",
    R"sql(
ALTER TABLE terminals ADD COLUMN ended_at INTEGER;      -- decommissioned by itself: its last entry says so
ALTER TABLE terminals ADD COLUMN lost_at INTEGER;
ALTER TABLE terminals ADD COLUMN forked_at INTEGER;     -- it showed a second history: an old image was put back
ALTER TABLE terminals ADD COLUMN fork_entry BLOB;       -- the entry that showed it
ALTER TABLE terminals ADD COLUMN old_verify BLOB;       -- before the last re-keying, for a repeat of the request
ALTER TABLE terminals ADD COLUMN old_certificate BLOB;
CREATE TABLE terminal_keys(
    terminal TEXT NOT NULL REFERENCES terminals,
    last_seq INTEGER NOT NULL,              -- the entries up to here are signed by it
    verify   BLOB NOT NULL CHECK(length(verify) = 32),
    PRIMARY KEY(terminal, last_seq)
) STRICT;
ALTER TABLE grants ADD COLUMN purpose TEXT NOT NULL DEFAULT 'treatment';
ALTER TABLE grants ADD COLUMN granted_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;  -- model::LedgerKind; 0: from before it was kept
CREATE INDEX grants_by_facility ON grants(facility, state, expires_at);
CREATE TABLE looks(
    look     INTEGER PRIMARY KEY,
    patient  BLOB NOT NULL REFERENCES patients,
    grant_id BLOB NOT NULL CHECK(length(grant_id) = 16),
    at       INTEGER NOT NULL,
    facility TEXT REFERENCES facilities,    -- NULL: a withdrawal from everybody
    terminal TEXT REFERENCES terminals,     -- NULL: at the region, on paper
    kind     INTEGER NOT NULL,              -- fhir::Look::Kind
    sections INTEGER NOT NULL,
    reason   TEXT NOT NULL
) STRICT;
CREATE INDEX looks_by_patient ON looks(patient, at);
CREATE TABLE emergency_views(               -- every time the glass was broken, also when it was not for them to break
    grant_id     BLOB PRIMARY KEY CHECK(length(grant_id) = 16),
    patient      BLOB NOT NULL REFERENCES patients,
    facility     TEXT NOT NULL REFERENCES facilities,
    terminal     TEXT NOT NULL REFERENCES terminals,
    body         BLOB NOT NULL,             -- the grant
    second_staff TEXT NOT NULL,
    reason       TEXT NOT NULL,
    refused      TEXT NOT NULL,             -- why the region did not accept it; empty: it did
    told_at      INTEGER,                   -- the patient was told
    reviewed_at  INTEGER,
    reviewed_by  TEXT NOT NULL
) STRICT;
CREATE INDEX emergency_views_to_review ON emergency_views(reviewed_at) WHERE reviewed_at IS NULL;
CREATE TABLE withdrawals(
    withdrawal BLOB PRIMARY KEY CHECK(length(withdrawal) = 16),
    patient    BLOB NOT NULL REFERENCES patients,
    facility   TEXT NOT NULL,               -- whose windows end; empty: everybody's
    terminal   TEXT NOT NULL,               -- where the card was; empty: at the region, on paper
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX withdrawals_by_patient ON withdrawals(patient, at);
CREATE TABLE exclusions(
    patient  BLOB NOT NULL REFERENCES patients,
    facility TEXT NOT NULL REFERENCES facilities,
    since    INTEGER NOT NULL,
    PRIMARY KEY(patient, facility)
) STRICT;
CREATE TABLE emergency_keys(
    epoch   INTEGER PRIMARY KEY,
    sealed  BLOB NOT NULL,                  -- to the region's own sealing key
    made_at INTEGER NOT NULL
) STRICT;
CREATE TABLE names(
    patient BLOB PRIMARY KEY REFERENCES patients,
    page    INTEGER NOT NULL,
    kanji   TEXT NOT NULL,
    kana    TEXT NOT NULL,
    born    TEXT NOT NULL,
    sex     INTEGER NOT NULL,               -- model::Sex
    phone   TEXT NOT NULL,                  -- digits only
    address TEXT NOT NULL
) STRICT;
CREATE INDEX names_by_page ON names(page);
CREATE TABLE name_pages(
    page    INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,               -- of what was last sealed; 0: nothing yet
    waiting INTEGER NOT NULL                -- somebody on it changed since
) STRICT;
)sql",
    R"sql(
CREATE TABLE capsule_keys(
    epoch   INTEGER PRIMARY KEY,
    sealed  BLOB NOT NULL,                  -- to the region's own sealing key
    made_at INTEGER NOT NULL
) STRICT;
CREATE TABLE capsules(                      -- what each card carries, or shall carry when it is met next
    card    BLOB PRIMARY KEY CHECK(length(card) = 16),
    epoch   INTEGER NOT NULL,
    serial  INTEGER NOT NULL,
    facts   BLOB NOT NULL CHECK(length(facts) = 32),
    made_at INTEGER NOT NULL,
    pads    BLOB NOT NULL CHECK(length(pads) = 208)
) STRICT;
ALTER TABLE cards ADD COLUMN chip INTEGER NOT NULL DEFAULT 0;   -- card::Chip
CREATE TABLE begun_cards(                   -- under way at a terminal; whole ones are in cards
    card     BLOB PRIMARY KEY CHECK(length(card) = 16),
    idm      BLOB NOT NULL UNIQUE CHECK(length(idm) = 8),
    id       BLOB NOT NULL CHECK(length(id) = 16),
    s_pad0   BLOB NOT NULL CHECK(length(s_pad0) = 16),
    first    BLOB NOT NULL CHECK(length(first) = 16),
    second   BLOB NOT NULL CHECK(length(second) = 16),
    locked   INTEGER NOT NULL,
    begun_at INTEGER NOT NULL
) STRICT;
CREATE TABLE card_orders(
    card_order BLOB PRIMARY KEY CHECK(length(card_order) = 16),
    terminal   TEXT NOT NULL REFERENCES terminals,
    purpose    INTEGER NOT NULL,            -- wire::CardPurpose
    dry_run    INTEGER NOT NULL,
    idm        BLOB NOT NULL CHECK(length(idm) = 8),
    seal       BLOB NOT NULL CHECK(length(seal) = 32),
    pads       BLOB,                        -- S_PAD1..13 as they shall be: sealed facts
    writes     INTEGER NOT NULL,            -- of the last turn
    challenge  BLOB NOT NULL CHECK(length(challenge) = 16),
    stage      INTEGER NOT NULL,            -- protocol::CardStage; -1: not looked at yet
    erasing    INTEGER NOT NULL,
    doubts     INTEGER NOT NULL,            -- turns that led nowhere
    outcome    INTEGER NOT NULL,            -- wire::CardOutcome
    note       TEXT NOT NULL,
    touched_at INTEGER NOT NULL
) STRICT;
CREATE INDEX card_orders_running ON card_orders(terminal) WHERE outcome = 0;
)sql",
                                       R"sql(
ALTER TABLE card_orders ADD COLUMN chip INTEGER NOT NULL DEFAULT 0;   -- card::Chip: as what it was looked at last
)sql",
                                       R"sql(
CREATE TABLE code_names(                    -- of official tables: of no patient
    system   INTEGER NOT NULL,              -- model::CodeSystem
    code     TEXT NOT NULL,
    japanese TEXT NOT NULL,
    english  TEXT NOT NULL,                 -- empty: none
    PRIMARY KEY(system, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE glossary(                      -- all of them as terminals get them
    id      INTEGER PRIMARY KEY CHECK(id = 1),
    version INTEGER NOT NULL,
    epoch   INTEGER NOT NULL,               -- of the capsule key it is sealed under
    sealed  BLOB NOT NULL
) STRICT;
)sql",
                                       R"sql(
ALTER TABLE cards ADD COLUMN issued_at INTEGER NOT NULL DEFAULT 0;    -- put in service; 0: before it was kept
ALTER TABLE card_orders ADD COLUMN torn INTEGER NOT NULL DEFAULT 0;   -- turns in a row of which an answer was missing
)sql"};
// PRAGMA takes no parameter: one statement per version that a migration leads to.
inline constexpr std::array set_schema_version{"PRAGMA user_version = 1", "PRAGMA user_version = 2",
                                               "PRAGMA user_version = 3", "PRAGMA user_version = 4",
                                               "PRAGMA user_version = 5", "PRAGMA user_version = 6"};
static_assert(set_schema_version.size() == migrations.size());

}  // namespace kazashi::server::sql
