"""Worked examples of fewer false alarms: their causes, and what was done about one zone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps

from schoolward.domains.alarms.examples.rows import case, ground, moment, signal
from schoolward.domains.alarms.models import Cause, Zone
from schoolward.platform.access.models import Account
from schoolward.platform.measures.registry import Example

CAUSES = """
    row | what     | when             | disposition | cause
    ----|----------|------------------|-------------|--------------
    s   | test     | 2012-08-31 22:00 |             |
    A   | burglary | 2012-09-01 02:00 | false       | user_error
    B   | burglary | 2012-09-01 03:00 | unfounded   | user_error
    C   | burglary | 2012-09-01 04:00 | false       | staff_on_site
    D   | burglary | 2012-09-01 05:00 | false       | hvac
    E   | burglary | 2012-09-02 02:00 | false       | decoration
    F   | burglary | 2012-09-02 03:00 | false       | weather
    G   | burglary | 2012-09-02 04:00 | false       | animal
    H   | burglary | 2012-09-02 05:00 | false       | equipment
    I   | burglary | 2012-09-03 02:00 | false       | power
    J   | burglary | 2012-09-03 03:00 | false       | line
    K   | burglary | 2012-09-03 04:00 | false       | contractor
    L   | burglary | 2012-09-03 05:00 | false       | unknown
    M   | burglary | 2012-09-04 02:00 | crime       | intruder
    N   | burglary | 2012-09-04 03:00 | crime       | unknown
    O   | burglary | 2012-08-30 03:00 | false       | hvac
"""
"""M and N were real; O lies before the period."""

_PERIOD = (date(2012, 9, 1), date(2012, 9, 6), date(2012, 9, 6))
_OF_CAUSE = {
    Cause.USER_ERROR: ("A", "B"),
    Cause.STAFF_ON_SITE: ("C",),
    Cause.HVAC: ("D",),
    Cause.DECORATION: ("E",),
    Cause.WEATHER: ("F",),
    Cause.ANIMAL: ("G",),
    Cause.EQUIPMENT: ("H",),
    Cause.POWER: ("I",),
    Cause.LINE: ("J",),
    Cause.CONTRACTOR: ("K",),
    Cause.UNKNOWN: ("L",),
}

MENDED = """
    row | what     | when             | disposition | zone  | kind              | state
    ----|----------|------------------|-------------|-------|-------------------|---------
    s   | test     | 2012-05-01 08:00 |             |       |                   |
    A   | burglary | 2012-05-02 02:00 | false       | first |                   |
    B   | burglary | 2012-05-03 02:00 | false       | first |                   |
    C   | burglary | 2012-05-05 02:00 | unfounded   | first |                   |
    D   | burglary | 2012-05-08 02:00 | false       | first |                   |
    W   |          | 2012-05-11 12:00 |             | first | corrective_action | verified
    V   |          | 2012-05-11 12:00 |             | first | corrective_action | proposed
    T   |          | 2012-05-11 12:00 |             | first | task              | verified
    E   | burglary | 2012-05-14 02:00 | false       | first |                   |
    F   | burglary | 2012-05-15 02:00 | crime       | first |                   |
    G   | burglary | 2012-05-18 02:00 | false       | other |                   |
    H   | burglary | 2012-05-20 02:00 | unfounded   | first |                   |
    t   | test     | 2012-05-22 08:00 |             |       |                   |
"""
"""Ten days were heard of before the work and ten after it: four false activations were to be expected, and
two came. Nobody reported openings or closings, so that days count; the other zone is too quiet to compare
with."""

_WEEKS = (date(2012, 5, 1), date(2012, 5, 21), date(2012, 5, 21))


def by_cause(cause: Cause) -> Example:
    """The example with what the measure of one cause makes of it."""
    records = _OF_CAUSE[cause]
    return Example(rows=CAUSES, period=_PERIOD, value=len(records), records=records, build=_build_causes)


def corrected(value: float, *records: str) -> Example:
    """One mended zone, with what one measure makes of it."""
    return Example(rows=MENDED, period=_WEEKS, value=value, records=records, build=_build_mended)


def _build_causes(rows: list[dict[str, str]]) -> dict[str, Any]:
    system, segment = ground(moment(rows[0]), frames=len(rows))
    return {
        row["row"]: case(row, system) if row["disposition"] else signal(row, index, system, segment)
        for index, row in enumerate(rows)
    }


def _build_mended(rows: list[dict[str, str]]) -> dict[str, Any]:
    system, segment = ground(moment(rows[0]), frames=len(rows))
    zones = {
        name: Zone.objects.create(system=system, number=number, title=name)
        for number, name in (("1", "first"), ("2", "other"))
    }
    made: dict[str, Any] = {}
    for index, row in enumerate(rows):
        if row["kind"]:
            made[row["row"]] = _work(row, zones[row["zone"]])
        elif row["disposition"]:
            made[row["row"]] = case(row, system, zones[row["zone"]])
        else:
            made[row["row"]] = signal(row, index, system, segment)
    return made


def _work(row: dict[str, str], zone: Zone) -> Any:
    # Reached by its name: a domain does not import another domain's models.
    day = moment(row).date()
    is_done = row["state"] == "verified"
    doer, verifier = (
        Account.objects.get_or_create(email=f"{name}@example.org", defaults={"name": name})[0]
        for name in ("doer", "verifier")
    )
    return apps.get_model("work", "WorkItem")._default_manager.create(
        reference=f"example-{row['row']}",
        title=f"Example {row['row']}",
        kind=row["kind"],
        source=f"alarms.Zone:{zone.pk}:{row['row']}",
        campus_id=zone.system.campus_id,
        state=row["state"],
        proposed_on=day,
        done_on=day if is_done else None,
        done_by=doer if is_done else None,
        verified_on=day if is_done else None,
        verified_by=verifier if is_done else None,
        evidence_count=int(is_done),
    )
