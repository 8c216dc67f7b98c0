"""``vinr members merge``: one account into another, or a whole plan."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import click

from ... import VinrError
from ...export.csv_cells import csv_line
from ...loyalty import Account
from ..confirm import confirm
from ..exit_codes import ExitCode, exit_code_of
from ..failures import Failure, described, settled_by
from ..finding import DETAILS, find, program_option, row_of
from ..invocation import output_options, profile_option, say, yes_option
from ..output import write_one
from ..settings import Session, connected
from . import plan
from .carrying_out import Rejected, Result, carry_out, points_of, read_accounts
from .merge_record import MergeRecord

_RESULT = ("merged", "already_merged", "rejected", "points_before", "points_after", "conserved")


@click.command()
@click.argument("source", required=False)
@click.argument("target", required=False)
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Carry out a plan: CSV or JSONL with source and target, as `dupes` writes it.",
)
@program_option
@click.option(
    "--idempotency-key", metavar="KEY", help="For one merge; default: a new one.", default=None
)
@yes_option
@profile_option
@output_options
def merge(
    source: str | None,
    target: str | None,
    plan_file: Path | None,
    program: str | None,
    idempotency_key: str | None,
) -> None:
    """Move everything of the account SOURCE to TARGET, for good.

    SOURCE and TARGET are accounts' ids (loy_…) or customers' (cust_…), both active and of one
    program. Balance, lifetime points and ledger move; SOURCE ends merged, with 0 points. What will
    move is shown first, and the command asks with every key, also a test key.

    With --plan many are merged. The whole file is checked before the first merge. Where it was
    interrupted, or even killed, run it again: what it merged, by FILE.merged.csv, counts as done.
    The balances of all accounts are added up before and after. Lines that failed, also as somebody
    else had merged their source, are written with their reasons to FILE.rejects.csv, which is a
    plan again, and the exit code is 6.

    \b
    Examples:
      vinr members merge loy_dupOld loy_7Qk
      vinr members dupes --program prog_default --format csv > plan.csv
      vinr members merge --plan plan.csv --yes
    """
    if plan_file is not None:
        if source or target or idempotency_key:
            raise click.UsageError("--plan FILE takes the place of SOURCE, TARGET and their key")
        _merge_plan(plan_file)
    elif source and target:
        _merge_two(source, target, program, idempotency_key or str(uuid4()))
    else:
        raise click.UsageError("name SOURCE and TARGET, or --plan FILE")


def _merge_two(source: str, target: str, program: str | None, key: str) -> None:
    with connected() as session:
        old, kept = (find(session, member, program) for member in (source, target))
        confirm(
            f"Merge {old.id} into {kept.id}, for good",
            session.settings,
            details=_what_moves(old, kept),
            with_every_key=True,
        )
        with settled_by("--idempotency-key", key):
            survivor = session.client.loyalty.accounts.merge(
                source=old.id, target=kept.id, idempotency_key=key
            )
    write_one(row_of(survivor), DETAILS)
    replayed = survivor.last_response.replayed or old.status == "merged"
    if not replayed and survivor.balance != old.balance + kept.balance:
        raise Failure(
            f"{old.balance:,} and {kept.balance:,} points came to {survivor.balance:,}:"
            " look at the ledger for entries that were posted meanwhile",
            ExitCode.PARTIAL,
        )


def _what_moves(old: Account, kept: Account) -> str:
    points = old.balance + kept.balance
    lifetime_points = old.lifetime_points + kept.lifetime_points
    rows = [
        ("source", old.balance, old.lifetime_points, _named(old)),
        ("target", kept.balance, kept.lifetime_points, _named(kept)),
        ("after", points, lifetime_points, kept.id),
    ]
    lines = [f"{name:<6}  {has:>13,}  {ever:>15,}  {who}" for name, has, ever, who in rows]
    return "\n".join([f"{'points':>21}  lifetime points", *lines])


def _named(account: Account) -> str:
    owner = account.customer_id or "no customer"
    return f"{account.id} ({owner}, {account.status}, tier {account.tier_id or 'none'})"


def _merge_plan(file: Path) -> None:
    merges = plan.read(file)
    with connected() as session:
        accounts = read_accounts(session.client, merges)
        result = Result(points_of(accounts.values()))
        sources = [accounts[each.source] for each in merges if each.source in accounts]
        targets = {each.target for each in merges}
        if merges:
            confirm(
                f"Merge {len(merges)} accounts, for good",
                session.settings,
                details=f"{points_of(sources):,} points move into {len(targets)} accounts.",
                with_every_key=True,
            )
        else:
            say(f"{file} plans no merges; there is nothing to do.")
        _carry_out(session, merges, accounts, result, file)
        result.points_after = points_of(read_accounts(session.client, merges).values())
    write_one(
        {
            "merged": result.merged,
            "already_merged": result.already_merged,
            "rejected": len(result.rejected),
            "points_before": result.points_before,
            "points_after": result.points_after,
            "conserved": result.conserved,
        },
        _RESULT,
    )
    if not result.conserved:
        raise Failure(
            f"the accounts of the plan had {result.points_before:,} points and have"
            f" {result.points_after:,}: look at their ledgers for entries posted meanwhile",
            ExitCode.PARTIAL,
        )
    say(f"The accounts of the plan have {result.points_after:,} points, as before.")
    if result.rejected:
        raise Failure(
            f"{len(result.rejected)} of {len(merges)} merges failed: see {_rejects(file)}",
            ExitCode.PARTIAL,
        )


def _carry_out(
    session: Session,
    merges: Sequence[plan.PlannedMerge],
    accounts: dict[str, Account],
    result: Result,
    file: Path,
) -> None:
    resume = f"run it again to go on: vinr members merge --plan {shlex.quote(str(file))}"
    try:
        with MergeRecord(file) as record:
            carry_out(session.client, merges, accounts, record, result)
    except VinrError as error:
        done = f"{result.merged + result.already_merged} of {len(merges)} are merged"
        raise Failure(f"{described(error)}\n{done}; {resume}", exit_code_of(error)) from None
    except KeyboardInterrupt:
        raise Failure(f"interrupted; {resume}", ExitCode.INTERRUPTED) from None
    finally:
        _write_rejects(_rejects(file), result.rejected)


def _rejects(file: Path) -> Path:
    return file.with_name(f"{file.name}.rejects.csv")


def _write_rejects(path: Path, rejected: Sequence[Rejected]) -> None:
    if not rejected:
        path.unlink(missing_ok=True)  # of an earlier run
        return
    lines = [csv_line(("source", "target", "reason", "error_code", "error_message"))]
    for each in rejected:
        merge = each.merge
        cells = (merge.source, merge.target, merge.reason, each.error_code, each.error_message)
        lines.append(csv_line(cells))
    part = path.with_name(f"{path.name}.part")
    part.write_text("".join(lines), "utf-8")
    part.replace(path)
