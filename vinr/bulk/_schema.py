"""The tables of a journal, which is an outbox's too."""

from __future__ import annotations

from typing import Final

FORMAT: Final = 1
APPLICATION_ID: Final = 0x566A6E6C
"""Tells a journal from any other SQLite file."""

PENDING: Final = "('planned', 'sent', 'unknown')"
"""The states of rows that a run has to settle."""

TABLES: Final = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given again, so that it means one row for good
    run INTEGER NOT NULL,           -- the last run whose rows it belongs to
    line INTEGER NOT NULL,          -- where the row begins in its file
    rank,                           -- what a member's rows are ordered by, before their lines
    member TEXT NOT NULL,           -- 'customer cust_1', 'account loy_1'; '' where unreadable
    reference TEXT NOT NULL,        -- what it is called in the member's ledger
    amount INTEGER NOT NULL,
    type TEXT NOT NULL,
    reason TEXT,
    metadata TEXT,                  -- JSON
    original TEXT NOT NULL,         -- the row as it came, JSON
    state TEXT NOT NULL,            -- planned, sent, done, rejected, unknown
    sent_at REAL,                   -- Unix time before the first request that may have carried it
    sent_run INTEGER,
    outcome TEXT,                   -- of one that is done: posted, already_there, skipped
    settled_run INTEGER,
    settled_at REAL,
    transaction_id TEXT,
    error_code TEXT,
    error_message TEXT,
    UNIQUE (member, reference)
);
CREATE INDEX IF NOT EXISTS entries_of_members ON entries (member, rank, line, id);
CREATE INDEX IF NOT EXISTS entries_not_done ON entries (state, run)
    WHERE state != 'done';
CREATE TABLE IF NOT EXISTS members (
    member TEXT PRIMARY KEY,
    first INTEGER NOT NULL UNIQUE,  -- its first entry of the run: members go in this order
    created INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""
