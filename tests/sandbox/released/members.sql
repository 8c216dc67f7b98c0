PRAGMA user_version = 2;
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
INSERT INTO "accounts" VALUES(1,'pqMvbRmly3hnLl','prog_default','cust_0','active',600,600,NULL,0,'{}',1767225600);
INSERT INTO "accounts" VALUES(2,'5RAeAJSoqPjcZx','prog_default','cust_1','active',70,100,'tier_gold',0,'{}',1767225600);
INSERT INTO "accounts" VALUES(3,'x2hZWJcMbQ0NSD','prog_default','cust_2','merged',0,0,NULL,0,'{}',1767225600);
CREATE TABLE clock (
    ahead  REAL NOT NULL
);
INSERT INTO "clock" VALUES(10800.0);
CREATE TABLE customers (
    id     TEXT PRIMARY KEY,
    email  TEXT NOT NULL
);
INSERT INTO "customers" VALUES('cust_1','one@customer.test');
CREATE TABLE events (
    seq      INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    type     TEXT NOT NULL,
    object   TEXT NOT NULL,
    created  INTEGER NOT NULL
);
INSERT INTO "events" VALUES(1,'BScFC40hgRHdEf','loyalty.account.created','{"id":"loy_pqMvbRmly3hnLl","program":"prog_default","customer":"cust_0","status":"active","balance":0,"lifetime_points":0,"tier":"tier_bronze","metadata":{}}',1767225600);
INSERT INTO "events" VALUES(2,'JxheXhKs6zyEgp','loyalty_account.created','{"id":"la_pqMvbRmly3hnLl","customer":"cust_0","points_balance":0,"tier":"tier_bronze","programme_id":"prog_default","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(3,'4TSermHYdxwzxe','loyalty.account.created','{"id":"loy_5RAeAJSoqPjcZx","program":"prog_default","customer":"cust_1","status":"active","balance":0,"lifetime_points":0,"tier":"tier_bronze","metadata":{}}',1767225600);
INSERT INTO "events" VALUES(4,'KUZ0YOC6jlwZ35','loyalty_account.created','{"id":"la_5RAeAJSoqPjcZx","customer":"cust_1","points_balance":0,"tier":"tier_bronze","programme_id":"prog_default","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(5,'Jxxl0rTVvZc3Bu','loyalty.account.created','{"id":"loy_x2hZWJcMbQ0NSD","program":"prog_default","customer":"cust_2","status":"active","balance":0,"lifetime_points":0,"tier":"tier_bronze","metadata":{}}',1767225600);
INSERT INTO "events" VALUES(6,'EjPbLQZZZuhdCR','loyalty_account.created','{"id":"la_x2hZWJcMbQ0NSD","customer":"cust_2","points_balance":0,"tier":"tier_bronze","programme_id":"prog_default","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(7,'XkVSG4rkWQpwHG','points_transaction.created','{"id":"pt_JPM0VZ3f0JLoel","loyalty_account":"la_pqMvbRmly3hnLl","amount":600,"type":"credit","points_after":600,"reason":null,"created":1767225600}',1767225600);
INSERT INTO "events" VALUES(8,'6NHjp6kGbrwh0v','loyalty_account.updated','{"id":"la_pqMvbRmly3hnLl","customer":"cust_0","points_balance":600,"tier":"tier_gold","programme_id":"prog_default","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(9,'9HRi4qJyw0kXTj','loyalty_account.updated','{"id":"la_x2hZWJcMbQ0NSD","customer":"cust_2","points_balance":0,"tier":"tier_bronze","programme_id":"prog_default","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(10,'EC85myL0yaJHPw','loyalty_account.updated','{"id":"la_pqMvbRmly3hnLl","customer":"cust_0","points_balance":600,"tier":"tier_gold","programme_id":"prog_default","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(11,'OK673zackXBt6w','loyalty.account.merged','{"id":"loy_pqMvbRmly3hnLl","program":"prog_default","customer":"cust_0","status":"active","balance":600,"lifetime_points":600,"tier":"tier_gold","metadata":{}}',1767225600);
INSERT INTO "events" VALUES(12,'gnt1aPeAvQoK1l','loyalty_account.updated','{"id":"la_5RAeAJSoqPjcZx","customer":"cust_1","points_balance":0,"tier":"tier_gold","programme_id":"prog_default","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(13,'VW1Vggs7gvix2Z','loyalty.points.earned','{"id":"ptx_3K5tqgpqGlVJdj","account":"loy_5RAeAJSoqPjcZx","type":"earn","amount":100,"reason":"payment.completed","metadata":{},"origin":{"type":"payment","id":"pay_1"}}',1767225600);
INSERT INTO "events" VALUES(14,'GjOGBvbu1HGVMH','points_transaction.created','{"id":"pt_3K5tqgpqGlVJdj","loyalty_account":"la_5RAeAJSoqPjcZx","amount":100,"type":"credit","points_after":100,"reason":"payment.completed","created":1767225600}',1767225600);
INSERT INTO "events" VALUES(15,'L5Ud4Iog6bDM2G','loyalty.reward.redeemed','{"id":"ptx_1hgxl1N4rV5GMN","account":"loy_5RAeAJSoqPjcZx","type":"redeem","amount":-30,"reason":null,"metadata":{},"origin":{"type":"redemption","id":"red_1"}}',1767225600);
INSERT INTO "events" VALUES(16,'dPq0lkxP7eQSmX','points_transaction.created','{"id":"pt_1hgxl1N4rV5GMN","loyalty_account":"la_5RAeAJSoqPjcZx","amount":30,"type":"debit","points_after":70,"reason":null,"created":1767225600}',1767225600);
CREATE TABLE idempotency (
    scope        BLOB PRIMARY KEY,
    fingerprint  BLOB NOT NULL,
    status       INTEGER NOT NULL,
    body         BLOB NOT NULL,
    created      INTEGER NOT NULL
);
INSERT INTO "idempotency" VALUES(X'1692AAAA0DD3978AD5165F6C4A2478DC',X'63D020A1C6FFFAEBE1CF997F808FBB56',200,X'7B226964223A226C6F795F70714D7662526D6C7933686E4C6C222C2270726F6772616D223A2270726F675F64656661756C74222C22637573746F6D6572223A22637573745F30222C22737461747573223A22616374697665222C2262616C616E6365223A302C226C69666574696D655F706F696E7473223A302C2274696572223A22746965725F62726F6E7A65222C226D65746164617461223A7B7D7D',1767225600);
INSERT INTO "idempotency" VALUES(X'5D36B37F5A1D336AE6EBD4B35F316175',X'B8F8DD0B651CE490721699481FD7541C',200,X'7B226964223A226C6F795F35524165414A536F71506A635A78222C2270726F6772616D223A2270726F675F64656661756C74222C22637573746F6D6572223A22637573745F31222C22737461747573223A22616374697665222C2262616C616E6365223A302C226C69666574696D655F706F696E7473223A302C2274696572223A22746965725F62726F6E7A65222C226D65746164617461223A7B7D7D',1767225600);
INSERT INTO "idempotency" VALUES(X'467C1669DF16AD233F3637B0DCE405F3',X'1BCA3050BCCD0E2E5C1FD5D25ECF924F',200,X'7B226964223A226C6F795F7832685A574A634D6251304E5344222C2270726F6772616D223A2270726F675F64656661756C74222C22637573746F6D6572223A22637573745F32222C22737461747573223A22616374697665222C2262616C616E6365223A302C226C69666574696D655F706F696E7473223A302C2274696572223A22746965725F62726F6E7A65222C226D65746164617461223A7B7D7D',1767225600);
INSERT INTO "idempotency" VALUES(X'B707DB071A12D0DA477E34BCBA430144',X'8687DA5C3AB00CBD61E4EB60AA3B3427',200,X'7B226964223A227074785F4A504D30565A3366304A4C6F656C222C226163636F756E74223A226C6F795F70714D7662526D6C7933686E4C6C222C2274797065223A2261646A757374222C22616D6F756E74223A3630302C22726561736F6E223A6E756C6C2C226D65746164617461223A7B7D2C226F726967696E223A7B2274797065223A226D616E75616C222C226964223A227265715F49566F7863743346506F5952674F227D7D',1767225600);
INSERT INTO "idempotency" VALUES(X'4AD5741EB1AA7CA5EDD56F8A79A1F915',X'975A121BE7A5D4DAE8DA9F03A7B2FC4E',200,X'7B226964223A226C6F795F70714D7662526D6C7933686E4C6C222C2270726F6772616D223A2270726F675F64656661756C74222C22637573746F6D6572223A22637573745F30222C22737461747573223A22616374697665222C2262616C616E6365223A3630302C226C69666574696D655F706F696E7473223A3630302C2274696572223A22746965725F676F6C64222C226D65746164617461223A7B7D7D',1767225600);
INSERT INTO "idempotency" VALUES(X'06393EDBA561C0D39A28266169C7749C',X'08E8573ECDEDF85FC55CE5748FFC4F72',200,X'7B226964223A226C6F795F35524165414A536F71506A635A78222C2270726F6772616D223A2270726F675F64656661756C74222C22637573746F6D6572223A22637573745F31222C22737461747573223A22616374697665222C2262616C616E6365223A302C226C69666574696D655F706F696E7473223A302C2274696572223A22746965725F676F6C64222C226D65746164617461223A7B7D7D',1767225600);
CREATE TABLE lots (
    seq      INTEGER PRIMARY KEY,
    entry    TEXT NOT NULL REFERENCES transactions (key),
    account  TEXT NOT NULL REFERENCES accounts (key),
    points   INTEGER NOT NULL,
    left     INTEGER NOT NULL CHECK (left BETWEEN 0 AND points),
    expires  INTEGER NOT NULL
);
INSERT INTO "lots" VALUES(1,'JPM0VZ3f0JLoel','pqMvbRmly3hnLl',600,600,1798761600);
INSERT INTO "lots" VALUES(2,'3K5tqgpqGlVJdj','5RAeAJSoqPjcZx',100,70,1798761600);
CREATE TABLE merges (
    seq              INTEGER PRIMARY KEY,
    source           TEXT NOT NULL REFERENCES accounts (key),
    target           TEXT NOT NULL REFERENCES accounts (key),
    balance          INTEGER NOT NULL,
    lifetime_points  INTEGER NOT NULL,
    created          INTEGER NOT NULL
);
INSERT INTO "merges" VALUES(1,'x2hZWJcMbQ0NSD','pqMvbRmly3hnLl',0,0,1767225600);
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
INSERT INTO "payments" VALUES('pay_1','5RAeAJSoqPjcZx','100',100,'3K5tqgpqGlVJdj','0',0,0,1767225600);
CREATE TABLE programs (
    id          TEXT PRIMARY KEY,
    definition  TEXT NOT NULL
);
INSERT INTO "programs" VALUES('prog_default','{"id":"prog_default","name":"Default","tiers":[{"id":"tier_bronze","name":"Bronze","min_points":0},{"id":"tier_gold","name":"Gold","min_points":500}],"welcome_bonus":0,"auto_enrollment":false,"points_per_unit":1,"expiry_months":12,"pending_days":0,"default":true}');
CREATE TABLE redemptions (
    id       TEXT PRIMARY KEY,
    account  TEXT NOT NULL REFERENCES accounts (key),
    entry    TEXT NOT NULL REFERENCES transactions (key),
    status   TEXT NOT NULL CHECK (status = 'open' OR status = 'fulfilled' OR status = 'released'),
    release  TEXT REFERENCES transactions (key),
    parts    TEXT NOT NULL
);
INSERT INTO "redemptions" VALUES('red_1','5RAeAJSoqPjcZx','1hgxl1N4rV5GMN','open',NULL,'[[2, "3K5tqgpqGlVJdj", "5RAeAJSoqPjcZx", 30, 1798761600]]');
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
INSERT INTO "transactions" VALUES(1,'JPM0VZ3f0JLoel','pqMvbRmly3hnLl','pqMvbRmly3hnLl','adjust',600,600,NULL,'{}','manual','req_IVoxct3FPoYRgO',1767225600);
INSERT INTO "transactions" VALUES(2,'3K5tqgpqGlVJdj','5RAeAJSoqPjcZx','5RAeAJSoqPjcZx','earn',100,100,'payment.completed','{}','payment','pay_1',1767225600);
INSERT INTO "transactions" VALUES(3,'1hgxl1N4rV5GMN','5RAeAJSoqPjcZx','5RAeAJSoqPjcZx','redeem',-30,70,NULL,'{}','redemption','red_1',1767225600);
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
COMMIT;
