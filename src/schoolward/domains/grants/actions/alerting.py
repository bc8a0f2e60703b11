"""Alerts that an award's period ends: 180, 90 and 30 days before, each raised once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.grants.actions.recording import audit, locked
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.models import Award, LapseAlert
from schoolward.domains.grants.queries import standings
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

AHEAD = (180, 90, 30)


@transaction.atomic
def raise_alerts(*, on: date, by: Viewer, at: datetime) -> list[LapseAlert]:
    """Raise the alerts that are due on the day, for awards with money left. Run again, it does nothing.

    Of several that became due at once, for an award that was entered late, only the nearest is raised.
    """
    rows = Award.objects.filter(closed_on__isnull=True, end__gte=on)
    raised = set(LapseAlert.objects.values_list("award_id", "days", "ends_on"))
    made = []
    for stood in standings(rows, on=on):
        due = [days for days in AHEAD if stood.days_left <= days]
        award = stood.award
        if not due or stood.unspent <= 0 or (award.pk, min(due), award.end) in raised:
            continue
        lapse = stood.lapse
        made.append(
            LapseAlert(
                award=award,
                days=min(due),
                ends_on=award.end,
                raised_on=on,
                unspent_cents=stood.unspent,
                expected_cents=lapse.expected if lapse else None,
                low_cents=lapse.low if lapse else None,
                high_cents=lapse.high if lapse else None,
            )
        )
    LapseAlert.objects.bulk_create(made)
    if made:
        record(
            "grants.alerts_raised",
            by=by,
            at=by.at,
            subject="grants.LapseAlert",
            detail={"awards": {alert.award.key: alert.days for alert in made}},
        )
    return made


@transaction.atomic
def see_alert(*, alert_id: int, by: Viewer, at: datetime) -> LapseAlert:
    """Say that one has taken note of an alert."""
    alert = locked(LapseAlert, alert_id, by=by, permission="grants.manage")
    if alert.seen_at is not None:
        raise GrantRefused(_("Somebody took note of it already."))
    alert.seen_at, alert.seen_by_name = at, by.account_name
    alert.save(update_fields=["seen_at", "seen_by_name"])
    audit("grants.alert_seen", alert, by=by, days=alert.days)
    return alert
