"""Imports a purchase file with Celery: each partition is a task, in the processes of a worker.

    python -m examples.import_with_celery examples/purchases.csv

The command starts a worker for itself; further ones are started on any machine that has the same
folder, by ``celery --app examples.import_with_celery worker``. The key comes from VINR_SECRET_KEY,
the service from VINR_BASE_URL, the broker from CELERY_BROKER_URL.
"""

from __future__ import annotations

import argparse
import gc
import os
from pathlib import Path

from celery import Celery, group

from examples.celery_worker import running_worker
from examples.partitions import post, show, split
from examples.shared_rate import running_redis
from vinr import bulk

app = Celery("import_with_celery")
app.conf.update(
    # A task counts as done when it is done. Where its worker is killed it is delivered again, to
    # another one: a row that was posted is not posted twice.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
)


@app.task(
    name="post_partition",
    # VINR was away, or the task was delivered twice: later it goes on where it stopped
    autoretry_for=(bulk.BulkStoppedError, bulk.JournalInUseError),
    retry_backoff=True,
)
def post_partition(path: str, *, batch: str, program: str, rate: str) -> dict[str, int]:
    """The same work as anywhere else; its arguments are JSON."""
    redis_url = app.conf.broker_url
    return post(Path(path), batch=batch, program=program, redis_url=redis_url, rate=rate)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path, help="the purchase file, plain or gzipped")
    parser.add_argument("--program", default="prog_default")
    parser.add_argument("--work", type=Path, help="the partitions' folder; else beside the file")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--rate", default="25/s burst 50", help="what VINR grants the key")
    arguments = parser.parse_args()

    work = arguments.work or Path(f"{arguments.path}.partitions")
    partitions = split(arguments.path, work.resolve(), arguments.workers)
    with running_redis() as redis_url:
        os.environ.update(CELERY_BROKER_URL=redis_url, CELERY_RESULT_BACKEND=redis_url)
        with running_worker(__spec__.name, arguments.workers):
            job = {
                "batch": arguments.path.name,
                "program": arguments.program,
                "rate": arguments.rate,
            }
            tasks = [post_partition.s(str(path), **job) for path in partitions]
            show(group(tasks)().get())
            gc.collect()  # a result that is freed tells Redis, so let it while there is one


if __name__ == "__main__":
    main()
