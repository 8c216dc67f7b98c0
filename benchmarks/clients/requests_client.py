"""Bare requests with a session and ``json.loads``."""

from __future__ import annotations

import json

import requests
from requests.adapters import HTTPAdapter


class Calls:
    """In threads."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.session = requests.Session()
        self.session.mount("http://", HTTPAdapter(pool_maxsize=64))
        self.session.headers["X-Api-Key"] = "sk_test_1"
        self.timeout = 30.0

    def get(self) -> object:
        """One member."""
        answer = self.session.get(f"{self.origin}/v1/loyalty/accounts/loy_1", timeout=self.timeout)
        return json.loads(answer.content)

    def post(self) -> object:
        """One posting."""
        posting = {"account": "loy_1", "type": "adjust", "amount": 500, "reason": "thanks"}
        url = f"{self.origin}/v1/loyalty/transactions"
        return json.loads(self.session.post(url, json=posting, timeout=self.timeout).content)

    def limit(self, seconds: float) -> None:
        """Ends each call after so many seconds, as far as the library has such a limit."""
        self.timeout = seconds

    def close(self) -> None:
        """Lets the connections go."""
        self.session.close()
