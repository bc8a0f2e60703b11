"""Posts that several awards pay for in turn or together. A post is not a person: no name is kept."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.grants.cliff import Strand
from schoolward.analysis.grants.parts import WHOLE
from schoolward.domains.grants.models.awards import Award


class Position(models.Model):
    """A post, not the person in it."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200, help_text=_("The post, as “Family advocate, site 2”. No names."))
    program = models.CharField(
        max_length=120, blank=True, help_text=_("The initiative or program, as app.Model:number.")
    )
    program_title = models.CharField(max_length=200, blank=True)
    annual_cents = models.BigIntegerField(help_text=_("What the post costs a year, benefits included."))
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & Q(annual_cents__gt=0), name="position_is_something"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="position_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PositionFunding(models.Model):
    """One source's part of a position, from one day to another: an award, or the district's own budget.

    The part is kept exactly, as ``share`` over ``divisor``: a third is 10,000 over 3.
    """

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="funding")
    award = models.ForeignKey(
        Award, null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    local_source = models.CharField(max_length=120, blank=True)
    start = models.DateField()
    end = models.DateField()
    share = models.PositiveIntegerField(
        help_text=_("Hundredths of a percent of the position's cost, times the divisor.")
    )
    divisor = models.PositiveSmallIntegerField(default=1, help_text=_("3 for a third; mostly 1."))
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="position_funding_in_order"),
            models.CheckConstraint(
                condition=Q(share__gt=0, divisor__gt=0, share__lte=WHOLE * F("divisor")),
                name="position_share_makes_sense",
            ),
            models.CheckConstraint(
                condition=Q(award__isnull=False, local_source="")
                | (Q(award__isnull=True) & ~Q(local_source="")),
                name="position_funding_has_one_source",
            ),
        ]

    @property
    def source_name(self) -> str:
        """The award's title, or the local source."""
        return self.award.title if self.award is not None else self.local_source

    @property
    def part(self) -> Fraction:
        """The part, exactly, in hundredths of a percent."""
        return Fraction(self.share, self.divisor)

    def as_strand(self) -> Strand:
        """The funding as the arithmetic sees it."""
        return Strand(self.source_name, self.start, self.end, self.part)
