"""The instructions of the Dockerfile, with those of its build stages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_INSTRUCTION: Final = re.compile(r"^([A-Z]+) +(.+)$")


def instructions() -> list[tuple[str, str]]:
    """Each with its arguments, in order, continued lines put together."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    matches = [_INSTRUCTION.match(line.strip()) for line in lines]
    return [(match[1], match[2]) for match in matches if match is not None]


def arguments(name: str) -> list[str]:
    """Of every instruction of this name."""
    return [given for instruction, given in instructions() if instruction == name]


def words(instruction: str) -> list[str]:
    """The one command of ``ENTRYPOINT`` or ``HEALTHCHECK``, which stands there as a JSON list."""
    (given,) = arguments(instruction)
    command: list[str] = json.loads(given[given.index("[") :])
    return command
