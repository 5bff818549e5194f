-- The derived store. It holds nothing that cannot be derived again, and may be deleted at any time.
-- `value` is the JSON of a value of guvoh.model; other columns are taken out of it to be looked up.
-- A change here raises SCHEMA in derived.py.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ordinal: the report's place in canonical order, counted from 0.
CREATE TABLE report (
    ordinal   INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    capture   TEXT NOT NULL,
    file      TEXT NOT NULL,
    language  TEXT NOT NULL,
    publisher TEXT,
    value     BLOB NOT NULL
) STRICT;
CREATE INDEX report_capture ON report (capture);
CREATE INDEX report_language ON report (language, ordinal);
CREATE INDEX report_publisher ON report (publisher) WHERE publisher IS NOT NULL;

CREATE TABLE reading (
    report TEXT PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE,
    value  BLOB NOT NULL
) STRICT;

-- What each capture gave by itself, in canonical order, its reports and readings apart; `told` is the
-- digest of what that hangs on beside the recipe (`state.told`).
CREATE TABLE outcome (
    ordinal  INTEGER PRIMARY KEY,
    capture  TEXT NOT NULL UNIQUE,
    told     TEXT NOT NULL,
    findings BLOB NOT NULL
) STRICT;

-- What the machine alone read of a report, where a person has added or corrected claims: `reading`
-- then holds what is in force.
CREATE TABLE unassessed (
    report TEXT PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE,
    value  BLOB NOT NULL
) STRICT;

-- `apart` are the places in canonical order of reports that it was compared with and has nothing of.
CREATE TABLE fingerprint (
    report TEXT PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE,
    value  BLOB NOT NULL,
    apart  TEXT NOT NULL DEFAULT '[]'
) STRICT;

-- What is asked of a report where its text is not: who publishes it, unless the page may bear another's
-- name; and, with the first report of a family, the digest of all that this was made of.
CREATE TABLE known (
    report  TEXT PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE,
    outlet  TEXT,
    made_of TEXT
) STRICT, WITHOUT ROWID;

-- Which reports hold a passage of this hash (signed 64 bits).
CREATE TABLE posting (
    hash    INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (hash, ordinal)
) STRICT, WITHOUT ROWID;

-- binds: 0 a citation, which brings nothing together; 1 versions of one text; 2 two that may retell
-- one absent outlet.
CREATE TABLE derivation (
    parent TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    child  TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    binds  INTEGER NOT NULL,
    value  BLOB NOT NULL,
    PRIMARY KEY (parent, child)
) STRICT;
CREATE INDEX derivation_child ON derivation (child);
CREATE INDEX derivation_binds ON derivation (parent, child) WHERE binds > 0;
CREATE INDEX derivation_bound ON derivation (child, parent) WHERE binds > 0;

-- missing: whether its origin is known not to be in the case.
CREATE TABLE family (
    id      TEXT PRIMARY KEY,
    missing INTEGER NOT NULL DEFAULT 0,
    value   BLOB NOT NULL
) STRICT;
CREATE INDEX family_missing ON family (id) WHERE missing > 0;

CREATE TABLE family_member (
    report TEXT PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE,
    family TEXT NOT NULL REFERENCES family (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX family_member_family ON family_member (family);

-- The claim itself lies in its report's reading.
CREATE TABLE claim (
    id     TEXT PRIMARY KEY,
    report TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    event  TEXT REFERENCES event (id) ON DELETE SET NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_report ON claim (report, event);
CREATE INDEX claim_event ON claim (event) WHERE event IS NOT NULL;

-- Claims that tell of the same thing, as they were brought together; events are derived from these.
CREATE TABLE happening (
    id    TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

-- Keys under which a happening is found by claims that may tell of it, in the order they were put.
CREATE TABLE happening_key (
    ordinal   INTEGER PRIMARY KEY,
    key       TEXT NOT NULL,
    happening TEXT NOT NULL,
    UNIQUE (key, happening)
) STRICT;

-- What was derived with an event and goes with it: ids of warnings and findings.
CREATE TABLE hanging (
    event TEXT NOT NULL,
    noun  TEXT NOT NULL,
    id    TEXT NOT NULL,
    PRIMARY KEY (event, noun, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hanging_id ON hanging (noun, id);

-- acts, sources: JSON lists of names and of source ids; languages: those of its reports, each between
-- spaces. Days are proleptic ordinals, null if open.
CREATE TABLE event (
    id             TEXT PRIMARY KEY,
    summary        TEXT NOT NULL,
    status         TEXT NOT NULL,
    acts           TEXT NOT NULL,
    sources        TEXT NOT NULL,
    languages      TEXT NOT NULL DEFAULT '',
    reports        INTEGER NOT NULL,
    claims         INTEGER NOT NULL,
    low            INTEGER NOT NULL,
    high           INTEGER NOT NULL,
    contradictions INTEGER NOT NULL,
    denials        INTEGER NOT NULL,
    circular       INTEGER NOT NULL,
    first_day      INTEGER,
    last_day       INTEGER,
    value          BLOB NOT NULL
) STRICT;
-- Lists are read out of this alone: values are long, and a list may pass over many events.
CREATE INDEX event_told ON event (
    reports DESC, (status IN ('planned', 'feared')), claims DESC, id, status, acts, languages, low, high,
    contradictions, denials, circular, first_day, last_day, summary
);

-- names: folded, aliases too.
CREATE TABLE person (
    id       TEXT PRIMARY KEY,
    names    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    exposure TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    value    BLOB NOT NULL
) STRICT;
CREATE INDEX person_mentions ON person (mentions DESC, id);

-- Who in one report (part) is whom across reports.
CREATE TABLE person_part (
    part   TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX person_part_person ON person_part (person);

CREATE TABLE place (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE warning (
    id    TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE finding (
    id     TEXT PRIMARY KEY,
    report TEXT,
    file   TEXT,
    step   TEXT NOT NULL,
    value  BLOB NOT NULL
) STRICT;
CREATE INDEX finding_report ON finding (report) WHERE report IS NOT NULL;
CREATE INDEX finding_step ON finding (step);

-- Folded text of public reports. The index keeps no text of its own, and forgets deleted words.
CREATE TABLE searchable (
    ordinal INTEGER PRIMARY KEY REFERENCES report (ordinal) ON DELETE CASCADE,
    title   TEXT NOT NULL,
    text    TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
    title,
    text,
    content = 'searchable',
    content_rowid = 'ordinal',
    tokenize = 'unicode61 remove_diacritics 0'
);

CREATE TRIGGER searchable_insert AFTER INSERT ON searchable BEGIN
    INSERT INTO search (rowid, title, text) VALUES (new.ordinal, new.title, new.text);
END;
CREATE TRIGGER searchable_delete AFTER DELETE ON searchable BEGIN
    INSERT INTO search (search, rowid, title, text)
    VALUES ('delete', old.ordinal, old.title, old.text);
END;
CREATE TRIGGER searchable_update AFTER UPDATE ON searchable BEGIN
    INSERT INTO search (search, rowid, title, text)
    VALUES ('delete', old.ordinal, old.title, old.text);
    INSERT INTO search (rowid, title, text) VALUES (new.ordinal, new.title, new.text);
END;
