"""What those who guard the records have to do: judge emergency looks, seal by the day, dispose of records."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.home.morning.blocks import SHOWN, Block, Line, Morning, first_of
from schoolward.platform.access import breaking_glass, sealing
from schoolward.platform.access.models import Disposal
from schoolward.platform.access.permissions import may
from schoolward.platform.access.retention import disposals, schedules
from schoolward.platform.access.retention.due import due


def emergencies_to_judge(morning: Morning) -> Block | None:
    """Emergency looks of others that nobody has judged; no block where there are none."""
    if not may(morning.viewer, breaking_glass.REVIEW):
        return None
    waiting, count = first_of(breaking_glass.to_review(morning.viewer))
    if not count:
        return None
    lines = tuple(
        Line(
            text=_("%(name)s broke the glass") % {"name": emergency.account},
            detail=str(emergency.membership),
            url=reverse("privacy:emergency_judge", args=[emergency.pk]),
            action=_("Judge"),
            label=date_format(localtime(emergency.opened_at), "M j, H:i"),
            tone="bad",
        )
        for emergency in waiting
    )
    return Block(
        key="emergencies",
        title=_("Emergency looks to judge"),
        lines=lines,
        count=count,
        headline=ngettext(
            "%(count)s emergency look waits for your judgement",
            "%(count)s emergency looks wait for your judgement",
            count,
        )
        % {"count": count},
        more_url=reverse("privacy:emergencies"),
        more=_("All that wait"),
    )


def records_to_seal(morning: Morning) -> Block | None:
    """Orders to seal that are not carried out, the nearest first; no block where there are none."""
    if not may(morning.viewer, sealing.SEAL):
        return None
    waiting, count = first_of(sealing.waiting(morning.viewer))
    if not count:
        return None
    lines = tuple(
        Line(
            text=str(order.get_ground_display()),
            url=reverse("privacy:seal", args=[order.pk]),
            action=_("Seal"),
            label=_("By %(day)s") % {"day": date_format(order.due_on, "M j")},
            tone="bad" if order.due_on < morning.today else "watch",
        )
        for order in waiting
    )
    return Block(
        key="seals",
        title=_("Records to seal"),
        lines=lines,
        count=count,
        headline=ngettext("%(count)s record is to be sealed", "%(count)s records are to be sealed", count)
        % {"count": count},
        more_url=reverse("privacy:sealings"),
        more=_("All orders"),
    )


def records_due(morning: Morning) -> Block | None:
    """Batches to review and to carry out, and what is due, as counts; no block where there are none."""
    if not may(morning.viewer, schedules.VIEW):
        return None
    lines = []
    reviews = may(morning.viewer, disposals.REVIEW)
    batches = disposals.disposals(morning.viewer).filter(carried_out_at__isnull=True)
    for batch in disposals.waiting(morning.viewer) if reviews else ():
        lines.append(_of_batch(batch, _("A disposal to review"), _("Review")))
    for batch in batches.filter(is_approved=True) if reviews else ():
        lines.append(_of_batch(batch, _("An approved disposal"), _("Carry out")))
    if may(morning.viewer, disposals.PROPOSE) and (count := sum(one.count for one in due(morning.viewer))):
        lines.append(
            Line(
                text=ngettext("%(n)d record is due", "%(n)d records are due", count) % {"n": count},
                url=reverse("privacy:retention"),
                action=_("Propose"),
                label=_("Due"),
                tone="watch",
            )
        )
    if not lines:
        return None
    return Block(
        key="retention",
        title=_("Records to dispose of"),
        lines=tuple(lines[:SHOWN]),
        count=len(lines),
        headline=ngettext(
            "%(count)s step of a disposal waits", "%(count)s steps of disposals wait", len(lines)
        )
        % {"count": len(lines)},
        more_url=reverse("privacy:retention"),
        more=_("Retention"),
    )


def _of_batch(batch: Disposal, text: str, action: str) -> Line:
    left = disposals.left_in(batch)
    return Line(
        text=text,
        detail=ngettext("%(n)d record", "%(n)d records", left) % {"n": left},
        url=reverse("privacy:disposal", args=[batch.pk]),
        action=action,
        label=date_format(localtime(batch.proposed_at), "M j"),
        tone="watch",
    )
