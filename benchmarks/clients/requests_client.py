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

    def get(self) -> object:
        """One member."""
        answer = self.session.get(f"{self.origin}/v1/loyalty/accounts/loy_1", timeout=30)
        return json.loads(answer.content)

    def post(self) -> object:
        """One posting."""
        posting = {"account": "loy_1", "type": "adjust", "amount": 500, "reason": "thanks"}
        url = f"{self.origin}/v1/loyalty/transactions"
        return json.loads(self.session.post(url, json=posting, timeout=30).content)

    def close(self) -> None:
        """Lets the connections go."""
        self.session.close()
