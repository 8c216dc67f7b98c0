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
    assert (account["balance"], account["lifetime_points"], account["tier"]) == (0, 0, "a")
    after = service.account(account)
    assert (after["balance"], after["lifetime_points"], after["tier"]) == (25, 25, "b")
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
    assert service.account(account)["tier"] == "x"


def test_programs_given_at_the_start_are_the_only_ones(tmp_path: Path) -> None:
    with Sandbox(programs=[CLUB]) as sandbox, sandbox.client() as client:
        assert client.loyalty.accounts.create(program="prog_club").tier_id == "a"
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
        {"tiers": [Tier(id="a", name="A", key="x"), Tier(id="b", name="B", key="x")]},
        {"tiers": [Tier(id="a", name="A"), Tier(id="b", name="B", key="a")]},
        {"tiers": [Tier(id="tier_a", name="A"), Tier(id="b", name="B", key="a")]},
        {"tiers": [{"id": "tier_a", "name": "A", "key": "with space"}]},
    ],
)
def test_programs_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Program.model_validate({"id": "prog_1", "name": "One", **wrong})


@pytest.mark.parametrize(
    ("tier", "key"),
    [
        (Tier(id="tier_gold", name="Gold"), "gold"),
        (Tier(id="gold", name="Gold"), "gold"),
        (Tier(id="tier_", name="Odd"), "tier_"),
        (Tier(id="tier_gold", name="Gold", key="au"), "au"),
    ],
)
def test_a_tier_has_a_key_of_its_own(tier: Tier, key: str) -> None:
    assert tier.key == key
    program = Program(id="prog_1", name="One", tiers=[tier])
    with Sandbox(programs=[program]) as sandbox, sandbox.client() as client:
        member = client.loyalty.accounts.create(program="prog_1", customer="cust_1")
        assert member.tier == key
        assert client.loyalty_accounts.list(customer="cust_1").data[0].tier == tier.id
        for name in (tier.key, tier.id, tier.name.upper()):
            assert client.loyalty.accounts.update(member.id, tier=name).tier == key


def test_a_default_key_gives_way_to_an_id(sandbox: Sandbox) -> None:
    tiers = [Tier(id="tier_gold", name="Gold"), Tier(id="gold", name="Old gold", min_points=9)]
    sandbox.configure(program=Program(id="prog_1", name="One", tiers=tiers))
    with sandbox.client() as client:
        member = client.loyalty.accounts.create(program="prog_1")
        assert member.tier == "tier_gold"
        assert client.loyalty.accounts.update(member.id, tier="gold").tier == "gold"
        assert client.loyalty.accounts.update(member.id, tier="tier_gold").tier == "tier_gold"


def test_an_unknown_tier_is_told_which_there_are(service: Service) -> None:
    account = service.enrol()
    answer = service.post(f"/loyalty/accounts/{account['id']}", {"tier": "platinum"})
    error = refused(answer, 400, "parameter_invalid", "tier")
    assert "bronze (tier_bronze), silver (tier_silver), gold (tier_gold)" in error["message"]
