"""The client: options, connections and the resources that use them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self, Unpack, cast, overload

from pydantic import BaseModel, JsonValue
from typing_extensions import TypeVar

from .._calls.request import Body, Document, Method, QueryValue, request
from .._config import (
    AsyncHTTPClient,
    EngineName,
    Options,
    Overrides,
    Portable,
    SecretText,
    Timeout,
    TimeoutTypes,
    asks_for_log,
    resolve_base_url,
    resolve_key,
)
from .._headers import checked_headers
from .._keywords import names_near_keywords
from .._middleware import Middleware, checked_middleware
from .._protocol.call_context import SharedLimits
from .._protocol.log import log_to_standard_error
from .._protocol.raw_response import LastAttempt, RawResponse
from .._protocol.retry import RetryEvent
from .._secret import Secret
from .._transport.forks import start_anew_in_child
from ..webhooks import Webhook
from ._concurrency import AsyncClosing
from .connections import AsyncConnections
from .driver import AsyncDriver
from .events import AsyncEvents
from .first_use import on_first_use
from .loyalty import AsyncLoyalty
from .loyalty_accounts import AsyncLoyaltyAccounts
from .points_transactions import AsyncPointsTransactions

if TYPE_CHECKING:
    import httpx

    from .customers import AsyncCustomers
    from .earning_rules import AsyncEarningRules
    from .redemptions import AsyncRedemptions
    from .rewards import AsyncRewards
    from .store_credit import AsyncStoreCredits
    from .tiers import AsyncTiers
    from .webhook_endpoints import AsyncWebhookEndpoints

ModelT = TypeVar("ModelT", bound=BaseModel)
T = TypeVar("T")


@names_near_keywords
class AsyncVinr(AsyncClosing):
    """A client of VINR's loyalty API; make one and share it among tasks and requests.

    ``loyalty.accounts`` enrols, finds, corrects, merges, closes and reopens members,
    ``loyalty.transactions`` posts to the ledger and reads it: VINR's guide. ``loyalty_accounts``
    and ``points_transactions`` are the same members and ledger as VINR's reference has them.
    ``events`` has what happened; ``webhooks`` checks signatures. Beside them stand programs,
    rewards, redemptions, earning rules, store credit and analytics in ``loyalty``, and customers,
    tiers, rewards, redemptions, earning rules, store credit and webhook endpoints as the reference
    has them.

    Args:
        secret_key: ``sk_…`` or ``rk_…``; ``VINR_SECRET_KEY`` if left out. A test key goes to VINR's
            sandbox host, a live key to the live one.
        base_url: Everything up to and including ``/v1``; ``VINR_BASE_URL`` if left out, else by the
            key.
        api_version: A date as YYYY-MM-DD, sent as ``Vinr-Version``.
        allow_http: True lets a test key go unencrypted to a host that is not this machine.
        timeout: Seconds for one attempt, or a ``Timeout``; None for no limit.
        deadline: Seconds for one call, all its attempts and the waits between them.
        max_retries: How many more attempts after the first, 0 to 20.
        on_retry: Told before each wait; a plain function of a ``RetryEvent``.
        default_headers: Go along with every request.
        middleware: Objects that are told of every call, and may add headers.
        http_client: An httpx.AsyncClient of your own, which you also close.
        engine: ``httpx``, or ``fast``: a compiled engine, with the extra ``fast``.

    Raises:
        ConfigurationError: Options that cannot work: no key, a publishable key, plain http to
            another machine.

    Example:
        ```python
        async with AsyncVinr() as client:  # the key comes from VINR_SECRET_KEY
            member, created = await client.loyalty.accounts.get_or_create(
                program="prog_default", customer="cust_1"
            )
        ```

    Source: VINR's guide for keys, hosts and versions; the rest is our choice.
    """

    # the classes stand here for tools that look at this class, such as help() and create_autospec
    loyalty: AsyncLoyalty = cast("AsyncLoyalty", AsyncLoyalty)
    """The guide's dialect."""
    loyalty_accounts: AsyncLoyaltyAccounts = cast("AsyncLoyaltyAccounts", AsyncLoyaltyAccounts)
    """The reference's dialect: members."""
    points_transactions: AsyncPointsTransactions = cast(
        "AsyncPointsTransactions", AsyncPointsTransactions
    )
    """The reference's dialect: the ledger."""
    events: AsyncEvents = cast("AsyncEvents", AsyncEvents)
    """What happened, in both dialects."""
    customers: AsyncCustomers = on_first_use("customers", "AsyncCustomers")
    """The reference's dialect: the people and companies behind members."""
    tiers: AsyncTiers = on_first_use("tiers", "AsyncTiers")
    """The reference's dialect: the steps that members climb."""
    rewards: AsyncRewards = on_first_use("rewards", "AsyncRewards")
    """The reference's dialect: what points buy."""
    redemptions: AsyncRedemptions = on_first_use("redemptions", "AsyncRedemptions")
    """The reference's dialect: what was redeemed."""
    earning_rules: AsyncEarningRules = on_first_use("earning_rules", "AsyncEarningRules")
    """The reference's dialect: what gives points."""
    store_credit: AsyncStoreCredits = on_first_use("store_credit", "AsyncStoreCredits")
    """The reference's dialect: money that customers can spend in the store."""
    webhook_endpoints: AsyncWebhookEndpoints = on_first_use(
        "webhook_endpoints", "AsyncWebhookEndpoints"
    )
    """Where events are sent to."""
    webhooks: type[Webhook] = Webhook
    """Signatures of webhooks; sends nothing."""

    def __init__(
        self,
        *,
        secret_key: str | SecretText | None = None,
        base_url: str | None = None,
        api_version: str | None = None,
        allow_http: bool = False,
        timeout: TimeoutTypes = 30.0,
        deadline: float | None = None,
        max_retries: int = 2,
        on_retry: Callable[[RetryEvent], object] | None = None,
        default_headers: Mapping[str, str] | None = None,
        middleware: Sequence[Middleware] = (),
        http_client: AsyncHTTPClient | None = None,
        engine: EngineName = "httpx",
    ) -> None:
        secret, secret_key = Secret(secret_key), None  # so that no traceback shows it
        key = resolve_key(secret)
        options = Options(
            secret_key=key,
            base_url=resolve_base_url(base_url, key, allow_http=allow_http),
            api_version=api_version,
            timeout=Timeout.of(timeout),
            deadline=deadline,
            max_retries=max_retries,
            on_retry=on_retry,
            default_headers=checked_headers(default_headers),
            middleware=checked_middleware(middleware),
            engine=engine,
            allow_http=allow_http,
            key_from_environment=secret.is_missing,
            base_url_given=base_url is not None,
        )
        if asks_for_log():
            log_to_standard_error()
        limits = SharedLimits()
        start_anew_in_child(limits)
        self._use(AsyncDriver(options, AsyncConnections(options, http_client), limits))

    def with_options(self, **overrides: Unpack[Overrides]) -> Self:
        """A view on the same connections under other options; closing it closes those.

        Args:
            overrides: ``timeout``, ``deadline``, ``max_retries``, ``api_version``, ``on_retry``,
                ``default_headers`` and ``middleware``; each takes the place of the client's own.

        Raises:
            ConfigurationError: An option that cannot work.

        Example:
            ```python
            quick = client.with_options(timeout=5, max_retries=0)
            ```

        Source: our choice.
        """
        view = object.__new__(type(self))
        view._use(self._driver.with_options(self._driver.options.with_overrides(overrides)))
        return view

    @overload
    async def request(
        self,
        method: Method,
        path: str,
        *,
        json: Body | None = None,
        form: Body | None = None,
        query: Mapping[str, QueryValue] | None = None,
        expect: None = None,
        idempotency_key: str | None = None,
    ) -> JsonValue: ...
    @overload
    async def request(
        self,
        method: Method,
        path: str,
        *,
        json: Body | None = None,
        form: Body | None = None,
        query: Mapping[str, QueryValue] | None = None,
        expect: type[ModelT],
        idempotency_key: str | None = None,
    ) -> ModelT: ...
    async def request(
        self,
        method: Method,
        path: str,
        *,
        json: Body | None = None,
        form: Body | None = None,
        query: Mapping[str, QueryValue] | None = None,
        expect: type[BaseModel] | None = None,
        idempotency_key: str | None = None,
    ) -> BaseModel | JsonValue:
        """What no resource models, with the retries, key and errors of every call.

        Args:
            method: ``GET``, ``POST`` or ``DELETE``.
            path: Goes on behind the base URL, ids in it as they are.
            json: The body in the guide's dialect.
            form: The body in the reference's dialect.
            query: Parameters of the URL.
            expect: The pydantic model that the answer is; plain JSON data if left out.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: A path that could lead elsewhere, or a body that is no JSON;
                nothing was sent.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Example:
            ```python
            document = await client.request("GET", "/loyalty/accounts", query={"limit": 1})
            ```

        Source: our choice.
        """
        call = request(
            method,
            path,
            json=json,
            form=form,
            query=query,
            expect=Document if expect is None else expect,
            idempotency_key=idempotency_key,
        )
        result = await self._driver.send(call)
        return result.value if expect is None and isinstance(result, Document) else result

    async def with_raw_response(self, call: Callable[[Self], Awaitable[T]]) -> RawResponse[T]:
        """The response beside the result; of several requests the last one's.

        Args:
            call: A function of the client that makes one call.

        Raises:
            InvalidRequestError: The function made no call.
            VinrError: As the call itself raises it, with ``last_response``.

        Example:
            ```python
            raw = await client.with_raw_response(lambda c: c.loyalty.accounts.retrieve(account))
            print(raw.status_code, raw.headers["content-type"], raw.parsed.id)
            ```

        Source: our choice.
        """
        last = LastAttempt()
        view = self.with_options(middleware=[*self._driver.options.middleware, last])
        return last.beside(await call(view))

    async def close(self) -> None:
        """Closes the connections; calls after that raise APIConnectionError."""
        await self._driver.connections.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        driver: AsyncDriver | None = vars(self).get("_driver")
        if driver is None:  # a traceback shows it while its options are refused
            return f"<{type(self).__name__}, not made>"
        return f"<{type(self).__name__} for {driver.options.base_url}>"

    def __copy__(self) -> NoReturn:
        raise TypeError(
            "a client is not copied, since its connections are shared: use the same one everywhere,"
            " or client.with_options(…) for a view of it with other options"
        )

    def __deepcopy__(self, _: object) -> NoReturn:
        self.__copy__()

    def __reduce__(self) -> tuple[object, ...]:
        """Travels without its key and connections: the other process has its own."""
        if self._driver.connections.are_callers:
            raise TypeError("a client with an http_client of your own cannot be pickled")
        options, overrides = self._driver.options.portable()
        return _revive, (type(self), options, overrides)

    def _use(self, driver: AsyncDriver) -> None:
        self._driver = driver
        self.loyalty = AsyncLoyalty(driver)
        self.loyalty_accounts = AsyncLoyaltyAccounts(driver)
        self.points_transactions = AsyncPointsTransactions(driver)
        self.events = AsyncEvents(driver)


def client_over(transport: httpx.AsyncBaseTransport, client: AsyncVinr) -> AsyncVinr:
    """The client, with this in the place of the network: for the sandbox."""
    # no argument of the public constructor, since http_client= is for callers
    connections = client._driver.connections  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    connections.transport = transport
    return client


def _revive(cls: type[AsyncVinr], options: Portable, overrides: Overrides) -> AsyncVinr:
    return cls(**options, **overrides)
