"""How long records are kept, what is held for litigation, and disposals with the certificates that stay."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models.accounts import Account
from schoolward.platform.access.models.agencies import Agency, RecordClass


class KeptAfter(models.TextChoices):
    """What the years of keeping are counted from."""

    CLOSED = "closed", _("the record is closed")
    TURNED_18 = "turned_18", _("the young person turns 18")
    GRADUATION = "graduation", _("graduation")
    END_OF_SERVICE = "end_of_service", _("the end of the service")


class RetentionSchedule(models.Model):
    """For how many years one class of one table is kept after an event. Never changed but by its last day."""

    table = models.CharField(max_length=100, help_text="A protected table, such as access.Consent.")
    record_class = models.CharField(max_length=30, choices=RecordClass.choices)
    version = models.PositiveIntegerField()
    after = models.CharField(max_length=20, choices=KeptAfter.choices)
    years = models.PositiveSmallIntegerField()
    citation = models.CharField(max_length=300)
    is_confirmed = models.BooleanField(
        default=False, help_text="Whether counsel has confirmed it against the law's text."
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["table", "record_class", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "record_class", "version"], name="schedule_version_once"
            ),
            models.CheckConstraint(condition=Q(after__in=KeptAfter.values), name="schedule_event_known"),
            models.CheckConstraint(
                condition=Q(record_class__in=RecordClass.values), name="schedule_class_known"
            ),
            models.CheckConstraint(condition=Q(years__lte=100), name="schedule_years_believable"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="schedule_dates_in_order",
            ),
        ]


class Covers(models.TextChoices):
    """What a hold is on."""

    PERSON = "person", _("One person's records")
    TABLE = "table", _("Every record of a table")
    MATTER = "matter", _("The records of a matter")


class LitigationHold(models.Model):
    """What it names is never due while it lasts. ``agency`` is whose records; empty for every agency's.

    ``names`` are references of persons or records, or one table's label.
    """

    covers = models.CharField(max_length=10, choices=Covers.choices)
    names = models.JSONField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    matter = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(covers__in=Covers.values), name="hold_covers_known"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_reason="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_reason="")),
                name="hold_lifted_with_reason",
            ),
        ]


class Disposal(models.Model):
    """A batch that one person proposes, another reviews, and that is carried out once, whole."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    schedule = models.ForeignKey(RetentionSchedule, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    is_approved = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)
    #: Of sealed records: their number is told and none of them is shown. Empty as no: see migration 0011.
    of_sealed = models.BooleanField(null=True, editable=False)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("proposed_by")),
                name="disposal_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, is_approved=False)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="disposal_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_at__isnull=True) | Q(is_approved=True),
                name="disposal_carried_out_when_approved",
            ),
        ]

    def state(self) -> str:
        """``proposed``, ``refused``, ``approved`` or ``done``."""
        if self.carried_out_at is not None:
            return "done"
        if self.reviewed_at is None:
            return "proposed"
        return "approved" if self.is_approved else "refused"


class DisposalRow(models.Model):
    """One record of a batch by its number; gone with the record, unless it was taken out."""

    disposal = models.ForeignKey(Disposal, on_delete=models.CASCADE, related_name="rows")
    number = models.BigIntegerField()
    due_on = models.DateField()
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    taken_out_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["number"], name="disposal_row_number")]
        constraints = [
            models.UniqueConstraint(fields=["disposal", "number"], name="disposal_row_once"),
            models.CheckConstraint(
                condition=Q(taken_out_at__isnull=True, taken_out_reason="")
                | (Q(taken_out_at__isnull=False) & ~Q(taken_out_reason="")),
                name="disposal_row_out_with_reason",
            ),
        ]


class Certificate(models.Model):
    """All that stays of records that were disposed of: how many of what, by which rule, by whom, when."""

    disposal = models.OneToOneField(Disposal, on_delete=models.PROTECT, related_name="certificate")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=100)
    record_class = models.CharField(max_length=30, choices=RecordClass.choices)
    rows = models.PositiveIntegerField()
    schedule = models.ForeignKey(RetentionSchedule, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("proposed_by")), name="certificate_of_two_persons"
            ),
        ]
