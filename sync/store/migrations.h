// The tables of the terminal's store. Number n takes the file from version n-1 to n: migrations only go forward and are
// never edited. Saved stores of earlier versions, which tests take forward: tests/data/store, terminal-v2, terminal-v3.
#pragma once

#include <array>

namespace kazashi::store::sql {

inline constexpr char migration_1[] = R"sql(
CREATE TABLE value(
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE feed_state(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    cursor INTEGER NOT NULL,
    packages INTEGER NOT NULL,        -- rows of package: counting them would read the whole index
    packages_total INTEGER NOT NULL
);
INSERT INTO feed_state VALUES(1, 0, 0, 0);

CREATE TABLE policy(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    version INTEGER NOT NULL,
    body BLOB NOT NULL
);
CREATE TABLE facility(
    id TEXT PRIMARY KEY,
    type INTEGER NOT NULL,
    name TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE staff(
    id TEXT PRIMARY KEY,
    facility TEXT NOT NULL,
    active INTEGER NOT NULL,
    sealed_name BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE revoked_card(card BLOB PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE card_lock(
    card BLOB PRIMARY KEY,
    patient BLOB NOT NULL,
    first BLOB NOT NULL,
    second BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE package(
    patient BLOB NOT NULL,
    section INTEGER NOT NULL,
    version INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY(patient, section)
);
CREATE TABLE wrap(                    -- card and emergency
    patient BLOB NOT NULL,
    section INTEGER NOT NULL,
    way INTEGER NOT NULL,
    card BLOB NOT NULL,
    version INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY(patient, section, way, card, version)
) WITHOUT ROWID;
CREATE TABLE facility_wrap(           -- newer versions for confirmed windows, until the desk takes them in
    patient BLOB NOT NULL,
    section INTEGER NOT NULL,
    version INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY(patient, section, version)
) WITHOUT ROWID;

CREATE TABLE live_window(
    grant_id BLOB PRIMARY KEY,
    patient BLOB NOT NULL,
    granted_at INTEGER NOT NULL,
    grant_seq INTEGER NOT NULL,       -- its entry in the ledger
    state INTEGER NOT NULL,
    receipted INTEGER NOT NULL,
    reason TEXT NOT NULL,
    grant_body BLOB NOT NULL,
    sealed_window_key BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX live_window_of_patient ON live_window(patient);
CREATE INDEX live_window_of_entry ON live_window(grant_seq);
CREATE TABLE window_wrap(
    grant_id BLOB NOT NULL REFERENCES live_window(grant_id) ON DELETE CASCADE,
    section INTEGER NOT NULL,
    version INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY(grant_id, section, version)
) WITHOUT ROWID;
CREATE TABLE closed_window(
    grant_id BLOB PRIMARY KEY,
    state INTEGER NOT NULL,
    reason TEXT NOT NULL,
    granted_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE ledger(
    seq INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    at INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    terminal TEXT NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL,
    body BLOB NOT NULL,
    signature BLOB NOT NULL,
    verdict INTEGER,
    receipt BLOB
);
CREATE INDEX ledger_pending ON ledger(seq) WHERE verdict IS NULL;
CREATE INDEX ledger_refused ON ledger(seq) WHERE verdict = 2;
-- Append-only, also for a later version of this program that has a bug.
CREATE TRIGGER ledger_rows_stay BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_rows_do_not_change
BEFORE UPDATE OF seq, kind, at, clock, terminal, prev, hash, body, signature ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TABLE slot(
    staff TEXT PRIMARY KEY,
    card BLOB NOT NULL,
    first BLOB NOT NULL,
    second BLOB NOT NULL,
    salt BLOB NOT NULL,
    opslimit INTEGER NOT NULL,
    memlimit INTEGER NOT NULL,
    sealed_store_key BLOB NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER
) WITHOUT ROWID;
)sql";
inline constexpr char migration_2[] = R"sql(
-- A window that ended here is never opened again by a late or repeated word of the region. NULL: the date is not known.
CREATE TABLE ended_grant(grant_id BLOB PRIMARY KEY, expires_at INTEGER) WITHOUT ROWID;
INSERT INTO ended_grant SELECT grant_id, NULL FROM closed_window;

CREATE TABLE exclusion(
    patient BLOB NOT NULL,
    facility TEXT NOT NULL,
    PRIMARY KEY(patient, facility)
) WITHOUT ROWID;
CREATE TABLE emergency_key(epoch INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
CREATE TABLE name_page(
    page INTEGER PRIMARY KEY,
    epoch INTEGER NOT NULL,
    version INTEGER NOT NULL,
    sealed BLOB NOT NULL
);
CREATE TABLE notice_shown(
    grant_id BLOB PRIMARY KEY,
    seq INTEGER NOT NULL              -- the entry that says so
) WITHOUT ROWID;

-- Entries up to this one may be dropped; what is left of the chain begins after its hash.
CREATE TABLE ledger_floor(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL
);
INSERT INTO ledger_floor VALUES(1, 0, zeroblob(32));
DROP TRIGGER ledger_rows_stay;
CREATE TRIGGER ledger_rows_stay BEFORE DELETE ON ledger
WHEN old.verdict IS NULL OR old.seq > (SELECT seq FROM ledger_floor)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_rows_follow BEFORE INSERT ON ledger
WHEN new.seq <> coalesce((SELECT max(seq) FROM ledger), 0) + 1
BEGIN SELECT RAISE(ABORT, 'the ledger has no gaps'); END;
CREATE TRIGGER ledger_receipts_stay BEFORE UPDATE OF verdict, receipt ON ledger
WHEN old.verdict IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a receipt stays'); END;
CREATE TRIGGER ledger_floor_is_behind_receipts BEFORE UPDATE ON ledger_floor
WHEN new.seq < old.seq OR new.seq >= (SELECT max(seq) FROM ledger)
  OR EXISTS (SELECT 1 FROM ledger WHERE verdict IS NULL AND seq <= new.seq)
BEGIN SELECT RAISE(ABORT, 'an entry goes only after its receipt, the newest never'); END;
CREATE TRIGGER ledger_floor_stays BEFORE DELETE ON ledger_floor
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- The feed has kinds this program did not know before: it starts again. It brings the policy too, whose encoding is another
-- one now; until then the built-in one counts.
UPDATE feed_state SET cursor = 0;
DELETE FROM policy;
)sql";
inline constexpr char migration_3[] = R"sql(
-- All epochs stay: a card keeps its capsule until it is met on-line again.
-- The second way in of somebody who has a slot; it goes with it.
CREATE TABLE id_slot(
    staff TEXT PRIMARY KEY REFERENCES slot(staff) ON DELETE CASCADE,
    challenge BLOB NOT NULL,
    salt BLOB NOT NULL,
    sealed_store_key BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE holder_link(
    holder BLOB PRIMARY KEY,
    patient BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE capsule_key(epoch INTEGER PRIMARY KEY, sealed BLOB NOT NULL);

-- As in 2: a program of version 2 passed over the kinds it did not know.
UPDATE feed_state SET cursor = 0;
DELETE FROM policy;
)sql";
inline constexpr char migration_4[] = R"sql(
-- What codes are called: sealed, for it is full of drugs and illnesses.
CREATE TABLE glossary(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    version INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    sealed BLOB NOT NULL
);

-- As in 2: a program of version 3 passed over the kind it did not know.
UPDATE feed_state SET cursor = 0;
)sql";
inline constexpr std::array<const char*, 4> migrations{migration_1, migration_2, migration_3, migration_4};

}  // namespace kazashi::store::sql
