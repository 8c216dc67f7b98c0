"""``vinr sandbox serve``: the sandbox over HTTP, until a signal ends it."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

import click

from ...sandbox import RateLimit
from ..output import until_closed
from .opening import opened

_EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - only compared with


@click.command()
@click.option(
    "--db", default=":memory:", help="Keep the state in this file; else in memory.", metavar="FILE"
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8321,
    show_default=True,
    help="The port; 0 picks a free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--allow-host",
    "allowed_hosts",
    multiple=True,
    metavar="NAME",
    help="Another name that leads to this machine, such as sandbox.example.com; repeatable.",
)
@click.option(
    "--open-control",
    is_flag=True,
    help="Let other machines use the control side and the inspector too, not the API alone.",
)
@click.option("--seed", help="The same ids and times in every run; time stands still.")
@click.option(
    "--rate-limit",
    type=click.FloatRange(min=0, min_open=True),
    help="Requests a second for each key, twice as many at once; VINR's sandbox has 25.",
)
def serve(
    *,
    db: str,
    port: int,
    host: str,
    allowed_hosts: tuple[str, ...],
    open_control: bool,
    seed: str | None,
    rate_limit: float | None,
) -> None:
    """Answer HTTP until SIGTERM or Ctrl-C.

    Every test key is good. The inspector, for the browser, is at the address that is printed.

    With another --host, other machines reach the API alone, by an address or by a name that public
    DNS does not have, such as sandbox or build.internal.

    \b
    Examples:
      vinr sandbox serve
      vinr sandbox serve --db members.sqlite --port 8000 --rate-limit 25
    """
    limit = None if rate_limit is None else RateLimit(rate_limit, max(1, round(2 * rate_limit)))
    if host not in ("127.0.0.1", "localhost", "::1"):
        _warn(host, open_control=open_control)
    with (
        _ended_by_signal() as ended,
        opened(path=db, seed=seed, rate_limit=limit) as sandbox,
    ):
        try:
            serving = sandbox.serve(
                port, host, allowed_hosts=allowed_hosts, open_control=open_control
            )
            with serving as url, sandbox.webhooks.keep_delivering():
                with until_closed():
                    click.echo(
                        f"The sandbox answers on {url} with any test key (sk_test_…).\n"
                        f"The inspector is at {url.removesuffix('/v1')}/_sandbox/"
                    )
                ended.wait()
        except (OSError, ValueError) as error:
            raise click.ClickException(_cannot_listen(host, port, error)) from None


def _cannot_listen(host: str, port: int, error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return (
            f"the sandbox cannot listen on port {port} of {host}: another program does, maybe"
            " another sandbox. End that one, or choose another port: --port 0 picks a free one"
        )
    return f"the sandbox cannot listen on port {port} of {host}: {error}"


def _warn(host: str, *, open_control: bool) -> None:
    where = "all addresses of this machine" if host in _EVERY_ADDRESS else host
    more = ", plan its faults and empty it" if open_control else ""
    click.echo(
        f"WARNING: the sandbox listens on {where}."
        f" Everyone who reaches it can read and change its members{more}.",
        err=True,
    )


@contextmanager
def _ended_by_signal() -> Generator[threading.Event]:
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, end) for number in numbers]
    try:
        yield ended
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
