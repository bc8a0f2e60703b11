"""Campuses (pieces of ground) and schools (institutions that operate on them), each with dates.

A school moves, closes, changes its code for the same building, or shares ground with another; the ground
stays. So whatever belongs to the ground (doors, cameras, incidents, work) refers to a campus, and
everything asks "as of when?".
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

CDS_DIGITS = 14


class Jurisdiction(models.TextChoices):
    """Whose emergency call centre answers for the ground."""

    CITY = "city", _("City")
    COUNTY = "county", _("Unincorporated county")
    UNKNOWN = "unknown", _("Not known")


class SchoolKind(models.TextChoices):
    """Kinds of school as the California Department of Education lists them."""

    ELEMENTARY = "elementary", _("Elementary")
    MIDDLE = "middle", _("Middle")
    JUNIOR_HIGH = "junior_high", _("Junior High")
    HIGH = "high", _("High")
    CONTINUATION = "continuation", _("Continuation")
    COMMUNITY_DAY = "community_day", _("Community Day")
    ALTERNATIVE = "alternative", _("Alternative School of Choice")
    SPECIAL_EDUCATION = "special_education", _("Special Education")
    K12 = "k12", _("K-12")
    ADULT = "adult", _("Adult")
    OFFICE = "office", _("Office")


NOT_K12: tuple[str, ...] = (SchoolKind.ADULT, SchoolKind.OFFICE)


class CharterFunding(models.TextChoices):
    """How a charter school gets its money; a directly funded one is not run by the district."""

    DIRECT = "direct", _("Directly funded")
    LOCAL = "local", _("Locally funded")
    NONE = "", _("Not a charter, or not known")


class Origin(models.TextChoices):
    """Where a campus's name or point comes from. What a person set is not overwritten by an import."""

    DIRECTORY = "directory", _("School directory")
    EDITED = "edited", _("Entered by hand")


class Campus(models.Model):
    """A piece of ground with an address, on which one or more schools operate over time."""

    name = models.CharField(max_length=200)
    name_origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.DIRECTORY)
    slug = models.SlugField(max_length=80, unique=True)
    address = models.CharField(max_length=200)
    address_key = models.CharField(
        max_length=200, unique=True, help_text=_("The address as a key (analysis.addresses.normalise).")
    )
    zip_code = models.CharField(max_length=10, blank=True)
    jurisdiction = models.CharField(max_length=10, choices=Jurisdiction.choices, default=Jurisdiction.UNKNOWN)
    longitude = models.FloatField(null=True, blank=True, help_text=_("Degrees, WGS 84."))
    latitude = models.FloatField(null=True, blank=True, help_text=_("Degrees, WGS 84."))
    point_origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.DIRECTORY)
    notes = models.TextField(blank=True)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(address_key=""), name="campus_has_an_address"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(
                    longitude__isnull=False,
                    latitude__isnull=False,
                    longitude__range=(-180, 180),
                    latitude__range=(-90, 90),
                ),
                name="campus_point_whole_and_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(jurisdiction__in=Jurisdiction.values), name="campus_jurisdiction_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """An institution with a state code. Where it operates is told by its occupancies."""

    cds_code = models.CharField(_("CDS code"), max_length=CDS_DIGITS, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SchoolKind.choices)
    level = models.CharField(max_length=20, blank=True)
    grades = models.CharField(max_length=20, blank=True)
    is_charter = models.BooleanField(default=False)
    charter_funding = models.CharField(max_length=10, choices=CharterFunding.choices, blank=True)
    opened = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True, help_text=_("The last day of operation."))
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    former_name_note = models.CharField(max_length=200, blank=True)
    former_name_verified = models.BooleanField(
        default=False, help_text=_("Whether the former name was checked against a public source.")
    )
    campuses: models.ManyToManyField[Campus, SchoolOccupancy] = models.ManyToManyField(
        Campus, through="SchoolOccupancy", related_name="schools"
    )

    class Meta:
        ordering = ["name", "cds_code"]
        constraints = [
            models.CheckConstraint(
                condition=Exact(Length("cds_code"), CDS_DIGITS), name="school_cds_code_has_14_digits"
            ),
            models.CheckConstraint(
                condition=Q(opened__isnull=True) | Q(closed__isnull=True) | Q(closed__gte=F("opened")),
                name="school_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(kind__in=SchoolKind.values), name="school_kind_known"),
            models.CheckConstraint(
                condition=Q(charter_funding="") | Q(is_charter=True), name="school_funding_only_for_charters"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_k12(self) -> bool:
        """Whether it teaches children: not an adult centre, not an office."""
        return self.kind not in NOT_K12


def _dates_in_order() -> Q:
    """The condition that a row's two dates stand in order, for a constraint."""
    return Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class SchoolOccupancy(models.Model):
    """A school on a campus from one day to another, both included; a blank end is open.

    One school's occupancies do not overlap: triggers on either database refuse it (migration 0002).
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="occupancies")
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="occupancies")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "school occupancies"
        ordering = ["valid_from", "pk"]
        indexes = [models.Index(fields=["campus", "valid_from", "valid_to"], name="occupancy_campus")]
        constraints = [
            models.CheckConstraint(condition=_dates_in_order(), name="occupancy_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.school} @ {self.campus}"


class Enrolment(models.Model):
    """How many students a school has in a school year, named by the year in which it begins."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="enrolments")
    school_year = models.PositiveSmallIntegerField(help_text=_("2012 stands for 2012-13."))
    students = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["school", "school_year"]
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year"], name="enrolment_once_a_year"),
            models.CheckConstraint(
                condition=Q(school_year__range=(1850, 2200)), name="enrolment_year_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.school_year}: {self.students}"


class BellTimes(models.Model):
    """When school begins and ends on one weekday, at one campus or (blank) by the district's default."""

    campus = models.ForeignKey(
        Campus, on_delete=models.CASCADE, null=True, blank=True, related_name="bell_times"
    )
    weekday = models.PositiveSmallIntegerField(help_text=_("0 is Monday."))
    begins = models.TimeField()
    ends = models.TimeField(help_text=_("The first minute after school."))
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "bell times"
        ordering = ["campus", "weekday", "valid_from"]
        constraints = [
            # Blanks would not count as equal by themselves, on either database.
            models.UniqueConstraint(
                Coalesce(F("campus"), Value(0)),
                F("weekday"),
                Coalesce(F("valid_from"), Value(date(1, 1, 1))),
                name="bell_times_once",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="bell_times_in_order"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="bell_times_weekday"),
            models.CheckConstraint(condition=_dates_in_order(), name="bell_times_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.campus or _('District')} {self.weekday}: {self.begins:%H:%M}-{self.ends:%H:%M}"


class NonSchoolDay(models.Model):
    """A weekday without school, at one campus or (blank) in the whole district."""

    campus = models.ForeignKey(
        Campus, on_delete=models.CASCADE, null=True, blank=True, related_name="non_school_days"
    )
    day = models.DateField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["day", "campus"]
        constraints = [
            models.UniqueConstraint(Coalesce(F("campus"), Value(0)), F("day"), name="non_school_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
