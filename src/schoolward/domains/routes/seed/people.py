"""In whose name the demonstration's way to school is made, and at which moment of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from django.utils import timezone

from schoolward.platform.access.models import Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext


def noon(day: date) -> datetime:
    """The middle of a day, in the district's time."""
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())


def as_role(role: str, context: SeedContext) -> Viewer:
    """The demonstration's account of a role; the audit carries the true time of the seed."""
    held = Membership.objects.filter(role=role, account__is_demonstration=True).order_by("pk").first()
    if held is None:
        return context.by
    return replace(viewer_for(held, at=context.at), campus_ids=None)
