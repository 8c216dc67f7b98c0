"""Imports a purchase file with Dask: each partition is a task, on any worker.

    python -m examples.import_with_dask examples/purchases.csv

The workers are processes of this machine; give ``Client`` the address of a scheduler for those of a
cluster. A worker that dies costs nothing: Dask gives its partition to another one, and what was
posted is found in the journal or the ledger. The key comes from VINR_SECRET_KEY, the service from
VINR_BASE_URL.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from dask import config
from distributed import Client, LocalCluster

from examples.partitions import post, show, split
from examples.shared_rate import running_redis


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path, help="the purchase file, plain or gzipped")
    parser.add_argument("--program", default="prog_default")
    parser.add_argument("--work", type=Path, help="the partitions' folder; else beside the file")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--rate", default="25/s burst 50", help="what VINR grants the key")
    arguments = parser.parse_args()

    # Dask's profiler can lock up older releases of CPython 3.11 where a task has threads
    config.set({"distributed.worker.profile.enabled": False})
    work = arguments.work or Path(f"{arguments.path}.partitions")
    partitions = split(arguments.path, work, arguments.workers)
    with (
        running_redis() as redis_url,
        LocalCluster(
            n_workers=arguments.workers, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        Client(cluster) as dask,
    ):
        job = partial(
            post,
            batch=arguments.path.name,
            program=arguments.program,
            redis_url=redis_url,
            rate=arguments.rate,
        )
        tasks = dask.map(job, partitions, pure=False)  # not pure: it is for its effect
        show(dask.gather(tasks))


if __name__ == "__main__":
    main()
