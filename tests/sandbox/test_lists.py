"""Lists: envelopes, limits, cursors that stay put while rows are added, filters."""

import pytest

from tests.sandbox.service import Json, Service, accepted, reference_id, refused

ACCOUNTS = "/loyalty/accounts"
LISTS = [ACCOUNTS, "/loyalty/transactions", "/loyalty-accounts", "/points-transactions", "/events"]


def ids(page: Json) -> list[str]:
    return [row["id"] for row in page["data"]]


def test_the_guides_envelope(service: Service) -> None:
    members = [service.enrol()["id"] for _ in range(3)]
    page = accepted(service.get(ACCOUNTS, limit=2))
    assert page["object"] == "list"
    assert ids(page) == [members[2], members[1]]
    assert page["page"] == {"has_more": True, "next_cursor": members[1], "total_estimate": 3}
    last = accepted(service.get(ACCOUNTS, limit=2, starting_after=members[1]))
    assert ids(last) == [members[0]]
    assert last["page"] == {"has_more": False, "next_cursor": None, "total_estimate": 3}


def test_the_references_envelope(service: Service) -> None:
    members = [reference_id(service.enrol()) for _ in range(3)]
    page = accepted(service.get("/loyalty-accounts", limit=2))
    assert set(page) == {"object", "data", "has_more"}
    assert (ids(page), page["has_more"]) == ([members[2], members[1]], True)
    last = accepted(service.get("/loyalty-accounts", limit=2, starting_after=members[1]))
    assert (ids(last), last["has_more"]) == ([members[0]], False)


@pytest.mark.parametrize(("path", "default"), [(ACCOUNTS, 25), ("/loyalty-accounts", 10)])
def test_default_limits(service: Service, path: str, default: int) -> None:
    for _ in range(default + 1):
        service.enrol()
    assert len(accepted(service.get(path))["data"]) == default


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "limit", ["0", "101", "-1", "1.0", "ten", "", "1e1", "\N{ARABIC-INDIC DIGIT THREE}", "9" * 30]
)
def test_limits_outside_1_to_100_are_refused(service: Service, path: str, limit: str) -> None:
    refused(service.get(path, limit=limit), 400, "parameter_invalid", "limit")


@pytest.mark.parametrize("path", LISTS)
def test_cursors_are_checked(service: Service, path: str) -> None:
    for cursor in ("starting_after", "ending_before"):
        for value in ("", "loy_none", "nonsense"):
            response = service.get(path, **{cursor: value})
            refused(response, 400, "parameter_invalid", cursor)
    both = service.get(path, starting_after="loy_1", ending_before="loy_2")
    refused(both, 400, "parameter_invalid", "ending_before")


@pytest.mark.parametrize("path", LISTS)
def test_unknown_parameters_are_refused(service: Service, path: str) -> None:
    refused(service.get(path, page=2), 400, "parameter_unknown", "page")


def test_pages_cover_every_row_once_while_rows_are_added(service: Service) -> None:
    before = [service.enrol()["id"] for _ in range(7)]
    seen = ids(page := accepted(service.get(ACCOUNTS, limit=3)))
    while page["page"]["has_more"]:
        service.enrol()
        cursor = page["page"]["next_cursor"]
        page = accepted(service.get(ACCOUNTS, limit=3, starting_after=cursor))
        seen += ids(page)
    assert seen == before[::-1]


def test_ending_before_gives_the_next_newer_rows(service: Service) -> None:
    oldest, *_, newest = members = [service.enrol()["id"] for _ in range(5)]
    page = accepted(service.get(ACCOUNTS, limit=2, ending_before=oldest))
    assert ids(page) == [members[2], members[1]]
    assert page["page"]["has_more"]
    further = service.get(ACCOUNTS, limit=2, ending_before=page["page"]["next_cursor"])
    assert ids(accepted(further)) == [members[4], members[3]]
    assert accepted(further)["page"]["has_more"] is False
    assert ids(accepted(service.get(ACCOUNTS, ending_before=newest))) == []


def test_accounts_are_filtered_by_customer_and_status(service: Service) -> None:
    first = service.enrol("cust_1")
    accepted(service.post(f"{ACCOUNTS}/{first['id']}/close"))
    second = service.enrol("cust_1")
    service.enrol("cust_2")

    def found(**filters: str) -> list[str]:
        return ids(accepted(service.get(ACCOUNTS, program="prog_default", **filters)))

    assert found(customer="cust_1") == [second["id"], first["id"]]
    assert found(customer="cust_1", status="closed") == [first["id"]]
    assert found(customer="cust_1", status="active") == [second["id"]]
    assert found(customer="cust_3") == []
    refused(service.get(ACCOUNTS, status="gone"), 400, "parameter_invalid", "status")
    refused(service.get(ACCOUNTS, program="prog_none"), 404, "resource_missing", "program")


def test_total_estimate_counts_what_the_filters_let_through(service: Service) -> None:
    for _ in range(3):
        service.adjust(service.enrol(), 5)
    account = accepted(service.get(ACCOUNTS, limit=1))["data"][0]
    service.adjust(account, 5)
    everything = accepted(service.get("/loyalty/transactions", limit=1))
    assert everything["page"]["total_estimate"] == 4
    mine = service.get("/loyalty/transactions", limit=1, account=account["id"])
    assert accepted(mine)["page"]["total_estimate"] == 2


def test_cursors_of_customers_programs_and_redemptions(service: Service) -> None:
    member = service.enrol()
    service.adjust(member, 10)
    reward = {"program": "prog_default", "name": "Mug", "type": "free_product", "cost": 1}
    reward_id = accepted(service.post("/loyalty/rewards", {**reward, "value": {}}))["id"]
    for number in range(3):
        accepted(service.form("/customers", ("email", f"{number}@customer.test")))
        accepted(service.post("/loyalty/programs", {"name": f"Program {number}"}))
        accepted(
            service.post("/loyalty/redemptions", {"account": member["id"], "reward": reward_id})
        )

    for path in ("/customers", "/loyalty/programs", "/loyalty/redemptions"):
        every = ids(accepted(service.get(path, limit=100)))
        assert len(every) >= 3
        behind = accepted(service.get(path, limit=100, starting_after=every[0]))
        assert ids(behind) == every[1:]
