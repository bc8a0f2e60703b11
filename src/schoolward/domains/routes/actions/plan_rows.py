"""A plan as rows: what an earlier one showed, and writing the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from schoolward.domains.routes.models import PlannedFix, SchoolPlan, Season, WalkedStreet
from schoolward.domains.routes.queries.mendable import Mendable
from schoolward.domains.routes.queries.plans import NEWEST_FIRST

if TYPE_CHECKING:
    from schoolward.analysis.routing.plan_steps import Earlier
    from schoolward.analysis.routing.school_plans import SchoolFigures

_BATCH = 500


def earlier_plan(campus_id: int, year: int, season: str) -> SchoolPlan | None:
    """The newest plan of a site in the school year of a half-year (July to June), locked for writing."""
    begins = year if season == Season.FALL else year - 1
    found = SchoolPlan.objects.select_for_update(of=("self",)).filter(campus=campus_id)
    of_year = found.filter(year=begins, season=Season.FALL) | found.filter(
        year=begins + 1, season=Season.SPRING
    )
    return of_year.order_by(*NEWEST_FIRST).first()


def shown_by(plan: SchoolPlan) -> list[dict[str, Any]]:
    """Every number that this plan and the earlier ones of its school year showed, this plan last."""
    from schoolward.analysis.routing.plan_steps import street_key

    walked = plan.streets.filter(pupils__isnull=False).values_list("line", "pupils")
    told = {
        "pupils": plan.pupils,
        "sheds": [[int(one["minutes"]), one["pupils"]] for one in plan.sheds],
        "can_walk": plan.tolerable.get("can"),
        "streets": [[list(street_key([(lon, lat) for lon, lat in line])), pupils] for line, pupils in walked],
        "fixes": [
            [one.countermeasure, round(one.longitude, 5), round(one.latitude, 5), one.frees]
            for one in plan.fixes.all()
        ],
    }
    before: list[dict[str, Any]] = [one for one in plan.shown_before if one != told]
    return [*before, told]


def earlier_of(told: dict[str, Any]) -> Earlier:
    """What a plan showed, as :func:`shown_by` tells it."""
    from schoolward.analysis.routing.plan_steps import Earlier

    return Earlier(
        pupils=told["pupils"],
        sheds=dict(told["sheds"]),
        can_walk=told["can_walk"],
        streets={tuple(key): pupils for key, pupils in told["streets"]},
        fixes={(what, longitude, latitude): frees for what, longitude, latitude, frees in told["fixes"]},
    )


def write_plan(
    campus_id: int,
    figures: SchoolFigures,
    values: dict[str, Any],
    fixes: Sequence[Mendable],
    names: Sequence[str],
) -> SchoolPlan:
    """Write the plan of a site and half-year, in place of one that is there."""
    SchoolPlan.objects.filter(campus=campus_id, year=values["year"], season=values["season"]).delete()
    plan = SchoolPlan.objects.create(
        campus_id=campus_id,
        pupils=figures.pupils,
        shortest_m=figures.shortest_m,
        route_m=figures.route_m,
        shortest_stress_m=figures.shortest_stress_m,
        stress_m=figures.stress_m,
        sheds=[
            {
                "minutes": minutes,
                "pupils": count,
                "share": None if count is None else round(count / figures.pupils, 4),
            }
            for minutes, count in figures.sheds
        ],
        trade_off=[
            {"detour": detour, "length_m": length, "stress_m": stress}
            for detour, length, stress in figures.trade_off
        ],
        tolerable=values["basis"]["tolerance"] | {"can": figures.can_walk, "cannot": figures.cannot_walk},
        **values,
    )
    WalkedStreet.objects.bulk_create(
        [
            WalkedStreet(
                plan=plan,
                name=names[one.name][:200],
                line=[list(point) for point in one.line],
                length_m=one.length_m,
                pupils=one.pupils,
                factor=max(1.0, one.factor),
                crossing_m=one.crossing_m,
            )
            for one in figures.streets
        ],
        batch_size=_BATCH,
    )
    PlannedFix.objects.bulk_create(
        [
            PlannedFix(
                plan=plan,
                rank=rank,
                countermeasure=fixes[one.fix].countermeasure,
                where=fixes[one.fix].where,
                longitude=round(fixes[one.fix].longitude, 6),
                latitude=round(fixes[one.fix].latitude, 6),
                frees=one.frees,
                barrier=fixes[one.fix].barrier,
            )
            for rank, one in enumerate(figures.fixes, 1)
        ]
    )
    return plan
