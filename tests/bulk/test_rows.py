"""What a row asks for, by its values alone, and why one is refused."""

from __future__ import annotations

from typing import Any

import pytest

from vinr.bulk.files import NumberedRow, Problem
from vinr.bulk.rows import Convert, Posting, Reading


def read(
    *,
    enrols: bool = False,
    convert: Convert | None = None,
    reason: str | None = None,
    order_by: str | None = None,
    columns: dict[str, str] | None = None,
    **values: Any,
) -> Posting | Problem:
    """What comes of one row with the key ``k``; a value of ... is left out."""
    row = {"customer": "c", "amount": "5", "k": "r-1"} | values
    row = {name: value for name, value in row.items() if value is not ...}
    reading = Reading(
        key="k",
        order_by=order_by,
        batch="b",
        columns=columns or {},
        convert=convert,
        type="adjust",
        reason=reason,
        enrols=enrols,
    )
    return reading.posting(NumberedRow(3, row))


def posting(**given: Any) -> Posting:
    found = read(**given)
    assert isinstance(found, Posting)
    return found


def code(**given: Any) -> str:
    found = read(**given)
    assert isinstance(found, Problem)
    assert "nothing was sent" not in found.message  # of one row among many
    return found.code


def test_a_row_with_the_least() -> None:
    assert posting() == Posting("c", None, 5, "r-1", "", "adjust", None, None)


@pytest.mark.parametrize("value", [4711, "4711", " 4711 "], ids=repr)
def test_ids_and_keys_may_be_numbers(value: object) -> None:
    assert posting(customer=value).customer == "4711"
    assert posting(k=value).reference == "4711"


@pytest.mark.parametrize("value", [True, 1.5, ["a"]], ids=repr)
def test_other_values_are_no_ids(value: object) -> None:
    assert code(customer=value) == "customer_invalid"


@pytest.mark.parametrize("value", ["", " ", None, ..., True, 1.5, ["a"]], ids=repr)
def test_a_key_that_is_none(value: object) -> None:
    assert code(k=value) == "key_invalid"


@pytest.mark.parametrize("value", ["", None, ...], ids=repr)
def test_a_row_about_nobody(value: object) -> None:
    assert code(customer=value) == "customer_invalid"
    assert code(customer=value, enrols=True) == "customer_invalid"
    assert code(customer=value, account="loy_1", enrols=True) == "customer_invalid"


def test_the_account_goes_before_the_customer() -> None:
    found = posting(account="loy_1")
    assert (found.customer, found.account) == (None, "loy_1")


@pytest.mark.parametrize(
    ("value", "amount"), [("+5", 5), ("-5", -5), (" 7 ", 7), (7, 7), ("0", 0), (0, 0)], ids=repr
)
def test_points(value: object, amount: int) -> None:
    assert posting(amount=value).amount == amount


@pytest.mark.parametrize(
    "value", ["1.5", "1,250", "1 250", "x", "", None, ..., True, 5.0, "1e3"], ids=repr
)
def test_points_that_are_none(value: object) -> None:
    assert code(amount=value) == "amount_invalid"


def test_who_is_enrolled_gets_no_points() -> None:
    found = posting(enrols=True, amount="x", k=...)
    assert (found.customer, found.amount, found.reference) == ("c", 0, "")


def test_the_type_and_the_reason_of_a_row_go_before_those_of_all() -> None:
    found = posting(type="earn", reason="goodwill")
    assert (found.type, found.reason) == ("earn", "goodwill")
    assert posting(type=" ").type == "adjust"
    assert code(type=5) == "type_invalid"
    assert code(reason=5) == "reason_invalid"


def test_metadata_is_a_mapping_or_its_json() -> None:
    assert posting(metadata={"a": "b"}).metadata == {"a": "b"}
    assert posting(metadata='{"a": "b"}').metadata == {"a": "b"}
    assert posting(metadata="").metadata is None
    for wrong in ("{", "[1]", '{"a": 1}', {"a": 1}, 5):
        assert code(metadata=wrong) == "metadata_invalid"


def test_columns_may_have_other_names() -> None:
    found = posting(columns={"amount": "Points", "customer": "Id"}, Points="9", Id="d")
    assert (found.customer, found.amount) == ("d", 9)


@pytest.mark.parametrize(
    "error", [ValueError("why"), KeyError("x"), TypeError("x"), ZeroDivisionError()]
)
def test_a_row_that_convert_refuses(error: Exception) -> None:
    def convert(row: object) -> Any:
        raise error

    found = read(convert=convert)
    assert isinstance(found, Problem)
    assert found.code == "row_invalid"
    assert ("convert: " in found.message) == (type(error) is not ValueError)


@pytest.mark.parametrize(
    ("value", "rank"),
    [("9", 9.0), (" 10.5 ", 10.5), (7, 7), ("2026-03-01", "2026-03-01"), (None, ""), (..., "")],
    ids=repr,
)
def test_the_rank(value: object, rank: object) -> None:
    assert posting(order_by="date", date=value).rank == rank


@pytest.mark.parametrize("value", [2**63, -(2**63), float("inf"), float("nan")], ids=repr)
def test_a_number_that_sqlite_cannot_keep_is_ranked_as_text(value: float) -> None:
    assert posting(order_by="date", date=value).rank == str(value)
    assert posting(order_by="date", date=2**63 - 1).rank == 2**63 - 1
