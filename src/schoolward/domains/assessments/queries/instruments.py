"""Reads of instruments: which there are, which holds on a day, and what a version asks."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from schoolward.analysis.assessing.shapes import Instrument as Form
from schoolward.domains.assessments.models import InstrumentVersion
from schoolward.domains.assessments.reading_files import read_form
from schoolward.domains.places import queries as places
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.queries import open_file

#: Which kinds of school ask the items of which bands of grades.
_BANDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("elementary", frozenset({"elementary", "k12"})),
    ("middle", frozenset({"middle", "junior_high", "k12"})),
    ("high", frozenset({"high", "continuation", "community_day", "k12"})),
)


def versions(viewer: Viewer) -> QuerySet[InstrumentVersion]:
    """The versions that the viewer may see."""
    return visible(InstrumentVersion.objects.select_related("instrument", "file"), viewer)


def usable_versions(viewer: Viewer, on: date) -> QuerySet[InstrumentVersion]:
    """The versions that a walk of the day may use: of two that begin on one day, what came in later."""
    begun = Q(valid_from__lte=on)
    later = InstrumentVersion.objects.filter(
        instrument=OuterRef("instrument"), valid_from=OuterRef("valid_from"), pk__gt=OuterRef("pk")
    )
    held = versions(viewer).filter(begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=on)))
    return held.filter(~Exists(later))


def form_of(version: InstrumentVersion) -> Form:
    """What a version asks, read from its file. Raises ``FileNotFoundError`` when the folder has lost it."""
    cached = _forms.get((version.sha256, version.valid_from))
    if cached is None:
        with open_file(version.file) as handle:
            cached = read_form(
                handle.read(), name=version.file_name, kind=version.format, valid_from=version.valid_from
            )
        _forms[version.sha256, version.valid_from] = cached
    return cached


_forms: dict[tuple[str, date], Form] = {}


def bands_of(campus_id: int, on: date) -> tuple[str, ...]:
    """The bands of grades of a campus on a day, by its schools; "other" where none of them has grades."""
    kinds = set(places.schools_on(campus_id, on).values_list("kind", flat=True))
    return tuple(band for band, asked in _BANDS if kinds & asked) or ("other",)
