"""``vinr members merge``: two accounts, or a plan that can be killed and run again anywhere."""

from __future__ import annotations

import csv
import json
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from tests.cli.conftest import Meanwhile, Run
from tests.cli.parsing import read
from vinr import Vinr
from vinr.loyalty import Account
from vinr.sandbox import LoseReply, Sandbox, Status

COMMAND: Final = [sys.executable, "-m", "vinr", "members", "merge"]


def enrol(client: Vinr, customer: str | None, points: int = 0) -> Account:
    account = client.loyalty.accounts.create(program="prog_default", customer=customer)
    if points:
        client.loyalty.transactions.create(account=account.id, amount=points)
    return client.loyalty.accounts.retrieve(account.id)


def plan(*pairs: tuple[str, str]) -> str:
    """A file with these merges, as CSV."""
    lines = ["source,target,reason", *(f"{source},{target},test" for source, target in pairs)]
    Path("plan.csv").write_text("\n".join(lines), "utf-8")
    return "plan.csv"


def total(client: Vinr) -> int:
    return sum(member.balance for member in client.loyalty.accounts.list(limit=100))


def test_it_shows_what_moves_and_merges(run: Run, member: Account, vinr_client: Vinr) -> None:
    other = enrol(vinr_client, "cust_2", 1_250)
    result = run("members", "merge", "cust_2", member.id, "--yes", "--format", "json")
    assert result.exit_code == 0
    [survivor] = read(result, "json")
    assert (survivor["id"], survivor["balance"], survivor["lifetime_points"]) == (
        member.id,
        1_750,
        1_750,
    )
    for said in ("1,250", "500", "1,750", other.id, member.id, "cust_2"):
        assert said in result.stderr


@pytest.mark.parametrize("format", ["jsonl", "csv", "table"])
def test_the_survivor_in_each_format(
    run: Run, member: Account, vinr_client: Vinr, format: str
) -> None:
    enrol(vinr_client, "cust_2", 250)
    result = run("members", "merge", "cust_2", "cust_1", "--yes", "--format", format)
    assert result.exit_code == 0
    assert member.id in result.stdout
    assert "750" in result.stdout


def test_it_asks_with_every_key(run: Run, member: Account, vinr_client: Vinr) -> None:
    other = enrol(vinr_client, "cust_2", 10)
    for arguments in ([other.id, member.id], ["--plan", plan((other.id, member.id))]):
        result = run("members", "merge", *arguments)
        assert result.exit_code == 2
        assert "add --yes" in result.stderr
    assert vinr_client.loyalty.accounts.retrieve(other.id) == other


def test_its_printed_command_settles_an_unknown_outcome(
    run: Run, service: Sandbox, member: Account, vinr_client: Vinr
) -> None:
    other = enrol(vinr_client, "cust_2", 10)
    service.faults.add("accounts.merge", [LoseReply()] * 3)
    lost = run("members", "merge", other.id, member.id, "--yes")
    assert lost.exit_code == 7
    settled = run(*lost.stderr.splitlines()[-1].split()[1:])
    assert (settled.exit_code, read(settled, "jsonl")[0]["balance"]) == (0, 510)


@pytest.mark.parametrize("by_plan", [False, True])
def test_what_is_posted_meanwhile_is_told(
    run: Run, member: Account, vinr_client: Vinr, meanwhile: Meanwhile, *, by_plan: bool
) -> None:
    other = enrol(vinr_client, "cust_2", 10)
    meanwhile["/loyalty/accounts/merge"] = partial(
        vinr_client.loyalty.transactions.create, account=member.id, amount=1_000
    )
    pair = (other.id, member.id)
    result = run("members", "merge", *(["--plan", plan(pair)] if by_plan else pair), "--yes")
    assert result.exit_code == 6
    assert ("had 510 points and have 1,510" if by_plan else "came to 1,510") in result.stderr
    [row] = read(result, "jsonl")
    assert row["points_after" if by_plan else "balance"] == 1_510


def test_a_plan(run: Run, member: Account, vinr_client: Vinr) -> None:
    sources = [enrol(vinr_client, None, points) for points in (1, 20, 300)]
    file = plan(*((source.id, member.id) for source in sources))
    result = run("members", "merge", "--plan", file, "--yes")
    assert result.exit_code == 0, result.stderr
    summary = {
        "merged": 3,
        "already_merged": 0,
        "rejected": 0,
        "points_before": 821,
        "points_after": 821,
        "conserved": True,
    }
    assert read(result, "jsonl") == [summary]
    assert "have 821 points, as before" in result.stderr
    again = run("members", "merge", "--plan", file, "--yes")
    assert again.exit_code == 0
    assert read(again, "jsonl") == [summary | {"merged": 0, "already_merged": 3}]
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 821
    assert not Path("plan.csv.rejects.csv").exists()


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "table"])
def test_its_summary_in_each_format(run: Run, member: Account, format: str) -> None:
    result = run("members", "merge", "--plan", plan(), "--yes", "--format", format)
    assert result.exit_code == 0
    if format == "table":
        assert "points_before" in result.stdout
    else:
        assert read(result, format)[0]["conserved"] in (True, "true")


@pytest.mark.usefixtures("service")
def test_a_plan_without_merges_asks_nobody(run: Run) -> None:
    result = run("members", "merge", "--plan", plan())
    assert result.exit_code == 0, result.stderr
    assert "plan.csv plans no merges; there is nothing to do." in result.stderr


def test_what_fails_is_rejected_and_the_rest_is_done(
    run: Run, member: Account, vinr_client: Vinr
) -> None:
    closed, good = enrol(vinr_client, "cust_2", 30), enrol(vinr_client, "cust_3", 4)
    vinr_client.loyalty.accounts.close(closed.id)
    pairs = [(closed.id, member.id), ("loy_nobody", member.id), (good.id, member.id)]
    file = plan(*pairs)
    result = run("members", "merge", "--plan", file, "--yes")
    assert result.exit_code == 6
    assert "2 of 3 merges failed: see plan.csv.rejects.csv" in result.stderr
    assert read(result, "jsonl")[0]["merged"] == 1
    with Path("plan.csv.rejects.csv").open(encoding="utf-8") as lines:
        rejects = list(csv.DictReader(lines))
    assert [(row["source"], row["target"]) for row in rejects] == pairs[:2]
    assert [row["error_code"] for row in rejects] == ["account_closed", "resource_missing"]
    assert all(row["error_message"] for row in rejects)

    # what was mended is a plan again
    vinr_client.loyalty.accounts.reopen(closed.id)
    run("members", "merge", "--plan", "plan.csv.rejects.csv", "--yes")
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 534


@pytest.mark.parametrize(("faults", "code"), [([Status(429)] * 3, 75), ([LoseReply()] * 3, 7)])
def test_what_stops_a_plan_is_told_and_the_next_run_goes_on(
    run: Run,
    service: Sandbox,
    member: Account,
    vinr_client: Vinr,
    faults: list[Status | LoseReply],
    code: int,
) -> None:
    sources = [enrol(vinr_client, None, 5) for _ in range(3)]
    file = plan(*((source.id, member.id) for source in sources))
    service.faults.add("accounts.merge", faults)
    stopped = run("members", "merge", "--plan", file, "--yes")
    assert stopped.exit_code == code
    assert "run it again to go on: vinr members merge --plan plan.csv" in stopped.stderr
    again = run("members", "merge", "--plan", file, "--yes")
    assert again.exit_code == 0
    [summary] = read(again, "jsonl")
    assert (summary["merged"], summary["already_merged"]) == ((3, 0) if code == 75 else (2, 1))
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 515


def test_a_source_that_somebody_else_merged_is_refused(
    run: Run, member: Account, vinr_client: Vinr
) -> None:
    other, good = enrol(vinr_client, "cust_2", 30), enrol(vinr_client, "cust_3", 4)
    elsewhere = enrol(vinr_client, "cust_4")
    vinr_client.loyalty.accounts.merge(source=other.id, target=elsewhere.id)
    file = plan((other.id, member.id), (good.id, member.id))

    result = run("members", "merge", "--plan", file, "--yes")

    assert result.exit_code == 6
    [summary] = read(result, "jsonl")
    assert (summary["merged"], summary["already_merged"], summary["rejected"]) == (1, 0, 1)
    [reject] = csv.DictReader(Path("plan.csv.rejects.csv").read_text("utf-8").splitlines())
    assert (reject["source"], reject["error_code"]) == (other.id, "account_merged")
    assert "by somebody else" in reject["error_message"]


def test_a_plan_whose_target_was_changed_says_where_the_source_went(
    run: Run, member: Account, vinr_client: Vinr
) -> None:
    source, other = enrol(vinr_client, "cust_2", 30), enrol(vinr_client, "cust_3")
    run("members", "merge", "--plan", plan((source.id, other.id)), "--yes")

    result = run("members", "merge", "--plan", plan((source.id, member.id)), "--yes")

    assert result.exit_code == 6
    assert f"merged into {other.id}, by this plan" in Path("plan.csv.rejects.csv").read_text()


def test_a_merge_that_was_refused_unheard_is_tried_anew(
    run: Run, service: Sandbox, member: Account, vinr_client: Vinr
) -> None:
    source = enrol(vinr_client, "cust_2", 30)
    vinr_client.loyalty.accounts.close(source.id)
    file = plan((source.id, member.id))
    service.faults.add("accounts.merge", [LoseReply()] * 3)
    assert run("members", "merge", "--plan", file, "--yes").exit_code == 7
    vinr_client.loyalty.accounts.reopen(source.id)

    assert run("members", "merge", "--plan", file, "--yes").exit_code == 0
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 530


@pytest.mark.parametrize("written", ["half-a-", "key,merg"])
def test_half_a_line_in_the_record_of_a_plan_spoils_no_other(
    run: Run, service: Sandbox, member: Account, vinr_client: Vinr, written: str
) -> None:
    first, second = (enrol(vinr_client, None, 5) for _ in range(2))
    run("members", "merge", "--plan", plan((first.id, member.id)), "--yes")
    with Path("plan.csv.merged.csv").open("a", encoding="utf-8") as record:
        record.write(f"{first.id},{member.id},{written}")
    service.faults.add("accounts.merge", [LoseReply()] * 3)
    file = plan((first.id, member.id), (second.id, member.id))
    assert run("members", "merge", "--plan", file, "--yes").exit_code == 7

    result = run("members", "merge", "--plan", file, "--yes")

    assert result.exit_code == 0, result.stderr
    [summary] = read(result, "jsonl")
    assert (summary["merged"], summary["already_merged"]) == (0, 2)
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 510


def test_the_first_account_that_cannot_be_read_ends_it(run: Run, service: Sandbox) -> None:
    file = plan(*((f"loy_{number}", "loy_target") for number in range(300)))
    service.faults.add("accounts.retrieve", Status(403), times=400)
    result = run("members", "merge", "--plan", file, "--yes")
    assert (result.exit_code, result.stdout) == (4, "")
    assert sum(fault.times for fault in service.faults.pending()) > 200
    assert not Path("plan.csv.merged.csv").exists()
    service.faults.clear()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source\nloy_1", "line 1: there is no column target"),
        ("from,to\nloy_1,loy_2", "no column source and no column target"),
        ("source,target\nloy_1,", "line 2: source and target are"),
        ("source,target\nloy_1,loy_1", "line 2: loy_1 cannot go into itself"),
        ("source,target\nloy_1,loy_2\nloy_1,loy_3", "line 3: loy_1 went into loy_2 in line 2"),
        ("source,target\nloy_1,loy_2\nloy_3,loy_1", "line 3: loy_1 went into loy_2 in line 2"),
        (f"source,target\nloy_1,{'2' * 200_000}", "line 2: field larger than field limit"),
        ('source,target,reason\nloy_1,loy_2,"27 inch\nloy_3,loy_4,', "line 2: unexpected end"),
        ('{"source": "loy_1"}', "line 1: source and target are"),
        ('{"source": "loy_1", "target": "loy_2"}\n[]', "line 2: a line is an object"),
        ('{"source": "loy_1", "target": "loy_2"}\n{', "line 2: this is no JSON"),
    ],
)
def test_a_plan_is_checked_whole_before_anything_is_sent(
    run: Run, service: Sandbox, text: str, message: str
) -> None:
    service.faults.add("*", [Status(500)])
    Path("plan").write_text(text, "utf-8")
    result = run("members", "merge", "--plan", "plan", "--yes")
    assert result.exit_code == 2
    assert f"{message}" in result.stderr
    assert service.faults.pending()
    service.faults.clear()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_plan_that_a_spreadsheet_saved_again(
    run: Run, member: Account, vinr_client: Vinr, delimiter: str
) -> None:
    other = enrol(vinr_client, "cust_2", 30)
    lines = [
        ["score", "target", "source", "reason"],
        ["100", member.id, other.id, f'"two{delimiter}\r\nlines"'],
    ]
    text = "\r\n".join(delimiter.join(cells) for cells in lines)
    Path("plan.csv").write_bytes(text.encode("utf-8-sig"))
    assert run("members", "merge", "--plan", "plan.csv", "--yes").exit_code == 0
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 530


def test_a_plan_in_json_lines(run: Run, member: Account, vinr_client: Vinr) -> None:
    other = enrol(vinr_client, "cust_2", 30)
    planned = {"source": other.id, "target": member.id, "reason": "a line\u2028of hers"}
    line = json.dumps(planned, ensure_ascii=False)
    Path("plan.jsonl").write_text(f"{line}\n\n", "utf-8-sig")
    assert run("members", "merge", "--plan", "plan.jsonl", "--yes").exit_code == 0
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 530


@pytest.mark.parametrize("seed", range(3))
def test_killed_anywhere_and_run_again(service: Sandbox, vinr_client: Vinr, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - made-up data, no secrets
    targets = [enrol(vinr_client, f"cust_{number}", chance.randint(0, 99)) for number in range(5)]
    sources = [enrol(vinr_client, None, chance.randint(1, 99)) for _ in range(60)]
    before = total(vinr_client)
    pairs = [(source.id, chance.choice(targets).id) for source in sources]
    command = [*COMMAND, "--plan", plan(*pairs), "--yes"]
    service.faults.add("accounts.merge", [LoseReply(), Status(429)], probability=0.05, seed=seed)
    kills = sorted(chance.sample(range(1, 50), 3))
    for merges in kills:
        with subprocess.Popen(command) as process:
            while len(service.events.list(type="loyalty.account.merged")) < merges:
                time.sleep(0.001)
            process.kill()
        assert total(vinr_client) == before
    done = subprocess.run(command, capture_output=True, check=True)
    summary = json.loads(done.stdout)
    assert summary["merged"] + summary["already_merged"] == len(pairs)
    assert summary["already_merged"] >= kills[-1]
    assert summary["points_before"] == summary["points_after"]
    assert len(service.events.list(type="loyalty.account.merged")) == len(pairs)
    expected = {target.id: target.balance for target in targets}
    for source, (_, target) in zip(sources, pairs, strict=True):
        expected[target] += source.balance
    assert {id: vinr_client.loyalty.accounts.retrieve(id).balance for id in expected} == expected
    assert total(vinr_client) == before


def test_ctrl_c_says_how_to_go_on(service: Sandbox, vinr_client: Vinr) -> None:
    target = enrol(vinr_client, "cust_1")
    pairs = [(enrol(vinr_client, None, 1).id, target.id) for _ in range(20)]
    command = [*COMMAND, "--plan", plan(*pairs), "--yes"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while vinr_client.loyalty.accounts.retrieve(target.id).balance == 0:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.splitlines()[-1].endswith("vinr members merge --plan plan.csv")


def test_a_plan_that_cannot_be_read(run: Run, service: Sandbox) -> None:
    Path("plan.csv").write_bytes(b"source,target\n\xff\xfe\x00,loy_1\n")
    result = run("members", "merge", "--plan", "plan.csv")
    assert result.exit_code == 2
    assert "plan.csv cannot be read" in result.stderr


@pytest.mark.parametrize("words", [["loy_1", "loy_2"], ["--idempotency-key", "k"]])
def test_a_plan_takes_the_place_of_the_two(run: Run, service: Sandbox, words: list[str]) -> None:
    result = run("members", "merge", *words, "--plan", plan(("loy_1", "loy_2")))
    assert result.exit_code == 2
    assert "takes the place" in result.stderr
