"""Bringing crosswalks in: each is read against the instruments that are here, and against the others."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.assessing.crosswalk import Crosswalk, read_crosswalk
from schoolward.analysis.assessing.yaml_parts import InstrumentProblem
from schoolward.domains.assessments.actions.recording import audit
from schoolward.domains.assessments.actions.refusals import AssessmentRefused
from schoolward.domains.assessments.models import CrosswalkFile, Walk
from schoolward.domains.assessments.queries import crosswalks, known_forms, threads_with
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.actions import MEGABYTE, plain_name, store_file

LARGEST_CROSSWALK = MEGABYTE


@dataclass(frozen=True)
class AddedCrosswalk:
    """What became of a file, and whether it is new."""

    row: CrosswalkFile
    is_new: bool


@transaction.atomic
def add_crosswalk(*, content: bytes, name: str, by: Viewer, at: datetime) -> AddedCrosswalk:
    """Bring in a crosswalk. The same file again changes nothing.

    Another content under its key takes its place while no walk of the instruments that it names has been
    handed in since it came; after that it never changes. Raises ``AssessmentRefused`` with line and mend for
    a file that cannot be used, contradicts another crosswalk, or would change what was used.
    """
    check(by, "assessments.instruments")
    name = plain_name(name)
    if len(content) > LARGEST_CROSSWALK:
        raise AssessmentRefused(_("The file is too large for a crosswalk."), field="file")
    sha256 = hashlib.sha256(content).hexdigest()
    known = CrosswalkFile.objects.filter(sha256=sha256).first()
    if known is not None:
        return AddedCrosswalk(known, False)
    try:
        found = read_crosswalk(content, name=name, instruments=known_forms())
    except InstrumentProblem as problem:
        raise AssessmentRefused(str(problem), field="file") from problem
    _make_room(found, name)
    try:
        threads_with([found])
    except InstrumentProblem as problem:
        raise AssessmentRefused(f"{name}: {problem}", field="file") from problem
    row = CrosswalkFile.objects.create(
        key=found.key,
        title=found.title,
        file=store_file(io.BytesIO(content), name=name, by=by, at=by.at, limit=LARGEST_CROSSWALK),
        file_name=name,
        sha256=sha256,
        links=len(found.links),
        added_at=at,
        added_by_name=by.account_name,
    )
    audit("assessments.crosswalk_added", row, by=by, key=found.key, links=len(found.links), sha256=sha256)
    return AddedCrosswalk(row, True)


def _make_room(found: Crosswalk, name: str) -> None:
    """Take away what bears the same key, where nothing was compared by it yet."""
    before = CrosswalkFile.objects.filter(key=found.key).first()
    held = next((one for one in crosswalks() if one.key == found.key), None)
    if held is None:
        return
    if before is None or _is_used(before, held):
        raise AssessmentRefused(
            _(
                "%(name)s: key is %(key)s, a crosswalk that is in use and does not change. Give yours "
                "another key, and relate what is new in it."
            )
            % {"name": name, "key": found.key},
            field="file",
        )
    before.delete()


def _is_used(row: CrosswalkFile, crosswalk: Crosswalk) -> bool:
    keys = {place.edition.key for link in crosswalk.links for place in (link.source, link.target)}
    return Walk.objects.filter(
        submitted_at__gte=row.added_at, assessment__version__instrument__key__in=keys
    ).exists()
