"""Which items of different versions are the same, by the crosswalks that come with the instruments."""

from __future__ import annotations

from functools import cache

from schoolward.analysis.assessing.crosswalk import Crosswalk, Threads, read_crosswalk
from schoolward.analysis.assessing.instrument import read_instrument
from schoolward.analysis.assessing.shapes import Instrument as Form
from schoolward.domains.assessments.reading_files import CROSSWALKS, SHIPPED


@cache
def crosswalks() -> tuple[Crosswalk, ...]:
    """The crosswalks that come with the product."""
    forms = [read_instrument(path.read_bytes(), name=path.name) for path in SHIPPED]
    return tuple(read_crosswalk(path.read_bytes(), name=path.name, instruments=forms) for path in CROSSWALKS)


@cache
def threads() -> Threads:
    """Items that are the same through all versions. What nobody said to be the same is not."""
    return Threads(crosswalks())


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
