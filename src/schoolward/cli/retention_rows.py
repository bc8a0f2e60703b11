"""What the commands about retention write of a schedule, a hold, a batch and a certificate."""

from __future__ import annotations

from typing import Any


def schedule(one: Any) -> dict[str, Any]:
    """How long a class of a table is kept."""
    return {
        "id": one.pk,
        "table": one.table,
        "class": one.record_class,
        "version": one.version,
        "years": one.years,
        "after": one.after,
        "rule": one.citation,
        "counsel": "confirmed" if one.is_confirmed else "to be confirmed by counsel",
        "from": one.valid_from,
        "to": one.valid_to,
    }


def hold(one: Any) -> dict[str, Any]:
    """A hold, with how many it names: the list itself is shown on its page."""
    return {
        "id": one.pk,
        "covers": one.covers,
        "named": len(one.names),
        "matter": one.matter,
        "reason": one.reason,
        "from": one.placed_at,
        "lifted": one.lifted_at,
        "lifted_reason": one.lifted_reason,
    }


def batch(one: Any) -> dict[str, Any]:
    """A batch, with how many are left in it."""
    return {
        "id": one.pk,
        "table": one.schedule.table,
        "class": one.schedule.record_class,
        "state": one.state(),
        "left": one.left,
        "proposed_by": one.proposed_by.name,
        "reviewed_by": one.reviewed_by.name if one.reviewed_by else None,
    }


def certificate(one: Any) -> dict[str, Any]:
    """What stays of records that are gone."""
    return {
        "id": one.pk,
        "day": one.on,
        "table": one.table,
        "class": one.record_class,
        "records": one.rows,
        "version": one.schedule.version,
        "proposed_by": one.proposed_by.name,
        "reviewed_by": one.reviewed_by.name,
    }
