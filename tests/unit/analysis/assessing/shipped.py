"""The instruments that come with Schoolward, for tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from schoolward.analysis.assessing.instrument import Instrument, read_instrument

TESTS = Path(__file__).resolve().parents[3]
GOLDEN = TESTS / "golden" / "assessing"
FOLDER = TESTS.parent / "src" / "schoolward" / "domains" / "assessments" / "instruments"
INSTRUMENTS = ("cpted_school", "vulnerability", "security_audit")


@cache
def shipped(name: str) -> Instrument:
    """Return one of the three instruments by the name of its file."""
    return read_instrument((FOLDER / f"{name}.yaml").read_bytes(), name=f"{name}.yaml")
