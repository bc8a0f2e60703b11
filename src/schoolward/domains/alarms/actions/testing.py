"""Putting a system on test, so that its signals are kept but open no case."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.alarms.actions.refusals import ReasonMissing, TimesWrong
from schoolward.domains.alarms.models import AlarmSystem, OnTest
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

LONGEST = timedelta(hours=24)
"""A test that nobody ends must not leave a site without an answer for longer."""


@transaction.atomic
def put_on_test(
    *,
    system_id: int,
    ends: datetime,
    reason: str,
    by: Viewer,
    at: datetime,
    begins: datetime | None = None,
) -> OnTest:
    """Put a system on test from now (or ``begins``) to ``ends``, at most 24 hours, for a reason."""
    check(by, "alarms.test", f"alarms.AlarmSystem:{system_id}")
    system = visible(AlarmSystem.objects.all(), by).filter(pk=system_id).first()
    if system is None:
        raise AccessDenied("alarms.test", f"alarms.AlarmSystem:{system_id}")
    if not reason.strip():
        raise ReasonMissing
    start = begins or at
    if ends <= max(start, at):
        raise TimesWrong(_("The test must end later than it begins, and later than now."))
    if ends - start > LONGEST:
        raise TimesWrong(_("A test lasts 24 hours at most. Choose an earlier end; it can be begun again."))
    made = OnTest.objects.create(
        system=system, begins=start, ends=ends, reason=reason.strip()[:200], by_id=by.account_id
    )
    _audit("alarms.test_begun", made, by)
    return made


@transaction.atomic
def end_test(*, test_id: int, by: Viewer, at: datetime) -> OnTest:
    """End a test now. One that is over already stays as it was; one that has not begun is struck off."""
    check(by, "alarms.test", f"alarms.OnTest:{test_id}")
    found = visible(OnTest.objects.select_for_update(of=("self",)), by).filter(pk=test_id).first()
    if found is None:
        raise AccessDenied("alarms.test", f"alarms.OnTest:{test_id}")
    if found.ends <= at:
        return found
    if found.begins >= at:
        _audit("alarms.test_struck_off", found, by)
        found.delete()
        return found
    found.ends = at
    found.save(update_fields=["ends"])
    _audit("alarms.test_ended", found, by)
    return found


def _audit(action: str, test: OnTest, by: Viewer) -> None:
    detail = {"system": test.system_id, "begins": test.begins, "ends": test.ends}
    record(action, by=by, at=by.at, subject=f"alarms.OnTest:{test.pk}", detail=detail)
