"""Which items of different versions are the same, by the crosswalks that are shipped or were brought in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from django.db.models import QuerySet

from schoolward.analysis.assessing.crosswalk import Crosswalk, Threads, edition_of, read_crosswalk
from schoolward.analysis.assessing.instrument import read_instrument
from schoolward.analysis.assessing.shapes import Instrument as Form
from schoolward.domains.assessments.models import CrosswalkFile, InstrumentVersion
from schoolward.domains.assessments.queries.instruments import form_of
from schoolward.domains.assessments.reading_files import CROSSWALKS, SHIPPED
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.queries import open_file


@cache
def _shipped() -> tuple[tuple[Form, ...], tuple[Crosswalk, ...]]:
    forms = tuple(read_instrument(path.read_bytes(), name=path.name) for path in SHIPPED)
    found = (read_crosswalk(path.read_bytes(), name=path.name, instruments=forms) for path in CROSSWALKS)
    return forms, tuple(found)


def crosswalk_files(viewer: Viewer) -> QuerySet[CrosswalkFile]:
    """The crosswalks that were brought in, as far as the viewer may see them."""
    return visible(CrosswalkFile.objects.select_related("file"), viewer)


def known_forms() -> list[Form]:
    """Every version of every instrument, of which a crosswalk may speak: those kept here, and the shipped."""
    held = [form_of(version) for version in InstrumentVersion.objects.select_related("instrument", "file")]
    here = {edition_of(form) for form in held}
    return [*held, *(form for form in _shipped()[0] if edition_of(form) not in here)]


def crosswalks() -> tuple[Crosswalk, ...]:
    """The crosswalks that come with the product, and then those that were brought in, the oldest first."""
    kept = tuple(CrosswalkFile.objects.order_by("pk").values_list("sha256", flat=True))
    return _crosswalks(kept)


@lru_cache(maxsize=8)
def _crosswalks(kept: tuple[str, ...]) -> tuple[Crosswalk, ...]:
    if not kept:
        return _shipped()[1]
    forms = known_forms()
    found = list(_shipped()[1])
    for row in CrosswalkFile.objects.filter(sha256__in=kept).select_related("file").order_by("pk"):
        with open_file(row.file) as handle:
            found.append(read_crosswalk(handle.read(), name=row.file_name, instruments=forms))
    return tuple(found)


def threads() -> Threads:
    """Items that are the same through all versions. What nobody said to be the same is not."""
    kept = tuple(CrosswalkFile.objects.order_by("pk").values_list("sha256", flat=True))
    return _threads_of(kept)


@lru_cache(maxsize=8)
def _threads_of(kept: tuple[str, ...]) -> Threads:
    return Threads(_crosswalks(kept))


def threads_with(more: Sequence[Crosswalk]) -> Threads:
    """The threads if these crosswalks held as well. Raises ``InstrumentProblem`` where they contradict."""
    return Threads([*crosswalks(), *more])


def outside_names(form: Form) -> dict[str, list[str]]:
    """By the code of an item: what outside lists, such as PASS, call it, with the tier where a row gives one.

    Names alone, never their text.
    """
    found: dict[str, list[str]] = {}
    for crosswalk in crosswalks():
        titles = {one.edition: one for one in crosswalk.outside}
        for link in crosswalk.links:
            if link.source.edition == (form.key, form.version) and link.target.edition in titles:
                there = titles[link.target.edition]
                name = there.names.get(link.target.code, link.target.code)
                tier = f", {there.tiers[link.tier - 1]}" if link.tier is not None else ""
                found.setdefault(link.source.code, []).append(f"{there.title}: {name}{tier}")
    return found
