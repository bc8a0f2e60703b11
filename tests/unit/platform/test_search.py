"""Search: kinds in order, limits told, rows described in the viewer's words only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from schoolward.platform.access.models import Agency
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui import search
from schoolward.platform.ui.search import Hit, RecordKind


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, RecordKind]:
    """An empty registry for the test's own kinds."""
    kinds: dict[str, RecordKind] = {}
    monkeypatch.setattr(search, "_kinds", kinds)
    return kinds


def _kind(model: str, rows: list[str], order: int) -> RecordKind:
    def find(viewer: Viewer, text: str, limit: int) -> list[Any]:
        return [SimpleNamespace(name=row) for row in rows if text in row][:limit]

    def describe(row: Any, viewer: Viewer) -> Hit:
        return Hit(row.name)

    return RecordKind(model, model, describe, find, order=order)


def test_kinds_answer_in_their_order_and_silent_ones_are_left_out(
    registry: dict[str, RecordKind], viewer: Callable[..., Viewer]
) -> None:
    search.register(_kind("b.B", ["gate", "gatehouse"], 20))
    search.register(_kind("a.A", ["gateway"], 30))
    search.register(_kind("c.C", ["fence"], 10))
    found = search.search(viewer(), "gate")
    assert [(group.kind.model, [hit.title for hit in group.hits]) for group in found] == [
        ("b.B", ["gate", "gatehouse"]),
        ("a.A", ["gateway"]),
    ]


def test_more_is_said_when_the_limit_cut_hits_off(
    registry: dict[str, RecordKind], viewer: Callable[..., Viewer]
) -> None:
    search.register(_kind("a.A", ["gate 1", "gate 2", "gate 3"], 10))
    (cut,) = search.search(viewer(), "gate", limit=2)
    assert (len(cut.hits), cut.more) == (2, True)
    (whole,) = search.search(viewer(), "gate", limit=3)
    assert (len(whole.hits), whole.more) == (3, False)


def test_a_model_is_described_once(registry: dict[str, RecordKind]) -> None:
    search.register(_kind("a.A", [], 10))
    with pytest.raises(ValueError, match=r"a\.A is described twice"):
        search.register(_kind("a.A", [], 20))


def test_a_model_that_nobody_described_is_named_by_its_number_alone(
    registry: dict[str, RecordKind], viewer: Callable[..., Viewer]
) -> None:
    kind = search.kind_of(Agency)
    assert kind.describe(Agency(pk=7, name="A name that is not shown"), viewer()) == Hit("Agency 7")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("river police", True),
        ("POLICE River", True),
        ("pólice", True),
        ("river fire", False),
    ],
)
def test_every_word_must_stand_somewhere_in_any_order(text: str, found: bool) -> None:
    then = datetime(2010, 9, 1, tzinfo=UTC)
    Agency.objects.create(key="p", name="River City Police", kind="police", created_at=then)
    assert Agency.objects.filter(search.holds_words(text, "name", "key")).exists() is found
