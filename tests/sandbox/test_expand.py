"""Expand: customers, tiers and accounts in place of their ids."""

import pytest

from tests.sandbox.service import Json, Service, accepted, reference_id, refused

BRONZE = {"id": "tier_bronze", "name": "Bronze", "min_points": 0}
GUIDE_BRONZE = {"key": "bronze", **BRONZE}


def test_customer_and_tier_of_both_dialects(service: Service) -> None:
    service.sandbox.add_customer("cust_1", email="first@customer.test")
    account = service.enrol("cust_1", expand=["customer", "tier"])
    customer = {"id": "cust_1", "email": "first@customer.test"}
    assert (account["customer"], account["tier"]) == (customer, GUIDE_BRONZE)
    for path, tier, name in (
        (f"/loyalty/accounts/{account['id']}", GUIDE_BRONZE, "bronze"),
        (f"/loyalty-accounts/{reference_id(account)}", BRONZE, "tier_bronze"),
    ):
        shown = accepted(service.get(path, **{"expand[]": ["customer", "tier"]}))
        assert (shown["customer"], shown["tier"]) == (customer, tier)
        plain = accepted(service.get(path))
        assert (plain["customer"], plain["tier"]) == ("cust_1", name)


def test_a_customer_nobody_told_of_has_an_address_all_the_same(service: Service) -> None:
    account = service.enrol("cust_1", expand=["customer"])
    assert account["customer"] == {"id": "cust_1", "email": "cust_1@example.test"}


def test_lists_and_updates_expand_too(service: Service) -> None:
    account = service.enrol()
    [row] = accepted(service.get("/loyalty/accounts", **{"expand[]": "tier"}))["data"]
    assert row["tier"] == GUIDE_BRONZE
    body: Json = {"metadata": {}, "expand": ["tier"]}
    updated = accepted(service.post(f"/loyalty/accounts/{account['id']}", body))
    assert updated["tier"] == GUIDE_BRONZE


def test_nothing_stays_nothing(service: Service) -> None:
    body = {"program": "prog_default", "expand": ["customer"]}
    assert accepted(service.post("/loyalty/accounts", body))["customer"] is None


def test_dotted_paths_go_through_the_account(service: Service) -> None:
    account = service.enrol("cust_1")
    entry_id = "pt_" + service.adjust(account, 5)["id"].removeprefix("ptx_")
    paths = ["loyalty_account.tier", "loyalty_account.customer"]
    entry = accepted(service.get(f"/points-transactions/{entry_id}", **{"expand[]": paths}))
    assert entry["loyalty_account"]["id"] == reference_id(account)
    assert entry["loyalty_account"]["points_balance"] == 5
    assert entry["loyalty_account"]["tier"] == BRONZE
    assert entry["loyalty_account"]["customer"]["id"] == "cust_1"


@pytest.mark.parametrize(
    "path", ["program", "", ".", "tier.", "tier.name", "customer.tier", "Tier"]
)
def test_what_cannot_be_expanded(service: Service, path: str) -> None:
    response = service.get(f"/loyalty/accounts/{service.enrol()['id']}", **{"expand[]": path})
    error = refused(response, 400, "parameter_invalid", "expand")
    assert repr(path) in error["message"]
    assert "what can be" in error["message"]


def test_what_query_and_body_expand_adds_up(service: Service) -> None:
    account = service.enrol("cust_1")
    path = f"/loyalty/accounts/{account['id']}?expand[]=customer&expand[]=tier"
    updated = accepted(service.post(path, {"metadata": {}, "expand": ["tier"]}))
    assert updated["customer"]["id"] == "cust_1"
    assert updated["tier"] == GUIDE_BRONZE
    for wrong in ("tier", [["tier"]], [f"field_{number}" for number in range(200)]):
        body: Json = {"metadata": {}, "expand": wrong}
        refused(service.post(path, body), 400, "parameter_invalid", "expand")


@pytest.mark.parametrize("query", ["expand=tier&expand[]=customer", "expand=tier"])
def test_names_that_are_no_list(service: Service, query: str) -> None:
    account = service.enrol()
    response = service.raw("GET", f"/loyalty/accounts/{account['id']}?{query}")
    refused(response, 400, "parameter_invalid", "expand")


def test_names_in_the_body_and_what_is_no_list_in_the_query(service: Service) -> None:
    account = service.enrol()
    path = f"/loyalty/accounts/{account['id']}?expand=tier"
    refused(service.post(path, {"expand": ["tier"]}), 400, "parameter_invalid", "expand")
