"""What can be found, and how one record is put into words.

A domain's ``search.py`` registers one :class:`RecordKind` a model. The same few words then stand for
the record on the search page and behind a number, so that it is recognised again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Hit:
    """A record in words: a title, where it opens (``""`` when it has no page) and one line of detail."""

    title: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class RecordKind:
    """How records of one model are found and described.

    ``describe`` shows nothing beyond the viewer's field mask and asks the database nothing that
    ``related`` has not fetched. ``find`` gives at most ``limit`` rows that the viewer may see, best
    first; without it the records are described but not searched.
    """

    model: str
    title: str | Promise
    describe: Callable[[Any, Viewer], Hit]
    find: Callable[[Viewer, str, int], Iterable[Model]] | None = None
    related: tuple[str, ...] = ()
    order: int = 100


@dataclass(frozen=True)
class Found:
    """The hits of one kind for one search; ``more`` when the limit cut some off."""

    kind: RecordKind
    hits: tuple[Hit, ...]
    more: bool


def holds_words(text: str, *fields: str) -> Q:
    """The condition that every word of the text stands in one of the fields, in any order and any case.

    An accent that was typed is tried without it too, because names are mostly written without.
    """
    found = Q()
    for word in text.split():
        plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        somewhere = Q()
        for field in fields:
            somewhere |= Q(**{f"{field}__icontains": word}) | Q(**{f"{field}__icontains": plain})
        found &= somewhere
    return found


_kinds: dict[str, RecordKind] = {}


def register(kind: RecordKind) -> RecordKind:
    """Add a kind. Raises ``ValueError`` when the model has one."""
    if kind.model in _kinds:
        raise ValueError(f"{kind.model} is described twice")
    _kinds[kind.model] = kind
    return kind


def kind_of(model: type[Model]) -> RecordKind:
    """The model's kind; a model that no domain has described is named by its number alone."""
    label = model._meta.label
    return _kinds.get(label) or RecordKind(label, model._meta.verbose_name_plural or label, _numbered)


def _numbered(row: Model, viewer: Viewer) -> Hit:
    name = str(row._meta.verbose_name).capitalize()
    return Hit(_("%(name)s %(number)s") % {"name": name, "number": row.pk})


def kinds() -> list[RecordKind]:
    """Every kind in the order in which results are shown."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.model))


def search(viewer: Viewer, text: str, *, limit: int = 8) -> list[Found]:
    """What the viewer may see that matches the text, kind by kind; kinds without a match are left out."""
    results = []
    for kind in kinds():
        if kind.find is None:
            continue
        rows = list(kind.find(viewer, text, limit + 1))
        if rows:
            hits = tuple(kind.describe(row, viewer) for row in rows[:limit])
            results.append(Found(kind, hits, len(rows) > limit))
    return results
