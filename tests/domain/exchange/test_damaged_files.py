"""A compressed file that breaks off or carries garbage: good rows were written before, and none stays."""

from __future__ import annotations

import gzip
import io
import random

import pytest

from schoolward.domains.incidents.models import Incident, Offence
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.models import ImportRun
from schoolward.platform.exchange.running import run

pytestmark = pytest.mark.django_db
HEADER = "cdatetime,address,district,beat,grid,crimedescr,ucr_ncic_code,latitude,longitude"
ROWS = 25_000


def police_file() -> bytes:
    """More rows than are written at a time, with an address in each that does not compress."""
    chance = random.Random(1)
    rows = (
        f"1/1/06 0:00,{chance.randrange(10**6)} INVENTED ST,3,3C,1115,484 PC PETTY THEFT,2399,38.55,-121.39"
        for _ in range(ROWS)
    )
    return gzip.compress("\n".join([HEADER, *rows, ""]).encode())


@pytest.mark.parametrize("damage", ["cut off", "garbage behind"])
def test_nothing_of_a_damaged_file_stays(by: Viewer, damage: str) -> None:
    whole = police_file()
    content = whole[:-20_000] if damage == "cut off" else whole + b"garbage"
    told: list[int] = []
    report = run(
        "incidents",
        io.BytesIO(content),
        by=by,
        at=by.at,
        progress=lambda done, _total, _message: told.append(done),
    )
    assert told, "rows had been written when the damage was met"
    (rejection,) = report.rejected
    assert "cut off or damaged near row" in rejection.error
    assert "Fetch it again." in rejection.error
    assert (report.read, report.created) == (0, 0)
    assert not Incident.objects.exists()
    assert not Offence.objects.exists()
    assert not ImportRun.objects.exists()
