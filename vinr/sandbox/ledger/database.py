"""Opens a sandbox's database: recognises it, then configures it and creates its tables.

A database of another program is refused before anything is written to it.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, suppress
from functools import cache
from os import SEEK_END
from pathlib import Path
from typing import Final

from .schema import APPLICATION_ID, LAYOUTS, VERSION

BUSY_SECONDS = 10.0
"""How long it is waited for another process that holds the file."""
_CACHE_KIBIBYTES: Final = 32 * 1024

MEMORY: Final = ":memory:"
EMPTY: Final = 0
"""The layout of a database in which nothing is yet."""
_LAST_UNMARKED: Final = 2
"""The layout of sandboxes that were made before they were marked with an application id."""

MAGIC: Final = b"SQLite format 3\0"
"""What every database begins with."""
_HEADER_BYTES: Final = 100
_PAGE_SIZE_AT: Final = slice(16, 18)
_PAGE_COUNT_AT: Final = slice(28, 32)
_USER_VERSION_AT: Final = slice(60, 64)
_APPLICATION_ID_AT: Final = slice(68, 72)

_Objects = frozenset[tuple[str, str, str]]


def open_database(path: str) -> sqlite3.Connection:
    """A connection to a sandbox's database, which is made where there is none.

    Raises ValueError for a database of another program, sqlite3.Error for what is no database.
    """
    _refuse_file_of_others(path)
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _configure(db)
        # of two processes that make a database at once, the second one finds it made
        db.execute("BEGIN IMMEDIATE")
        complete(db)
        db.execute("COMMIT")
    except BaseException:
        db.close()
        raise
    return db


def _refuse_file_of_others(path: str) -> None:
    file = Path(path)
    if path == MEMORY or not file.exists() or not file.stat().st_size:
        return
    _refuse_cut_file(file)
    if _is_marked(file):
        return
    # As immutable, the file is read as it is: otherwise SQLite would finish what a crash left
    # undone, and leave files beside it.
    try:
        if _layout_in(file, "immutable=1") != EMPTY:
            return
    except sqlite3.DatabaseError:
        pass  # it is no database, or is being written: opening it will tell
    if file.with_name(f"{file.name}-wal").exists():
        _layout_in(file, "mode=ro")  # all that is in the database may still be in its log


def _refuse_cut_file(file: Path) -> None:
    # Looked for first, as another process may be moving its pages into the file just now.
    if _has_log(file):
        return
    with file.open("rb") as content:
        header = content.read(_HEADER_BYTES)
        refuse_cut(header, content.seek(0, SEEK_END))


def _has_log(file: Path) -> bool:
    for suffix in ("-wal", "-journal"):
        with suppress(FileNotFoundError):
            if file.with_name(file.name + suffix).stat().st_size:
                return True
    return False


def refuse_cut(header: bytes, size: int) -> None:
    """Raises ValueError for a database without its end, from its first bytes and its whole size.

    SQLite itself takes what is missing of the last page for zeros.
    """
    page_size = int.from_bytes(header[_PAGE_SIZE_AT])
    whole = int.from_bytes(header[_PAGE_COUNT_AT]) * page_size
    if header.startswith(MAGIC) and size < whole:
        raise ValueError(f"its end is missing: it has {size:,} of {whole:,} bytes")


def _layout_in(file: Path, mode: str) -> int:
    uri = f"{file.absolute().as_uri()}?{mode}"
    with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as db:
        return layout_of(db)


def _is_marked(file: Path) -> bool:
    """Whether it is a sandbox's; ValueError where a newer version of vinr wrote it."""
    with file.open("rb") as content:
        header = content.read(_HEADER_BYTES)
    if header[_APPLICATION_ID_AT] != APPLICATION_ID.to_bytes(4):
        return False
    version = int.from_bytes(header[_USER_VERSION_AT])
    if version > VERSION:
        raise ValueError(f"it has layout {version}, this version of vinr reads {VERSION}")
    return True


def layout_of(db: sqlite3.Connection) -> int:
    """The layout of a sandbox's database, 0 where it is empty; it is only read.

    Raises ValueError for a database of another program, or of another version of vinr.
    """
    [application_id] = db.execute("PRAGMA application_id").fetchone()
    [version] = db.execute("PRAGMA user_version").fetchone()
    if application_id == APPLICATION_ID:
        if version not in LAYOUTS:
            raise ValueError(f"it has layout {version}, this version of vinr reads {VERSION}")
        return int(version)
    if application_id == 0:
        objects = _objects(db)
        if version == 0 and not objects:
            return EMPTY
        if version == _LAST_UNMARKED and objects == _unmarked_objects():
            return _LAST_UNMARKED
    raise ValueError("it is the database of another program; nothing was written to it")


def damage_in(db: sqlite3.Connection) -> str | None:
    """What SQLite finds wrong with a database; None where it is whole.

    Values that the tables do not allow are no damage: the check of the ledger names their account.
    """
    messages = [message for [message] in db.execute("PRAGMA integrity_check(10)")]
    wrong = [each for each in messages if not each.startswith("CHECK constraint failed")]
    return None if wrong in ([], ["ok"]) else wrong[0]


def complete(db: sqlite3.Connection) -> None:
    """Bring a sandbox's database to the newest layout, in a transaction that is open already."""
    present = layout_of(db)
    for layout, script in LAYOUTS.items():
        if layout > present:
            for statement in _statements(script):
                db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def _objects(db: sqlite3.Connection) -> _Objects:
    rows = db.execute(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*'"
    )
    return frozenset((type, name, " ".join(sql.split())) for type, name, sql in rows)


@cache
def _unmarked_objects() -> _Objects:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(LAYOUTS[_LAST_UNMARKED])
        return _objects(db)


def _configure(db: sqlite3.Connection) -> None:
    _switch_to_wal(db)
    # NORMAL with a write-ahead log: nothing that was committed is lost when the process dies,
    # and no commit waits for the disk.
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")


def _switch_to_wal(db: sqlite3.Connection) -> None:
    # The one statement that SQLite's time-out for a busy database does not cover.
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)


def _statements(script: str) -> list[str]:
    # executescript() commits first, which would let two processes create the tables at once
    statements: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
