"""The second wall: what the database itself refuses, whoever writes to it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from schoolward.domains.work.models import DueChange, Evidence, Transition, WorkItem
from schoolward.domains.work.states import State

pytestmark = pytest.mark.django_db


def refuses(item: WorkItem, **change: Any) -> bool:
    """Whether the database refuses an update that goes around the actions."""
    try:
        with transaction.atomic():
            WorkItem.objects.filter(pk=item.pk).update(**change)
    except IntegrityError:
        return True
    return False


def test_one_person_cannot_do_and_verify(proposed: WorkItem, advance: Any) -> None:
    item = advance(proposed, State.VERIFIED)

    assert refuses(item, verified_by=item.done_by)


def test_nothing_is_verified_without_evidence(proposed: WorkItem, advance: Any) -> None:
    item = advance(proposed, State.VERIFIED)

    assert refuses(item, evidence_count=0)
    assert refuses(item, verified_by=None)
    assert refuses(item, done_by=None)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "finished"},
        {"state": "done"},
        {"kind": "wish"},
        {"title": ""},
        {"estimate_cents": -1},
        {"due": date(2012, 10, 1)},
    ],
    ids=str,
)
def test_other_refusals(proposed: WorkItem, change: dict[str, Any]) -> None:
    assert refuses(proposed, **change)


def test_declining_keeps_its_reason(proposed: WorkItem, advance: Any) -> None:
    item = advance(proposed, State.DECLINED)

    last = item.transitions.last()

    with pytest.raises(IntegrityError), transaction.atomic():
        Transition.objects.create(
            item=item, number=9, to_state=State.DECLINED, at=last.at, on=last.on, by_name="x"
        )


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Transition, {"reason": "other"}),
        (Evidence, {"text": "other"}),
        (DueChange, {"reason": "other"}),
    ],
)
def test_history_is_never_changed(
    proposed: WorkItem, advance: Any, model: Any, change: dict[str, str]
) -> None:
    item = advance(proposed, State.VERIFIED)
    last = item.transitions.last()
    DueChange.objects.create(item=item, to_due=last.on, reason="late", at=last.at, on=last.on, by_name="x")

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.update(**change)


def test_a_source_asks_once(proposed: WorkItem) -> None:
    common = {"source": "a.B:1", "kind": "task", "title": "x", "proposed_on": date(2012, 9, 6)}
    WorkItem.objects.create(reference="1", **common)

    with pytest.raises(IntegrityError), transaction.atomic():
        WorkItem.objects.create(reference="2", **common)
