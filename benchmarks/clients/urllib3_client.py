"""Bare urllib3 and ``json.loads``."""

from __future__ import annotations

import json

import urllib3


class Calls:
    """In threads."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.pool = urllib3.PoolManager(maxsize=64, headers={"X-Api-Key": "sk_test_1"})

    def get(self) -> object:
        """One member."""
        return json.loads(self.pool.request("GET", f"{self.origin}/v1/loyalty/accounts/loy_1").data)

    def post(self) -> object:
        """One posting."""
        posting = {"account": "loy_1", "type": "adjust", "amount": 500, "reason": "thanks"}
        url = f"{self.origin}/v1/loyalty/transactions"
        return json.loads(self.pool.request("POST", url, json=posting).data)

    def close(self) -> None:
        """Lets the connections go."""
        self.pool.clear()
