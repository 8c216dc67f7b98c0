"""Programs and tiers as objects of the API, which both change the rules of members."""

from __future__ import annotations

import pytest

from tests.sandbox.service import Json, Service, accepted, refusal
from vinr.sandbox import Program, Tier


def test_a_program_of_the_guide_is_made_changed_and_listed(service: Service) -> None:
    made = accepted(service.post("/loyalty/programs", {"name": "Stars"}))
    assert made["currency"] == {
        "name": "Points",
        "pointValue": 1,
        "rounding": "down",
        "decimals": 0,
    }
    assert made["tierConfig"] == {"qualifyOn": "points", "period": None, "tiers": []}
    tiers = [{"name": "Gold", "threshold": 10}]
    path = f"/loyalty/programs/{made['id']}"
    changed = accepted(
        service.post(
            path,
            {
                "currency": {"rounding": "up"},
                "expiryMonths": 6,
                "tierConfig": {"tiers": tiers, "period": {"type": "fixed", "months": 12}},
            },
        )
    )
    assert (changed["name"], changed["expiryMonths"]) == ("Stars", 6)
    assert changed["currency"] == {**made["currency"], "rounding": "up"}
    assert changed["tierConfig"]["tiers"] == [{"name": "Gold", "rank": 1, "threshold": 10}]
    never = accepted(service.post(path, {"expiryMonths": None}))
    assert never == {**changed, "expiryMonths": None} == accepted(service.get(path))
    spending = accepted(service.post(path, {"tierConfig": {"qualifyOn": "spend"}}))
    assert spending == {**never, "tierConfig": {**never["tierConfig"], "qualifyOn": "spend"}}
    listed = accepted(service.get("/loyalty/programs"))
    assert [each["id"] for each in listed["data"]] == [made["id"], "prog_default"]
    assert refusal(service.get("/loyalty/programs/prog_none"))[:2] == (404, "resource_missing")


def test_a_tier_that_keeps_its_name_stays_the_same_tier(service: Service) -> None:
    config = {"tiers": [{"name": "Gold", "threshold": 10}]}
    body = {"name": "Stars", "tierConfig": config}
    program = accepted(service.post("/loyalty/programs", body))["id"]
    member = accepted(service.post("/loyalty/accounts", {"program": program}))
    accepted(service.post(f"/loyalty/accounts/{member['id']}", {"tier": "gold"}))
    config = {"tiers": [{"name": "Gold", "threshold": 20}, {"name": "Silver", "threshold": 5}]}
    accepted(service.post(f"/loyalty/programs/{program}", {"tierConfig": config}))
    assert accepted(service.get(f"/loyalty/accounts/{member['id']}"))["tier"] == "gold"
    twice = {"tiers": [{"name": "Gold"}, {"name": "gold"}]}
    answer = service.post(f"/loyalty/programs/{program}", {"tierConfig": twice})
    assert refusal(answer) == (422, "parameter_invalid", "tierConfig")


@pytest.mark.parametrize("names", [("銀", "金"), ("Gold", "Gold+"), ("★", "★★")])
def test_tiers_whose_names_have_no_keys_of_their_own(
    service: Service, names: tuple[str, str]
) -> None:
    tiers = [{"name": name, "threshold": number} for number, name in enumerate(names)]
    config = {"name": "Stars", "tierConfig": {"tiers": tiers}}
    program = accepted(service.post("/loyalty/programs", config))
    assert [each["name"] for each in program["tierConfig"]["tiers"]] == [*names]
    member = accepted(service.post("/loyalty/accounts", {"program": program["id"]}))
    path = f"/loyalty/accounts/{member['id']}"
    upper = accepted(service.post(path, {"tier": names[1]}))["tier"]
    assert upper != member["tier"]
    assert accepted(service.post(path, {"tier": upper}))["tier"] == upper


def test_tiers_are_listed_from_the_lowest_page_by_page(service: Service) -> None:
    made = accepted(
        service.form("/tiers", ("name", "Iron"), ("min_points", "500"), ("benefits[]", "tea"))
    )
    assert (made["program"], made["benefits"]) == ("prog_default", ["tea"])
    names = [each["name"] for each in accepted(service.get("/tiers"))["data"]]
    assert names == ["Bronze", "Iron", "Silver", "Gold"]
    walked: list[str] = []
    page: Json = {"data": [], "has_more": True}
    while page["has_more"]:
        cursor = {"starting_after": page["data"][-1]["id"]} if page["data"] else {}
        page = accepted(service.get("/tiers", limit=1, **cursor))
        walked += [each["name"] for each in page["data"]]
    assert walked == names
    before = accepted(service.get("/tiers", limit=2, ending_before="tier_gold"))
    assert ([each["name"] for each in before["data"]], before["has_more"]) == (
        ["Iron", "Silver"],
        True,
    )
    assert refusal(service.get("/tiers", starting_after="tier_none"))[0] == 400


def test_a_tier_that_is_lowered_is_reached(service: Service) -> None:
    member = service.enrol()
    service.adjust(member, 300)
    accepted(service.form("/tiers/tier_silver", ("min_points", "300"), ("name", "Argent")))
    assert accepted(service.get(f"/loyalty/accounts/{member['id']}"))["tier"] == "silver"
    assert accepted(service.get("/tiers/tier_silver"))["name"] == "Argent"
    taken = service.form("/tiers/tier_silver", ("name", "Gold"))
    assert refusal(taken) == (422, "parameter_invalid", "name")
    assert refusal(service.get("/tiers/tier_none")) == (404, "resource_missing", "id")


def test_a_program_can_count_what_was_spent_or_nothing(service: Service) -> None:
    tiers = [Tier(id="tier_top", name="Top", min_points=100)]
    for how, tier in (("spend", "top"), ("custom", None), ("points", None)):
        fields = {"id": f"prog_{how}", "name": how, "tiers": tiers, "points_per_unit": "0.5"}
        program = Program.model_validate({**fields, "qualify_on": how})
        service.sandbox.configure(program=program)
        member = service.enrol(f"cust_{how}", program=program.id)
        service.sandbox.simulate.payment_completed(
            amount="120.50", customer=f"cust_{how}", program=program.id
        )
        service.adjust(member, 30)  # points are no spending
        found = accepted(service.get(f"/loyalty/accounts/{member['id']}"))
        assert (found["balance"], found["tier"]) == (90, tier)
    program = Program(id="prog_spend", name="spend", tiers=tiers, qualify_on="custom")
    service.sandbox.configure(program=program)
    [found] = accepted(service.get("/loyalty/accounts", program="prog_spend"))["data"]
    assert found["tier"] is None
    assert service.sandbox.check() == []
