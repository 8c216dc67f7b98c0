"""Never run: what mypy and pyright know of errors."""

from __future__ import annotations

from typing import assert_type

from vinr import (
    AccountAlreadyExistsError,
    APIStatusError,
    InvalidRequestError,
    LastResponse,
    RateLimitError,
    VinrError,
)


def every_error_has_every_field(error: VinrError) -> None:
    assert_type(error.code, str | None)
    assert_type(error.type, str | None)
    assert_type(error.status, int | None)
    assert_type(error.message, str)
    assert_type(error.param, str | None)
    assert_type(error.request_id, str | None)
    assert_type(error.resource, str | None)
    assert_type(error.doc_url, str | None)
    assert_type(error.idempotency_key, str | None)
    assert_type(error.attempts, int)
    assert_type(error.retry_after, float | None)
    assert_type(error.outcome_unknown, bool)
    assert_type(error.replayed, bool)
    assert_type(error.last_response, LastResponse | None)


def the_class_tells_more(error: VinrError) -> str | None:
    match error:
        case AccountAlreadyExistsError():
            assert_type(error.existing_account, str | None)
            return error.existing_account
        case RateLimitError():
            assert_type(error, RateLimitError)
            return None
        case _:
            return error.code


def the_tree(refused: InvalidRequestError, limited: RateLimitError) -> tuple[ValueError, object]:
    by_status: APIStatusError = limited
    return refused, by_status
