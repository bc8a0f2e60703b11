"""Incidents, the offences that they name, and tallies kept beside them.

A million incidents must be counted in a moment, so their counts by month are kept in two small tables, which
every write changes in its own transaction (`actions.tallies`).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models import RecordClass


class Category(models.TextChoices):
    """What happened, in plain words (analysis.offences.Category holds the rules)."""

    HOMICIDE = "homicide", _("Homicide")
    ASSAULT = "assault", _("Assault, battery and abduction")
    ROBBERY = "robbery", _("Robbery")
    SEXUAL_OFFENCE = "sexual_offence", _("Sexual offense")
    THREATS = "threats", _("Threats and harassment")
    WEAPONS = "weapons", _("Weapons")
    DRUGS = "drugs", _("Drugs, alcohol and tobacco")
    BURGLARY = "burglary", _("Burglary")
    THEFT = "theft", _("Theft")
    VEHICLE_THEFT = "vehicle_theft", _("Vehicle theft")
    FRAUD = "fraud", _("Fraud and forgery")
    VANDALISM = "vandalism", _("Vandalism")
    ARSON = "arson", _("Arson, fire and fireworks")
    DISORDER = "disorder", _("Disorder and trespass")
    TRAFFIC = "traffic", _("Traffic")
    JUSTICE = "justice", _("Warrants, court orders and obstruction")
    OTHER = "other", _("Other offense")
    MISSING = "missing", _("Missing person or juvenile matter")
    NON_CRIME = "non_crime", _("Report that is not a crime")


NON_CRIMES: tuple[str, ...] = (Category.MISSING, Category.NON_CRIME)
CRIMES: tuple[str, ...] = tuple(category for category in Category if category not in NON_CRIMES)


class Source(models.TextChoices):
    """Where a record comes from. Together with the key in the source it tells records apart."""

    SPD_2006 = "spd-2006", _("Sacramento Police, January 2006")
    SPD_2021 = "spd-2021", _("Sacramento Police, 2021")
    GENERIC = "generic", _("File in the general layout")
    MANUAL = "manual", _("Entered by hand")
    GENERATED = "generated", _("Generated for the demonstration")


class Placement(models.TextChoices):
    """How well the position is known."""

    EXACT = "exact", _("Position given by the source")
    SITE = "site", _("Position of the site")
    GRID = "grid", _("Approximate: middle of the police reporting grid")
    NONE = "none", _("No position")


class Method(models.TextChoices):
    """How the incident was attributed to a site."""

    ADDRESS = "address", _("By its address")
    DISTANCE = "distance", _("By distance, within 1,000 feet")
    NONE = "none", _("To no site")


class Offence(models.Model):
    """One code and description as a source writes them, and what they mean in plain words."""

    code = models.CharField(max_length=16, blank=True)
    description = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=16, choices=Category.choices)
    nibrs = models.CharField(max_length=3, blank=True, help_text=_("NIBRS code where it is known."))
    school_statute = models.BooleanField(
        default=False, help_text=_("Whether the law that it names concerns schools only.")
    )

    class Meta:
        verbose_name = _("offense")
        verbose_name_plural = _("offenses")
        ordering = ["code", "description"]
        constraints = [
            models.UniqueConstraint(fields=["code", "description", "category"], name="offence_once"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="offence_category_known"),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.code, self.description) if part) or str(self.category_label)

    @property
    def category_label(self) -> str:
        """The category in words."""
        return str(Category(self.category).label)


class Incident(models.Model):
    """Something that happened, where and when, and the site that it belongs to."""

    agency = models.ForeignKey(
        "access.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    source = models.CharField(max_length=10, choices=Source.choices)
    source_key = models.CharField(max_length=48, help_text=_("Tells records of one source apart."))
    content_digest = models.CharField(max_length=32, help_text=_("Tells whether a record has changed."))
    occurred_at = models.DateTimeField()
    local_date = models.DateField()
    local_minute = models.SmallIntegerField(help_text=_("Minutes since local midnight."))
    local_hour = models.SmallIntegerField()
    local_weekday = models.SmallIntegerField(help_text=_("0 is Monday."))
    school_year = models.SmallIntegerField(help_text=_("2012 stands for 2012-13."))
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="incidents", db_index=False)
    category = models.CharField(max_length=16, choices=Category.choices)
    is_crime = models.BooleanField()
    address = models.CharField(max_length=160, blank=True)
    address_key = models.CharField(max_length=200, blank=True)
    district = models.CharField(max_length=16, blank=True)
    beat = models.CharField(max_length=16, blank=True)
    grid = models.CharField(max_length=16, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    placement = models.CharField(max_length=5, choices=Placement.choices)
    campus = models.ForeignKey(
        "places.Campus",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("site"),
    )
    method = models.CharField(max_length=8, choices=Method.choices)
    distance_m = models.FloatField(null=True, blank=True, help_text=_("Metres from the site's point."))
    at_campus = models.BooleanField(help_text=_("Whether its address is that of a site in operation then."))
    near_campus = models.BooleanField(help_text=_("Whether any site in operation lies within 305 m."))
    in_school_hours = models.BooleanField()
    spot = models.CharField(_("where on the site"), max_length=80, blank=True, db_default="")
    case_number = models.CharField(max_length=40, blank=True, db_default="")
    record_class = models.CharField(max_length=24, choices=RecordClass.choices)
    generated = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        # The same order as by moment alone, but the one index of days serves counting and listing.
        ordering = ["-local_date", "-occurred_at", "-pk"]
        indexes = [
            models.Index(fields=["local_date", "occurred_at"], name="incident_day"),
            models.Index(fields=["category", "local_date"], name="incident_category"),
            models.Index(
                fields=["campus", "local_date"], condition=Q(campus__isnull=False), name="incident_site"
            ),
            # The last column is there so that measures are counted from the index alone.
            models.Index(
                fields=["local_date", "campus", "in_school_hours"],
                condition=Q(at_campus=True),
                name="incident_at_site",
            ),
            models.Index(
                fields=["local_date", "campus", "placement"],
                condition=Q(near_campus=True),
                name="incident_near_site",
            ),
            # Answers whether a count near sites is approximate without reading all that are near.
            models.Index(
                fields=["placement", "local_date"],
                condition=Q(near_campus=True),
                name="incident_near_placement",
            ),
            # Few records have a number beside their source's own, so that an import hardly pays for it.
            models.Index(
                fields=["case_number"], condition=Q(case_number__gt=""), name="incident_case_number"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], name="incident_once"),
            models.CheckConstraint(
                condition=Q(local_minute__range=(0, 1439), local_weekday__range=(0, 6)),
                name="incident_clock_plausible",
            ),
            models.CheckConstraint(
                condition=Q(placement=Placement.NONE, longitude__isnull=True, latitude__isnull=True)
                | (~Q(placement=Placement.NONE) & Q(longitude__range=(-180, 180), latitude__range=(-90, 90))),
                name="incident_position_whole_and_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(method=Method.NONE, campus__isnull=True, at_campus=False, near_campus=False)
                | Q(method=Method.ADDRESS, campus__isnull=False, at_campus=True)
                | Q(method=Method.DISTANCE, campus__isnull=False, at_campus=False, near_campus=True),
                name="incident_attribution_consistent",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number that people call it by: the police's case number where it is known."""
        return self.case_number or self.own_number

    @property
    def own_number(self) -> str:
        """The number under which it is kept: the source's own where it has one."""
        return self.source_key if len(self.source_key) < 32 else f"#{self.pk}"

    def get_category_display(self) -> str:  # type: ignore[no-redef]
        """The category in words. Django's own puts all choices through a hash for every row of a list."""
        return str(Category(self.category).label) if self.category in Category else self.category

    @property
    def is_approximate(self) -> bool:
        """Whether the position is only that of the reporting grid."""
        return self.placement == Placement.GRID


class MonthTally(models.Model):
    """How many incidents of a kind a month had at a site. Kept by every write (`actions.tallies`)."""

    is_derived = True  # counts of records, and none of them a record

    month = models.DateField(help_text=_("First day of the month, local."))
    site = models.PositiveBigIntegerField(help_text=_("The campus's number; 0 for none."))
    category = models.CharField(max_length=16)
    at_campus = models.BooleanField()
    near_campus = models.BooleanField()
    in_school_hours = models.BooleanField()
    generated = models.BooleanField()
    incidents = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "month",
                    "site",
                    "category",
                    "at_campus",
                    "near_campus",
                    "in_school_hours",
                    "generated",
                ],
                name="month_tally_once",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "month"], name="month_tally_site"),
            models.Index(fields=["month"], condition=Q(generated=True), name="month_tally_generated"),
            models.Index(fields=["month"], condition=Q(at_campus=True), name="month_tally_at_campus"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.site} {self.category}: {self.incidents}"


class HourTally(models.Model):
    """How many incidents each hour of the week had in a month, by where they were."""

    is_derived = True  # counts of records, and none of them a record

    month = models.DateField(help_text=_("First day of the month, local."))
    weekday = models.PositiveSmallIntegerField()
    hour = models.PositiveSmallIntegerField()
    at_campus = models.BooleanField()
    near_campus = models.BooleanField()
    incidents = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "weekday", "hour", "at_campus", "near_campus"], name="hour_tally_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.weekday} {self.hour}: {self.incidents}"
