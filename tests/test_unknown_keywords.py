"""A misspelt keyword is refused by a TypeError that names the near one, wherever it is passed."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import create_autospec

import pytest

import vinr
import vinr.sandbox
from vinr import AsyncVinr, Vinr
from vinr.sandbox import Sandbox

KEY = "sk_test_never_in_a_frame"

# what is misspelt here is not for type checkers, which find it too
untyped: Any = vinr
boxes: Any = vinr.sandbox

Misspelt = Callable[[Any], object]

ON_A_CLIENT: dict[str, tuple[Misspelt, str]] = {
    "accounts.list": (lambda c: c.loyalty.accounts.list(customer_id="cust_1"), "customer"),
    "accounts.create": (lambda c: c.loyalty.accounts.create(programme="prog_default"), "program"),
    "accounts.get_or_create": (
        lambda c: c.loyalty.accounts.get_or_create(program="p", customer_id="cust_1"),
        "customer",
    ),
    "accounts.retrieve": (lambda c: c.loyalty.accounts.retrieve("loy_1", expands=[]), "expand"),
    "accounts.update": (lambda c: c.loyalty.accounts.update("loy_1", tier_id="gold"), "tier"),
    "accounts.close": (
        lambda c: c.loyalty.accounts.close("loy_1", idempotency="k"),
        "idempotency_key",
    ),
    "accounts.merge": (lambda c: c.loyalty.accounts.merge(sources="a", target="b"), "source"),
    "transactions.create": (
        lambda c: c.loyalty.transactions.create(account="loy_1", amounts=1),
        "amount",
    ),
    "transactions.list": (lambda c: c.loyalty.transactions.list(account_id="loy_1"), "account"),
    "loyalty_accounts.create": (
        lambda c: c.loyalty_accounts.create(customer="c", program_id="p"),
        "programme_id",
    ),
    "loyalty_accounts.list": (lambda c: c.loyalty_accounts.list(customer_id="c"), "customer"),
    "points_transactions.list": (
        lambda c: c.points_transactions.list(loyalty_account_id="la_1"),
        "loyalty_account",
    ),
    "events.list": (lambda c: c.events.list(created_gt=None), "created_gte"),
    "with_options": (lambda c: c.with_options(max_retrys=1), "max_retries"),
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.mark.parametrize(("misspelt", "meant"), ON_A_CLIENT.values(), ids=ON_A_CLIENT)
async def test_of_a_call(sandbox: Sandbox, misspelt: Misspelt, meant: str) -> None:
    with pytest.raises(TypeError, match=rf"did you mean {meant}=\?"):
        misspelt(sandbox.client())
    with pytest.raises(TypeError, match=rf"did you mean {meant}=\?"):
        await _awaited(misspelt, sandbox.async_client())


async def _awaited(misspelt: Misspelt, client: AsyncVinr) -> object:
    result = misspelt(client)
    return await result if inspect.isawaitable(result) else result


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        (lambda: untyped.LoyaltyAccount.list(customer_id="c"), "customer"),
        (lambda: untyped.LoyaltyAccount.modify("la_1", tier_id="t"), "tier"),
        (lambda: untyped.PointsTransaction.list(account="la_1"), "loyalty_account"),
    ],
)
def test_at_module_level(
    misspelt: Callable[[], object], meant: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vinr, "default_client", sandbox.client())
    with pytest.raises(TypeError, match=rf"did you mean {meant}=\?"):
        misspelt()


MADE_OR_SIMULATED: list[tuple[Misspelt, str]] = [
    (lambda _: untyped.Vinr(secret=KEY), "secret_key"),
    (lambda _: untyped.AsyncVinr(secret_key=KEY, max_retry=1), "max_retries"),
    (lambda _: untyped.Timeout(connects=1), "connect"),
    (lambda _: boxes.Sandbox(seeds=1), "seed"),
    (lambda _: boxes.RateLimit(per_sec=1), "per_second"),
    (lambda _: boxes.Program(id="p", nam="P"), "name"),
    (lambda _: boxes.Tier(id="t", name="T", minpoints=1), "min_points"),
    (lambda _: boxes.Status(429, retryafter=1), "retry_after"),
    (lambda _: boxes.Slow(1, afters=True), "after"),
    (lambda _: untyped.Webhook.sign(b"", "whsec_1", timestamps=1), "timestamp"),
    (lambda box: box.client(deadlines=1), "deadline"),
    (lambda box: box.clock.advance(day=1), "days"),
    (lambda box: box.faults.add("accounts.create", boxes.Status(500), time=1), "times"),
    (lambda box: box.webhooks.add("http://127.0.0.1:1", secrets="whsec_1"), "secret"),
    (lambda box: box.simulate.payment_completed(customers="c", amount="1"), "customer"),
]


@pytest.mark.parametrize(("misspelt", "meant"), MADE_OR_SIMULATED)
def test_of_what_is_made_and_simulated(sandbox: Sandbox, misspelt: Misspelt, meant: str) -> None:
    with pytest.raises(TypeError, match=rf"did you mean {meant}=\?"):
        misspelt(sandbox)


def test_one_like_no_other_gets_all_that_are_known(sandbox: Sandbox) -> None:
    client: Any = sandbox.client()
    with pytest.raises(TypeError, match="'zzz'; it takes account, type, limit"):
        client.loyalty.transactions.list(zzz=1)


def test_a_key_by_position_is_told_its_name() -> None:
    with pytest.raises(TypeError, match=r"did you mean Vinr\(secret_key=…\)") as caught:
        untyped.Vinr(KEY)
    _assert_in_no_frame(caught.value)


def test_no_frame_of_vinr_holds_the_key() -> None:
    with pytest.raises(TypeError) as caught:
        untyped.Vinr(secret_key=KEY, timeouts=1)
    _assert_in_no_frame(caught.value)


def _assert_in_no_frame(error: BaseException) -> None:
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if "/vinr/" in frame.f_code.co_filename.replace("\\", "/"):
            assert KEY not in repr(frame.f_locals)


def test_tools_still_see_the_signatures() -> None:
    assert "secret_key" in inspect.signature(Vinr).parameters
    assert "customer" in inspect.signature(Vinr(secret_key=KEY).loyalty.accounts.list).parameters
    assert inspect.iscoroutinefunction(AsyncVinr(secret_key=KEY).loyalty.accounts.create)
    with pytest.raises(TypeError):
        create_autospec(Vinr(secret_key=KEY).loyalty.accounts).list(customer_id="c")


def test_an_argument_by_position_is_told_its_name(sandbox: Sandbox) -> None:
    client: Any = sandbox.client()
    with pytest.raises(TypeError, match=r"did you mean Accounts\.create\(program=…\)"):
        client.loyalty.accounts.create("prog_default")


async def test_an_argument_that_is_missing_is_told_as_python_does(sandbox: Sandbox) -> None:
    client: Any = sandbox.async_client()
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'program'"):
        await client.loyalty.accounts.create()


def test_a_subclass_may_pass_on_what_it_takes() -> None:
    class ShopClient(Vinr):
        def __init__(self, **options: Any) -> None:
            super().__init__(secret_key=KEY, **options)

    with ShopClient(max_retries=0) as client:
        assert isinstance(client, ShopClient)
    with pytest.raises(TypeError, match="max_retry"):
        ShopClient(max_retry=0)
