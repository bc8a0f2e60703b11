"""Setting how long a class of records is kept. A schedule is dated; a new one ends the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from schoolward.platform.access.clock import today
from schoolward.platform.access.models import RecordClass, RetentionSchedule
from schoolward.platform.access.permissions import check
from schoolward.platform.access.refusal import Refusal, fit_text
from schoolward.platform.access.retention.registry import retained
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import lock_chain, record

VIEW, SET = "retention.view", "retention.set"
LONGEST = 100
LONGEST_CITATION = 300


@dataclass(frozen=True)
class Rule:
    """What a schedule says. ``after`` is a :class:`KeptAfter` that the table declares."""

    table: str
    record_class: str
    after: str
    years: int
    citation: str
    valid_from: date
    is_confirmed: bool = False


def schedules(viewer: Viewer) -> QuerySet[RetentionSchedule]:
    """All schedules, those of one table and class together, the newest first."""
    check(viewer, VIEW)
    return RetentionSchedule.objects.select_related("set_by")


def live(day: date) -> QuerySet[RetentionSchedule]:
    """The schedules in force on a day; at most one for a table and class."""
    return RetentionSchedule.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day
    )


def set_schedule(*, rule: Rule, by: Viewer, at: datetime) -> RetentionSchedule:
    """Say how long a class of a table is kept from a day on; the schedule before ends on the eve.

    Raises :class:`Refusal`. A schedule never reaches back before today, nor before the one that it replaces:
    what was disposed of by a rule must stay explained by it.
    """
    check(by, SET)
    _fit(rule, today(at))
    citation = fit_text(rule.citation, field="citation", longest=LONGEST_CITATION)
    with transaction.atomic():
        lock_chain()  # one setter at a time: versions are counted
        last = RetentionSchedule.objects.filter(table=rule.table, record_class=rule.record_class).first()
        if last is not None:
            if last.valid_from >= rule.valid_from:
                raise Refusal(_("A later schedule is set already; begin after it."), field="valid_from")
            last.valid_to = rule.valid_from - timedelta(days=1)
            last.save(update_fields=["valid_to"])
        made = RetentionSchedule.objects.create(
            table=rule.table,
            record_class=rule.record_class,
            version=last.version + 1 if last else 1,
            after=rule.after,
            years=rule.years,
            citation=citation,
            is_confirmed=rule.is_confirmed,
            valid_from=rule.valid_from,
            set_at=at,
            set_by_id=by.account_id,
        )
        detail = {"table": made.table, "class": made.record_class, "version": made.version}
        record(
            "access.schedule_set",
            by=by,
            at=at,
            subject=f"access.RetentionSchedule:{made.pk}",
            detail={**detail, "after": made.after, "years": made.years, "from": made.valid_from},
        )
    return made


def _fit(rule: Rule, today: date) -> None:
    declared = retained().get(rule.table)
    if declared is None:
        known = ", ".join(retained())
        raise Refusal(_("Choose one of: %(known)s.") % {"known": known}, field="table")
    if rule.record_class not in RecordClass.values:
        raise Refusal(
            _("Choose one of: %(known)s.") % {"known": ", ".join(RecordClass.values)}, field="record_class"
        )
    if rule.after not in declared.events:
        known = ", ".join(declared.events)
        raise Refusal(_("This table knows these days: %(known)s.") % {"known": known}, field="after")
    if not 0 <= rule.years <= LONGEST:
        raise Refusal(_("Give 0 to %(most)d years.") % {"most": LONGEST}, field="years")
    if rule.valid_from < today:
        raise Refusal(_("A schedule begins today or later."), field="valid_from")
