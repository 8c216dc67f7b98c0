# Generated from vinr/_async/client.py by scripts/generate_sync.py. Do not edit.
"""The client: options, connections and the resources that use them."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from ..config import EngineName, Options, Overrides, Secret, Timeout, resolve_base_url, resolve_key
from ..transport.log import log_as_asked
from ..transport.retry import RetryEvent
from ..transport.traffic import Traffic
from ..webhooks import Webhook
from .driver import Driver
from .loyalty import Loyalty
from .loyalty_accounts import LoyaltyAccounts
from .points_transactions import PointsTransactions
from .pool import Pool

if TYPE_CHECKING:
    import httpx

    from .exchange import Exchanges


class Vinr:
    """A client of VINR's loyalty API; make one and share it among tasks and requests.

    ``secret_key`` and ``base_url`` fall back to ``VINR_SECRET_KEY`` and ``VINR_BASE_URL``; a
    test key goes to VINR's sandbox host, a live key to the live one. ``timeout`` is seconds for
    one attempt (or a ``Timeout``), ``deadline`` seconds for one call with all its attempts and
    waits. ``on_retry`` is told before each wait. ``http_client`` is an httpx.Client of
    your own, which you also close; ``engine="fast"`` sends over a compiled engine instead, with
    the extra ``fast``. Raises ConfigurationError for options that cannot work.
    """

    loyalty: Loyalty
    """The guide's dialect."""
    loyalty_accounts: LoyaltyAccounts
    """The reference's dialect: members."""
    points_transactions: PointsTransactions
    """The reference's dialect: the ledger."""
    webhooks: type[Webhook] = Webhook
    """Signatures of webhooks; sends nothing."""

    def __init__(
        self,
        *,
        secret_key: str | None = None,
        base_url: str | None = None,
        api_version: str | None = None,
        timeout: float | Timeout = 30.0,
        deadline: float | None = None,
        max_retries: int = 2,
        on_retry: Callable[[RetryEvent], object] | None = None,
        http_client: httpx.Client | None = None,
        engine: EngineName = "httpx",
    ) -> None:
        secret, secret_key = Secret(secret_key), None  # so that no traceback shows it
        key = resolve_key(secret)
        options = Options(
            secret_key=key,
            base_url=resolve_base_url(base_url, key),
            api_version=api_version,
            timeout=Timeout.of(timeout),
            deadline=deadline,
            max_retries=max_retries,
            on_retry=on_retry,
            engine=engine,
            key_from_environment=secret.is_missing,
            base_url_given=base_url is not None,
        )
        log_as_asked()
        self._use(Driver(options, Pool(http_client, options), Traffic()))

    def with_options(self, **overrides: Unpack[Overrides]) -> Self:
        """A view on the same connections under other options; closing it closes those.

        Takes ``timeout``, ``deadline``, ``max_retries``, ``api_version`` and ``on_retry``.
        """
        view = object.__new__(type(self))
        view._use(self._driver.with_options(self._driver.options.with_overrides(overrides)))
        return view

    def close(self) -> None:
        """Closes the connections; calls after that raise APIConnectionError."""
        self._driver.pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        driver: Driver | None = vars(self).get("_driver")
        if driver is None:  # a traceback shows it while its options are refused
            return f"<{type(self).__name__}, not made>"
        return f"<{type(self).__name__} for {driver.options.base_url}>"

    def __reduce__(self) -> tuple[object, ...]:
        """Travels without its key and connections: the other process has its own."""
        if self._driver.pool.given is not None:
            raise TypeError("a client with an http_client of your own cannot be pickled")
        base_url, overrides = self._driver.options.portable()
        return _revive, (type(self), base_url, self._driver.options.engine, overrides)

    def _use(self, driver: Driver) -> None:
        self._driver = driver
        self.loyalty = Loyalty(driver)
        self.loyalty_accounts = LoyaltyAccounts(driver)
        self.points_transactions = PointsTransactions(driver)


def answered_by(sender: Exchanges, client: Vinr) -> Vinr:
    """The client, with all its requests handed to this: the sandbox's way in process."""
    # no argument of the public constructor, and of no use to others
    client._driver.pool.given = sender  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    return client


def _revive(
    cls: type[Vinr], base_url: str | None, engine: EngineName, overrides: Overrides
) -> Vinr:
    return cls(base_url=base_url, engine=engine, **overrides)
