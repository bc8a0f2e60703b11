"""Filled forms as a table: one row a filling, and of each instance of a repeat a row of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schoolward.domains.assessments.filled_forms import session_of
from schoolward.domains.assessments.models import Filling, InstrumentVersion
from schoolward.domains.assessments.queries import fillings
from schoolward.domains.assessments.walk_forms import FormUnusable
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.protocols.xforms.compiling import CompiledForm
from schoolward.protocols.xforms.problems import FormRefused
from schoolward.protocols.xforms.session import Session

PERMISSION = "assessments.answers"
FIXED = ("assessment", "site", "walk", "form", "received_at", "way", "repeat", "position")
"""Columns before those of the questions; ``walk`` is 1, or 2 for the second assessor's."""


Rows = Iterator[Sequence[object]]


def take_fillings_out(version: InstrumentVersion, *, by: Viewer) -> tuple[list[str], Rows]:
    """Columns and rows of the filled forms of a version that the viewer may see, put on record.

    A column is the path of a question without its positions. Raises ``AccessDenied``.
    """
    check(by, PERMISSION, f"assessments.InstrumentVersion:{version.pk}")
    held = fillings(by).filter(walk__assessment__version=version).order_by("received_at", "pk")
    record(
        "assessments.fillings_exported",
        by=by,
        at=by.at,
        subject=f"assessments.InstrumentVersion:{version.pk}",
        detail={"fillings": held.count()},
    )
    paths = _paths(version, held.first())
    return [*FIXED, *paths], _rows(held.iterator(chunk_size=200), paths)


def _paths(version: InstrumentVersion, first: Filling | None) -> list[str]:
    """The questions of the form. A form of our own is written for each walk; that of the first stands."""
    if first is None:
        return []
    try:
        form: CompiledForm = session_of(first).program.form
    except (FormRefused, FormUnusable):
        return []
    root = form["nodes"][0]["path"]
    return [
        node["path"]
        for node in form["nodes"]
        if node["kind"] == "value" and not node["path"].startswith(f"{root}/meta/")
    ]


def _rows(held: Iterator[Filling], paths: list[str]) -> Rows:
    for filling in held:
        try:
            session = session_of(filling)
        except (FormRefused, FormUnusable, FileNotFoundError):
            continue
        for repeat, position, values in _parts(session):
            yield [*_fixed(filling), repeat, position, *(values.get(path, "") for path in paths)]


def _fixed(filling: Filling) -> list[object]:
    walk = filling.walk
    reference = walk.assessment.reference if walk.assessment is not None else ""
    told = [reference, walk.campus.slug, walk.number, filling.instance_id, filling.received_at]
    return [*told, filling.way]


def _parts(session: Session) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The values outside of repeats, then those of each repeat instance: (repeat, position, by path)."""
    found: dict[tuple[str, str], dict[str, str]] = {("", ""): {}}
    layout = session.program.layout
    for each in session.values():
        repeat = layout.nodes[each.around[-1].node]["path"] if each.around else ""
        places = []
        for around in each.around:
            siblings = around.parent.kids[around.node] if around.parent is not None else []
            places.append(str(siblings.index(around) + 1) if isinstance(siblings, list) else "1")
        found.setdefault((repeat, ".".join(places)), {})[layout.nodes[each.node]["path"]] = each.value
    for (repeat, position), values in found.items():
        yield repeat, position, values
