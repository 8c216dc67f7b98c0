"""The machine of a reader of the documentation."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vinr.sandbox import Sandbox


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A directory of the reader's own, a key, and a service that answers."""
    with Sandbox() as sandbox, sandbox.serve(port=0) as base_url:
        monkeypatch.setenv("VINR_SECRET_KEY", "sk_test_reader")
        monkeypatch.setenv("VINR_BASE_URL", base_url)
        monkeypatch.setenv("VINR_WEBHOOK_SECRET", "whsec_example")
        monkeypatch.chdir(tmp_path)
        yield
