BEGIN TRANSACTION;
CREATE TABLE accounts (
    seq                INTEGER PRIMARY KEY,
    key                TEXT NOT NULL UNIQUE,
    program            TEXT NOT NULL REFERENCES programs (id),
    customer           TEXT,
    status             TEXT NOT NULL CHECK (status = 'active' OR status = 'closed' OR status = 'merged'),
    balance            INTEGER NOT NULL CHECK (balance >= 0),
    lifetime_points    INTEGER NOT NULL CHECK (lifetime_points >= 0),
    tier_override      TEXT,
    override_lifetime  INTEGER NOT NULL DEFAULT 0,
    metadata           TEXT NOT NULL,
    created            INTEGER NOT NULL
);
INSERT INTO "accounts" VALUES(1,'2P6ybDGDRNIKZP','prog_default','cust_SGlrwEtBdC5lfX','active',90,120,NULL,0,'{}',1767225600);
INSERT INTO "accounts" VALUES(2,'z9KAfN1yEn5oxY','prog_default',NULL,'active',0,0,NULL,0,'{}',1767225600);
CREATE TABLE clock (
    ahead  REAL NOT NULL
);
CREATE TABLE customers (
    id     TEXT PRIMARY KEY,
    email  TEXT NOT NULL
, name TEXT, phone TEXT, default_payment_method TEXT, metadata TEXT NOT NULL DEFAULT '{}', created INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0);
INSERT INTO "customers" VALUES('cust_SGlrwEtBdC5lfX','ann@customer.test','Ann',NULL,NULL,'{}',1767225600,0);
INSERT INTO "customers" VALUES('cust_5dsqgTi2k3wK2j','cust_5dsqgTi2k3wK2j@example.test',NULL,NULL,NULL,'{}',1767225600,1);
CREATE TABLE events (
    seq      INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    type     TEXT NOT NULL,
    object   TEXT NOT NULL,
    created  INTEGER NOT NULL
);
INSERT INTO "events" VALUES(1,'bc7SLWGPntdwJC','customer.created','{"id":"cust_SGlrwEtBdC5lfX","object":"customer","email":"ann@customer.test","name":"Ann","phone":null,"default_payment_method":null,"metadata":{},"created":1767225600}',1767225600);
INSERT INTO "events" VALUES(2,'WVXKQ5HP8NqphE','customer.created','{"id":"cust_5dsqgTi2k3wK2j","object":"customer","email":null,"name":null,"phone":null,"default_payment_method":null,"metadata":{},"created":1767225600}',1767225600);
INSERT INTO "events" VALUES(3,'Hdk0wxZSmv2qx6','loyalty.account.created','{"id":"loy_2P6ybDGDRNIKZP","program":"prog_default","customer":"cust_SGlrwEtBdC5lfX","status":"active","balance":0,"lifetime_points":0,"tier":"base","metadata":{}}',1767225600);
INSERT INTO "events" VALUES(4,'5Arxl8XktF2UpC','loyalty_account.created','{"id":"la_2P6ybDGDRNIKZP","customer":"cust_SGlrwEtBdC5lfX","points_balance":0,"tier":"tier_base","programme_id":"prog_default","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(5,'nbxqEJwwKJxFjw','loyalty.points.earned','{"id":"ptx_twyxLVxWpyGFiJ","account":"loy_2P6ybDGDRNIKZP","type":"earn","amount":120,"reason":"payment.completed","metadata":{},"origin":{"type":"payment","id":"pay_1"},"created_at":"2026-01-01T00:00:00Z"}',1767225600);
INSERT INTO "events" VALUES(6,'dFh5GxsBnrdryg','points_transaction.created','{"id":"pt_twyxLVxWpyGFiJ","loyalty_account":"la_2P6ybDGDRNIKZP","amount":120,"type":"credit","points_after":120,"reason":"payment.completed","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(7,'GjxGcgGTT4vPHE','loyalty_account.updated','{"id":"la_2P6ybDGDRNIKZP","customer":"cust_SGlrwEtBdC5lfX","points_balance":120,"tier":"tier_top","programme_id":"prog_default","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(8,'5FyaSxsmzg3u8K','loyalty.reward.redeemed','{"id":"ptx_UuoGS8Gi6oEywm","account":"loy_2P6ybDGDRNIKZP","type":"redeem","amount":-30,"reason":null,"metadata":{},"origin":{"type":"redemption","id":"red_1"},"created_at":"2026-01-01T00:00:00Z"}',1767225600);
INSERT INTO "events" VALUES(9,'q2WlBB5ouoLilx','points_transaction.created','{"id":"pt_UuoGS8Gi6oEywm","loyalty_account":"la_2P6ybDGDRNIKZP","amount":30,"type":"debit","points_after":90,"reason":null,"created":1767225600}',1767225600);
INSERT INTO "events" VALUES(10,'cUexRVUbamk2Ba','loyalty.account.created','{"id":"loy_z9KAfN1yEn5oxY","program":"prog_default","customer":"cust_5dsqgTi2k3wK2j","status":"active","balance":0,"lifetime_points":0,"tier":"base","metadata":{}}',1767225600);
INSERT INTO "events" VALUES(11,'4I6oorRdtt1muW','loyalty_account.created','{"id":"la_z9KAfN1yEn5oxY","customer":"cust_5dsqgTi2k3wK2j","points_balance":0,"tier":"tier_base","programme_id":"prog_default","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(12,'p0q94PR1sxH0ov','loyalty_account.updated','{"id":"la_z9KAfN1yEn5oxY","customer":null,"points_balance":0,"tier":"tier_base","programme_id":"prog_default","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(13,'3YVdCTdIgVsI28','customer.deleted','{"id":"cust_5dsqgTi2k3wK2j","object":"customer","email":null,"name":null,"phone":null,"default_payment_method":null,"metadata":{},"created":1767225600}',1767225600);
CREATE TABLE idempotency (
    scope        BLOB PRIMARY KEY,
    fingerprint  BLOB NOT NULL,
    status       INTEGER NOT NULL,
    body         BLOB NOT NULL,
    created      INTEGER NOT NULL
);
INSERT INTO "idempotency" VALUES(X'03E5092AC056B676E27C04CD5ED4D2A2',X'303EB1CB357A152FE2116C9B076A8E34',200,X'7B226964223A22637573745F53476C72774574426443356C6658222C226F626A656374223A22637573746F6D6572222C22656D61696C223A22616E6E40637573746F6D65722E74657374222C226E616D65223A22416E6E222C2270686F6E65223A6E756C6C2C2264656661756C745F7061796D656E745F6D6574686F64223A6E756C6C2C226D65746164617461223A7B7D2C2263726561746564223A313736373232353630307D',1767225600);
INSERT INTO "idempotency" VALUES(X'95EE1EEACB60CCECE3697C7E3DFF9B45',X'6E5687ED997B233F14988983D598BC25',200,X'7B226964223A22637573745F35647371675469326B33774B326A222C226F626A656374223A22637573746F6D6572222C22656D61696C223A6E756C6C2C226E616D65223A6E756C6C2C2270686F6E65223A6E756C6C2C2264656661756C745F7061796D656E745F6D6574686F64223A6E756C6C2C226D65746164617461223A7B7D2C2263726561746564223A313736373232353630307D',1767225600);
INSERT INTO "idempotency" VALUES(X'445121DFFFC6D287610061AF0C00609F',X'8BE7A11EF76629880F21076E03AD35C0',200,X'7B226964223A226C6F795F3250367962444744524E494B5A50222C2270726F6772616D223A2270726F675F64656661756C74222C22637573746F6D6572223A22637573745F53476C72774574426443356C6658222C22737461747573223A22616374697665222C2262616C616E6365223A302C226C69666574696D655F706F696E7473223A302C2274696572223A2262617365222C226D65746164617461223A7B7D7D',1767225600);
INSERT INTO "idempotency" VALUES(X'E3F089466A3014608E4B1332D8303517',X'8E5F2922CB3CCEDA0971026578A49257',200,X'7B226964223A226C6F795F7A394B41664E3179456E356F7859222C2270726F6772616D223A2270726F675F64656661756C74222C22637573746F6D6572223A22637573745F35647371675469326B33774B326A222C22737461747573223A22616374697665222C2262616C616E6365223A302C226C69666574696D655F706F696E7473223A302C2274696572223A2262617365222C226D65746164617461223A7B7D7D',1767225600);
INSERT INTO "idempotency" VALUES(X'1D01F4046663F7F1C8265D46991A7C27',X'0EAEDB8B0643A8F2FF22DA251C638D35',200,X'7B226964223A22637573745F35647371675469326B33774B326A222C226F626A656374223A22637573746F6D6572222C2264656C65746564223A747275657D',1767225600);
CREATE TABLE lots (
    seq      INTEGER PRIMARY KEY,
    entry    TEXT NOT NULL REFERENCES transactions (key),
    account  TEXT NOT NULL REFERENCES accounts (key),
    points   INTEGER NOT NULL,
    left     INTEGER NOT NULL CHECK (left BETWEEN 0 AND points),
    expires  INTEGER NOT NULL
);
INSERT INTO "lots" VALUES(1,'twyxLVxWpyGFiJ','2P6ybDGDRNIKZP',120,90,1798761600);
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
INSERT INTO "payments" VALUES('pay_1','2P6ybDGDRNIKZP','120',120,'twyxLVxWpyGFiJ','0',0,0,1767225600);
CREATE TABLE programs (
    id          TEXT PRIMARY KEY,
    definition  TEXT NOT NULL
);
INSERT INTO "programs" VALUES('prog_default','{"id":"prog_default","name":"Default","tiers":[{"id":"tier_base","key":"base","name":"Base","min_points":0},{"id":"tier_top","key":"top","name":"Top","min_points":100}],"tier_period":{"type":"rolling","months":12},"welcome_bonus":0,"auto_enrollment":false,"points_per_unit":1,"expiry_months":12,"pending_days":0,"default":false}');
CREATE TABLE qualifying_points (
    seq      INTEGER PRIMARY KEY,
    entry    TEXT NOT NULL REFERENCES transactions (key),
    account  TEXT NOT NULL REFERENCES accounts (key),
    points   INTEGER NOT NULL CHECK (points > 0),
    until    INTEGER NOT NULL
);
INSERT INTO "qualifying_points" VALUES(1,'twyxLVxWpyGFiJ','2P6ybDGDRNIKZP',120,1798761600);
CREATE TABLE redemptions (
    id       TEXT PRIMARY KEY,
    account  TEXT NOT NULL REFERENCES accounts (key),
    entry    TEXT NOT NULL REFERENCES transactions (key),
    status   TEXT NOT NULL CHECK (status = 'open' OR status = 'fulfilled' OR status = 'released'),
    release  TEXT REFERENCES transactions (key),
    parts    TEXT NOT NULL
);
INSERT INTO "redemptions" VALUES('red_1','2P6ybDGDRNIKZP','UuoGS8Gi6oEywm','open',NULL,'[[1, "twyxLVxWpyGFiJ", "2P6ybDGDRNIKZP", 30, 1798761600]]');
CREATE TABLE refunds (
    id        TEXT PRIMARY KEY,
    payment   TEXT NOT NULL REFERENCES payments (id),
    reversal  TEXT
);
CREATE TABLE transactions (
    seq           INTEGER PRIMARY KEY,
    key           TEXT NOT NULL UNIQUE,
    account       TEXT NOT NULL REFERENCES accounts (key),
    posted_to     TEXT NOT NULL,
    type          TEXT NOT NULL
                  CHECK (type = 'earn' OR type = 'redeem' OR type = 'expire' OR type = 'adjust' OR type = 'reverse'),
    amount        INTEGER NOT NULL CHECK (amount <> 0),
    points_after  INTEGER NOT NULL CHECK (points_after >= 0),
    reason        TEXT,
    metadata      TEXT NOT NULL,
    origin_type   TEXT NOT NULL,
    origin_id     TEXT,
    created       INTEGER NOT NULL
);
INSERT INTO "transactions" VALUES(1,'twyxLVxWpyGFiJ','2P6ybDGDRNIKZP','2P6ybDGDRNIKZP','earn',120,120,'payment.completed','{}','payment','pay_1',1767225600);
INSERT INTO "transactions" VALUES(2,'UuoGS8Gi6oEywm','2P6ybDGDRNIKZP','2P6ybDGDRNIKZP','redeem',-30,90,NULL,'{}','redemption','red_1',1767225600);
CREATE UNIQUE INDEX one_active_account ON accounts (customer, program)
    WHERE status = 'active' AND customer IS NOT NULL;
CREATE INDEX accounts_by_customer ON accounts (customer, program);
CREATE INDEX accounts_by_program ON accounts (program);
CREATE TRIGGER lifetime_points_never_fall BEFORE UPDATE OF lifetime_points ON accounts
    WHEN new.lifetime_points < old.lifetime_points AND new.status <> 'merged'
    BEGIN SELECT raise(ABORT, 'lifetime points never fall'); END;
CREATE INDEX transactions_by_account ON transactions (account);
CREATE TRIGGER transactions_are_immutable BEFORE UPDATE OF
        key, posted_to, type, amount, points_after, reason, metadata,
        origin_type, origin_id, created ON transactions
    BEGIN SELECT raise(ABORT, 'transactions are immutable'); END;
CREATE TRIGGER transactions_are_kept BEFORE DELETE ON transactions
    BEGIN SELECT raise(ABORT, 'transactions are never deleted'); END;
CREATE INDEX payments_pending ON payments (available) WHERE pending > 0;
CREATE INDEX lots_to_use ON lots (account, expires) WHERE left > 0;
CREATE INDEX lots_to_expire ON lots (expires) WHERE left > 0;
CREATE INDEX events_by_type ON events (type);
CREATE INDEX qualifying_points_of_account ON qualifying_points (account);
CREATE INDEX qualifying_points_to_end ON qualifying_points (until);
CREATE INDEX customers_by_email ON customers (email);
CREATE VIEW customer_list AS SELECT rowid AS seq, id AS key, * FROM customers;
COMMIT;
PRAGMA application_id = 1986621042;
PRAGMA user_version = 4;
