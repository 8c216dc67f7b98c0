"""Canned answers: one object, one write and one list in the shape of each library's service.

An object has about 250 bytes everywhere, so that every library reads about as much.
"""

from __future__ import annotations

from typing import Final

PAGE: Final = 100

_ACCOUNT = (
    b'{"id":"loy_1","program":"prog_default","customer":"cust_abc123","status":"active",'
    b'"balance":1250,"lifetime_points":4800,"tier":"tier_silver","metadata":'
    b'{"signup_channel":"web","shop":"berlin-mitte","campaign":"spring-2026","referrer":"cust_9"}}'
)
_TRANSACTION = (
    b'{"id":"ptx_%09d","account":"loy_1","type":"earn","amount":500,"reason":"payment_completed",'
    b'"metadata":{"order":"order-100234","shop":"berlin-mitte","campaign":"spring-2026",'
    b'"clerk":"17"},"origin":{"type":"payment","id":"pay_7kQ2mX9"}}'
)
_CUSTOMER = (
    b'{"id":"cus_%09d","object":"customer","balance":0,"created":1716300000,"currency":"eur",'
    b'"email":"ada@example.com","livemode":false,"name":"Ada","metadata":{"shop":"berlin-mitte",'
    b'"campaign":"spring-2026","referrer":"cust_9","channel":"web"}}'
)
_STORE = (
    b'{"id":"vs_%09d","object":"vector_store","created_at":1716300000,"name":"Ada",'
    b'"usage_bytes":123456,"file_counts":{"in_progress":0,"completed":100,"failed":0,'
    b'"cancelled":0,"total":100},"status":"completed","last_active_at":1716300000,"metadata":{}}'
)
_MODEL = (
    b'{"id":"model_%09d","type":"model","display_name":"A model with a name of the usual length '
    b"that says what it is for, for whom and since when, and a few more words so that it has as "
    b'many bytes as the others","created_at":"2026-02-19T00:00:00Z"}'
)
_PERSON = (
    b'{"id":"C%09d","created_at":"2026-02-19T00:00:00Z","updated_at":"2026-02-19T00:00:00Z",'
    b'"given_name":"Ada","family_name":"Byron","email_address":"ada@example.com",'
    b'"reference_id":"cust_abc123","creation_source":"THIRD_PARTY","version":1}'
)
_LOYALTY = (
    b'{"loyalty_account":{"id":"acc_1","program_id":"prog_default","balance":1250,'
    b'"lifetime_points":4800,"customer_id":"cust_abc123","enrolled_at":"2026-02-19T00:00:00Z",'
    b'"created_at":"2026-02-19T00:00:00Z","updated_at":"2026-02-19T00:00:00Z"}}'
)
_ADJUSTED = (
    b'{"event":{"id":"ev_1","type":"ADJUST_POINTS","created_at":"2026-02-19T00:00:00Z",'
    b'"adjust_points":{"loyalty_program_id":"prog_default","points":500,"reason":"goodwill"},'
    b'"loyalty_account_id":"acc_1","source":"LOYALTY_API"}}'
)

OBJECTS: Final = {
    b"GET /v1/loyalty/accounts/loy_1": _ACCOUNT,
    b"POST /v1/loyalty/transactions": _TRANSACTION % 1,
    b"GET /v1/customers/cus_1": _CUSTOMER % 1,
    b"POST /v1/customers": _CUSTOMER % 1,
    b"GET /v1/vector_stores/vs_1": _STORE % 1,
    b"POST /v1/vector_stores": _STORE % 1,
    b"GET /v1/models/model_1": _MODEL % 1,
    b"POST /v1/messages/count_tokens": b'{"input_tokens":2095}',
    b"GET /v2/loyalty/accounts/acc_1": _LOYALTY,
    b"POST /v2/loyalty/accounts/acc_1/adjust": _ADJUSTED,
}
"""Bodies by method and path."""

# first the items' own ids, then the cursor to the next page, then whether there is one
_LISTS: Final = {
    b"/v1/loyalty/transactions": (
        _TRANSACTION,
        b'{"object":"list","data":[%s],"page":{"next_cursor":"ptx_%%09d","has_more":%%s}}',
    ),
    b"/v1/customers": (
        _CUSTOMER,
        b'{"object":"list","url":"/v1/customers","data":[%s],"last":"cus_%%09d","has_more":%%s}',
    ),
    b"/v1/vector_stores": (
        _STORE,
        b'{"object":"list","data":[%s],"last_id":"vs_%%09d","has_more":%%s}',
    ),
    b"/v1/models": (_MODEL, b'{"data":[%s],"last_id":"model_%%09d","has_more":%%s}'),
    b"/v2/customers": (_PERSON, b'{"customers":[%s],"cursor":"C%%09d","has_more":%%s}'),
}
_TEMPLATES: Final = {
    path: envelope % b",".join([item] * PAGE) for path, (item, envelope) in _LISTS.items()
}
_CURSORS: Final = (b"starting_after=", b"after=", b"after_id=", b"cursor=")


def page(path: bytes, query: bytes, items: int) -> bytes | None:
    """The page of a list of so many items that the query asks for; None for an unknown list."""
    template = _TEMPLATES.get(path)
    if template is None:
        return None
    first = _cursor(query) + 1
    last = first + PAGE - 1
    body = template % (*range(first, last + 1), last, b"true" if last < items else b"false")
    # this service says that a list goes on by giving a cursor
    return body.replace(b'"cursor"', b'"past"') if last >= items else body


def _cursor(query: bytes) -> int:
    """The number of the item that the page follows; 0 for the first page."""
    for pair in query.split(b"&"):
        if pair.startswith(_CURSORS):
            return int(pair[-9:])
    return 0
