"""The words for severities and trades, which are those of work."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def _choices(field: str) -> list[tuple[str, Any]]:
    # Reached through the registry of models: a domain does not import another domain's.
    held: Any = apps.get_model("work", "WorkItem")._meta.get_field(field)
    return list(held.choices or [])


TRADES = _choices("trade")
SEVERITIES = _choices("severity")


def trade_label(key: str) -> str:
    """The words for a trade; the key itself where it is not known."""
    return str(dict(TRADES).get(key, key))


def severity_label(key: str) -> str:
    """The words for a severity; the key itself where it is not known."""
    return str(dict(SEVERITIES).get(key, key))


def severity_rank(key: str) -> int:
    """The place of a severity, the gravest first at 0; one that is not known comes last."""
    keys = [str(one) for one, _label in SEVERITIES]
    return keys.index(key) if key in keys else len(keys)
