"""Writing down a month of whoever takes part in a tracked program: four words of a list, once a month."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.recording import TO_DELIVER, CaseRefused, as_system, audit, locked
from schoolward.domains.cases.models import Area, Going, MonthlyTrack, of_referral
from schoolward.domains.cases.program_work import tracking
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within


@transaction.atomic
def track_month(
    *, referral_id: int, month: date, going: dict[str, str], by: Viewer, at: datetime
) -> MonthlyTrack:
    """Say how a month went in each of the four areas, beside the time when they began.

    ``month`` is any day of it; ``going`` has a word for each area. Said again, it is set right. Raises
    :class:`CaseRefused`.
    """
    with within(as_system(by)):
        referral = locked(referral_id, by=by, permission="cases.deliver", needs=TO_DELIVER)
        if referral.started_on is None or referral.program is None:
            raise CaseRefused(_("They have not started yet: nothing is tracked before."))
        if tracking(referral.program.key, referral.started_on) is None:
            raise CaseRefused(_("This program is not tracked month by month."))
        first = month.replace(day=1)
        if first > timezone.localdate(at):
            raise CaseRefused(_("This month has not come yet."), field="month")
        if first < referral.started_on.replace(day=1):
            raise CaseRefused(_("They had not started yet in this month."), field="month")
        if referral.ended_on is not None and first > referral.ended_on:
            raise CaseRefused(_("They had ended before this month."), field="month")
        for area in Area:
            if going.get(area) not in Going.values:
                raise CaseRefused(_("Choose a word for: %(area)s.") % {"area": area.label}, field=str(area))
        words = {str(area): going[area] for area in Area}
        kept = MonthlyTrack.objects.filter(youth=referral.youth_id, month=first).first()
        if kept is not None and kept.referral_id != referral.pk:
            raise CaseRefused(_("This month is written down with another referral of theirs."), field="month")
        if kept is not None and all(getattr(kept, name) == word for name, word in words.items()):
            return kept
        told = {**words, "told_on": timezone.localdate(at), "by_id": by.account_id}
        if kept is None:
            kept = MonthlyTrack.objects.create(
                **of_referral(referral), month=first, invented=referral.invented, **told
            )
        else:
            for name, value in told.items():
                setattr(kept, name, value)
            kept.save(update_fields=[*words, "told_on", "by"])
        audit("month_tracked", kept, by=by, month=first)
    return kept
