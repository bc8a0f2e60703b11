"""Incidents of discipline as the state's files tell them, without a student: what, when, and what followed.

Who was in one stands in the student information system, and not here: no name, no number, no birth date, no
group. Counts of students by what followed are kept because accountability asks for them
(``docs/decisions/0085``).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DisciplineIncident(models.Model):
    """One incident of a school's year, under the number that the school gave it."""

    school = models.ForeignKey("places.School", on_delete=models.PROTECT, related_name="+")
    school_year = models.SmallIntegerField(help_text=_("2012 stands for 2012-13."))
    number = models.CharField(_("number"), max_length=40)
    month = models.DateField(_("month"), help_text=_("First day of the month; the day itself is not kept."))
    statutory = models.BooleanField(_("statutory offense"))
    brought_at = models.DateTimeField(help_text=_("When a file last said something new of it."))
    invented = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("incident of discipline")
        verbose_name_plural = _("incidents of discipline")
        ordering = ["-school_year", "-month", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year", "number"], name="discipline_incident_once_a_year"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="discipline_incident_has_a_number"),
            models.CheckConstraint(
                condition=Q(school_year__range=(1990, 2999)), name="discipline_incident_year_believable"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DisciplineAbout(models.TextChoices):
    """What a line of an incident is about."""

    OFFENSE = "offense", _("Offense")
    WEAPON = "weapon", _("Kind of weapon")
    RESULT = "result", _("What followed")


class DisciplineLine(models.Model):
    """A code of an incident. Of what followed, ``students`` counts to how many; of the others nobody is."""

    incident = models.ForeignKey(DisciplineIncident, on_delete=models.CASCADE, related_name="lines")
    about = models.CharField(max_length=7, choices=DisciplineAbout.choices)
    code = models.CharField(max_length=8)
    students = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["about", "code"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "about", "code"], name="discipline_line_once"),
            models.CheckConstraint(
                condition=Q(about__in=DisciplineAbout.values) & ~Q(code=""), name="discipline_line_known"
            ),
            models.CheckConstraint(
                condition=Q(about=DisciplineAbout.RESULT, students__isnull=False, students__gte=1)
                | (~Q(about=DisciplineAbout.RESULT) & Q(students__isnull=True)),
                name="discipline_line_counts_what_followed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.code}"
