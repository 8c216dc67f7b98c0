"""The reference's dialect: what is printed there, and the member seen through both dialects."""

import re
import subprocess
from urllib.parse import urlencode

import pytest

from tests.sandbox.service import FORM, Json, Service, accepted, reference_id, refused
from vinr.sandbox import Sandbox

ACCOUNTS = "/loyalty-accounts"
ENTRIES = "/points-transactions"


def without_id_and_time(account: Json) -> Json:
    assert re.fullmatch(r"la_[A-Za-z0-9]+", account["id"])
    assert isinstance(account["created"], int)
    return {**account, "id": "la_4Kp9bQ", "created": 1716300000}


PRINTED: Json = {
    "id": "la_4Kp9bQ",
    "customer": "cust_8aZ2",
    "points_balance": 0,
    "tier": "tier_bronze",
    "programme_id": "prog_default",
    "created": 1716300000,
}
SILVER: Json = {"id": "tier_silver", "name": "Silver", "min_points": 1000}


def test_every_printed_answer(service: Service) -> None:
    created = accepted(
        service.form(ACCOUNTS, ("customer", "cust_8aZ2"), ("programme_id", "prog_default"))
    )
    assert without_id_and_time(created) == PRINTED
    credit = [("loyalty_account", created["id"]), ("amount", "1250"), ("type", "credit")]
    accepted(service.form(ENTRIES, *credit))
    path = f"{ACCOUNTS}/{created['id']}"

    expanded = accepted(service.raw("GET", f"{path}?expand[]=tier"))
    assert without_id_and_time(expanded) == {**PRINTED, "points_balance": 1250, "tier": SILVER}
    listed = accepted(service.get(ACCOUNTS, customer="cust_8aZ2", limit=10))
    [member] = listed.pop("data")
    assert without_id_and_time(member) == {**PRINTED, "points_balance": 1250, "tier": "tier_silver"}
    assert listed == {"object": "list", "has_more": False}
    updated = accepted(service.form(path, ("tier", "tier_gold")))
    assert without_id_and_time(updated) == {**PRINTED, "points_balance": 1250, "tier": "tier_gold"}


def test_the_printed_curl_commands(sandbox: Sandbox) -> None:
    def curl(url: str, *arguments: str) -> str:
        command = ["curl", "--silent", url, "-H", "X-Api-Key: sk_test_curl", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    with sandbox.serve() as url:
        created = curl(
            f"{url}/loyalty-accounts", "-d", "customer=cust_8aZ2", "-d", "programme_id=prog_default"
        )
        account_id = re.findall(r'"id":"(la_[A-Za-z0-9]+)"', created)[0]
        posted = curl(
            f"{url}/loyalty/transactions",
            *("-X", "POST", "-H", "Content-Type: application/json", "-d"),
            f'{{ "account": "loy_{account_id[3:]}", "type": "adjust",'
            ' "amount": 500, "reason": "goodwill_credit" }',
        )
        assert '"reason":"goodwill_credit"' in posted
        shown = curl(f"{url}/loyalty-accounts/{account_id}?expand[]=tier")
        assert '"points_balance":500,"tier":{"id":"tier_bronze","name":"Bronze"' in shown
        updated = curl(f"{url}/loyalty-accounts/{account_id}", "-X", "POST", "-d", "tier=tier_gold")
        assert '"tier":"tier_gold"' in updated
        listed = curl(f"{url}/loyalty-accounts?customer=cust_8aZ2&limit=10")
        assert listed == f'{{"object":"list","data":[{updated}],"has_more":false}}'


def test_the_default_programme_is_used_where_none_is_named(service: Service) -> None:
    assert accepted(service.form(ACCOUNTS, ("customer", "c")))["programme_id"] == "prog_default"


def test_parameters_are_named_as_the_dialect_names_them(service: Service) -> None:
    unknown = service.form(ACCOUNTS, ("customer", "c"), ("programme_id", "prog_none"))
    refused(unknown, 404, "resource_missing", "programme_id")
    guides = service.form(ACCOUNTS, ("customer", "c"), ("program", "prog_default"))
    refused(guides, 400, "parameter_unknown", "program")
    refused(service.form(ACCOUNTS), 400, "parameter_missing", "customer")
    entry = [("loyalty_account", "la_none"), ("amount", "5"), ("type", "credit")]
    refused(service.form(ENTRIES, *entry), 404, "resource_missing", "loyalty_account")
    refused(service.form(ENTRIES, *entry[1:]), 400, "parameter_missing", "loyalty_account")


def test_the_error_names_the_existing_account_in_its_own_dialect(service: Service) -> None:
    first = accepted(service.form(ACCOUNTS, ("customer", "cust_1")))
    again = service.form(ACCOUNTS, ("customer", "cust_1"))
    error = refused(again, 409, "account_already_exists", "customer")
    assert error["resource"] == first["id"]


def test_a_credit_is_an_adjustment_of_the_guide(service: Service) -> None:
    account = service.enrol()
    pairs = [("loyalty_account", reference_id(account)), ("type", "credit"), ("amount", "70")]
    credit = accepted(service.form(ENTRIES, *pairs, ("reason", "a & b = c")))
    assert credit.pop("id").startswith("pt_")
    assert isinstance(credit.pop("created"), int)
    assert credit == {
        "loyalty_account": reference_id(account),
        "amount": 70,
        "type": "credit",
        "points_after": 70,
        "reason": "a & b = c",
    }
    [seen] = accepted(service.get("/loyalty/transactions", account=account["id"]))["data"]
    assert (seen["type"], seen["amount"], seen["reason"]) == ("adjust", 70, "a & b = c")
    debit = accepted(service.form(ENTRIES, pairs[0], ("type", "debit"), ("amount", "20")))
    assert (debit["type"], debit["amount"], debit["points_after"]) == ("debit", 20, 50)
    assert service.account(account)["balance"] == 50
    assert service.account(account)["lifetime_points"] == 70


def test_every_type_of_the_ledger_is_a_credit_or_a_debit(service: Service) -> None:
    account = service.enrol("cust_1")
    simulate = service.sandbox.simulate
    simulate.payment_completed(customer="cust_1", amount=100, payment="pay_1")
    simulate.redemption(account=account["id"], points=10)
    simulate.expiry(account=account["id"], points=5)
    simulate.payment_refunded(payment="pay_1", amount=50)
    rows = accepted(service.get(ENTRIES, loyalty_account=reference_id(account)))["data"]
    assert [(row["type"], row["amount"], row["points_after"]) for row in rows[::-1]] == [
        ("credit", 100, 100),
        ("debit", 10, 90),
        ("debit", 5, 85),
        ("debit", 50, 35),
    ]
    debits = accepted(service.get(ENTRIES, type="debit", limit=2))
    assert [row["amount"] for row in debits["data"]] == [50, 5]
    assert debits["has_more"]


@pytest.mark.parametrize(
    "amount",
    ["0", "-5", "5.0", "", "five", "1e3", "\N{ARABIC-INDIC DIGIT FIVE}", str(2**63), "9" * 99],
)
def test_other_amounts_are_refused(service: Service, amount: str) -> None:
    account = reference_id(service.enrol())
    pairs = [("loyalty_account", account), ("amount", amount), ("type", "credit")]
    refused(service.form(ENTRIES, *pairs), 400, "parameter_invalid", "amount")


def test_a_debit_never_goes_below_zero(service: Service) -> None:
    pairs = [("loyalty_account", reference_id(service.enrol())), ("amount", "1"), ("type", "debit")]
    refused(service.form(ENTRIES, *pairs), 422, "insufficient_points", "amount")


def test_a_tier_set_through_one_dialect_shows_in_the_other(service: Service) -> None:
    account = service.enrol()
    path = f"{ACCOUNTS}/{reference_id(account)}"
    accepted(service.form(path, ("tier", "gold")))
    assert service.account(account)["tier"] == "gold"
    accepted(service.post(f"/loyalty/accounts/{account['id']}", {"tier": "silver"}))
    assert accepted(service.get(path))["tier"] == "tier_silver"


def test_either_id_names_the_member_through_either_dialect(service: Service) -> None:
    account = service.enrol()
    by_other_id = accepted(service.get(f"/loyalty/accounts/{reference_id(account)}"))
    assert by_other_id == account
    assert accepted(service.get(f"{ACCOUNTS}/{account['id']}"))["id"] == reference_id(account)
    older = service.get(ACCOUNTS, starting_after=service.enrol()["id"])
    assert [row["id"] for row in accepted(older)["data"]] == [reference_id(account)]


HOSTILE = [
    "a[b]",
    "a]",
    "[",
    "]",
    "[]",
    "a&b=c",
    "100%",
    "%5B",
    "+",
    " ",
    "emoji 🎁",
    "é",
    "k" * 9999,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_metadata_comes_through_forms_unchanged(service: Service, text: str) -> None:
    metadata = {text: text, "empty": ""}
    pairs = {f"metadata[{key}]": value for key, value in metadata.items()}
    body = urlencode({"customer": "cust_1", **pairs}).encode()
    created = accepted(service.raw("POST", ACCOUNTS, body, FORM))
    assert service.account("loy_" + created["id"][3:])["metadata"] == metadata


def test_metadata_in_metadata_is_refused(service: Service) -> None:
    answer = service.form(ACCOUNTS, ("customer", "cust_1"), ("metadata[a][b]", "v"))
    refused(answer, 400, "parameter_invalid", "metadata[a][b]")
