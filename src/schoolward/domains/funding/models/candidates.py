"""What a person enters of works that could be bought: facts instead of defaults, ties, prices by fund."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.funding.models.entered import Entered


class FactKind(models.TextChoices):
    """What of a candidate can be said otherwise than by default."""

    CATEGORY = "category", _("Budget category")
    LEAD_DAYS = "lead_days", _("Days until it is done")
    BENEFIT = "benefit", _("Benefit")
    BUNDLE = "bundle", _("Bundle")


class CandidateFact(Entered):
    """One fact of a work, as a person says it instead of the default, and why."""

    work = models.ForeignKey("work.WorkItem", on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=9, choices=FactKind.choices)
    value = models.CharField(max_length=80)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["work", "fact"]
        constraints = [
            models.UniqueConstraint(fields=["work", "fact"], name="candidate_fact_once"),
            models.CheckConstraint(condition=Q(fact__in=FactKind.values), name="candidate_fact_known"),
            models.CheckConstraint(
                condition=~Q(value="") & ~Q(reason=""), name="candidate_fact_has_value_and_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fact_display()}: {self.value}"


class LinkKind(models.TextChoices):
    """How one work depends on another."""

    REQUIRES = "requires", _("Needs the other")
    CONFLICTS = "conflicts", _("Cannot be done beside the other")
    ALTERNATIVE = "alternative", _("Takes the other's place")


class WorkLink(Entered):
    """That one work needs another, or is not to be paid beside it, and why."""

    work = models.ForeignKey("work.WorkItem", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("work.WorkItem", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=LinkKind.choices)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["work", "other", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["work", "other", "kind"], name="work_link_once"),
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="work_link_kind_known"),
            models.CheckConstraint(condition=~Q(work=F("other")), name="work_link_between_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="work_link_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.work} {self.get_kind_display()} {self.other}"


class PriceOption(Entered):
    """What a work costs and brings where one budget line pays it.

    A work with any option is paid by one of its options' lines and by no other. ``benefit`` empty is the
    work's own.
    """

    work = models.ForeignKey("work.WorkItem", on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey("grants.BudgetLine", on_delete=models.PROTECT, related_name="+")
    cost_cents = models.BigIntegerField()
    benefit = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["work", "line"]
        constraints = [
            models.UniqueConstraint(fields=["work", "line"], name="price_option_once"),
            models.CheckConstraint(condition=Q(cost_cents__gt=0), name="price_option_costs_something"),
            models.CheckConstraint(
                condition=Q(benefit__isnull=True) | Q(benefit__gte=0),
                name="price_option_benefit_not_negative",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="price_option_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.work}: {self.line}"
