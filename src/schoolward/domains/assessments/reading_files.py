"""From the file of an instrument to what it asks, whatever kind of file it is."""

from __future__ import annotations

from pathlib import Path

from schoolward.analysis.assessing.instrument import InstrumentProblem, read_instrument
from schoolward.analysis.assessing.shapes import Instrument

__all__ = ["CROSSWALKS", "SHIPPED", "InstrumentProblem", "kind_of_file", "read_form"]

_FOLDER = Path(__file__).parent / "instruments"
CROSSWALKS = tuple(sorted(_FOLDER.glob("*_crosswalk.yaml")))
"""Files that say which items are the same, or go by which names elsewhere."""
SHIPPED = tuple(path for path in sorted(_FOLDER.glob("*.yaml")) if path not in CROSSWALKS)
"""The instruments that come with the product."""


def kind_of_file(name: str) -> str:
    """The format that a file's name claims: YAML unless it says otherwise."""
    return "yaml"


def read_form(content: bytes, *, name: str, kind: str) -> Instrument:
    """Read an instrument. Raises ``InstrumentProblem`` with file, place and mend."""
    return read_instrument(content, name=name)
