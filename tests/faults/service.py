"""A tiny ledger behind the misbehaving server: it says what must have happened on the server."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

JSONObject = dict[str, object]

PROGRAM: Final = "prog_default"
MEMBER: Final = "loy_1"


@dataclass(frozen=True)
class Request:
    """A request as it came off the wire."""

    method: str
    path: str
    """With its query."""
    headers: Mapping[str, str]
    body: bytes

    @property
    def key(self) -> str | None:
        return self.headers.get("idempotency-key")


@dataclass(frozen=True)
class Answer:
    """What the service says, before anything goes wrong with it."""

    status: int
    content: JSONObject
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def body(self) -> bytes:
        return json.dumps(self.content).encode()


def refusal(status: int, code: str, **more: object) -> Answer:
    """An error as VINR words it."""
    return Answer(status, {"error": {"type": "an_error", "code": code, "message": code, **more}})


class Service:
    """Executes a write once per key and replays its answer, as VINR documents."""

    def __init__(self) -> None:
        self.effects: Counter[str] = Counter()
        """How often something happened, by idempotency key."""
        self.running: set[str] = set()
        """Keys whose first request is still being worked on."""
        self.forgets_keys = False
        self.base = "/v1"
        """What all paths begin with: with a host in it, the server stands in for a proxy."""
        self.accounts: dict[str, JSONObject] = {MEMBER: account(MEMBER, "cust_1")}
        self.reference: dict[str, JSONObject] = {}
        """Accounts as the reference shows them."""
        self.entries: list[JSONObject] = []
        self._answers: dict[str, tuple[bytes, Answer]] = {}
        self._lock = Lock()

    def answer(self, request: Request) -> Answer:
        """Executes a write, or reads."""
        with self._lock:
            if request.method == "GET":
                return self._read(request.path.removeprefix(self.base))
            key = request.key
            if key is None:
                return refusal(400, "no_key")
            if key in self.running:
                return refusal(409, "idempotency_key_in_use")
            return self._once(key, request)

    def _once(self, key: str, request: Request) -> Answer:
        known = self._answers.get(key)
        if known is not None and not self.forgets_keys:
            body, answer = known
            if body != request.body:
                return refusal(409, "idempotency_conflict")
            return Answer(answer.status, answer.content, {"Idempotent-Replayed": "true"})
        answer = self._write(request)
        self._answers[key] = (request.body, answer)
        if answer.status < 300:
            self.effects[key] += 1
        return answer

    def _read(self, path: str) -> Answer:
        path, _, query = path.partition("?")
        if path == "/loyalty/accounts":
            wanted = dict(pair.split("=") for pair in query.split("&") if pair)
            return self._listed(wanted.get("customer"))
        if path == "/loyalty/transactions":
            return _list(self.entries)
        if path.startswith("/loyalty-accounts/"):
            return Answer(200, self.reference[path.removeprefix("/loyalty-accounts/")])
        found = self.accounts.get(path.removeprefix("/loyalty/accounts/"))
        return Answer(200, dict(found)) if found else refusal(404, "resource_missing")

    def _listed(self, customer: str | None) -> Answer:
        held = [found for found in self.accounts.values() if found["customer"] == customer]
        return _list(held)

    def _write(self, request: Request) -> Answer:
        path = request.path.removeprefix("/v1/loyalty/")
        asked: JSONObject = json.loads(request.body or b"{}")
        writers: Mapping[str, Callable[[JSONObject], Answer]] = {
            "transactions": self._post,
            "accounts": self._enrol,
            "accounts/merge": self._merge,
        }
        if path in writers:
            return writers[path](asked)
        return self._close(path.split("/")[1])

    def _post(self, asked: JSONObject) -> Answer:
        entry: JSONObject = {"id": f"ptx_{len(self.entries) + 1}", "metadata": {}, **asked}
        self.entries.append(entry)
        return Answer(200, entry)

    def _enrol(self, asked: JSONObject) -> Answer:
        for id, found in self.accounts.items():
            if found["customer"] == asked["customer"] and found["status"] == "active":
                return refusal(409, "account_already_exists", resource=id)
        new = account(f"loy_{len(self.accounts) + 1}", str(asked["customer"]))
        self.accounts[str(new["id"])] = new
        return Answer(200, dict(new))

    def _close(self, id: str) -> Answer:
        if self.accounts[id]["status"] == "closed":
            return refusal(422, "account_closed")
        self.accounts[id]["status"] = "closed"
        return Answer(200, dict(self.accounts[id]))

    def _merge(self, asked: JSONObject) -> Answer:
        source, target = self.accounts[str(asked["source"])], self.accounts[str(asked["target"])]
        if source["status"] == "merged":
            return refusal(422, "account_merged", resource=source["into"])
        source.update(status="merged", into=target["id"])
        return Answer(200, dict(target))


def account(id: str, customer: str) -> JSONObject:
    """An account as the guide shows it."""
    return {
        "id": id,
        "program": PROGRAM,
        "customer": customer,
        "status": "active",
        "balance": 100,
        "lifetime_points": 100,
        "tier": None,
        "metadata": {},
    }


def _list(items: list[JSONObject]) -> Answer:
    page = {"has_more": False, "next_cursor": None}
    return Answer(200, {"object": "list", "data": items, "page": page})
