"""Reads of editions for pages, the API and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.queries import open_file
from schoolward.platform.measures.together import together
from schoolward.reports.checks import lineage_trouble
from schoolward.reports.content import Composition
from schoolward.reports.freezing import compose_texts, content_of, frozen_cell
from schoolward.reports.models import CellReading, Correction, Edition, State


class NoSuchEdition(LookupError):
    """No edition for this viewer. Says nothing about editions that are not theirs to see."""

    def __init__(self) -> None:
        super().__init__("there is no such edition")


@dataclass(frozen=True)
class Contents:
    """An edition's content with its numbers, frozen or (for a draft) read just now.

    ``copy`` and ``corrections`` belong to an annotated copy: what was found after publication.
    """

    edition: Edition
    sections: dict[str, list[dict[str, object]]]
    annex: list[dict[str, object]]
    sources: list[dict[str, str]]
    charts: dict[str, str]
    cells: list[CellReading]
    corrections: tuple[Correction, ...] = ()
    copy: int = 0

    @property
    def is_live(self) -> bool:
        """Whether the numbers were read just now rather than frozen."""
        return self.edition.state == State.DRAFT


def editions(viewer: Viewer, report: str = "") -> QuerySet[Edition]:
    """The editions that the viewer may see, newest first."""
    found = visible(Edition.objects.all(), viewer)
    return found.filter(report=report) if report else found


def edition_for(viewer: Viewer, pk: int) -> Edition:
    """One edition. Raises :class:`NoSuchEdition` when it is not there or not theirs."""
    found = editions(viewer).filter(pk=pk).first()
    if found is None:
        raise NoSuchEdition
    return found


def edition_as_of(viewer: Viewer, report: str, as_of: date) -> Edition | None:
    """The edition for a date: the published one before one in work, the newest first."""
    found = list(editions(viewer, report).filter(as_of=as_of))
    rank = {State.PUBLISHED: 0, State.APPROVED: 1, State.REVIEW: 2, State.DRAFT: 3, State.SUPERSEDED: 4}
    return min(found, key=lambda edition: (rank[State(edition.state)], -edition.number), default=None)


def previous_edition(edition: Edition) -> Edition | None:
    """The edition that this one is compared with: the last published before it."""
    return (
        Edition.objects.filter(
            report=edition.report, state__in=[State.PUBLISHED, State.SUPERSEDED], as_of__lte=edition.as_of
        )
        .exclude(pk=edition.pk)
        .filter(number__lt=edition.number)
        .order_by("-as_of", "-number")
        .first()
    )


def contents(edition: Edition) -> Contents:
    """The edition's content: as frozen, or composed now for a draft. Raises ``SectionError``."""
    if edition.frozen is not None:
        return Contents(edition, cells=list(edition.cells.all()), **edition.frozen)
    return composed(edition, dict(edition.sections.values_list("key", "body")))


def composed(edition: Edition, texts: Mapping[str, str]) -> Contents:
    """The content of texts by section, read now; the edition need not be saved. Raises ``SectionError``."""
    return as_contents(edition, compose_texts(edition.report, edition.as_of, texts))


def as_contents(edition: Edition, composition: Composition) -> Contents:
    """A composition as the content of an edition. Its numbers are not judged and not kept."""
    cells = [frozen_cell(edition, cell) for cell in composition.cells]
    return Contents(edition, cells=cells, **content_of(composition))


def kept_files(
    edition: Edition, *, annotated: bool = False, prefix: bool = False
) -> dict[str, tuple[str, bytes]]:
    """The kept files by kind: (name, content), as published or of the newest annotated copy.

    Empty where none were kept. ``prefix`` sets "annotated-" before the kinds.
    """
    rows = edition.files.select_related("stored")
    newest = rows.order_by("-copy").first() if annotated else None
    copy = newest.copy if newest else 0
    if annotated and not copy:
        return {}
    found = {}
    for row in rows.filter(copy=copy).order_by("pk"):
        with open_file(row.stored) as file:
            found[f"annotated-{row.kind}" if prefix else row.kind] = (row.name, file.read())
    return found


@dataclass(frozen=True)
class Traceability:
    """How many of an edition's numbers open their records (M41)."""

    cells: int
    traced: int

    @property
    def share(self) -> float | None:
        """Percent, None for an edition without numbers."""
        return 100 * self.traced / self.cells if self.cells else None

    def as_json(self) -> dict[str, object]:
        """The shape that scripts rely on."""
        return {"cells": self.cells, "traced": self.traced, "share": self.share}


def traceability(cells: list[CellReading]) -> Traceability:
    """Check the lineage of every number that shows a value, now."""
    valued = [cell for cell in cells if cell.collected and not cell.suppressed]
    with together():
        return Traceability(len(valued), sum(not lineage_trouble(cell) for cell in valued))
