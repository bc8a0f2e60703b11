"""The log as a printed paper: a higher storey makes it, and registers its address here."""

from __future__ import annotations

_printed: list[str] = []


def register_printed_log(url_name: str) -> None:
    """Say where the log is printed, by POST of ``subject``. Raises ``ValueError`` on a second address."""
    if _printed:
        raise ValueError(f"the log is printed at {_printed[0]} already")
    _printed.append(url_name)


def printed_log() -> str:
    """The name of the address that prints the log; empty where nothing prints."""
    return _printed[0] if _printed else ""
