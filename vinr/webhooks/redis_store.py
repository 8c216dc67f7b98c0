"""``RedisStore``: which events were handled, in Redis; the extra ``redis``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .store import KEEP, Claim, seconds

if TYPE_CHECKING:
    from redis import Redis

_HANDLED: Final = "handled"
_IN_WORK: Final = "in work by "
# compare and delete in one step: another receiver may claim the event in between
_RELEASE: Final = """
if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end
return 0
"""


class RedisStore:
    """Handled events in Redis, shared by all machines: ``RedisStore(redis.Redis(…))``.

    Its methods raise redis.RedisError where Redis is away.

    Args:
        client: Of the library redis.
        prefix: Begins the name of each key.
        keep: Seconds for which a handled event is known, 30 days by default.

    Source: our choice.
    """

    def __init__(self, client: Redis, *, prefix: str = "vinr:webhook:", keep: float = KEEP) -> None:
        self._client = client
        self._prefix = prefix
        self._keep = seconds("keep", keep)

    @classmethod
    def from_url(cls, url: str, *, prefix: str = "vinr:webhook:", keep: float = KEEP) -> RedisStore:
        """With a client of its own, such as for ``redis://127.0.0.1:6379/0``."""
        try:
            from redis import Redis  # noqa: PLC0415  # an extra, imported when it is used
        except ImportError:
            raise ImportError("RedisStore needs an extra: pip install 'vinr[redis]'") from None
        client: Redis = Redis.from_url(url)  # pyright: ignore[reportUnknownMemberType]  # redis leaves options open
        return cls(client, prefix=prefix, keep=keep)

    def claim(self, event_id: str, token: str, lease: float) -> Claim:
        """Take an event that nobody has."""
        key = self._prefix + event_id
        while True:
            if self._client.set(key, _IN_WORK + token, nx=True, px=_milliseconds(lease)):
                return "claimed"
            holder = self._client.get(key)
            if holder is not None:  # else its lease has just ended
                return "handled" if _text(holder) == _HANDLED else "in_work"

    def complete(self, event_id: str) -> None:
        """Note that the event is handled."""
        self._client.set(self._prefix + event_id, _HANDLED, px=_milliseconds(self._keep))

    def release(self, event_id: str, token: str) -> None:
        """Give a claim back."""
        self._client.eval(_RELEASE, 1, self._prefix + event_id, _IN_WORK + token)


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))


def _text(value: object) -> str:
    """What a client gives: bytes, or text where it was made with ``decode_responses=True``."""
    return value.decode() if isinstance(value, bytes) else str(value)
