"""From the file of an instrument to what it asks, whatever kind of file it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from schoolward.analysis.assessing.instrument import InstrumentProblem, read_instrument
from schoolward.analysis.assessing.shapes import Instrument
from schoolward.domains.assessments.form_items import instrument_of_form, read_rated
from schoolward.protocols.xforms.xlsform import looks_like_workbook

__all__ = ["CROSSWALKS", "SHIPPED", "InstrumentProblem", "kind_of_file", "read_form", "read_rated"]

_FOLDER = Path(__file__).parent / "instruments"
CROSSWALKS = tuple(sorted(_FOLDER.glob("*_crosswalk.yaml")))
"""Files that say which items are the same, or go by which names elsewhere."""
SHIPPED = tuple(path for path in sorted(_FOLDER.glob("*.yaml")) if path not in CROSSWALKS)
"""The instruments that come with the product."""


def kind_of_file(content: bytes) -> str:
    """What kind of file it is, by its content: YAML unless it is a workbook or XML."""
    if looks_like_workbook(content):
        return "xlsform"
    begins_with = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return "xform" if begins_with == b"<" else "yaml"


def read_form(content: bytes, *, name: str, kind: str, valid_from: date) -> Instrument:
    """Read an instrument. ``valid_from``: from when a form holds that does not say it.

    Raises ``InstrumentProblem`` with file, place and mend.
    """
    if kind == "yaml":
        return read_instrument(content, name=name)
    return instrument_of_form(content, name=name, valid_from=valid_from)
