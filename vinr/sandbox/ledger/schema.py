"""The tables. Rules that the database can enforce are written here as constraints and triggers."""

from collections.abc import Mapping
from typing import Final

VERSION: Final = 5
"""The layout of the tables; SQLite keeps it as the database's user version."""

APPLICATION_ID: Final = int.from_bytes(b"vinr")
"""Marks a database as a sandbox's; SQLite keeps it in the file's header."""


def _one_of(column: str, *values: str) -> str:
    # IN with a list would be made into a table of its own for every row
    return "CHECK (" + " OR ".join(f"{column} = '{value}'" for value in values) + ")"


_LAYOUT_2: Final = f"""
CREATE TABLE programs (
    id          TEXT PRIMARY KEY,
    definition  TEXT NOT NULL
);

CREATE TABLE customers (
    id     TEXT PRIMARY KEY,
    email  TEXT NOT NULL
);

CREATE TABLE accounts (
    seq                INTEGER PRIMARY KEY,
    key                TEXT NOT NULL UNIQUE,
    program            TEXT NOT NULL REFERENCES programs (id),
    customer           TEXT,
    status             TEXT NOT NULL {_one_of("status", "active", "closed", "merged")},
    balance            INTEGER NOT NULL CHECK (balance >= 0),
    lifetime_points    INTEGER NOT NULL CHECK (lifetime_points >= 0),
    tier_override      TEXT,
    override_lifetime  INTEGER NOT NULL DEFAULT 0,
    metadata           TEXT NOT NULL,
    created            INTEGER NOT NULL
);
CREATE UNIQUE INDEX one_active_account ON accounts (customer, program)
    WHERE status = 'active' AND customer IS NOT NULL;
CREATE INDEX accounts_by_customer ON accounts (customer, program);
CREATE INDEX accounts_by_program ON accounts (program);
CREATE TRIGGER lifetime_points_never_fall BEFORE UPDATE OF lifetime_points ON accounts
    WHEN new.lifetime_points < old.lifetime_points AND new.status <> 'merged'
    BEGIN SELECT raise(ABORT, 'lifetime points never fall'); END;

-- posted_to stays the account of the posting when a merge re-parents the entry
CREATE TABLE transactions (
    seq           INTEGER PRIMARY KEY,
    key           TEXT NOT NULL UNIQUE,
    account       TEXT NOT NULL REFERENCES accounts (key),
    posted_to     TEXT NOT NULL,
    type          TEXT NOT NULL
                  {_one_of("type", "earn", "redeem", "expire", "adjust", "reverse")},
    amount        INTEGER NOT NULL CHECK (amount <> 0),
    points_after  INTEGER NOT NULL CHECK (points_after >= 0),
    reason        TEXT,
    metadata      TEXT NOT NULL,
    origin_type   TEXT NOT NULL,
    origin_id     TEXT,
    created       INTEGER NOT NULL
);
CREATE INDEX transactions_by_account ON transactions (account);
CREATE TRIGGER transactions_are_immutable BEFORE UPDATE OF
        key, posted_to, type, amount, points_after, reason, metadata,
        origin_type, origin_id, created ON transactions
    BEGIN SELECT raise(ABORT, 'transactions are immutable'); END;
CREATE TRIGGER transactions_are_kept BEFORE DELETE ON transactions
    BEGIN SELECT raise(ABORT, 'transactions are never deleted'); END;

CREATE TABLE merges (
    seq              INTEGER PRIMARY KEY,
    source           TEXT NOT NULL REFERENCES accounts (key),
    target           TEXT NOT NULL REFERENCES accounts (key),
    balance          INTEGER NOT NULL,
    lifetime_points  INTEGER NOT NULL,
    created          INTEGER NOT NULL
);

CREATE TABLE payments (
    id        TEXT PRIMARY KEY,
    account   TEXT REFERENCES accounts (key),
    amount    TEXT NOT NULL,
    points    INTEGER NOT NULL,
    earned    TEXT,
    refunded  TEXT NOT NULL DEFAULT '0',
    reversed  INTEGER NOT NULL DEFAULT 0,
    pending   INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0),
    available INTEGER
);
CREATE INDEX payments_pending ON payments (available) WHERE pending > 0;
CREATE TABLE refunds (
    id        TEXT PRIMARY KEY,
    payment   TEXT NOT NULL REFERENCES payments (id),
    reversal  TEXT
);

CREATE TABLE lots (
    seq      INTEGER PRIMARY KEY,
    entry    TEXT NOT NULL REFERENCES transactions (key),
    account  TEXT NOT NULL REFERENCES accounts (key),
    points   INTEGER NOT NULL,
    left     INTEGER NOT NULL CHECK (left BETWEEN 0 AND points),
    expires  INTEGER NOT NULL
);
CREATE INDEX lots_to_use ON lots (account, expires) WHERE left > 0;
CREATE INDEX lots_to_expire ON lots (expires) WHERE left > 0;

CREATE TABLE redemptions (
    id       TEXT PRIMARY KEY,
    account  TEXT NOT NULL REFERENCES accounts (key),
    entry    TEXT NOT NULL REFERENCES transactions (key),
    status   TEXT NOT NULL {_one_of("status", "open", "fulfilled", "released")},
    release  TEXT REFERENCES transactions (key),
    parts    TEXT NOT NULL
);

CREATE TABLE clock (
    ahead  REAL NOT NULL
);

CREATE TABLE events (
    seq      INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    type     TEXT NOT NULL,
    object   TEXT NOT NULL,
    created  INTEGER NOT NULL
);
CREATE INDEX events_by_type ON events (type);

CREATE TABLE idempotency (
    scope        BLOB PRIMARY KEY,
    fingerprint  BLOB NOT NULL,
    status       INTEGER NOT NULL,
    body         BLOB NOT NULL,
    created      INTEGER NOT NULL
);
"""

_LAYOUT_3: Final = """
-- points that count for a tier, in programs with a tier period
CREATE TABLE qualifying_points (
    seq      INTEGER PRIMARY KEY,
    entry    TEXT NOT NULL REFERENCES transactions (key),
    account  TEXT NOT NULL REFERENCES accounts (key),
    points   INTEGER NOT NULL CHECK (points > 0),
    until    INTEGER NOT NULL
);
CREATE INDEX qualifying_points_of_account ON qualifying_points (account);
CREATE INDEX qualifying_points_to_end ON qualifying_points (until);
"""

_LAYOUT_4: Final = """
-- a deleted customer's row stays, without what was known of the person
ALTER TABLE customers ADD COLUMN name TEXT;
ALTER TABLE customers ADD COLUMN phone TEXT;
ALTER TABLE customers ADD COLUMN default_payment_method TEXT;
ALTER TABLE customers ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}';
ALTER TABLE customers ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX customers_by_email ON customers (email);
CREATE VIEW customer_list AS SELECT rowid AS seq, id AS key, * FROM customers;
"""

_LAYOUT_5: Final = """
-- what a program's members can have, what gives them points, and where events are sent
CREATE TABLE rewards (
    seq         INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    created     INTEGER NOT NULL,
    definition  TEXT NOT NULL
);
CREATE TABLE earning_rules (
    seq         INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    created     INTEGER NOT NULL,
    definition  TEXT NOT NULL
);
CREATE TABLE webhook_endpoints (
    seq         INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    created     INTEGER NOT NULL,
    definition  TEXT NOT NULL
);

CREATE TABLE store_credit (
    seq        INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    account    TEXT REFERENCES accounts (key),
    customer   TEXT,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    currency   TEXT NOT NULL,
    remaining  INTEGER NOT NULL CHECK (remaining BETWEEN 0 AND amount),
    reason     TEXT,
    expires    INTEGER,
    created    INTEGER NOT NULL
);
CREATE INDEX store_credit_by_customer ON store_credit (customer);
CREATE INDEX store_credit_by_account ON store_credit (account);

-- a redemption without a reward was simulated
ALTER TABLE redemptions ADD COLUMN reward TEXT REFERENCES rewards (key);
ALTER TABLE redemptions ADD COLUMN amount_off INTEGER;
ALTER TABLE redemptions ADD COLUMN currency TEXT;
ALTER TABLE redemptions ADD COLUMN code TEXT;
ALTER TABLE redemptions ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
CREATE INDEX redemptions_by_account ON redemptions (account);
CREATE VIEW redemption_list AS
    SELECT r.rowid AS seq, r.id AS key, r.*, a.customer, -t.amount AS points
    FROM redemptions AS r
    JOIN accounts AS a ON a.key = r.account JOIN transactions AS t ON t.key = r.entry;

CREATE VIEW program_list AS SELECT rowid AS seq, id AS key, * FROM programs;
"""

LAYOUTS: Final[Mapping[int, str]] = {
    2: _LAYOUT_2,
    3: _LAYOUT_3,
    4: _LAYOUT_4,
    5: _LAYOUT_5,
}
"""What each layout adds to the one before. Those of released versions never change."""
