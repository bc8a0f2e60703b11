"""Two schools, small files, people in roles."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import pytest

from schoolward.domains.incidents.actions.tallies import counted_hours, counted_months
from schoolward.domains.incidents.models import HourTally, MonthTally
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run

SCHOOLS = """cds_code,name,kind,level,charter,address,lat,lon,opened,closed
34670000000001,North High,High,High,N,10 First Street,38.50,-121.50,1980-07-01,
34670000000002,South Elementary,Elementary,K-6,N,20 First Street,38.40,-121.50,1980-07-01,2012-08-31
"""
AT_NORTH = "9/4/12 8:15,10 1ST ST,3,3C        ,212,484 PC   PETTY THEFT/INSIDE,2308,38.52,-121.50"
NEAR_NORTH = "9/5/12 17:00,5 SIDE WAY,3,3C,212,594(B)(1)PC  VANDALISM +$400,2999,38.502,-121.50"
TOWED = "9/5/12 9:30,9 FAR WAY / 1 ST,3,3C,212,TOWED/STORED VEHICLE,7000,38.60,-121.40"
HEADER = "cdatetime,address,district,beat,grid,crimedescr,ucr_ncic_code,latitude,longitude"
Import = Callable[..., Report]


@pytest.fixture
def directory() -> str:
    """A school directory of two schools."""
    return SCHOOLS


@pytest.fixture
def small_file() -> str:
    """Three police records: one at North High's address, one near it, a towed car far away."""
    return "\n".join((HEADER, AT_NORTH, NEAR_NORTH, TOWED)) + "\n"


@pytest.fixture
def tallies_are_right(db: None) -> Callable[[], None]:
    """Check that the kept tallies are what a plain GROUP BY over all incidents gives."""

    def check() -> None:
        for kept, counted in ((MonthTally, counted_months()), (HourTally, counted_hours())):
            names = [field.name for field in kept._meta.fields if field.name != "id"]
            right = {tuple(cell[name] for name in names) for cell in counted}
            assert set(kept.objects.values_list(*names)) == right

    return check


@pytest.fixture
def bring_in(db: None, by: Viewer, at: datetime) -> Import:
    """Import a text or bytes: ``bring_in("incidents", text)``."""

    def make(key: str, content: str | bytes, *, dry_run: bool = False, **options: str) -> Report:
        raw = content.encode() if isinstance(content, str) else content
        return run(key, io.BytesIO(raw), by=by, at=at, dry_run=dry_run, options=options)

    return make


@pytest.fixture
def schools(bring_in: Import) -> None:
    """North High is open; South Elementary closed on 2012-08-31."""
    assert bring_in("schools", SCHOOLS).created == 2
