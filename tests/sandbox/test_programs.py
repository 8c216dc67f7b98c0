"""Programs: tiers, the welcome bonus, the default one, changes at run time."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.sandbox.service import Service, accepted, refused
from vinr.sandbox import Program, Sandbox, Tier

CLUB = Program(
    id="prog_club",
    name="Club",
    tiers=[Tier(id="tier_a", name="A"), Tier(id="tier_b", name="B", min_points=10)],
    welcome_bonus=25,
)


def test_a_welcome_bonus_shows_on_the_next_read_only(service: Service) -> None:
    service.sandbox.configure(program=CLUB)
    account = service.enrol(program="prog_club")
    assert (account["balance"], account["lifetime_points"], account["tier"]) == (0, 0, "tier_a")
    after = service.account(account)
    assert (after["balance"], after["lifetime_points"], after["tier"]) == (25, 25, "tier_b")
    [bonus] = accepted(service.get("/loyalty/transactions", account=account["id"]))["data"]
    assert (bonus["type"], bonus["amount"]) == ("earn", 25)
    assert bonus["origin"] == {"type": "rule", "id": "loyalty.account.created"}


def test_a_program_without_tiers(service: Service) -> None:
    service.sandbox.configure(program=Program(id="prog_flat", name="Flat"))
    account = service.enrol(program="prog_flat", expand=["tier"])
    assert account["tier"] is None


def test_programs_are_put_and_listed_over_http(service: Service) -> None:
    url = service.http.base_url.copy_with(path="/_sandbox/programs")
    body = {"id": "prog_new", "name": "New", "welcome_bonus": 5, "default": True}
    put = accepted(service.http.post(url, json=body))
    assert put["tiers"] == []
    assert put["points_per_unit"] == 1
    old, new = accepted(service.http.get(url))["data"]
    assert (old["id"], old["default"], new) == ("prog_default", False, put)
    created = accepted(service.form("/loyalty-accounts", ("customer", "cust_1")))
    assert created["programme_id"] == "prog_new"
    wrong = service.http.post(url, json={**body, "welcome_bonus": -1})
    refused(wrong, 400, "parameter_invalid", "welcome_bonus")
    assert accepted(service.http.get(url.copy_with(path="/_sandbox/health"))) == {"status": "ok"}


def test_replacing_a_program_changes_the_tiers_of_its_members(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 100)
    tiers = [Tier(id="tier_x", name="X", min_points=100)]
    service.sandbox.configure(program=Program(id="prog_default", name="Other", tiers=tiers))
    assert service.account(account)["tier"] == "tier_x"


def test_programs_given_at_the_start_are_the_only_ones(tmp_path: Path) -> None:
    with Sandbox(programs=[CLUB]) as sandbox, sandbox.client() as client:
        assert client.loyalty.accounts.create(program="prog_club").tier_id == "tier_a"
        assert sandbox.simulate.payment_completed(amount=1) is None
    path = tmp_path / "members.sqlite"
    with Sandbox(path, programs=[CLUB]):
        pass
    with Sandbox(path) as sandbox, sandbox.client() as client:
        assert client.loyalty.accounts.create(program="prog_club").balance == 0


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (CLUB.model_copy(update={"name": "Other"}), "two programs have the id 'prog_club'"),
        (Program(id="prog_b", name="B", default=True), "prog_club and prog_b"),
    ],
)
def test_programs_that_cannot_be_together(other: Program, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Sandbox(programs=[CLUB.model_copy(update={"default": True}), other])


def test_a_program_that_is_not_there_is_told_those_that_are(service: Service) -> None:
    service.sandbox.configure(program=CLUB)
    answer = service.post("/loyalty/accounts", {"program": "prog_none"})
    error = refused(answer, 404, "resource_missing", "program")
    assert error["message"] == "No such program; there are: prog_default, prog_club."


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "with space"},
        {"welcome_bonus": -1},
        {"points_per_unit": 0},
        {"expiry_months": 0},
        {"unknown": 1},
        {"tiers": [Tier(id="a", name="A"), Tier(id="a", name="B")]},
        {"tiers": [Tier(id="a", name="A"), Tier(id="b", name="a")]},
    ],
)
def test_programs_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Program.model_validate({"id": "prog_1", "name": "One", **wrong})
