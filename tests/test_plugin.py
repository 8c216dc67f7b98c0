"""The fixtures that the package brings to other projects' tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx

from vinr import AsyncVinr, Vinr
from vinr.sandbox import Sandbox


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


def test_another_project_pays_nothing_for_the_plugin(tmp_path: Path) -> None:
    (tmp_path / "test_theirs.py").write_text(
        "import sys\n"
        "def test_theirs():\n"
        "    assert not {'httpx', 'pydantic', 'vinr.sandbox', 'vinr.config'} & set(sys.modules)\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:anyio", "-p", "no:respx"]
    result = subprocess.run(
        [*command, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout
