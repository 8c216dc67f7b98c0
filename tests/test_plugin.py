"""The fixtures that the package brings to other projects' tests, here and in runs of their own."""

from __future__ import annotations

import httpx
import pytest

from vinr import AsyncVinr, Vinr
from vinr.sandbox import Sandbox

pytest_plugins = ["pytester"]


@pytest.fixture
def another_project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has this package's plugin, and not all that this project's own tests need."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:schemathesis -p no:hypothesispytest -p no:ddtrace")
    pytester.makeini("[pytest]\nfilterwarnings = error\n")


def test_the_client_is_answered_in_process(vinr_client: Vinr, vinr_sandbox: Sandbox) -> None:
    member = vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_1")
    vinr_sandbox.simulate.payment_completed(customer="cust_1", amount=5, payment="pay_1")
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 5


async def test_the_async_client_shares_the_state(
    vinr_async_client: AsyncVinr, vinr_client: Vinr
) -> None:
    member = await vinr_async_client.loyalty.accounts.create(program="prog_default")
    assert vinr_client.loyalty.accounts.retrieve(member.id) == member


def test_the_url(vinr_sandbox_url: str, vinr_client: Vinr) -> None:
    member = vinr_client.loyalty.accounts.create(program="prog_default")
    answer = httpx.get(
        f"{vinr_sandbox_url}/loyalty/accounts/{member.id}", headers={"X-Api-Key": "sk_test_1"}
    )
    assert answer.json()["id"] == member.id


def test_every_test_has_a_store_of_its_own(vinr_client: Vinr) -> None:
    assert vinr_client.loyalty.accounts.list().data == []


def test_each_test_has_a_sandbox_of_its_own(
    pytester: pytest.Pytester, another_project: None
) -> None:
    pytester.makepyfile(
        """
        import httpx
        import pytest

        @pytest.mark.parametrize("time", [1, 2, 3])
        def test_one(vinr_sandbox, vinr_client, vinr_sandbox_url, time):
            assert list(vinr_client.loyalty.accounts.list()) == []
            vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_1")
            key = {"x-api-key": "sk_test_1"}
            page = httpx.get(f"{vinr_sandbox_url}/loyalty/accounts", headers=key).json()
            assert [member["customer"] for member in page["data"]] == ["cust_1"]
        """
    )
    pytester.runpytest_subprocess("-n", "2").assert_outcomes(passed=3)


def test_async_tests_share_the_state(pytester: pytest.Pytester, another_project: None) -> None:
    pytester.makepyfile(
        """
        import asyncio
        import pytest

        @pytest.mark.anyio
        @pytest.mark.parametrize("anyio_backend", ["asyncio"])
        async def test_one(vinr_client, vinr_async_client, anyio_backend):
            member = await vinr_async_client.loyalty.accounts.create(program="prog_default")
            assert vinr_client.loyalty.accounts.retrieve(member.id) == member

        def test_without_a_plugin(vinr_async_client):
            async def one():
                return await vinr_async_client.loyalty.accounts.create(program="prog_default")
            assert asyncio.run(one()).balance == 0
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=2)


def test_options_come_from_a_fixture(pytester: pytest.Pytester, another_project: None) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.fixture
        def vinr_sandbox_options():
            from vinr.sandbox import Program
            return {"programs": [Program(id="prog_x", name="X", welcome_bonus=5)], "seed": 1}

        def test_one(vinr_client):
            member = vinr_client.loyalty.accounts.create(program="prog_x")
            assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 5
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_a_broken_ledger_is_an_error_of_the_test(
    pytester: pytest.Pytester, another_project: None
) -> None:
    pytester.makepyfile(
        """
        import sqlite3
        import pytest

        @pytest.fixture
        def vinr_sandbox_options(tmp_path):
            return {"path": tmp_path / "members.sqlite"}

        def test_one(vinr_client, tmp_path):
            member = vinr_client.loyalty.accounts.create(program="prog_default")
            vinr_client.loyalty.transactions.create(account=member.id, amount=5)
            db = sqlite3.connect(tmp_path / "members.sqlite")
            with db:
                db.execute("UPDATE accounts SET balance = 6")
            db.close()
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*loy_*: balance is 6, its entries sum up to 5*"])


def test_a_test_may_close_its_sandbox(pytester: pytest.Pytester, another_project: None) -> None:
    pytester.makepyfile("def test_one(vinr_sandbox): vinr_sandbox.close()")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


@pytest.mark.parametrize(("setting", "errors"), [("true", 1), ("false", 0)])
def test_unused_faults_are_reported_on_request(
    pytester: pytest.Pytester, another_project: None, setting: str, errors: int
) -> None:
    pytester.makeini(f"[pytest]\nvinr_faults_used = {setting}\n")
    pytester.makepyfile(
        """
        from vinr.sandbox import LoseReply

        def test_one(vinr_sandbox):
            vinr_sandbox.faults.add("transactions.create", LoseReply())
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1, errors=errors)
    if errors:
        result.stdout.fnmatch_lines(["*transactions.create: LoseReply()*"])


def test_the_plugin_loads_nothing_before_a_fixture_is_used(
    pytester: pytest.Pytester, another_project: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_one():
            loaded = {name for name in sys.modules if name.split(".")[0] == "vinr"}
            assert loaded == {"vinr", "vinr._version", "vinr.testing", "vinr.testing.plugin"}
            assert not {"httpx", "pydantic", "tenacity"} & set(sys.modules)
        """
    )
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # others load what they need
    outcome = pytester.runpytest_subprocess("-p", "vinr.testing.plugin")
    outcome.assert_outcomes(passed=1)
