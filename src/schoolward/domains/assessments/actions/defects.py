"""Codes on doors and gates, and the defects that anybody reports there, without sign-in or name."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.recording import audit, check_site, locked
from schoolward.domains.assessments.actions.refusals import AssessmentRefused
from schoolward.domains.assessments.defect_rules import MENDING
from schoolward.domains.assessments.due_rules import due_for
from schoolward.domains.assessments.models import DefectKind, DefectPoint, DefectReport, DefectState
from schoolward.domains.work import actions as work
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

#: So many reports at one spot within ten minutes, and within a day: beyond it somebody is playing.
MOST_AT_ONCE, WITHIN = 5, timedelta(minutes=10)
MOST_A_DAY = 30

_DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?/\d\d?/\d{2,4}")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?:\d[\s().-]*){7,}")


class TooMany(AssessmentRefused):
    """The spot had too many reports lately."""

    def __init__(self) -> None:
        super().__init__(
            _("Many reports came from here just now, and are being read. If somebody is in danger, call 911.")
        )


@transaction.atomic
def make_point(
    *, campus_id: int, label: str, by: Viewer, at: datetime, invented: bool = False
) -> DefectPoint:
    """Make the code of a spot. Its token cannot be guessed; a label is used once at a site."""
    check_site(by, campus_id, "assessments.codes")
    label = label.strip()
    if not label:
        raise AssessmentRefused(_("Say where the code will hang."), field="label")
    if DefectPoint.objects.filter(campus_id=campus_id, label=label, ended_at__isnull=True).exists():
        raise AssessmentRefused(_("This site has a code with this name already."), field="label")
    point = DefectPoint.objects.create(
        campus_id=campus_id,
        label=label,
        token=secrets.token_urlsafe(16),
        made_at=at,
        made_by_name=by.account_name,
        invented=invented,
    )
    audit("assessments.code_made", point, by=by, campus=campus_id)
    return point


@transaction.atomic
def end_point(*, point_id: int, by: Viewer, at: datetime) -> DefectPoint:
    """End a code, because it was taken down or fell into wrong hands; it opens nothing any more."""
    point = locked(DefectPoint, point_id, by=by, permission="assessments.codes")
    if point.ended_at is None:
        point.ended_at = at
        point.save(update_fields=["ended_at"])
        audit("assessments.code_ended", point, by=by)
    return point


@transaction.atomic
def report_defect(
    *, token: str, kind: str, text: str, client_id: UUID, by: Viewer, at: datetime, invented: bool = False
) -> DefectReport:
    """Keep what somebody reports at a spot; sent twice, it is kept once. Nothing of who it is is kept.

    Needs no permission: the token stands for being there. Raises ``AssessmentRefused`` for a token that opens
    nothing and for words that look like an address or a number to call, ``TooMany`` beyond the limits.
    """
    found = DefectPoint.objects.select_for_update().filter(token=token, ended_at__isnull=True).first()
    if found is None:
        raise AssessmentRefused(_("This code is not in use any more. Please tell the school's office."))
    known = DefectReport.objects.filter(client_id=client_id, point=found).first()
    if known is not None:
        return known
    if kind not in DefectKind.values:
        raise AssessmentRefused(_("Choose what is wrong."), field="kind")
    words = " ".join(text.split())
    if len(words) > 300 or "\0" in words:
        raise AssessmentRefused(_("Write at most 300 characters."), field="text")
    if _CONTACT.search(_DATE.sub(" ", words)):
        raise AssessmentRefused(
            _("Leave out e-mail addresses and telephone numbers: no names are kept here."), field="text"
        )
    if _told_since(found, by.at - WITHIN) >= MOST_AT_ONCE:
        raise TooMany
    if _told_since(found, by.at - timedelta(days=1)) >= MOST_A_DAY:
        raise TooMany
    report = DefectReport.objects.create(
        point=found,
        campus_id=found.campus_id,
        kind=kind,
        text=words,
        client_id=client_id,
        at=at,
        invented=invented,
    )
    audit("assessments.defect_reported", report, by=by, point=found.pk, kind=kind)
    return report


def _told_since(point: DefectPoint, moment: datetime) -> int:
    """How many reports came from a spot since a moment of the true clock.

    The audit has that, while the reports of a demonstration all stand on its day.
    """
    last = DefectReport.objects.filter(point=point).order_by("-pk").values_list("pk", flat=True)[:MOST_A_DAY]
    subjects = [f"assessments.DefectReport:{pk}" for pk in last]
    events = Event.objects.filter(action="assessments.defect_reported", subject__in=subjects)
    return events.filter(at__gt=moment).count()


@transaction.atomic
def defect_to_work(*, report_id: int, by: Viewer, at: datetime) -> DefectReport:
    """Propose the repair that a report asks for."""
    report = new_report(report_id, by=by)
    trade, severity = MENDING[report.kind]
    today = timezone.localdate(at)
    item = work.open_work(
        source=f"assessments.DefectReport:{report.pk}",
        source_title=_("Reported at %(spot)s") % {"spot": report.point.label},
        kind="repair",
        title=f"{report.get_kind_display()}: {report.point.label}"[:200],
        description=report.text,
        campus_id=report.campus_id,
        trade=trade,
        severity=severity,
        owner_role="facilities",
        due=due_for(severity, today),
        invented=report.invented,
        by=by,
        at=at,
    )
    report.state, report.work_id, report.settled_on = DefectState.WORK, item.pk, today
    report.save(update_fields=["state", "work", "settled_on"])
    audit("assessments.defect_to_work", report, by=by, work=item.pk)
    return report


@transaction.atomic
def dismiss_defect(*, report_id: int, reason: str, by: Viewer, at: datetime) -> DefectReport:
    """Say that a report needs nothing, and why."""
    report = new_report(report_id, by=by)
    if not reason.strip():
        raise AssessmentRefused(_("Give a reason, such as “mended already”."), field="reason")
    report.state, report.reason = DefectState.DISMISSED, reason.strip()[:300]
    report.settled_on = timezone.localdate(at)
    report.save(update_fields=["state", "reason", "settled_on"])
    audit("assessments.defect_dismissed", report, by=by)
    return report


def new_report(report_id: int, *, by: Viewer) -> DefectReport:
    """A report that nobody has settled, for writing. Raises ``AssessmentRefused`` for any other."""
    report = locked(DefectReport, report_id, by=by, permission="assessments.defects")
    if report.state != DefectState.NEW:
        raise AssessmentRefused(
            _("This report is settled already: %(state)s.") % {"state": report.get_state_display()}
        )
    return report
