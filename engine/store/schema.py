"""The tables of the case file.

Every certified row carries ``entry``, the number of the audit entry whose digest covers it, and
machine rows carry ``superseded_by``, the number of the audit entry that replaced them (NULL: the
row is current). Rows are only ever added; ``superseded_by`` is the one column that is ever set
later, and it is covered by the digest of the entry that it names. ``docs/case_format.md`` tells
it at length.
"""

from __future__ import annotations

APPLICATION_ID = 0x43534231  # "CSB1"
SCHEMA_VERSION = 5

# Parents come before children, so that rows can be inserted in this order. The order is part of
# the digests: new tables go to the end.
CERTIFIED_TABLES = (
    "case_info",
    "root",
    "component",
    "run",
    "run_end",
    "source_file",
    "analysis",
    "image",
    "report",
    "region",
    "entity",
    "examination",
    "linking",
    "link",
    "relation",
    "cue",
    "issue",
    "review",
    "bookmark",
    "saved_search",
    "seen",
    "outline",
    "setting",
)

_ENTRY = "entry INTEGER NOT NULL REFERENCES audit_entry (number) DEFERRABLE INITIALLY DEFERRED"
_SUPERSEDED = "superseded_by INTEGER REFERENCES audit_entry (number) DEFERRABLE INITIALLY DEFERRED"


def _certified(name: str, columns: str, *indexes: str, current: str = "") -> tuple[str, ...]:
    """Return the statements of one certified table.

    ``current`` names the columns that are unique among current rows. The index on
    ``superseded_by`` also holds the row numbers in order: paging and counting walk it alone.
    """
    tables = [f"CREATE TABLE {name} (number INTEGER PRIMARY KEY, {columns}, {_ENTRY}, {_SUPERSEDED}) STRICT"]
    tables.append(f"CREATE INDEX {name}_superseded ON {name} (superseded_by)")
    if current:
        tables.append(f"CREATE UNIQUE INDEX {name}_current ON {name} ({current}) WHERE superseded_by IS NULL")
    tables += [f"CREATE INDEX {name}_{index.partition(',')[0]} ON {name} ({index})" for index in indexes]
    return tuple(tables)


def _full_text(name: str, content: str, columns: str) -> tuple[str, ...]:
    """Return an external-content FTS5 table over the current rows of ``content``, kept by triggers."""
    new = ", ".join(f"new.{column}" for column in columns.split(", "))
    old = ", ".join(f"old.{column}" for column in columns.split(", "))
    return (
        f"CREATE VIRTUAL TABLE {name} USING fts5 ({columns}, content='{content}', "
        "content_rowid='number', tokenize='porter unicode61')",
        f"CREATE TRIGGER {name}_insert AFTER INSERT ON {content} WHEN new.superseded_by IS NULL BEGIN "
        f"INSERT INTO {name} (rowid, {columns}) VALUES (new.number, {new}); END",
        f"CREATE TRIGGER {name}_supersede AFTER UPDATE OF superseded_by ON {content} "
        "WHEN old.superseded_by IS NULL AND new.superseded_by IS NOT NULL BEGIN "
        f"INSERT INTO {name} ({name}, rowid, {columns}) VALUES ('delete', old.number, {old}); END",
    )


# FTS table: (content table, columns)
FULL_TEXT = {
    "report_text": ("report", "title, text"),
    "entity_text": ("entity", "text, normal, concept"),
    "region_text": ("region", "label, position, text"),
    "image_text": ("image", "modality, body_part, view, metadata"),
    "file_text": ("source_file", "relative_path"),
}

VERSION_1: tuple[str, ...] = (
    "CREATE TABLE audit_entry (number INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, "
    "action TEXT NOT NULL, subject TEXT NOT NULL, digest TEXT NOT NULL, previous_hash TEXT NOT NULL, "
    "hash TEXT NOT NULL) STRICT",
    *_certified(
        "case_info",
        "kind TEXT NOT NULL, name TEXT NOT NULL, reference TEXT NOT NULL, examiner TEXT NOT NULL, "
        "created_at TEXT NOT NULL",
    ),
    *_certified("root", "label TEXT NOT NULL UNIQUE"),
    "CREATE TABLE root_place (label TEXT PRIMARY KEY REFERENCES root (label) DEFERRABLE INITIALLY DEFERRED, "
    "path TEXT NOT NULL) STRICT",
    *_certified(
        "component",
        "id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, "
        "weights_sha256 TEXT NOT NULL, parameters TEXT NOT NULL, labels TEXT NOT NULL",
    ),
    *_certified(
        "run",
        "id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, started_at TEXT NOT NULL, "
        "engine_version TEXT NOT NULL, device TEXT NOT NULL, seed INTEGER NOT NULL, "
        "component_ids TEXT NOT NULL",
    ),
    *_certified(
        "run_end",
        "run_number INTEGER NOT NULL UNIQUE REFERENCES run (number), finished_at TEXT, outcome TEXT NOT NULL",
    ),
    *_certified(
        "source_file",
        "id TEXT NOT NULL, root TEXT NOT NULL REFERENCES root (label), relative_path TEXT NOT NULL, "
        "sha256 TEXT NOT NULL, size_bytes INTEGER NOT NULL, modified_at TEXT, media_type TEXT NOT NULL, "
        "parent_id TEXT, run_number INTEGER NOT NULL REFERENCES run (number)",
        "sha256",
        "parent_id",
        "run_number",
        "id",
        current="root, relative_path",
    ),
    *_certified(
        "analysis",
        "sha256 TEXT NOT NULL, signature TEXT NOT NULL, run_number INTEGER NOT NULL REFERENCES run (number)",
        "run_number",
        current="sha256",
    ),
    *_certified(
        "image",
        "id TEXT NOT NULL, sha256 TEXT NOT NULL, frame INTEGER NOT NULL, width_px INTEGER NOT NULL, "
        "height_px INTEGER NOT NULL, modality TEXT NOT NULL, body_part TEXT NOT NULL, laterality TEXT, "
        "view TEXT NOT NULL, captured_at TEXT, spacing_row_mm REAL, spacing_column_mm REAL, "
        "latitude_deg REAL, longitude_deg REAL, altitude_m REAL, subject_ref TEXT NOT NULL, "
        "study_ref TEXT NOT NULL, perceptual_hash TEXT NOT NULL, metadata TEXT NOT NULL",
        "sha256",
        "modality",
        "subject_ref",
        "study_ref",
        "captured_at",
        current="id",
    ),
    *_certified(
        "report",
        "id TEXT NOT NULL, sha256 TEXT NOT NULL, part INTEGER NOT NULL, text TEXT NOT NULL, "
        "title TEXT NOT NULL, language TEXT NOT NULL, authored_at TEXT, subject_ref TEXT NOT NULL, "
        "study_ref TEXT NOT NULL, about TEXT NOT NULL, sections TEXT NOT NULL, pages TEXT NOT NULL, "
        "ocr_confidence REAL, metadata TEXT NOT NULL",
        "sha256",
        "subject_ref",
        "study_ref",
        "authored_at",
        current="id",
    ),
    *_certified(
        "region",
        "id TEXT NOT NULL, image_number INTEGER NOT NULL REFERENCES image (number), label TEXT NOT NULL, "
        "score REAL NOT NULL, component_number INTEGER NOT NULL REFERENCES component (number), "
        "polygons TEXT NOT NULL, parent_id TEXT, colors TEXT NOT NULL, side TEXT, position TEXT NOT NULL, "
        "area_px REAL NOT NULL, area_mm2 REAL, text TEXT NOT NULL",
        "image_number",
        "label, superseded_by, score",
        "component_number",
        current="id",
    ),
    *_certified(
        "entity",
        "id TEXT NOT NULL, report_number INTEGER NOT NULL REFERENCES report (number), label TEXT NOT NULL, "
        "text TEXT NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, score REAL NOT NULL, "
        "component_number INTEGER NOT NULL REFERENCES component (number), normal TEXT NOT NULL, "
        "concept TEXT NOT NULL, assertion TEXT NOT NULL, laterality TEXT, position TEXT NOT NULL, "
        "colors TEXT NOT NULL, count INTEGER, measurement TEXT, date TEXT NOT NULL, section TEXT NOT NULL",
        "report_number",
        "label",
        # The next two hold all that ranking needs, so that frequent concepts are weighed on them alone.
        "concept, superseded_by, report_number, assertion, section",
        "normal, superseded_by, report_number, assertion, section",
        "component_number",
        current="id",
    ),
    *_certified(
        "examination",
        "image_number INTEGER NOT NULL REFERENCES image (number), "
        "component_number INTEGER NOT NULL REFERENCES component (number)",
        "image_number",
        "component_number",
    ),
    *_certified(
        "linking",
        "report_number INTEGER NOT NULL REFERENCES report (number), signature TEXT NOT NULL, "
        "run_number INTEGER NOT NULL REFERENCES run (number)",
        "run_number",
        current="report_number",
    ),
    *_certified(
        "link",
        "id TEXT NOT NULL, image_number INTEGER NOT NULL REFERENCES image (number), "
        "region_number INTEGER REFERENCES region (number), "
        "entity_number INTEGER NOT NULL REFERENCES entity (number), "
        "report_number INTEGER NOT NULL REFERENCES report (number), relation TEXT NOT NULL, "
        "score REAL NOT NULL, component_number INTEGER NOT NULL REFERENCES component (number)",
        "image_number",
        "region_number",
        "entity_number",
        "report_number",
        "relation",
        "component_number",
        current="id",
    ),
    *_certified(
        "relation",
        "id TEXT NOT NULL, image_number INTEGER NOT NULL REFERENCES image (number), "
        "report_number INTEGER NOT NULL REFERENCES report (number), cmi REAL NOT NULL, sc REAL NOT NULL, "
        "abs INTEGER NOT NULL, component_number INTEGER NOT NULL REFERENCES component (number)",
        "image_number",
        "report_number",
        "component_number",
        current="id",
    ),
    *_certified(
        "cue",
        "link_number INTEGER REFERENCES link (number), relation_number INTEGER REFERENCES relation (number), "
        "rule TEXT NOT NULL, detail TEXT NOT NULL, weight REAL NOT NULL, supports INTEGER NOT NULL",
        "link_number",
        "relation_number",
    ),
    *_certified(
        "issue",
        "run_number INTEGER NOT NULL REFERENCES run (number), root TEXT NOT NULL, "
        "relative_path TEXT NOT NULL, step TEXT NOT NULL, error TEXT NOT NULL, message TEXT NOT NULL, "
        "at TEXT NOT NULL, source_file_id TEXT",
        "run_number",
        "root, relative_path",
    ),
    *_certified(
        "review",
        "id TEXT NOT NULL UNIQUE, target_kind TEXT NOT NULL, target_id TEXT NOT NULL, verdict TEXT NOT NULL, "
        "examiner TEXT NOT NULL, at TEXT NOT NULL, label TEXT NOT NULL, polygons TEXT NOT NULL, "
        "note TEXT NOT NULL",
        "target_id",
    ),
    *_certified(
        "bookmark",
        "target_kind TEXT NOT NULL, target_id TEXT NOT NULL, title TEXT NOT NULL, examiner TEXT NOT NULL, "
        "at TEXT NOT NULL",
        current="target_kind, target_id",
    ),
    *_certified(
        "saved_search",
        "name TEXT NOT NULL, query TEXT NOT NULL, examiner TEXT NOT NULL, at TEXT NOT NULL",
        current="name",
    ),
    *_certified(
        "seen",
        "target_id TEXT NOT NULL, examiner TEXT NOT NULL, at TEXT NOT NULL",
        current="target_id, examiner",
    ),
    # Derived data: made again from the evidence, never certified.
    "CREATE TABLE thumbnail (image_id TEXT PRIMARY KEY, jpeg BLOB NOT NULL) STRICT",
    "CREATE TABLE vector (kind TEXT NOT NULL, id TEXT NOT NULL, data BLOB NOT NULL, "
    "PRIMARY KEY (kind, id)) STRICT",
    *(part for name, (content, columns) in FULL_TEXT.items() for part in _full_text(name, content, columns)),
)

VERSION_2: tuple[str, ...] = _certified(
    "outline",
    "id TEXT NOT NULL, sha256 TEXT NOT NULL, label TEXT NOT NULL, score REAL NOT NULL, "
    "polygons TEXT NOT NULL, targets TEXT NOT NULL, space_uid TEXT NOT NULL, plane TEXT",
    "sha256",
    current="id",
)

# Sentences are derived data. Each distinct one is kept once, with the places where it stands.
VERSION_3: tuple[str, ...] = (
    "DELETE FROM vector WHERE kind = 'sentences'",
    "CREATE TABLE sentence (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, vector BLOB) STRICT",
    "CREATE INDEX sentence_unread ON sentence (number) WHERE vector IS NULL",
    "CREATE TABLE sentence_place (sentence_number INTEGER NOT NULL, report_number INTEGER NOT NULL, "
    "start INTEGER NOT NULL, PRIMARY KEY (sentence_number, report_number, start)) STRICT, WITHOUT ROWID",
    "CREATE INDEX sentence_place_report ON sentence_place (report_number)",
    "CREATE VIRTUAL TABLE sentence_text USING fts5 (text, content='sentence', content_rowid='number', "
    "tokenize='porter unicode61')",
    "CREATE TRIGGER sentence_text_insert AFTER INSERT ON sentence BEGIN "
    "INSERT INTO sentence_text (rowid, text) VALUES (new.number, new.text); END",
)

VERSION_4: tuple[str, ...] = (
    "ALTER TABLE source_file ADD COLUMN page INTEGER",
    "ALTER TABLE source_file ADD COLUMN caption TEXT",
)

VERSION_5: tuple[str, ...] = _certified("setting", "name TEXT NOT NULL, value TEXT NOT NULL", current="name")

_VERSIONS = (VERSION_1, VERSION_2, VERSION_3, VERSION_4, VERSION_5)
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (f"version_{number}", statements) for number, statements in enumerate(_VERSIONS, 1)
)
"""The schema's history: each step's name and statements; a step is never edited once released."""
