"""The public surface: every name is there, and nothing is loaded before it is used."""

from __future__ import annotations

import copy
import importlib
import pickle
import subprocess
import sys

import pytest

import vinr

ERRORS = [
    name
    for name in vinr.__all__
    if name.endswith("Error") and issubclass(getattr(vinr, name), Exception)
]


@pytest.mark.parametrize("name", vinr.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert hasattr(vinr, name)
    assert name in dir(vinr)


@pytest.mark.parametrize("name", ["vinr", "vinr.loyalty", "vinr.webhooks"])
def test_other_names_are_not(name: str) -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        getattr(importlib.import_module(name), "Nothing")  # noqa: B009 - type checkers would see it


@pytest.mark.parametrize("name", vinr.loyalty.__all__)
def test_the_guides_models(name: str) -> None:
    module = importlib.import_module("vinr.loyalty")
    assert hasattr(module, name)
    assert name in dir(module)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        getattr(module, "Nothing")  # noqa: B009 - a type checker would see it


def test_the_models_of_both_dialects_are_two() -> None:
    for name in ("Reward", "Redemption", "EarningRule"):
        assert getattr(vinr, name) is not getattr(vinr.loyalty, name)
        assert getattr(vinr, name).__name__ == name


def test_importing_loads_no_library() -> None:
    code = "import sys, vinr; print(*sorted({'httpx', 'pydantic', 'tenacity'} & {*sys.modules}))"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == ""


@pytest.mark.parametrize("name", ERRORS)
def test_errors_travel(name: str) -> None:
    error = getattr(vinr, name)(
        "what happened",
        code="a_code",
        type="a_type",
        status=409,
        param="a_param",
        request_id="req_1",
        resource="loy_1",
        doc_url="https://docs.example.test",
        idempotency_key="key-1",
        attempts=3,
        retry_after=1.5,
        outcome_unknown=True,
    )
    error.existing_account = "loy_1"
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert type(other) is type(error)
        assert vars(other) == vars(error)
        assert str(other) == "what happened"
    assert isinstance(error, vinr.VinrError)


def test_the_tree_of_errors() -> None:
    def parent(name: str) -> str:
        return getattr(vinr, name).__mro__[1].__name__  # type: ignore[no-any-return]  # a str

    assert {name: parent(name) for name in ERRORS if name != "VinrError"} == {
        "APIConnectionError": "VinrError",
        "APIResponseError": "VinrError",
        "APIStatusError": "VinrError",
        "APITimeoutError": "APIConnectionError",
        "AccountAlreadyExistsError": "ConflictError",
        "AuthenticationError": "APIStatusError",
        "BadRequestError": "APIStatusError",
        "ConfigurationError": "VinrError",
        "ConflictError": "APIStatusError",
        "DeadlineExceededError": "APIConnectionError",
        "IdempotencyConflictError": "ConflictError",
        "InternalServerError": "APIStatusError",
        "InvalidRequestError": "VinrError",
        "NotFoundError": "APIStatusError",
        "PaginationError": "VinrError",
        "PaymentRequiredError": "APIStatusError",
        "PermissionDeniedError": "APIStatusError",
        "RateLimitError": "APIStatusError",
        "UnprocessableError": "APIStatusError",
        "WebhookSignatureError": "VinrError",
    }
