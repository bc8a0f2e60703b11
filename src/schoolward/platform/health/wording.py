"""Numbers with what they count, in sentences for whoever looks after the installation."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """A count with its noun, "1 event" and "45,705 events"; the noun takes an s."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
