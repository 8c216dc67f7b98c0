"""Merging two accounts of a program."""

from itertools import pairwise

import pytest

from tests.sandbox.service import Json, Service, accepted, refused
from vinr.sandbox import Program

MERGE = "/loyalty/accounts/merge"


def merge(service: Service, source: Json, target: Json) -> Json:
    return accepted(service.post(MERGE, {"source": source["id"], "target": target["id"]}))


def test_points_and_lifetime_points_move_to_the_target(service: Service) -> None:
    source, target = service.enrol("cust_1"), service.enrol("cust_2", metadata={"kept": "yes"})
    service.adjust(source, 900)
    service.adjust(source, -100)
    service.adjust(target, 300)
    survivor = merge(service, source, target)
    assert survivor == {**target, "balance": 1100, "lifetime_points": 1200, "tier": "silver"}
    assert service.account(target) == survivor
    emptied = service.account(source)
    assert (emptied["status"], emptied["balance"], emptied["lifetime_points"]) == ("merged", 0, 0)


def test_transactions_are_re_parented_and_keep_their_order(service: Service) -> None:
    source, target = service.enrol(), service.enrol()
    posted = [service.adjust(account, 1)["id"] for account in (source, target, source)]
    merge(service, source, target)
    entries = accepted(service.get("/loyalty/transactions", account=target["id"]))["data"]
    assert [entry["id"] for entry in entries] == posted[::-1]
    assert {entry["account"] for entry in entries} == {target["id"]}
    assert accepted(service.get("/loyalty/transactions", account=source["id"]))["data"] == []


def test_a_chain_of_merges_conserves_points(service: Service) -> None:
    accounts = [service.enrol() for _ in range(4)]
    for points, account in enumerate(accounts, 1):
        service.adjust(account, points * 10)
    for source, target in pairwise(accounts):
        merge(service, source, target)
    assert service.account(accounts[-1])["balance"] == 100
    assert service.sandbox.check() == []


def test_merging_frees_the_customer_of_the_source(service: Service) -> None:
    source, target = service.enrol("cust_1"), service.enrol("cust_2")
    merge(service, source, target)
    service.enrol("cust_1")


def test_a_merged_account_is_final(service: Service) -> None:
    source, target = service.enrol("cust_1"), service.enrol("cust_2")
    merge(service, source, target)
    path = f"/loyalty/accounts/{source['id']}"
    for action in ("/close", "/reopen"):
        refused(service.post(path + action), 422, "account_merged")
    refused(service.post(path, {"metadata": {"a": "b"}}), 422, "account_merged")
    entry = {"account": source["id"], "amount": 1}
    refused(service.post("/loyalty/transactions", entry), 422, "account_merged", "account")
    again = {"source": source["id"], "target": target["id"]}
    refused(service.post(MERGE, again), 422, "account_merged", "source")


def test_an_account_is_not_merged_into_itself(service: Service) -> None:
    account = service.enrol()
    body = {"source": account["id"], "target": account["id"]}
    refused(service.post(MERGE, body), 422, "parameter_invalid", "target")


def test_accounts_of_two_programs_are_not_merged(service: Service) -> None:
    service.sandbox.configure(program=Program(id="prog_other", name="Other"))
    here, there = service.enrol("cust_1"), service.enrol("cust_1", program="prog_other")
    body = {"source": here["id"], "target": there["id"]}
    refused(service.post(MERGE, body), 422, "parameter_invalid", "target")


def test_no_more_points_are_merged_than_there_are_numbers(service: Service) -> None:
    source, target = service.enrol(), service.enrol()
    service.adjust(source, 2**63 - 1)
    service.adjust(target, 1)
    body = {"source": source["id"], "target": target["id"]}
    error = refused(service.post(MERGE, body), 422, "parameter_invalid", "target")
    assert error["message"] == "The account would have more than 2**63 - 1 points."
    assert (service.account(source)["status"], service.account(target)["balance"]) == ("active", 1)


@pytest.mark.parametrize("missing", ["source", "target"])
def test_both_accounts_have_to_exist(service: Service, missing: str) -> None:
    account = service.enrol()["id"]
    body = {"source": account, "target": account}
    refused(service.post(MERGE, body | {missing: "loy_none"}), 404, "resource_missing", missing)
    del body[missing]
    refused(service.post(MERGE, body), 400, "parameter_missing", missing)


def test_merge_is_no_account_id(service: Service) -> None:
    refused(service.get(MERGE), 405, "method_not_allowed")
