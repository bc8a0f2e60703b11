"""What was approved: money of a budget line for a work, and the transfers to be asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from schoolward.domains.funding.models.entered import Entered
from schoolward.domains.funding.models.plans import Plan, Scenario


class Approval(Entered):
    """That a scenario was approved, by somebody else than who asked for it. Never changed.

    A plan is approved once: after that what is left is another amount, and wants another plan.
    """

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="approval")
    scenario = models.OneToOneField(Scenario, on_delete=models.PROTECT, related_name="approval")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(by__isnull=False), name="approval_names_who"),
            models.CheckConstraint(condition=~Q(by=F("asked_by")), name="approval_two_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario}"


class Allocation(models.Model):
    """Money of a budget line set aside for a work, until it is obligated or spent there, or withdrawn.

    How much of it is still open is never kept: it is what the ledger has not bound for the work since.
    """

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="allocations")
    work = models.ForeignKey("work.WorkItem", on_delete=models.PROTECT, related_name="+")
    award = models.ForeignKey("grants.Award", on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey("grants.BudgetLine", on_delete=models.PROTECT, related_name="+")
    amount_cents = models.BigIntegerField()
    match_cents = models.BigIntegerField(default=0)
    on = models.DateField()
    at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["approval", "work", "line"]
        indexes = [models.Index(fields=["line", "withdrawn_on"], name="allocation_line_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_cents__gte=0, match_cents__gte=0)
                & (Q(amount_cents__gt=0) | Q(match_cents__gt=0)),
                name="allocation_of_something",
            ),
            models.UniqueConstraint(
                fields=["work", "line"],
                condition=Q(withdrawn_on__isnull=True),
                name="allocation_once_while_open",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="", withdrawn_by_name="")
                | Q(Q(withdrawn_on__isnull=False), ~Q(withdrawn_reason=""), ~Q(withdrawn_by_name="")),
                name="allocation_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work}: {self.line}"


class TransferNeed(models.Model):
    """Money that an approved plan counts on being moved between two lines. Never changed.

    How much of it is still to be asked for is what the ledger has not moved between the two since.
    """

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="transfers")
    award = models.ForeignKey("grants.Award", on_delete=models.PROTECT, related_name="+")
    from_line = models.ForeignKey("grants.BudgetLine", on_delete=models.PROTECT, related_name="+")
    to_line = models.ForeignKey("grants.BudgetLine", on_delete=models.PROTECT, related_name="+")
    amount_cents = models.BigIntegerField()
    at = models.DateTimeField()
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["approval", "from_line", "to_line"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="transfer_need_of_something"),
            models.CheckConstraint(condition=~Q(from_line=F("to_line")), name="transfer_need_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.from_line} → {self.to_line}"
