"""Windows, and Pythons built without some modules: what they lack is hidden in a new process."""

from __future__ import annotations

import subprocess
import sys

import pytest

LACKING = """
import os, signal, sys
def lacks(module, *names):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
def lacks_modules(*names):
    sys.modules.update(dict.fromkeys(names))
"""
HIDE = {
    "fork": "lacks(os, 'fork', 'register_at_fork')",
    "signals": "lacks(signal, 'SIGALRM', 'setitimer', 'SIGHUP', 'SIGQUIT', 'pthread_sigmask')",
    "ctypes": "lacks_modules('_ctypes', 'ctypes')",
    "modules of unix": (
        "import select; lacks(select, 'poll');"
        "lacks_modules('fcntl', 'resource', 'pwd', 'grp', 'termios')"
    ),
}
HIDE["all of it"] = "; ".join(HIDE.values())

DAILY_WORK = """
import asyncio, os, sys, warnings
import vinr
from vinr import AsyncVinr, Vinr
from vinr.sandbox import Sandbox

async def asynchronous(url):
    async with AsyncVinr(secret_key="sk_test_1", base_url=url) as client:
        member, _ = await client.loyalty.accounts.get_or_create(
            program="prog_default", customer="cust_1"
        )
        return member.balance

with Sandbox() as sandbox, sandbox.serve() as url:
    with Vinr(secret_key="sk_test_1", base_url=url, timeout=5, deadline=20) as client:
        member, _ = client.loyalty.accounts.get_or_create(program="prog_default", customer="cust_1")
        client.loyalty.transactions.create(account=member.id, amount=5)
        if hasattr(os, "fork"):
            warnings.simplefilter("ignore", DeprecationWarning)  # a fork has none of the threads
            child = os.fork()
            if not child:
                client.loyalty.accounts.retrieve(member.id)
                os._exit(0)
            assert os.waitpid(child, 0)[1] == 0
    with Vinr(secret_key="sk_test_1", base_url=url, engine="fast") as fast:
        for _ in range(2):
            fast.loyalty.accounts.retrieve(member.id)
    os.environ.update(VINR_SECRET_KEY="sk_test_1", VINR_BASE_URL=url)
    seen = vinr.LoyaltyAccount.retrieve(member.id)
    print(asyncio.run(asynchronous(url)), seen.points_balance)
"""


@pytest.mark.parametrize("hidden", HIDE.values(), ids=HIDE)
def test_both_dialects_and_the_sandbox_work(hidden: str) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", LACKING + hidden + DAILY_WORK],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout.strip(), run.stderr) == ("5 5", "")


@pytest.mark.parametrize("hidden", HIDE.values(), ids=HIDE)
def test_every_module_imports(hidden: str) -> None:
    every = """
import importlib, pkgutil
import vinr
for module in pkgutil.walk_packages(vinr.__path__, "vinr."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
    # mcp looks at the platform's name, so it would ask for what is hidden; it is there before
    before = "import mcp.server\n"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", before + LACKING + hidden + every],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
