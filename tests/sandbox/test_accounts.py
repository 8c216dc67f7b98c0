"""Accounts in the guide's dialect, rule by rule."""

import pytest

from tests.sandbox.service import Service, accepted, refused

ACCOUNTS = "/loyalty/accounts"


def test_create_answers_with_every_documented_field_and_no_other(service: Service) -> None:
    body = {
        "program": "prog_default",
        "customer": "cust_abc123",
        "metadata": {"signup_channel": "web"},
    }
    account = accepted(service.post(ACCOUNTS, body))
    assert account.pop("id").startswith("loy_")
    assert account == {
        **body,
        "status": "active",
        "balance": 0,
        "lifetime_points": 0,
        "tier": "bronze",
    }


def test_retrieve_gives_what_create_gave(service: Service) -> None:
    account = service.enrol()
    assert service.account(account) == account


def test_a_second_active_account_is_refused_with_the_id_of_the_first(service: Service) -> None:
    first = service.enrol("cust_1")
    body = {"program": "prog_default", "customer": "cust_1"}
    error = refused(service.post(ACCOUNTS, body), 409, "account_already_exists", "customer")
    assert error["resource"] == first["id"]


def test_a_customer_can_enrol_again_after_closing(service: Service) -> None:
    first = service.enrol("cust_1")
    accepted(service.post(f"{ACCOUNTS}/{first['id']}/close"))
    assert service.enrol("cust_1")["id"] != first["id"]


def test_there_can_be_any_number_of_anonymous_members(service: Service) -> None:
    ids = {accepted(service.post(ACCOUNTS, {"program": "prog_default"}))["id"] for _ in range(3)}
    assert len(ids) == 3


@pytest.mark.parametrize(
    ("body", "code", "param"),
    [
        ({}, "parameter_missing", "program"),
        ({"program": 7}, "parameter_invalid", "program"),
        ({"program": ""}, "parameter_invalid", "program"),
        ({"program": "prog_default", "customer": "with space"}, "parameter_invalid", "customer"),
        ({"program": "prog_default", "customer": ["c"]}, "parameter_invalid", "customer"),
        ({"program": "prog_default", "balance": 5}, "parameter_unknown", "balance"),
        ({"program": "prog_default", "metadata": {"k": 1}}, "parameter_invalid", "metadata[k]"),
        ({"program": "prog_default", "metadata": {"": "v"}}, "parameter_invalid", "metadata[]"),
        ({"program": "prog_default", "metadata": ["k"]}, "parameter_invalid", "metadata"),
        (
            {"program": "prog_default", "metadata": {str(n): "" for n in range(51)}},
            "parameter_invalid",
            "metadata",
        ),
        ({"program": "prog_default", "expand": ["program"]}, "parameter_invalid", "expand"),
    ],
)
def test_create_refuses_bad_parameters(
    service: Service, body: object, code: str, param: str
) -> None:
    refused(service.post(ACCOUNTS, body), 400, code, param)
    assert accepted(service.get(ACCOUNTS))["data"] == []


def test_an_unknown_program_is_missing(service: Service) -> None:
    response = service.post(ACCOUNTS, {"program": "prog_none"})
    refused(response, 404, "resource_missing", "program")


def test_metadata_is_merged_and_null_removes_a_key(service: Service) -> None:
    account = service.enrol(metadata={"a": "1", "b": "2"})
    body = {"metadata": {"b": None, "c": "3", "not there": None}}
    updated = accepted(service.post(f"{ACCOUNTS}/{account['id']}", body))
    assert updated["metadata"] == {"a": "1", "c": "3"}
    assert service.account(account) == updated


def test_metadata_never_grows_beyond_50_keys(service: Service) -> None:
    account = service.enrol(metadata={str(n): "" for n in range(50)})
    response = service.post(f"{ACCOUNTS}/{account['id']}", {"metadata": {"one more": ""}})
    refused(response, 400, "parameter_invalid", "metadata")


@pytest.mark.parametrize("tier", ["tier_gold", "gold", "Gold", "GOLD"])
def test_a_tier_is_set_by_key_id_or_name(service: Service, tier: str) -> None:
    account = service.enrol()
    updated = accepted(service.post(f"{ACCOUNTS}/{account['id']}", {"tier": tier}))
    assert updated["tier"] == "gold"


def test_an_unknown_tier_is_refused(service: Service) -> None:
    account = service.enrol()
    response = service.post(f"{ACCOUNTS}/{account['id']}", {"tier": "platinum"})
    refused(response, 400, "parameter_invalid", "tier")


@pytest.mark.parametrize(
    ("points", "tier"),
    [(999, "bronze"), (1000, "silver"), (4999, "silver"), (5000, "gold")],
)
def test_tiers_follow_lifetime_points(service: Service, points: int, tier: str) -> None:
    account = service.enrol()
    service.adjust(account, points)
    service.adjust(account, -points)
    assert service.account(account)["tier"] == tier


def test_a_tier_set_by_hand_holds_until_a_higher_one_is_earned(service: Service) -> None:
    account = service.enrol()
    accepted(service.post(f"{ACCOUNTS}/{account['id']}", {"tier": "silver"}))
    service.adjust(account, 4999)
    assert service.account(account)["tier"] == "silver"
    service.adjust(account, 1)
    assert service.account(account)["tier"] == "gold"


def test_a_member_moved_down_stays_down_until_promoted(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 1500)
    accepted(service.post(f"{ACCOUNTS}/{account['id']}", {"tier": "bronze"}))
    service.adjust(account, 100)
    assert service.account(account)["tier"] == "bronze"
    service.adjust(account, 4000)
    assert service.account(account)["tier"] == "gold"


def test_null_goes_back_to_the_earned_tier(service: Service) -> None:
    account = service.enrol()
    accepted(service.post(f"{ACCOUNTS}/{account['id']}", {"tier": "gold"}))
    updated = accepted(service.post(f"{ACCOUNTS}/{account['id']}", {"tier": None}))
    assert updated["tier"] == "bronze"


def test_a_customer_is_linked_and_stays_the_only_one(service: Service) -> None:
    anonymous = accepted(service.post(ACCOUNTS, {"program": "prog_default"}))
    path = f"{ACCOUNTS}/{anonymous['id']}"
    assert accepted(service.post(path, {"customer": "cust_1"}))["customer"] == "cust_1"
    other = service.enrol("cust_2")
    error = refused(
        service.post(path, {"customer": "cust_2"}), 409, "account_already_exists", "customer"
    )
    assert error["resource"] == other["id"]
    assert accepted(service.post(path, {"customer": None}))["customer"] is None
    service.enrol("cust_1")


def test_who_is_linked_already_and_a_closed_account_can_be_linked(service: Service) -> None:
    member, closed = service.enrol("cust_1"), service.enrol("cust_2")
    path = f"/loyalty/accounts/{closed['id']}"
    accepted(service.post(f"{path}/close"))
    for each in (member, closed):
        linked = service.post(f"/loyalty/accounts/{each['id']}", {"customer": "cust_1"})
        assert accepted(linked)["customer"] == "cust_1"
    refused(service.post(f"{path}/reopen"), 409, "account_already_exists", "customer")


def test_close_keeps_balance_and_history_and_can_be_undone(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 70)
    closed = accepted(service.post(f"{ACCOUNTS}/{account['id']}/close"))
    assert (closed["status"], closed["balance"], closed["lifetime_points"]) == ("closed", 70, 70)
    ledger = accepted(service.get("/loyalty/transactions", account=account["id"]))
    assert [entry["amount"] for entry in ledger["data"]] == [70]
    assert accepted(service.post(f"{ACCOUNTS}/{account['id']}/reopen"))["status"] == "active"


def test_what_a_closed_account_cannot_do(service: Service) -> None:
    account, other = service.enrol(), service.enrol()
    path = f"{ACCOUNTS}/{account['id']}"
    accepted(service.post(f"{path}/close"))
    refused(service.post(f"{path}/close"), 422, "account_closed")
    entry = {"account": account["id"], "amount": 1}
    refused(service.post("/loyalty/transactions", entry), 422, "account_closed", "account")
    for source, target, param in ((account, other, "source"), (other, account, "target")):
        body = {"source": source["id"], "target": target["id"]}
        refused(service.post(f"{ACCOUNTS}/merge", body), 422, "account_closed", param)


def test_an_active_account_cannot_be_reopened(service: Service) -> None:
    response = service.post(f"{ACCOUNTS}/{service.enrol()['id']}/reopen")
    refused(response, 422, "account_active")


def test_reopening_is_refused_while_there_is_another_active_account(service: Service) -> None:
    first = service.enrol("cust_1")
    accepted(service.post(f"{ACCOUNTS}/{first['id']}/close"))
    second = service.enrol("cust_1")
    response = service.post(f"{ACCOUNTS}/{first['id']}/reopen")
    error = refused(response, 409, "account_already_exists", "customer")
    assert error["resource"] == second["id"]


@pytest.mark.parametrize("action", ["", "/close", "/reopen"])
def test_an_unknown_account_is_missing(service: Service, action: str) -> None:
    refused(service.post(f"{ACCOUNTS}/loy_none{action}"), 404, "resource_missing", "id")
    refused(service.get(f"{ACCOUNTS}/ptx_none"), 404, "resource_missing", "id")
