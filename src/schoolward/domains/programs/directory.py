"""The catalogue as a directory of services (Open Referral HSDS 3): what a viewer may see, put into its
words."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from schoolward.domains.programs import queries
from schoolward.domains.programs.models import (
    CapacityReport,
    Offering,
    Program,
    ProgramState,
    Provider,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.protocols.open_referral import (
    Capacity,
    Organization,
    Place,
    Schedule,
    Service,
    part_id,
)

KIND, INTAKE, AGENCY, KEY = (
    "schoolward:kind",
    "schoolward:intake",
    "schoolward:agency",
    "schoolward:key",
)
"""Taxonomies of our own, by which a directory that was written here is read again whole."""

_STATUS = {
    ProgramState.RUNNING: "active",
    ProgramState.PILOT: "active",
    ProgramState.PLANNED: "inactive",
    ProgramState.ENDED: "defunct",
}


def services(viewer: Viewer, *, on: date) -> list[Service]:
    """The programs as services: those that have ended are left out. Nothing in it was counted at a
    session."""
    places: dict[int, list[Offering]] = defaultdict(list)
    for offering in queries.offerings(viewer).filter(ends_on__gte=on, cancelled_on__isnull=True):
        places[offering.program_id].append(offering)
    capacity = queries.latest_capacity(viewer, on=on)
    return [
        _service(program, places[program.pk], capacity.get(program.pk), on)
        for program in queries.programs(viewer).prefetch_related("rules", "waivers")
        if program.state_on(on) != ProgramState.ENDED
    ]


def _service(program: Program, offerings: list[Offering], report: CapacityReport | None, on: date) -> Service:
    rule = queries.rule_on(program, on)
    codes = {KIND: program.kind, KEY: program.key}
    capacities: tuple[Capacity, ...] = ()
    if report is not None:
        codes[INTAKE] = report.intake
        # The file goes on to other directories: what is free must not tell of a handful that is taken.
        if report.vacant is not None and not 0 < (report.taken or 0) < queries.SMALLEST:
            capacities = (
                Capacity(
                    unit=report.unit,
                    available=report.vacant,
                    maximum=report.maximum,
                    updated=report.at.isoformat(timespec="milliseconds"),
                ),
            )
    return Service(
        id=str(program.hsds_id),
        name=program.title,
        status=_STATUS[program.state_on(on)],
        organization=_organization(program.provider),
        description=program.summary,
        eligibility=rule.text if rule is not None else "",
        minimum_age=program.min_age,
        maximum_age=program.max_age,
        how_to_apply=program.how_to_join,
        cost=None if program.fee_cents is None else program.fee_cents / 100,
        languages=tuple(program.languages.split(",")),
        documents=tuple(waiver.title for waiver in program.waivers.all() if waiver.valid_to is None),
        places=tuple(_places(offerings)),
        capacities=capacities,
        codes=codes,
    )


def _organization(provider: Provider) -> Organization:
    return Organization(
        id=str(provider.hsds_id),
        name=provider.name,
        description=provider.summary,
        website=provider.website,
        codes={AGENCY: provider.agency.key, KEY: provider.key},
    )


def _places(offerings: list[Offering]) -> list[Place]:
    """One place for each site or name, with a schedule for each offering there."""
    found: dict[str, list[Offering]] = defaultdict(list)
    for offering in sorted(offerings, key=lambda one: (one.starts_on, one.number)):
        found[offering.campus.slug if offering.campus else f"place:{offering.place}"].append(offering)
    listed = []
    for held in found.values():
        campus = held[0].campus
        schedules = tuple(
            Schedule(
                valid_from=one.starts_on,
                valid_to=one.ends_on,
                byday=one.days,
                opens_at=one.begins,
                closes_at=one.ends,
            )
            for one in held
        )
        if campus is None:
            name = held[0].place
            listed.append(Place(id=part_id("place", name), name=name, schedules=schedules))
            continue
        listed.append(
            Place(
                id=part_id("site", campus.slug),
                name=campus.name,
                address=campus.address,
                postal_code=campus.zip_code,
                latitude=campus.latitude,
                longitude=campus.longitude,
                external_id=campus.slug,
                schedules=schedules,
            )
        )
    return listed
