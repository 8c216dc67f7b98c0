"""Follows one call through the package: the files and functions it visits, in order.

``python scripts/trace_call.py`` makes one POST that succeeds and one that is refused with 422,
against a sandbox on 127.0.0.1, and prints how many functions and files of ``vinr`` each runs
through and how often it moves from one file to another. ``--path`` prints every step.
The first call of a client makes its connection; the second one is traced.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Final

import vinr
from vinr import UnprocessableError, Vinr
from vinr.sandbox import Sandbox

PACKAGE: Final = Path(vinr.__file__).parent
_OTHERS: Final = PACKAGE / "sandbox"
_KEY: Final = "sk_test_1"


@dataclass
class Trace:
    """The functions of ``vinr`` that a call enters, in order."""

    steps: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """The file, below the package, and the function."""

    def of(self, call: Callable[[], object]) -> Trace:
        """Runs the call and notes each function it enters."""
        before = sys.getprofile()
        sys.setprofile(self._enter)
        try:
            call()
        finally:
            sys.setprofile(before)
        return self

    def _enter(self, frame: FrameType, event: str, _argument: object) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.is_relative_to(PACKAGE) and not path.is_relative_to(_OTHERS):
            self.steps.append((str(path.relative_to(PACKAGE)), frame.f_code.co_qualname))

    @property
    def summary(self) -> str:
        """Counts, for a table."""
        files = [file for file, _ in self.steps]
        moves = sum(here != there for here, there in pairwise(files))
        return (
            f"{len(set(self.steps))} functions in {len(set(files))} files,"
            f" {moves} moves between files"
        )


def main() -> None:
    """Prints both traces."""
    parser = argparse.ArgumentParser(description="Follows one call through the package.")
    parser.add_argument("--path", action="store_true", help="print every step too")
    arguments = parser.parse_args()
    with (
        Sandbox() as sandbox,
        sandbox.serve() as url,
        Vinr(secret_key=_KEY, base_url=url) as client,
    ):
        member = client.loyalty.accounts.create(program="prog_default")
        post = client.loyalty.transactions.create

        def refused() -> None:
            try:
                post(account=member.id, amount=-1_000_000)
            except UnprocessableError:
                return

        post(account=member.id, amount=1)
        refused()
        traces = {
            "POST": Trace().of(lambda: post(account=member.id, amount=500)),
            "422": Trace().of(refused),
        }
    for name, trace in traces.items():
        print(f"{name}: {trace.summary}")
        if arguments.path:
            print(*(f"  {file}: {function}" for file, function in trace.steps), sep="\n")


if __name__ == "__main__":
    main()
