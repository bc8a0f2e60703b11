"""Sessions as planned, held or cancelled, and every count of heads that was sent in for one."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.models.history import AppendOnly
from schoolward.domains.programs.models.offerings import MOST, CancelReason, Cohort, Offering

LONGEST = 1440
"""Minutes of the longest session: a day."""


class SessionState(models.TextChoices):
    """What became of a session."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Session(models.Model):
    """One meeting of an offering.

    ``attended`` and ``adults`` are heads, counted without names; empty is "not counted". ``expected`` is how
    many were registered for it when it was counted or cancelled, which later registrations do not change.
    """

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="sessions")
    cohort = models.ForeignKey(
        Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    number = models.PositiveIntegerField()
    on = models.DateField()
    minutes_planned = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    cancel_reason = models.CharField(max_length=10, choices=CancelReason.choices, blank=True)
    minutes_held = models.PositiveSmallIntegerField(null=True, blank=True)
    expected = models.PositiveIntegerField(null=True, blank=True)
    attended = models.PositiveIntegerField(null=True, blank=True, help_text=_("Heads of young people."))
    adults = models.PositiveIntegerField(null=True, blank=True, help_text=_("Heads of parents."))
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["offering", "on", "number"]
        indexes = [models.Index(fields=["state", "on"], name="session_state_on")]
        constraints = [
            models.UniqueConstraint(fields=["offering", "number"], name="session_numbered_in_offering"),
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_known"),
            models.CheckConstraint(
                condition=Q(state=SessionState.HELD, minutes_held__isnull=False, attended__isnull=False)
                | Q(
                    ~Q(state=SessionState.HELD),
                    minutes_held__isnull=True,
                    attended__isnull=True,
                    adults__isnull=True,
                ),
                name="session_counted_only_when_held",
            ),
            models.CheckConstraint(
                condition=Q(state=SessionState.CANCELLED, cancel_reason__in=CancelReason.values)
                | Q(~Q(state=SessionState.CANCELLED), cancel_reason=""),
                name="session_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(attended__isnull=True) | Q(attended__lte=MOST), name="session_heads_believable"
            ),
            models.CheckConstraint(
                condition=Q(expected__isnull=True)
                | Q(attended__isnull=True)
                | Q(expected__gte=F("attended")),
                name="session_expected_at_least_attended",
            ),
            models.CheckConstraint(
                condition=Q(minutes_planned__gte=5, minutes_planned__lte=LONGEST)
                & (Q(minutes_held__isnull=True) | Q(minutes_held__lte=LONGEST)),
                name="session_minutes_believable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offering}, {self.on}"

    def waits_for_count(self, day: date) -> bool:
        """Whether its day has come and nobody has said what became of it."""
        return self.state == SessionState.PLANNED and self.on <= day


class SessionCount(AppendOnly):
    """One count as it was sent in. ``receipt`` is made by the form or the device: sent twice, it counts once.

    The session carries the last; what was sent before stays here. ``counted_at`` is when a device without a
    network counted; it orders nothing, since clocks are wrong.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="counts")
    receipt = models.UUIDField(unique=True)
    minutes = models.PositiveSmallIntegerField()
    attended = models.PositiveIntegerField()
    adults = models.PositiveIntegerField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["session", "pk"]


class Observer(models.TextChoices):
    """Who filled a fidelity checklist in."""

    SELF = "self", _("The one who taught")
    PEER = "peer", _("A colleague")
    SUPERVISOR = "supervisor", _("A supervisor")
    OUTSIDE = "outside", _("Somebody from outside")


class FidelityCheck(models.Model):
    """How much of what the manual asks for was seen, by the name of the checklist."""

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="fidelity")
    instrument = models.CharField(max_length=120, help_text=_("The checklist's name. No names of people."))
    observer = models.CharField(max_length=10, choices=Observer.choices)
    on = models.DateField()
    items_observed = models.PositiveSmallIntegerField()
    items_met = models.PositiveSmallIntegerField()
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["offering", "-on"]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "instrument", "observer", "on"], name="fidelity_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(items_observed__gte=1) & Q(items_met__lte=F("items_observed")),
                name="fidelity_met_of_observed",
            ),
            models.CheckConstraint(condition=~Q(instrument=""), name="fidelity_names_its_instrument"),
            models.CheckConstraint(condition=Q(observer__in=Observer.values), name="fidelity_observer_known"),
        ]
