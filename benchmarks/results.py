"""What was measured, and the medians, spreads and ratios of it."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple, TypeAlias

from .roster import BASE


class Sample(NamedTuple):
    """One round of one library: seconds on the clock and of processor time, for one of it."""

    seconds: float
    processor: float


Samples: TypeAlias = dict[str, list[Sample]]
"""By library, in the order of the rounds."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a library costs before its first call, each in a fresh interpreter."""

    imported: list[float]
    """Seconds for the import alone, one a run."""
    ready: list[float]
    """Seconds for the import and the first client, one a run."""
    memory: int
    """Bytes of the process with one client, after one call."""
    walked: int
    """Bytes at most while and after a list of 100,000 items was read; 0 without lists."""


@dataclass(frozen=True, slots=True)
class Results:
    """One run of the benchmark."""

    date: str
    machine: str
    python: str
    versions: dict[str, str]
    samples: dict[str, Samples]
    starts: dict[str, Start]
    parts: dict[str, float]
    """Seconds that one part of a call takes by itself."""

    def write(self, path: Path) -> None:
        """As JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")

    @classmethod
    def read(cls, path: Path) -> Results:
        """What ``write`` wrote."""
        stored = json.loads(path.read_text("utf-8"))
        stored["starts"] = {name: Start(**start) for name, start in stored["starts"].items()}
        stored["samples"] = {
            measure: {name: [Sample(*sample) for sample in run] for name, run in samples.items()}
            for measure, samples in stored["samples"].items()
        }
        return cls(**stored)


def today() -> str:
    """The date, UTC."""
    return datetime.now(UTC).date().isoformat()


def machine() -> str:
    """The processor and how many of its cores there are; never a name of the machine's own."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        lines = cpuinfo.read_text("utf-8").splitlines()
        named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
        model = next(named, model)
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def seconds(run: list[Sample]) -> float:
    """The median on the clock."""
    return median(sample.seconds for sample in run)


def processor(run: list[Sample]) -> float:
    """The median of processor time."""
    return median(sample.processor for sample in run)


def ratio(samples: Samples, name: str, base: str = BASE) -> float | None:
    """The median of the rounds' ratios to the base; None where the base did not take part."""
    ratios = _ratios(samples, name, base)
    return median(ratios) if ratios else None


def spread(samples: Samples, name: str, base: str = BASE) -> tuple[float, float] | None:
    """The quartiles of the rounds' ratios; None for fewer than four rounds."""
    ratios = _ratios(samples, name, base)
    if len(ratios) < 4:
        return None
    low, _, high = quantiles(ratios)
    return low, high


def _ratios(samples: Samples, name: str, base: str) -> list[float]:
    pairs = zip(samples[name], samples.get(base, []), strict=False)
    return [one.seconds / other.seconds for one, other in pairs]
