"""Who provides which program for whom, as planned and as rated by others. Nothing about a child."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.kinds import Kind


class Provider(models.Model):
    """Who delivers programs. Its people act through ``agency``; only they write down what it delivered."""

    key = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=200, unique=True)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    summary = models.CharField(max_length=500, blank=True, help_text=_("What the organization is."))
    website = models.URLField(blank=True)
    hsds_id = models.UUIDField(
        unique=True, default=uuid.uuid4, help_text=_("Its identifier in directories (Open Referral).")
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="program_provider_named")
        ]

    def __str__(self) -> str:
        return self.name


class ProgramState(models.TextChoices):
    """How a program stands on a day. It is not kept: it follows from the dates."""

    PLANNED = "planned", _("Planned")
    PILOT = "pilot", _("Pilot")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")


class Program(models.Model):
    """A youth program.

    Where the partnership follows it as an initiative, that has the same ``key``; what is publicly known about
    it and how it stands is kept there alone. A pilot is over on the day after ``pilot_until`` unless it was
    adopted, which clears that day.
    """

    key = models.SlugField(
        unique=True, max_length=60, help_text=_("Short name; the initiative that follows it has the same.")
    )
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="programs")
    summary = models.CharField(max_length=500, blank=True, help_text=_("What takes place. No names."))
    min_age = models.PositiveSmallIntegerField(null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)
    languages = models.CharField(max_length=60, default="en", help_text=_("Codes with commas: en,es."))
    how_to_join = models.CharField(max_length=300, blank=True)
    fee_cents = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("0 where it is free; empty where it is not known.")
    )
    parent_required = models.BooleanField(
        default=False, help_text=_("A parent or guardian has to come along, and is counted.")
    )
    starts_on = models.DateField(null=True, blank=True)
    pilot_until = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text=_("Where ages and terms are published."))
    hsds_id = models.UUIDField(unique=True, default=uuid.uuid4)
    details_invented = models.BooleanField(
        default=False, help_text=_("The program is real; dates, places and counts here are invented.")
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="program_kind_known"),
            models.CheckConstraint(condition=~Q(title=""), name="program_titled"),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")),
                name="program_ages_in_order",
            ),
            models.CheckConstraint(
                condition=(Q(min_age__isnull=True) | Q(min_age__lte=25))
                & (Q(max_age__isnull=True) | Q(max_age__lte=25)),
                name="program_ages_of_the_young",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | (
                    (Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")))
                    & (Q(pilot_until__isnull=True) | Q(pilot_until__gte=F("starts_on")))
                ),
                name="program_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def state_on(self, day: date) -> ProgramState:
        """How it stands on a day."""
        if self.ended_on is not None and self.ended_on <= day:
            return ProgramState.ENDED
        if self.pilot_until is not None and self.pilot_until < day:
            return ProgramState.ENDED
        if self.starts_on is None or self.starts_on > day:
            return ProgramState.PLANNED
        return ProgramState.PILOT if self.pilot_until is not None else ProgramState.RUNNING


class DosagePlan(models.Model):
    """How much of a program there should be, from one day to another, and who says so."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="plans")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    sessions = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(help_text=_("Minutes of one session."))
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    group_min = models.PositiveSmallIntegerField(null=True, blank=True)
    group_max = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["program", "valid_from"]
        verbose_name_plural = _("dosage plans")
        constraints = [
            models.UniqueConstraint(fields=["program", "valid_from"], name="program_plan_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="program_plan_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(sessions__gte=1, sessions__lte=400, minutes__gte=5, minutes__lte=1440),
                name="program_plan_believable",
            ),
            models.CheckConstraint(
                condition=Q(group_min__isnull=True)
                | Q(group_max__isnull=True)
                | Q(group_max__gte=F("group_min")),
                name="program_plan_group_in_order",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="program_plan_names_its_source"),
        ]


class DateIs(models.TextChoices):
    """What the date of a rating is the date of."""

    RATED = "rated", _("rated")
    REVIEWED = "reviewed", _("evidence last reviewed")
    PUBLISHED = "published", _("published")


class EvidenceRating(models.Model):
    """What one source says of a program, about whom and when. Sources may disagree: all are shown."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="ratings")
    source = models.CharField(max_length=200, help_text=_("Who rates: a clearinghouse, a study."))
    rating = models.CharField(max_length=120, help_text=_("In the source's own words."))
    population = models.CharField(max_length=200, help_text=_("Of whom the source speaks."))
    dated = models.DateField()
    date_is = models.CharField(max_length=10, choices=DateIs.choices, default=DateIs.RATED)
    found_at = models.CharField(max_length=300, blank=True, help_text=_("Address or title of the page."))
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["program", "-dated", "source"]
        constraints = [
            models.UniqueConstraint(fields=["program", "source", "dated"], name="program_rated_once_a_day"),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(rating="") & ~Q(population=""),
                name="program_rating_is_never_bare",
            ),
            models.CheckConstraint(condition=Q(date_is__in=DateIs.values), name="program_rating_date_known"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.rating}"


class Oversight(models.Model):
    """A body that looks after a program, by the short name under which its meetings are kept."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="oversight")
    body_key = models.SlugField(max_length=60)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["program", "body_key"]
        verbose_name_plural = _("oversight of programs")
        constraints = [
            models.UniqueConstraint(fields=["program", "body_key"], name="program_overseen_once_by_a_body")
        ]
