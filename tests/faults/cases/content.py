"""A 2xx with the wrong content: what cannot be read is repeated, what is misshapen is refused."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

from vinr import APIResponseError

from ..case import Case
from ..faults import body, status
from ..server import Fault


def _changed(**fields: object) -> Callable[[bytes], bytes]:
    return lambda it: json.dumps({**json.loads(it), **fields}).encode()


def _without(name: str) -> Callable[[bytes], bytes]:
    return lambda it: json.dumps(
        {key: value for key, value in json.loads(it).items() if key != name}
    ).encode()


def _into(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda it: it.replace(old, new, 1)


BOMB = gzip.compress(b" " * (40 * 1024 * 1024))

UNREADABLE = (
    *(status(code, executed=True) for code in (200, 201, 202)),
    body("HTML", lambda _: b"<html><body>Sign in to the hotel's network</body></html>"),
    body("cut JSON", lambda it: it[:-1]),
    body("trailing bytes", lambda it: it + b"}"),
    body("two objects", lambda it: it + it),
    body("NaN", _into(b'"metadata": {}', b'"metadata": {}, "rate": NaN')),
    body("Infinity", _into(b'"metadata": {}', b'"metadata": {}, "rate": -Infinity')),
    body("a name twice", _into(b'"amount": 500', b'"amount": 500, "amount": 5')),
    body("a name twice, apart", _into(b'"amount": 500', b'"amount": 500, "amount" : 5')),
    body("a name twice, far apart", _into(b'"amount": 500', b'"amount": 500, "amount"\n:5')),
    body("a name twice, once escaped", _into(b'"amount"', b'"am\\u006funt": 5, "amount"')),
    body("an unknown name twice", _into(b'"metadata": {}', b'"metadata": {}, "x": 1, "x": 2')),
    body("a metadata key twice", _into(b'"metadata": {}', b'"metadata": {"k": "1", "k": "2"}')),
    body("UTF-16", lambda it: it.decode().encode("utf-16")),
    body("bad UTF-8", _into(b"goodwill", b"good\xff\xfewill")),
    body("a lone surrogate", _into(b"goodwill", rb"good\ud800will")),
    body("deep nesting", _into(b"{}", b'{"k":' * 20_000 + b"1" + b"}" * 20_000)),
    body("a number of 10,000 digits", _into(b"500", b"9" * 10_000)),
    body("gzip that is none", lambda it: it, Content_Encoding="gzip"),
    body("cut gzip", lambda it: gzip.compress(it)[:-9], Content_Encoding="gzip"),
    body("gzip and more", lambda it: gzip.compress(it) + b"more", Content_Encoding="gzip"),
    body("gzip bomb", lambda _: BOMB, Content_Encoding="gzip"),
    body("brotli, which was not asked for", lambda it: it, Content_Encoding="br"),
)
MISSHAPEN = (
    body("an error object", lambda _: b'{"error":{"code":"no","message":"It says no."}}'),
    body("null", lambda _: b"null"),
    body("a list", lambda it: b"[" + it + b"]"),
    body("a string", lambda _: b'"ok"'),
    body("an empty object", lambda _: b"{}"),
    body("points as a string", _changed(amount="500")),
    body("points as a bool", _changed(amount=True)),
    body("points as a float", _changed(amount=500.0)),
    body("points as null", _changed(amount=None)),
    body("no id", _without("id")),
    body("an empty id", _changed(id="")),
    body("an id that is a number", _changed(id=5)),
    body("metadata that is a list", _changed(metadata=["a"])),
    body("more points than there can be", _changed(amount=10**40)),
)
FINE = (
    body("unknown fields", _changed(color="red", nested={"deep": [1, {"er": None}]})),
    body("an unknown type of entry", _changed(type="gift")),
    body("gzip", gzip.compress, Content_Encoding="gzip"),
    body("gzip in capitals", gzip.compress, Content_Encoding="GZIP"),
    body("identity", lambda it: it, Content_Encoding="identity"),
    body("white space around it", lambda it: b" \n" + it + b"\r\n\t"),
    body("no space in it", lambda it: json.dumps(json.loads(it), separators=(",", ":")).encode()),
    body("much space in it", lambda it: json.dumps(json.loads(it), indent=8).encode()),
    body("space before colons", lambda it: it.replace(b'":', b'"\t :')),
    body("colons in a text", _into(b"goodwill", rb"at 10:30, \"quoted\": ::")),
    body("escapes in names", _into(b'"amount"', b'"am\\u006funt"')),
    body("escapes", _into(b"goodwill", rb"\u0067\u006fodwill\ud83d\ude00")),
    body("another content type", lambda it: it, Content_Type="text/plain"),
)


LISTS = (
    *(
        (f"{name} twice in a list", _into(b'"%s": ' % name.encode(), again))
        for name, again in (
            ("balance", b'"balance": 1, "balance": '),
            ("lifetime_points", b'"lifetime_points": 1, "lifetime_points": '),
            ("id", b'"id": "loy_2", "id": '),
            ("status", b'"status": "closed", "status" : '),
            ("metadata", b'"metadata": {"k": "1"}, "metadata": '),
            ("has_more", b'"has_more": true, "has_more": '),
            ("data", b'"data": [], "data": '),
        )
    ),
    ("a balance twice in a list, once escaped", _into(b'"bal', b'"bal\\u0061nce": 1, "bal')),
    (
        "a balance thrice in a row that lacks other names",
        _into(
            b'"data": [',
            b'"data": [{"id": "loy_0", "program": "prog_default", "status": "active",'
            b' "balance": 1, "balance": 2, "balance": 3, "lifetime_points": 3}, ',
        ),
    ),
)
"""Names that come twice, which cannot be told by how the rows look."""


def _refused(fault: Fault, requests: int) -> Case:
    return Case(
        name=f"{fault.name}, for ever",
        always=fault,
        requests=requests,
        raises=APIResponseError,
        status=int(fault.name[:3]) if fault.name[:3].isdigit() else 200,
        unknown=True,
    )


CASES = (
    *(Case(name=f"{fault.name}, once", plan=(fault,), requests=2) for fault in UNREADABLE),
    *(_refused(fault, 3) for fault in UNREADABLE),
    *(_refused(fault, 1) for fault in MISSHAPEN),
    *(Case(name=fault.name, plan=(fault,)) for fault in FINE),
    Case(
        name="204, once",
        plan=(status(204, executed=True),),
        requests=2,
    ),
    *(
        Case(
            name=f"{name}, a read",
            always=body(name, make),
            call="read",
            effects=0,
            raises=APIResponseError,
            status=200,
        )
        for name, make in (
            ("another object than the one asked for", _changed(id="loy_2")),
            ("a balance that is a string", _changed(balance="100")),
        )
    ),
    *(
        Case(
            name=name,
            always=body(name, make),
            call="list",
            requests=3,
            effects=0,
            raises=APIResponseError,
            status=200,
        )
        for name, make in LISTS
    ),
    Case(
        name="a row without id",
        always=body("no id", _into(b'"id": "loy_1", ', b"")),
        call="list",
        effects=0,
        raises=APIResponseError,
        status=200,
    ),
)
