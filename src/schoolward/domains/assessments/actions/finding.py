"""Making a failed item a finding, and proposing its work, once."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext as _

from schoolward.domains.assessments.due_rules import due_for
from schoolward.domains.assessments.models import (
    AnswerPhoto,
    Assessment,
    Finding,
    FindingState,
    Sighting,
    Walk,
)
from schoolward.domains.assessments.queries import Asked, findings_of_same_item
from schoolward.domains.work import actions as work
from schoolward.platform.access.viewer import Viewer

_HASH = re.compile(r"[0-9a-f]{64}")


def finding_of(assessment: Assessment, asked: Asked, note: str) -> Finding:
    """The finding of a failed item, not kept yet."""
    assert assessment.version is not None and assessment.assessed_on is not None  # noqa: S101, PT018
    item = asked.item
    return Finding(
        campus_id=assessment.campus_id,
        instrument_id=assessment.version.instrument_id,
        item_id=asked.row.pk,
        code=item.code,
        assessment=assessment,
        zone=asked.section_title,
        title=(item.recommendation or item.text)[:200],
        note=note,
        recommendation=item.recommendation,
        severity=item.severity or "medium",
        trade=item.trade or "other",
        estimate_cents=item.estimate_cents,
        found_on=assessment.assessed_on,
        invented=assessment.invented,
    )


def find(
    assessment: Assessment,
    walk: Walk,
    asked: Asked,
    note: str,
    photos: list[AnswerPhoto],
    *,
    by: Viewer,
    at: datetime,
) -> Finding:
    """Make a failed item a finding, seen in this walk, and propose its work with the photographs."""
    finding = finding_of(assessment, asked, note)
    finding.save()
    Sighting.objects.create(finding=finding, walk=walk, note=note, on=finding.found_on)
    _open_work(finding, asked, photos, by=by, at=at)
    return finding


def _open_work(
    finding: Finding, asked: Asked, photos: list[AnswerPhoto], *, by: Viewer, at: datetime
) -> None:
    instrument = finding.instrument.title
    item = work.open_work(
        source=f"assessments.Finding:{finding.pk}",
        source_title=f"{instrument}, {finding.campus.name}"[:200],
        kind="recommendation",
        title=finding.title,
        description=_description(finding, asked),
        campus_id=finding.campus_id,
        trade=finding.trade,
        severity=finding.severity,
        estimate_cents=finding.estimate_cents,
        owner_role="facilities",
        due=due_for(finding.severity, finding.found_on),
        proposed_on=finding.found_on,
        invented=finding.invented,
        by=by,
        at=at,
    )
    finding.work_id = item.pk
    finding.save(update_fields=["work"])
    for number, photo in enumerate(photos, start=1):
        work.carry_file(
            item_id=item.pk,
            file_id=photo.file_id,
            file_name=name_for_people(photo.file_name, number),
            text=_("As it was found. %(caption)s") % {"caption": photo.caption},
            by=by,
            at=at,
        )


def name_for_people(file_name: str, number: int) -> str:
    """A photograph's name; one that is its hash, as the walk's page gives it, becomes a number."""
    stem, dot, ending = file_name.rpartition(".")
    if _HASH.fullmatch(stem if dot else file_name):
        return _("photograph-%(number)d") % {"number": number} + (f".{ending}" if dot else "")
    return file_name


def _description(finding: Finding, asked: Asked) -> str:
    parts = [
        _("Where: %(zone)s.") % {"zone": finding.zone} if finding.zone else "",
        _("What should be: %(text)s") % {"text": asked.item.text},
        _("What was seen: %(note)s") % {"note": finding.note} if finding.note else "",
    ]
    before = findings_of_same_item(finding, [FindingState.DECLINED])
    declined = max(before, key=lambda one: one.settled_on or one.found_on, default=None)
    if declined is not None:
        parts.append(
            _("Declined before, on %(day)s: %(reason)s")
            % {"day": declined.settled_on, "reason": declined.reason}
        )
    return "\n".join(part for part in parts if part)
