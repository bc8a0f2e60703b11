"""Write `docs/reference/instruments.md` from the instruments and crosswalks that come with Schoolward.

python scripts/write_instrument_reference.py
"""

from __future__ import annotations

from pathlib import Path

from schoolward.analysis.assessing.crosswalk import read_crosswalk
from schoolward.analysis.assessing.instrument import read_instrument
from schoolward.analysis.assessing.reference import instruments_page

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src" / "schoolward" / "domains" / "assessments" / "instruments"
PAGE = ROOT / "docs" / "reference" / "instruments.md"
INSTRUMENTS = ("cpted_school.yaml", "vulnerability.yaml", "security_audit.yaml", "way_to_school.yaml")
CROSSWALKS = ("our_crosswalk.yaml", "pass_crosswalk.yaml")


def page() -> str:
    """Return the page as the files are now."""
    instruments = [read_instrument((FOLDER / name).read_bytes(), name=name) for name in INSTRUMENTS]
    crosswalks = [
        read_crosswalk((FOLDER / name).read_bytes(), name=name, instruments=instruments)
        for name in CROSSWALKS
    ]
    return instruments_page(instruments, crosswalks)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
