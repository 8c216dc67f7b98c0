"""Jinja filters: how points, times and durations are written."""

from datetime import UTC, datetime

_MINUS = "\N{MINUS SIGN}"


def points(value: int) -> str:
    """With a comma for thousands: ``12,500``."""
    return f"{value:,}".replace("-", _MINUS)


def signed(value: int) -> str:
    """With its sign: ``+500``."""
    return f"{value:+,}".replace("-", _MINUS)


def moment(value: float | datetime) -> str:
    """UTC to the second: ``2026-05-21 14:00:00``."""
    return _utc(value).strftime("%Y-%m-%d %H:%M:%S")


def iso(value: float | datetime) -> str:
    """ISO 8601, for the datetime attribute."""
    return _utc(value).isoformat(timespec="seconds")


def milliseconds(seconds: float) -> str:
    """``0.21 ms``"""
    return f"{seconds * 1000:,.2f} ms"


def _utc(value: float | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromtimestamp(value, UTC)
