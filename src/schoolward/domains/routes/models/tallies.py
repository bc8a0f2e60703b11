"""Hands-up tallies of how pupils came and went, in the national form, and what parents answered.

The form is the "Student In-Class Travel Tally" of the National Center for Safe Routes to School: one class,
two of Tuesday to Thursday, on arrival and on departure, seven modes, the weather. It asks for a teacher's
name; here a class has a label, and no name is kept.
"""

from __future__ import annotations

import re
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Which way the pupils went."""

    ARRIVAL = "arrival", _("Morning, to school")
    DEPARTURE = "departure", _("Afternoon, from school")


class Weather(models.TextChoices):
    """The weather as the national form has it."""

    SUNNY = "sunny", _("Sunny")
    RAINY = "rainy", _("Rainy")
    OVERCAST = "overcast", _("Overcast")
    SNOW = "snow", _("Snow")


class Mode(models.TextChoices):
    """The seven modes of the national form, in its order. Each is a column of :class:`ClassTally`."""

    WALK = "walk", _("Walk")
    BIKE = "bike", _("Bike")
    SCHOOL_BUS = "school_bus", _("School bus")
    FAMILY_VEHICLE = "family_vehicle", _("Family vehicle")
    CARPOOL = "carpool", _("Carpool")
    TRANSIT = "transit", _("Transit")
    OTHER = "other", _("Other")


class Season(models.TextChoices):
    """Half of a calendar year, as the national center adds tallies up."""

    SPRING = "spring", _("Spring")
    FALL = "fall", _("Fall")


class Grade(models.TextChoices):
    """A grade; pupils below kindergarten are in transitional kindergarten."""

    TK = "TK", _("Transitional kindergarten")
    K = "K", _("Kindergarten")
    G1 = "1", _("Grade 1")
    G2 = "2", _("Grade 2")
    G3 = "3", _("Grade 3")
    G4 = "4", _("Grade 4")
    G5 = "5", _("Grade 5")
    G6 = "6", _("Grade 6")
    G7 = "7", _("Grade 7")
    G8 = "8", _("Grade 8")
    G9 = "9", _("Grade 9")
    G10 = "10", _("Grade 10")
    G11 = "11", _("Grade 11")
    G12 = "12", _("Grade 12")


WALKING_MODES: tuple[str, ...] = (Mode.WALK, Mode.BIKE)
"""What counts as active travel."""

TALLY_WEEKDAYS: tuple[int, ...] = (1, 2, 3)
"""Tuesday to Thursday; 0 is Monday."""


def season_of(day: date) -> tuple[int, Season]:
    """The year and the half of it in which a day lies: January to June is spring."""
    return day.year, Season.SPRING if day.month <= 6 else Season.FALL


def plain_key(text: str) -> str:
    """What tells one label or number from another: neither capitals nor spaces do.

    “Room 77”, “room 77” and “Room77” are one class. A space between two figures stays: “5 2” is not “52”.
    """
    folded = " ".join(text.casefold().split())
    return re.sub(r"(?<![0-9]) | (?![0-9])", "", folded)


class ClassTally(models.Model):
    """How many pupils of one class came, or went, by each mode on one day."""

    campus = models.ForeignKey(
        "places.Campus", on_delete=models.PROTECT, related_name="+", verbose_name=_("site")
    )
    class_label = models.CharField(
        _("class"), max_length=20, help_text=_("A room or a number, such as “Room 12” or “4-B”. No name.")
    )
    class_key = models.CharField(  # noqa: DJ001 - several that are set aside have none
        max_length=60,
        null=True,
        editable=False,
        help_text=_("What tells classes apart: the label without capitals and spaces. None: set aside."),
    )
    grade = models.CharField(max_length=2, choices=Grade.choices)
    enrolled = models.PositiveSmallIntegerField(help_text=_("Pupils enrolled in the class."))
    day = models.DateField()
    weekday = models.PositiveSmallIntegerField(help_text=_("0 is Monday."))
    direction = models.CharField(max_length=9, choices=Direction.choices)
    weather = models.CharField(max_length=8, choices=Weather.choices)
    walk = models.PositiveSmallIntegerField(default=0)
    bike = models.PositiveSmallIntegerField(default=0)
    school_bus = models.PositiveSmallIntegerField(default=0)
    family_vehicle = models.PositiveSmallIntegerField(default=0)
    carpool = models.PositiveSmallIntegerField(default=0)
    transit = models.PositiveSmallIntegerField(default=0)
    other = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invented = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("travel tally")
        verbose_name_plural = _("travel tallies")
        ordering = ["-day", "campus", "class_label", "direction"]
        indexes = [models.Index(fields=["day", "campus"], name="routes_tally_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["campus", "class_key", "day", "direction"], name="routes_tally_once"
            ),
            models.CheckConstraint(
                condition=Q(weekday__range=(TALLY_WEEKDAYS[0], TALLY_WEEKDAYS[-1])),
                name="routes_tally_weekday",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="routes_tally_direction_known"
            ),
            models.CheckConstraint(
                condition=Q(weather__in=Weather.values), name="routes_tally_weather_known"
            ),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="routes_tally_grade_known"),
            models.CheckConstraint(
                condition=~Q(class_label="") & (Q(class_key__isnull=True) | ~Q(class_key="")),
                name="routes_tally_has_class",
            ),
            models.CheckConstraint(
                condition=Q(enrolled__range=(1, 60))
                & Q(
                    enrolled__gte=F("walk")
                    + F("bike")
                    + F("school_bus")
                    + F("family_vehicle")
                    + F("carpool")
                    + F("transit")
                    + F("other")
                ),
                name="routes_tally_within_class",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campus}, {self.class_label}, {self.day}, {self.direction}"

    @property
    def is_set_aside(self) -> bool:
        """Whether it counts no more, as a later one of the same class, day and way stands."""
        return self.class_key is None

    @property
    def trips(self) -> int:
        """How many pupils raised a hand."""
        return sum(getattr(self, mode) for mode in Mode.values)

    @property
    def active(self) -> int:
        """How many walked or rode a bike."""
        return sum(getattr(self, mode) for mode in WALKING_MODES)


class Distance(models.TextChoices):
    """How far home is from school, in the bands of the national parent survey."""

    QUARTER = "quarter", _("Less than ¼ mile")
    HALF = "half", _("¼ to ½ mile")
    ONE = "one", _("½ to 1 mile")
    TWO = "two", _("1 to 2 miles")
    MORE = "more", _("More than 2 miles")
    UNKNOWN = "unknown", _("Not sure")


class Allowed(models.TextChoices):
    """From which grade a parent lets the child walk or ride without an adult."""

    NOW = "now", _("Allowed already")
    K2 = "k2", _("From kindergarten to grade 2")
    G35 = "g35", _("From grade 3, 4 or 5")
    G68 = "g68", _("From grade 6, 7 or 8")
    LATER = "later", _("Later than grade 8")
    NEVER = "never", _("At no grade")


class Change(models.TextChoices):
    """What would change it: the issues of the national parent survey."""

    DISTANCE = "distance", _("A shorter way")
    TIME = "time", _("More time in the morning")
    SPEED = "speed", _("Slower traffic")
    TRAFFIC = "traffic", _("Less traffic")
    ADULTS = "adults", _("Adults to walk or ride with")
    SIDEWALKS = "sidewalks", _("Sidewalks or paths")
    CROSSINGS = "crossings", _("Safer crossings")
    GUARDS = "guards", _("Crossing guards")
    CRIME = "crime", _("Less violence or crime")
    WEATHER = "weather", _("Better weather")
    ACTIVITIES = "activities", _("No activities before or after school")


class ParentSurvey(models.Model):
    """One answered short form. It has no name, no address and no class; counts under 11 are never shown."""

    campus = models.ForeignKey(
        "places.Campus", on_delete=models.PROTECT, related_name="+", verbose_name=_("site")
    )
    number = models.CharField(
        max_length=20, help_text=_("The number printed on the form, or given when left empty.")
    )
    number_key = models.CharField(  # noqa: DJ001 - several that are set aside have none
        max_length=60,
        null=True,
        editable=False,
        help_text=_("What tells forms apart: the number without capitals. None: set aside."),
    )
    day = models.DateField(help_text=_("The day on which the form came in."))
    grade = models.CharField(max_length=2, choices=Grade.choices)
    distance = models.CharField(max_length=8, choices=Distance.choices)
    mode = models.CharField(max_length=16, choices=Mode.choices)
    allowed = models.CharField(max_length=8, choices=Allowed.choices)
    changes = models.JSONField(default=list, blank=True, help_text=_("Keys of what would change it."))
    recorded_at = models.DateTimeField()
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-day", "campus", "number"]
        indexes = [models.Index(fields=["day", "campus"], name="routes_survey_day")]
        constraints = [
            models.UniqueConstraint(fields=["campus", "number_key"], name="routes_survey_once"),
            models.CheckConstraint(condition=~Q(number=""), name="routes_survey_has_number"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="routes_survey_grade_known"),
            models.CheckConstraint(
                condition=Q(distance__in=Distance.values), name="routes_survey_distance_known"
            ),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="routes_survey_mode_known"),
            models.CheckConstraint(
                condition=Q(allowed__in=Allowed.values), name="routes_survey_allowed_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campus} {self.number}"
