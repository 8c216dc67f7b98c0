"""The scenario as data: what is called, step by step, and the answer to each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, Final

Json = dict[str, Any]

FILE: Final = Path(__file__).with_name("scenario.json")
_OUTCOMES: Final = frozenset({"answers", "page", "refused", "lost", "replayed"})


@dataclass(frozen=True)
class Step:
    """One call of a client (``call``), or one thing told to the control side (``tell``)."""

    name: str
    call: str | None
    tell: str | None
    given: Json
    outcome: Json
    """As a caller gives it: ``answers``, ``page``, ``refused`` or ``lost``; ``replayed``."""


@dataclass(frozen=True)
class Scenario:
    """The file. ``$ada`` stands for what ``names`` says of it: a part of an id."""

    seed: str
    programs: list[Json]
    steps: list[Step]


def read(path: Path = FILE) -> Scenario:
    """The file, with its names filled in."""
    text = path.read_text("utf-8")
    names: Mapping[str, str] = json.loads(text)["names"]
    written: Json = json.loads(Template(text).substitute(names))
    return Scenario(
        written["seed"], written["programs"], [_step(each) for each in written["steps"]]
    )


def _step(written: Json) -> Step:
    outcome = {key: value for key, value in written.items() if key in _OUTCOMES}
    return Step(
        written["step"], written.get("call"), written.get("tell"), written.get("with", {}), outcome
    )
