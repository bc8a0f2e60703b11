"""Lists of barriers, tallies, crossings, posts and collisions."""

from __future__ import annotations

from typing import Any

import django_tables2
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.shares import percent
from schoolward.domains.routes.models import (
    Barrier,
    BarrierState,
    ClassTally,
    Collision,
    Countermeasure,
    Crossing,
    GuardPost,
    SchoolPlan,
)
from schoolward.platform.ui.tables import ChipColumn, DayColumn, Table, chip

TONES: dict[str, str] = {
    BarrierState.REPORTED: "watch",
    BarrierState.ACCEPTED: "plain",
    BarrierState.RECOMMENDED: "info",
    BarrierState.IN_WORK: "info",
    BarrierState.CLOSED: "good",
    BarrierState.DECLINED: "stale",
}
NUMBERS = {"td": {"class": "num"}, "th": {"class": "num"}}
SEVERITY_TONES = {"urgent": "bad", "high": "watch", "medium": "plain", "low": "plain"}


class BarrierTable(Table):
    """One row a barrier."""

    reference = django_tables2.Column(verbose_name=_("Reference"), attrs={"td": {"class": "code"}})
    title = django_tables2.Column(
        verbose_name=_("Barrier"), linkify=("routes:barrier", {"pk": django_tables2.A("pk")})
    )
    place = django_tables2.Column(verbose_name=_("Where"))
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name")
    state = ChipColumn(verbose_name=_("State"), tones=TONES)
    severity = ChipColumn(verbose_name=_("How bad"), tones=SEVERITY_TONES)
    owner = django_tables2.Column(verbose_name=_("Whose ground"))
    found_on = DayColumn(verbose_name=_("Seen"))

    class Meta(Table.Meta):
        model = Barrier
        fields: tuple[str, ...] = ()
        sequence = ("reference", "title", "place", "campus", "state", "severity", "owner", "found_on")

    def value_title(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)


AUDIT_TONES = {"planned": "plain", "walking": "info", "submitted": "good", "reviewed": "good"}


class AuditTable(Table):
    """One row a walk audit."""

    reference = django_tables2.Column(
        verbose_name=_("Walk audit"), linkify=("routes:audit", {"pk": django_tables2.A("pk")})
    )
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name")
    state = ChipColumn(verbose_name=_("State"), tones=AUDIT_TONES)
    planned_on = DayColumn(verbose_name=_("Planned for"))
    assessed_on = DayColumn(verbose_name=_("Walked"))
    score = django_tables2.Column(verbose_name=_("Score"), attrs={"td": {"class": "num"}})

    def render_score(self, value: float) -> str:
        """Of 100, as the page of the audit says it."""
        return f"{value:.0f}"

    def value_reference(self, value: Any) -> str:
        """Exports carry the words, not the link."""
        return str(value)


class TallyTable(Table):
    """One row a class, a day and a direction."""

    day = django_tables2.DateColumn(
        verbose_name=_("Day"), linkify=("routes:tally", {"pk": django_tables2.A("pk")}), format="M j, Y"
    )
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name")
    class_label = django_tables2.Column(verbose_name=_("Class"))
    direction = django_tables2.Column(verbose_name=_("Which way"))
    trips = django_tables2.Column(verbose_name=_("Hands"), orderable=False, attrs={"td": {"class": "num"}})
    active = django_tables2.Column(
        verbose_name=_("On foot or by bike"), orderable=False, attrs={"td": {"class": "num"}}
    )
    weather = django_tables2.Column(verbose_name=_("Weather"))

    def render_class_label(self, value: str, record: ClassTally) -> str:
        """The label, and whether the tally counts."""
        return _("%(class)s (not counted)") % {"class": value} if record.is_set_aside else value

    class Meta(Table.Meta):
        model = ClassTally
        fields: tuple[str, ...] = ()
        sequence = ("day", "campus", "class_label", "direction", "trips", "active", "weather")


class CrossingTable(Table):
    """One row a crossing."""

    reference = django_tables2.Column(verbose_name=_("Reference"), attrs={"td": {"class": "code"}})
    place = django_tables2.Column(
        verbose_name=_("Crossing"), linkify=("routes:crossing", {"pk": django_tables2.A("pk")})
    )
    campus = django_tables2.Column(verbose_name=_("Site"), order_by="campus__name")
    control = django_tables2.Column(verbose_name=_("What stops vehicles"))
    lanes = django_tables2.Column(verbose_name=_("Lanes"), attrs={"td": {"class": "num"}})

    class Meta(Table.Meta):
        model = Crossing
        fields: tuple[str, ...] = ()
        sequence = ("reference", "place", "campus", "control", "lanes")


class PostTable(Table):
    """One row a post."""

    reference = django_tables2.Column(verbose_name=_("Reference"), attrs={"td": {"class": "code"}})
    crossing = django_tables2.Column(
        verbose_name=_("Where"),
        accessor="crossing__place",
        linkify=("routes:post", {"pk": django_tables2.A("pk")}),
    )
    campus = django_tables2.Column(
        verbose_name=_("Site"), accessor="crossing__campus", order_by="crossing__campus__name"
    )
    agency = django_tables2.Column(verbose_name=_("Agency"))
    guards = django_tables2.Column(verbose_name=_("Guards"), attrs={"td": {"class": "num"}})
    valid_from = DayColumn(verbose_name=_("From"))
    valid_to = DayColumn(verbose_name=_("Until"))

    class Meta(Table.Meta):
        model = GuardPost
        fields: tuple[str, ...] = ()
        sequence = ("reference", "crossing", "campus", "agency", "guards", "valid_from", "valid_to")


class CollisionTable(Table):
    """One row a collision, the newest first."""

    day = django_tables2.DateColumn(
        verbose_name=_("Day"), linkify=("collisions:detail", {"pk": django_tables2.A("pk")})
    )
    severity = django_tables2.Column(verbose_name=_("Gravest injury"))
    who = django_tables2.Column(verbose_name=_("Who"), empty_values=(), orderable=False)
    streets = django_tables2.Column(verbose_name=_("Where"), orderable=False)
    quality = django_tables2.Column(verbose_name=_("Position"))
    layout = django_tables2.Column(verbose_name=_("System"), orderable=False)
    number = django_tables2.Column(verbose_name=_("Number"), orderable=False)

    class Meta(Table.Meta):
        model = Collision
        fields = ("day", "severity", "who", "streets", "quality", "layout", "number")
        order_by_field = "sort"

    def render_severity(self, value: str, record: Collision) -> SafeString:
        mark = chip(_t("Invented"), "stale") if record.invented else ""
        return format_html("{} {}", value, mark)

    def value_severity(self, record: Collision) -> str:
        return record.severity

    def render_who(self, record: Collision) -> str:
        found = [_t("On foot")] if record.pedestrian else []
        return ", ".join([*found, *([_t("By bike")] if record.bicycle else [])])


class PlanTable(Table):
    """One row a site: its newest plan."""

    campus = django_tables2.Column(
        verbose_name=_("Site"),
        order_by="campus__name",
        linkify=("routes:plan", {"key": django_tables2.A("campus__slug")}),
    )
    half_year = django_tables2.Column(verbose_name=_("Planned in"), empty_values=(), orderable=False)
    pupils = django_tables2.Column(verbose_name=_("Pupils"), attrs=NUMBERS)
    within_5 = django_tables2.Column(
        verbose_name=_("Within 5 min"), empty_values=(), orderable=False, attrs=NUMBERS
    )
    within_10 = django_tables2.Column(
        verbose_name=_("10 min"), empty_values=(), orderable=False, attrs=NUMBERS
    )
    within_15 = django_tables2.Column(
        verbose_name=_("15 min"), empty_values=(), orderable=False, attrs=NUMBERS
    )
    within_20 = django_tables2.Column(
        verbose_name=_("20 min"), empty_values=(), orderable=False, attrs=NUMBERS
    )
    shortest_m = django_tables2.Column(verbose_name=_("Shortest walk, m"), attrs=NUMBERS)
    route_m = django_tables2.Column(verbose_name=_("Safest way, m"), attrs=NUMBERS)
    best = django_tables2.Column(
        verbose_name=_("The one fix that frees most"), empty_values=(), order_by="-best_frees"
    )

    class Meta(Table.Meta):
        model = SchoolPlan
        fields: tuple[str, ...] = ()
        sequence = (
            "campus",
            "half_year",
            "pupils",
            "within_5",
            "within_10",
            "within_15",
            "within_20",
            "shortest_m",
            "route_m",
            "best",
        )

    def value_campus(self, record: SchoolPlan) -> str:
        """Exports carry the site's short name, not the link."""
        return record.campus.slug

    def render_half_year(self, record: SchoolPlan) -> SafeString:
        mark = chip(_t("Invented"), "stale") if record.invented else ""
        return format_html("{} {}", f"{record.get_season_display()} {record.year}", mark)

    def value_half_year(self, record: SchoolPlan) -> str:
        return f"{record.year}-{record.season}"

    def render_within_5(self, record: SchoolPlan) -> str:
        return _share_within(record, 5)

    def render_within_10(self, record: SchoolPlan) -> str:
        return _share_within(record, 10)

    def render_within_15(self, record: SchoolPlan) -> str:
        return _share_within(record, 15)

    def render_within_20(self, record: SchoolPlan) -> str:
        return _share_within(record, 20)

    def render_shortest_m(self, value: float) -> str:
        return f"{value:,.0f}"

    def render_route_m(self, value: float) -> str:
        return f"{value:,.0f}"

    def render_best(self, record: Any) -> str:
        if record.best_frees is None:
            return _t("None that can be shown")
        what = Countermeasure(record.best_what).label
        where = record.best_where or _t("a street without a name")
        return _t("%(what)s at %(where)s: %(count)d pupils") % {
            "what": what,
            "where": where,
            "count": record.best_frees,
        }


def _share_within(plan: SchoolPlan, minutes: int) -> str:
    """The share of pupils within so many minutes of the shortest walk."""
    share = next((one["share"] for one in plan.sheds if one["minutes"] == minutes), None)
    return _t("not shown") if share is None else percent(share)
