"""Networks of streets that the installation knows, and what was planned on them for each school.

A plan is made from pupils' addresses and keeps none of them: counts of eleven or more pupils, means of such
counts, and streets. Which of these may be kept is `actions/planning.py`'s business; here is no pupil.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes.models.barriers import Countermeasure
from schoolward.domains.routes.models.tallies import Season
from schoolward.platform.measures.registry import FEWEST_STUDENTS

FEWEST_PUPILS = FEWEST_STUDENTS
"""No count of fewer pupils is kept of a plan (`analysis.disclosure`)."""

MOST_DETOUR = 3
"""No way is planned that is more than so many times as long as the shortest."""


class StreetNetwork(models.Model):
    """A pedestrian network whose files lie in the data folder, under its digest."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    digest = models.CharField(
        max_length=64, unique=True, help_text=_("SHA-256 over the digests of its files; names its folder.")
    )
    source = models.CharField(max_length=200, help_text=_("The file that it was made of."))
    attribution = models.CharField(max_length=200, help_text=_("Stands beside every map of it."))
    license_url = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(help_text=_("When it was built from its source."))
    registered_at = models.DateTimeField()
    nodes = models.PositiveIntegerField()
    edges = models.PositiveIntegerField()
    length_m = models.FloatField(help_text=_("Meters of streets and paths."))
    about = models.JSONField(
        default=dict, help_text=_("What was read, left out and assumed, as the builder told it.")
    )
    stress_version = models.CharField(max_length=20, help_text=_("The version of the stress model."))
    stress_text = models.TextField(
        blank=True, help_text=_("The stress model itself, where it is none of those that are shipped.")
    )
    current = models.BooleanField(default=False, help_text=_("Plans are made on it."))
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-registered_at", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["current"], condition=Q(current=True), name="routes_network_one_current"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(digest="") & ~Q(attribution=""), name="routes_network_says_whose"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SchoolPlan(models.Model):
    """How the pupils of one site may walk, as planned in one half of a year. Lengths are meters on the
    ground, stress is meters of a quiet path; means are over the pupils that have a way, to ten meters.
    """

    campus = models.ForeignKey(
        "places.Campus", on_delete=models.PROTECT, related_name="+", verbose_name=_("site")
    )
    network = models.ForeignKey(StreetNetwork, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=6, choices=Season.choices)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    longitude = models.FloatField(help_text=_("Where pupils walk to, in degrees."))
    latitude = models.FloatField(help_text=_("Where pupils walk to, in degrees."))
    detour = models.FloatField(help_text=_("How many times the shortest walk the safest way may be long."))
    pupils = models.PositiveIntegerField(help_text=_("Pupils that were planned for."))
    shortest_m = models.FloatField(null=True, blank=True, help_text=_("Mean length of the shortest walk."))
    route_m = models.FloatField(null=True, blank=True, help_text=_("Mean length of the safest way."))
    shortest_stress_m = models.FloatField(
        null=True, blank=True, help_text=_("Mean stress of the shortest walk.")
    )
    stress_m = models.FloatField(null=True, blank=True, help_text=_("Mean stress of the safest way."))
    sheds = models.JSONField(
        default=list,
        help_text=_("Of 5, 10, 15 and 20 minutes: minutes, pupils and share; empty where not shown."),
    )
    trade_off = models.JSONField(
        default=list, help_text=_("Of each detour: detour, mean length_m and mean stress_m.")
    )
    tolerable = models.JSONField(
        default=dict,
        help_text=_("What counts as a way that can be walked, how many can walk and how many cannot."),
    )
    basis = models.JSONField(
        default=dict,
        help_text=_("What was assumed: stress model, minute of the day, collisions and barriers counted."),
    )
    shown_before = models.JSONField(
        default=list,
        editable=False,
        help_text=_("Every number that earlier plans of the school year showed, replaced ones included."),
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["campus", "-year", "season"]
        constraints = [
            models.UniqueConstraint(
                fields=["campus", "year", "season"], name="routes_plan_one_a_site_and_half_year"
            ),
            models.CheckConstraint(condition=Q(season__in=Season.values), name="routes_plan_season_known"),
            models.CheckConstraint(
                condition=Q(pupils__gte=FEWEST_PUPILS), name="routes_plan_of_enough_pupils"
            ),
            models.CheckConstraint(condition=Q(detour__gte=1), name="routes_plan_detour"),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="routes_plan_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campus}, {self.get_season_display()} {self.year}"


class WalkedStreet(models.Model):
    """A piece of street, from one junction to the next, on a safest way to the school."""

    plan = models.ForeignKey(SchoolPlan, on_delete=models.CASCADE, related_name="streets")
    name = models.CharField(max_length=200, blank=True)
    line = models.JSONField(
        help_text=_("Longitude and latitude of each point, towards the school or from it.")
    )
    length_m = models.FloatField()
    pupils = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text=_(
            "Pupils whose safest way leads along it; empty where the number is not shown or nobody walks "
            "there, so that an empty one tells nothing of who lives there."
        ),
    )
    factor = models.FloatField(help_text=_("Stress of a meter; 1 is a quiet path."))
    crossing_m = models.FloatField(help_text=_("Stress of the crossings on it, as meters of a quiet path."))

    class Meta:
        ordering = ["plan", models.F("pupils").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pupils__isnull=True) | Q(pupils__gte=FEWEST_PUPILS),
                name="routes_street_of_enough_pupils",
            ),
            models.CheckConstraint(condition=Q(factor__gte=1), name="routes_street_factor"),
        ]

    def __str__(self) -> str:
        return self.name or "—"


class PlannedFix(models.Model):
    """One thing that would let pupils walk who cannot now."""

    plan = models.ForeignKey(SchoolPlan, on_delete=models.CASCADE, related_name="fixes")
    rank = models.PositiveSmallIntegerField(help_text=_("1 frees most pupils."))
    countermeasure = models.CharField(max_length=10, choices=Countermeasure.choices)
    where = models.CharField(max_length=200, blank=True, help_text=_("The streets that meet there."))
    longitude = models.FloatField()
    latitude = models.FloatField()
    frees = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Pupils that could walk with it; empty where not shown.")
    )
    barrier = models.ForeignKey(
        "routes.Barrier",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The reported barrier that would be gone."),
    )

    class Meta:
        verbose_name_plural = _("planned fixes")
        ordering = ["plan", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "rank"], name="routes_fix_ranked"),
            models.CheckConstraint(
                condition=Q(frees__isnull=True) | Q(frees__gte=FEWEST_PUPILS),
                name="routes_fix_of_enough_pupils",
            ),
            models.CheckConstraint(
                condition=Q(countermeasure__in=Countermeasure.values), name="routes_fix_known"
            ),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="routes_fix_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_countermeasure_display()}, {self.where}"
