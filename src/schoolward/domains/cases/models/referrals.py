"""A referral of a young person to a program, and its steps. The database holds the order of states."""

from __future__ import annotations

import uuid
from datetime import date
from itertools import combinations
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models.youth import Youth, of_youth
from schoolward.domains.cases.states import CLOSED, OPEN, EndReason, Need, State, Told
from schoolward.platform.access.models import ProtectedRecord, RecordClass

_DATES = ("referred_on", "contacted_on", "consented_on", "started_on", "ended_on")


def _in_order() -> Q:
    """No step lies before the one that went before it."""
    held = Q()
    for earlier, later in combinations(_DATES, 2):
        held &= (
            Q(**{f"{later}__isnull": True})
            | Q(**{f"{earlier}__isnull": True})
            | Q(**{f"{later}__gte": F(earlier)})
        )
    return held


class Referral(ProtectedRecord):
    """That somebody thinks a program could help. It belongs to the agency that answers the family.

    ``version`` rises with each change: two people who act on one referral at once cannot both have their way.
    ``receipt`` is made by the form that sends it: sent twice it is taken once. ``sent_as`` is the mark of
    what was sent with it, and by whom; none where that was before marks were kept.
    """

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="referrals")
    program = models.ForeignKey(
        "programs.Program", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    named_program = models.ForeignKey(
        "programs.Program",
        verbose_name=_("the program that the referrer named"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    offering = models.ForeignKey(
        "programs.Offering", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    campus = models.ForeignKey(
        "places.Campus", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    need = models.CharField(_("what it is about"), max_length=12, choices=Need.choices)
    family_knows = models.BooleanField(_("the family knows of it"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.REFERRED)
    told = models.CharField(
        _("what the referrer learns"), max_length=8, choices=Told.choices, default=Told.RECEIVED
    )
    end_reason = models.CharField(
        _("reason of the end"), max_length=12, choices=EndReason.choices, blank=True
    )
    referred_on = models.DateField(_("referred on"))
    contacted_on = models.DateField(null=True, blank=True)
    consented_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    since = models.DateField(help_text=_("The day of the last step."))
    due_on = models.DateField(null=True, blank=True, help_text=_("By when the next step is due."))
    stall_told_on = models.DateField(null=True, blank=True)
    consent = models.ForeignKey(
        "access.Consent", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    referring_agency = models.ForeignKey(
        "access.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    came_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    passed_to = models.ForeignKey(
        "access.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receipt = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sent_as = models.UUIDField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    invented = models.BooleanField(default=False)

    changeable = frozenset(
        {
            "program_id",
            "offering_id",
            "family_knows",
            "state",
            "told",
            "end_reason",
            "contacted_on",
            "consented_on",
            "started_on",
            "ended_on",
            "since",
            "due_on",
            "stall_told_on",
            "consent_id",
            "coordinator_id",
            "passed_to_id",
            "version",
        }
    )

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["agency", "state", "due_on"], name="referral_board"),
            models.Index(fields=["coordinator", "state"], name="referral_caseload"),
            models.Index(fields=["referred_on"], name="referral_referred_on"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="referral_is_an_education_record"
            ),
            models.CheckConstraint(
                condition=Q(state=State.REFERRED, contacted_on__isnull=True, consented_on__isnull=True)
                | Q(state=State.CONTACTED, contacted_on__isnull=False, consented_on__isnull=True)
                | Q(state=State.CONSENTED, consented_on__isnull=False, started_on__isnull=True)
                | Q(state__in=[State.STARTED, State.COMPLETED], started_on__isnull=False)
                | Q(state=State.ENDED),
                name="referral_state_has_its_dates",
            ),
            models.CheckConstraint(
                condition=(Q(consented_on__isnull=True) | Q(contacted_on__isnull=False))
                & (Q(started_on__isnull=True) | Q(consented_on__isnull=False)),
                name="referral_leaves_no_step_out",
            ),
            models.CheckConstraint(condition=_in_order(), name="referral_steps_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_on__isnull=True, end_reason="")
                | Q(state=State.COMPLETED, ended_on__isnull=False, end_reason="")
                | Q(state=State.ENDED, ended_on__isnull=False, end_reason__in=EndReason.values),
                name="referral_ends_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(consented_on__isnull=True) | Q(consent__isnull=False, program__isnull=False),
                name="referral_consent_is_to_a_program",
            ),
            models.CheckConstraint(
                condition=Q(told=Told.ENDED, state__in=CLOSED, started_on__isnull=False)
                | Q(told=Told.STARTED, state=State.STARTED)
                | Q(told=Told.RECEIVED, started_on__isnull=True),
                name="referral_tells_no_more",
            ),
            models.CheckConstraint(
                condition=Q(end_reason=EndReason.TRANSFERRED, passed_to__isnull=False)
                | (~Q(end_reason=EndReason.TRANSFERRED) & Q(passed_to__isnull=True)),
                name="referral_passed_to_somebody",
            ),
            models.CheckConstraint(condition=Q(need__in=Need.values), name="referral_need_known"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN

    def is_stalled(self, day: date) -> bool:
        """Whether its next step is past its day."""
        return self.is_open and self.due_on is not None and self.due_on < day


class Step(ProtectedRecord):
    """One step of a referral: from which state to which, on which day, by whom. Only ever added."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=10, choices=State.choices, blank=True)
    after = models.CharField(max_length=10, choices=State.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200, help_text=_("The member of staff, never a young person."))
    reason = models.CharField(max_length=200, blank=True)

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(after__in=State.values), name="step_leads_somewhere"),
        ]


def of_referral(referral: Referral, record_class: str = RecordClass.EDUCATION) -> dict[str, Any]:
    """The columns that a new protected row beside this referral begins with; its agency is the referral's."""
    return of_youth(referral.youth, record_class) | {"agency_id": referral.agency_id, "referral": referral}
