"""The instruments that come with Schoolward, for tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from schoolward.analysis.assessing.crosswalk import Crosswalk, read_crosswalk
from schoolward.analysis.assessing.instrument import Instrument, read_instrument

TESTS = Path(__file__).resolve().parents[3]
GOLDEN = TESTS / "golden" / "assessing"
FOLDER = TESTS.parent / "src" / "schoolward" / "domains" / "assessments" / "instruments"
INSTRUMENTS = ("cpted_school", "vulnerability", "security_audit", "way_to_school")
CROSSWALKS = ("our_crosswalk", "pass_crosswalk")


@cache
def shipped(name: str) -> Instrument:
    """Return one of the instruments by the name of its file."""
    return read_instrument((FOLDER / f"{name}.yaml").read_bytes(), name=f"{name}.yaml")


@cache
def shipped_crosswalk(name: str) -> Crosswalk:
    """Return one of the crosswalks by the name of its file."""
    content = (FOLDER / f"{name}.yaml").read_bytes()
    return read_crosswalk(content, name=f"{name}.yaml", instruments=map(shipped, INSTRUMENTS))
