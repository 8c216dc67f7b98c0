"""How many byte codes a call runs through: the same number on every machine, whatever else runs.

Work in C is not in it, which is why the guard looks at the clock too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(call: Callable[[], object]) -> int:
    """Byte codes of one call."""
    counter = _Counter()
    before = sys.gettrace()
    sys.settrace(counter.enter)
    try:
        call()
    finally:
        sys.settrace(before)
    return counter.count


class _Counter:
    def __init__(self) -> None:
        self.count = 0

    def enter(self, frame: FrameType, _event: str, _argument: Any) -> Callable[..., Any]:
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        return self._look

    def _look(self, _frame: FrameType, event: str, _argument: Any) -> Callable[..., Any]:
        self.count += event == "opcode"
        return self._look
