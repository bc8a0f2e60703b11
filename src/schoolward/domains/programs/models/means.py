"""Results of surveys as sums, and what a program needs: waivers, equipment, volunteers who were vetted."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.models.catalogue import Program, Provider
from schoolward.domains.programs.models.offerings import Offering
from schoolward.platform.measures.registry import FEWEST_STUDENTS


class Wave(models.TextChoices):
    """When an instrument was filled in."""

    BEFORE = "pre", _("Before")
    AFTER = "post", _("After")


class InstrumentResult(models.Model):
    """The mean of an instrument over a whole group. Of fewer than eleven young people no mean is kept."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="results")
    instrument = models.CharField(max_length=120, help_text=_("The instrument's name."))
    wave = models.CharField(max_length=4, choices=Wave.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    respondents = models.PositiveIntegerField()
    mean = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    lowest = models.DecimalField(max_digits=8, decimal_places=2, help_text=_("Lowest possible value."))
    highest = models.DecimalField(max_digits=8, decimal_places=2, help_text=_("Highest possible value."))
    higher_is_better = models.BooleanField(default=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["program", "instrument", "starts_on", "-wave"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "instrument", "wave", "starts_on", "ends_on"], name="result_once"
            ),
            models.CheckConstraint(
                condition=Q(mean__isnull=True) | Q(respondents__gte=FEWEST_STUDENTS),
                name="result_of_a_few_has_no_mean",
            ),
            models.CheckConstraint(
                condition=Q(mean__isnull=True) | (Q(mean__gte=F("lowest")) & Q(mean__lte=F("highest"))),
                name="result_within_its_scale",
            ),
            models.CheckConstraint(condition=Q(highest__gt=F("lowest")), name="result_scale_in_order"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="result_days_in_order"),
            models.CheckConstraint(condition=Q(wave__in=Wave.values), name="result_wave_known"),
        ]


class Waiver(models.Model):
    """A paper that a parent signs. Here stands which; how many are on file stands with the offering."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="waivers")
    title = models.CharField(max_length=120)
    months = models.PositiveSmallIntegerField(help_text=_("For how many months a signature holds."))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["program", "title", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["program", "title", "valid_from"], name="waiver_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="waiver_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & Q(months__gte=1, months__lte=60), name="waiver_named_and_believable"
            ),
        ]


class Equipment(models.Model):
    """Things of one sort: how many there are, are fit for use and are lent out, and when they were
    checked."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="equipment")
    title = models.CharField(max_length=120, help_text=_("The thing, such as helmets. No names of people."))
    owned = models.PositiveIntegerField()
    fit = models.PositiveIntegerField(help_text=_("How many are fit for use."))
    lent = models.PositiveIntegerField(default=0, help_text=_("How many are lent out: a number."))
    checked_on = models.DateField(null=True, blank=True)
    check_months = models.PositiveSmallIntegerField(default=12)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["program", "title"]
        verbose_name_plural = _("pieces of equipment")
        constraints = [
            models.UniqueConstraint(fields=["program", "title"], name="equipment_once"),
            models.CheckConstraint(
                condition=Q(fit__lte=F("owned")) & Q(lent__lte=F("owned")), name="equipment_within_owned"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="equipment_named"),
        ]


class Volunteer(models.Model):
    """Somebody who helps, by the provider's own reference. The name stays with the provider."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="volunteers")
    reference = models.CharField(
        max_length=20, help_text=_("The provider's number: letters, digits and hyphens. Never a name.")
    )
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["provider", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "reference"], name="volunteer_once"),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[A-Z0-9]{1,8}-[0-9]{1,8}$"),
                name="volunteer_reference_no_name",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")),
                name="volunteer_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class VettingKind(models.TextChoices):
    """What is asked of everybody who works with children."""

    FINGERPRINTS = "fingerprints", _("Fingerprints (state and federal)")
    REPORTING = "reporting", _("Mandated-reporter training")
    TUBERCULOSIS = "tuberculosis", _("Tuberculosis assessment")


class Vetting(models.Model):
    """One clearance of a volunteer, from a day to another. What it found stays with who vetted."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="vettings")
    kind = models.CharField(max_length=14, choices=VettingKind.choices)
    cleared_on = models.DateField()
    expires_on = models.DateField(help_text=_("The last day on which it holds."))
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["volunteer", "kind", "-expires_on"]
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "kind", "cleared_on"], name="vetting_once"),
            models.CheckConstraint(condition=Q(kind__in=VettingKind.values), name="vetting_kind_known"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("cleared_on")), name="vetting_dates_in_order"
            ),
        ]

    def holds(self, first: date, last: date) -> bool:
        """Whether it holds on every day from the first to the last."""
        return self.cleared_on <= first and last <= self.expires_on


class Assignment(models.Model):
    """A volunteer at an offering, from one day to another: every vetting has to hold all the while."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="assignments")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="assignments")
    starts_on = models.DateField()
    ends_on = models.DateField()
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["offering", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "offering", "starts_on"], name="volunteer_assigned_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="assignment_dates_in_order"
            ),
        ]
