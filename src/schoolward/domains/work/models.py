"""Work, every step it took, and the evidence that it was done.

The rules stand in ``states`` and ``actions``.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.work.states import CLOSED_STATES, State
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role

LABELS_OF_STATES: list[tuple[str, object]] = [
    (State.PROPOSED, _("Proposed")),
    (State.ACCEPTED, _("Accepted")),
    (State.FUNDED, _("Funded")),
    (State.SCHEDULED, _("Scheduled")),
    (State.DONE, _("Done, not yet verified")),
    (State.VERIFIED, _("Verified")),
    (State.DECLINED, _("Declined")),
]


class WorkKind(models.TextChoices):
    """What asked for the work."""

    RECOMMENDATION = "recommendation", _("Recommendation")
    REPAIR = "repair", _("Repair")
    CORRECTIVE_ACTION = "corrective_action", _("Corrective action")
    TASK = "task", _("Task")


class Trade(models.TextChoices):
    """Who can do it: work is bundled by trade and area."""

    LOCKS = "locks", _("Locks and doors")
    FENCING = "fencing", _("Fences and gates")
    LIGHTING = "lighting", _("Lighting and electrical")
    LANDSCAPE = "landscape", _("Landscape")
    GLAZING = "glazing", _("Windows and glazing")
    PAVING = "paving", _("Paving and markings")
    SIGNS = "signs", _("Signs")
    PAINT = "paint", _("Paint and graffiti")
    CAMERAS = "cameras", _("Cameras")
    ALARMS = "alarms", _("Alarms")
    PROCEDURE = "procedure", _("Procedure and training")
    OTHER = "other", _("Other")


class Severity(models.TextChoices):
    """How much harm could come of leaving it."""

    URGENT = "urgent", _("Urgent")
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class EvidenceKind(models.TextChoices):
    """What kind of proof it is."""

    PHOTO = "photo", _("Photograph")
    DOCUMENT = "document", _("Document")
    NOTE = "note", _("Note")
    MEASUREMENT = "measurement", _("Measurement")


class WorkItem(models.Model):
    """One piece of work, from proposal to verified end.

    ``done_by`` and ``verified_by`` are accounts, not memberships: one person with two memberships is still
    one person. ``evidence_count`` counts evidence since the work was last opened, so that a fix that is
    done again is proved again; it is what lets the database itself refuse a verification without evidence.
    """

    reference = models.CharField(
        max_length=40, unique=True, help_text=_("Your own number for it; given when left empty.")
    )
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=WorkKind.choices, default=WorkKind.TASK)
    source = models.CharField(
        max_length=120, blank=True, help_text=_("The record that asked for it, as app.Model:number.")
    )
    source_title = models.CharField(max_length=200, blank=True)
    campus = models.ForeignKey(
        "places.Campus", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    trade = models.CharField(max_length=20, choices=Trade.choices, default=Trade.OTHER)
    severity = models.CharField(max_length=10, choices=Severity.choices, default=Severity.MEDIUM)
    estimate_cents = models.BigIntegerField(null=True, blank=True)
    funded_cents = models.BigIntegerField(null=True, blank=True)
    actual_cents = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    money_source = models.CharField(max_length=200, blank=True)
    owner_role = models.CharField(max_length=40, choices=Role.choices, blank=True)
    owner = models.ForeignKey(
        "access.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due = models.DateField(null=True, blank=True)
    first_due = models.DateField(null=True, blank=True, help_text=_("The due date that was agreed first."))
    planned_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=LABELS_OF_STATES, default=State.PROPOSED)
    proposed_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence_count = models.PositiveIntegerField(default=0)
    record_class = models.CharField(
        max_length=24, choices=RecordClass.choices, default=RecordClass.FACILITY, editable=False
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["reference"]
        indexes = [
            models.Index(fields=["campus", "state"], name="work_campus_state"),
            models.Index(fields=["state", "due"], name="work_state_due"),
            models.Index(fields=["kind", "state"], name="work_kind_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="work_state_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=WorkKind.values), name="work_kind_known"),
            models.CheckConstraint(condition=Q(trade__in=Trade.values), name="work_trade_known"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="work_severity_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(reference=""), name="work_has_title_and_reference"
            ),
            models.CheckConstraint(
                condition=(Q(estimate_cents__isnull=True) | Q(estimate_cents__gte=0))
                & (Q(funded_cents__isnull=True) | Q(funded_cents__gte=0))
                & (Q(actual_cents__isnull=True) | Q(actual_cents__gte=0)),
                name="work_money_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(first_due__isnull=False), name="work_first_due_is_kept"
            ),
            models.CheckConstraint(
                condition=Q(done_by__isnull=True)
                | Q(verified_by__isnull=True)
                | ~Q(done_by=F("verified_by")),
                name="work_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[State.DONE, State.VERIFIED], done_by__isnull=False, done_on__isnull=False
                )
                | Q(~Q(state__in=[State.DONE, State.VERIFIED]), done_by__isnull=True, done_on__isnull=True),
                name="work_done_names_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=State.VERIFIED,
                    verified_by__isnull=False,
                    verified_on__isnull=False,
                    evidence_count__gte=1,
                )
                | Q(~Q(state=State.VERIFIED), verified_by__isnull=True, verified_on__isnull=True),
                name="work_verified_with_evidence",
            ),
            models.UniqueConstraint(
                fields=["source", "kind"], condition=~Q(source=""), name="work_once_for_each_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.state not in CLOSED_STATES


class AppendOnly(models.Model):
    """A row that says what happened. The database refuses to change it (migration 0002)."""

    at = models.DateTimeField()
    on = models.DateField(help_text=_("The district's local date of it."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200)

    class Meta:
        abstract = True


class Transition(AppendOnly):
    """One move that a piece of work made. The last one up to a day says how it stood on that day."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="transitions")
    number = models.PositiveIntegerField(help_text=_("1 for the proposal, then counting on."))
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="work_transition_numbered"),
            models.CheckConstraint(
                condition=Q(to_state__in=[state.value for state in State]), name="work_transition_to_known"
            ),
            models.CheckConstraint(
                condition=~Q(to_state=State.DECLINED) | ~Q(reason=""), name="work_declined_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["to_state", "on"], name="work_transition_to_on"),
            models.Index(fields=["on"], name="work_transition_on"),
        ]

    def __str__(self) -> str:
        return f"{self.from_state or '…'} → {self.to_state}"


class DueChange(AppendOnly):
    """A due date that moved, and why."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="due_changes")
    from_due = models.DateField(null=True)
    to_due = models.DateField()
    reason = models.TextField()

    class Meta:
        ordering = ["item", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="work_due_change_has_reason")]


class Evidence(AppendOnly):
    """Proof that work was done: words, a picture, a document or a measurement."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=EvidenceKind.choices)
    text = models.TextField(blank=True)
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=255, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["item", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EvidenceKind.values), name="work_evidence_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(file__isnull=False), name="work_evidence_says_something"
            ),
        ]
