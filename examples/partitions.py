"""A purchase file in partitions, each of which any process can import on its own.

All rows of a member are in one partition, so that they go in their order. The work is the same
whoever does it: ``import_with_dask.py`` and ``import_with_celery.py`` differ in the engine alone.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from zlib import crc32

from examples.import_purchases import posting
from examples.shared_rate import rate_limited_client
from vinr import Vinr, bulk


def split(path: Path, folder: Path, count: int) -> list[Path]:
    """Writes the partitions; the same file and count give the same ones, on every machine."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"partition-{number}-of-{count}.csv" for number in range(1, count + 1)]
    unpack = gzip.open if path.suffix == ".gz" else open
    with unpack(path, "rt", newline="") as source, ExitStack() as stack:
        rows = csv.DictReader(source)
        files = [stack.enter_context(each.open("w", newline="")) for each in paths]
        writers = [csv.DictWriter(file, rows.fieldnames or ()) for file in files]
        for writer in writers:
            writer.writeheader()
        for row in rows:
            # not hash(), which is another one in every process
            writers[crc32(row["customer"].encode()) % count].writerow(row)
    return paths


def post(partition: Path, *, batch: str, program: str, redis_url: str, rate: str) -> dict[str, int]:
    """Posts one partition, with its journal beside it; how many rows came to what.

    ``batch`` names the whole work: what an earlier run refused is known by it without its journal,
    also where the file was split otherwise.
    """
    with (
        rate_limited_client(redis_url, rate) as http_client,
        Vinr(http_client=http_client) as client,
    ):
        result = bulk.adjust(
            client,
            partition,
            program=program,
            key="InvoiceNo",
            batch=batch,
            order_by="date",
            convert=posting,
            workers=4,  # the partitions are side by side already
        )
    return {
        "members": result.members,
        "posted": result.posted + result.already_there,
        "refused": result.rejected,
        "skipped": result.skipped,
        "points": result.points,
        "changes": result.posted + result.members_created,
    }


def show(counts: Iterable[dict[str, int]]) -> None:
    """All partitions together, as a line of JSON."""
    totals = Counter[str]()
    for each in counts:
        totals.update(each)
    print(json.dumps(totals))
