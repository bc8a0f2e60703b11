"""From the file of an instrument to what it asks, whatever kind of file it is."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path, PurePath

from schoolward.analysis.assessing.instrument import InstrumentProblem, read_instrument
from schoolward.analysis.assessing.shapes import Instrument
from schoolward.domains.assessments.form_items import check_usable, instrument_of_form, read_rated
from schoolward.protocols.xforms.bundles import form_of_bundle, is_bundle
from schoolward.protocols.xforms.problems import FormRefused
from schoolward.protocols.xforms.xlsform import looks_like_workbook

__all__ = [
    "CROSSWALKS",
    "SHIPPED",
    "InstrumentProblem",
    "check_usable",
    "kind_of_file",
    "read_form",
    "read_rated",
    "whole_form",
]

_SHEET_AS_CSV = re.compile(rb"[\"']?(survey|choices|settings|entities|external_choices)[\"']?\s*,")
_FOLDER = Path(__file__).parent / "instruments"
CROSSWALKS = tuple(sorted(_FOLDER.glob("*_crosswalk.yaml")))
"""Files that say which items are the same, or go by which names elsewhere."""
SHIPPED = tuple(path for path in sorted(_FOLDER.glob("*.yaml")) if path not in CROSSWALKS)
"""The instruments that come with the product."""


def kind_of_file(content: bytes) -> str:
    """What kind of file it is, by its content: a workbook, XML, an XLSForm as a table in text, or YAML."""
    if looks_like_workbook(content):
        return "xlsform"
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return "xform"
    # Sheets in Markdown begin with a bar, in CSV with the name of a sheet in a cell of its own.
    return "xlsform" if text.startswith(b"|") or _SHEET_AS_CSV.match(text) else "yaml"


def whole_form(content: bytes, name: str) -> tuple[bytes, str]:
    """A file as it is, or the form of a ZIP file with the files that it reads inside; and its name.

    Of JSON that was written of a form (``instrument_exports``) it is that form.

    Raises ``InstrumentProblem``.
    """
    try:
        if (xform := _form_in_json(content)) is not None:
            return xform, f"{PurePath(name).stem}.xml"
        return form_of_bundle(content) if is_bundle(content) else (content, name)
    except FormRefused as refusal:
        raise InstrumentProblem(f"{name}: {refusal}") from None


def _form_in_json(content: bytes) -> bytes | None:
    if not content.lstrip().startswith(b"{") or b'"xform"' not in content:
        return None
    try:
        told = json.loads(content)
    except ValueError:
        return None
    xform = told.get("xform")
    return xform.encode() if isinstance(xform, str) else None


def read_form(content: bytes, *, name: str, kind: str, valid_from: date) -> Instrument:
    """Read an instrument. ``valid_from``: from when a form holds that does not say it.

    Raises ``InstrumentProblem`` with file, place and mend.
    """
    if kind == "yaml":
        return read_instrument(content, name=name)
    return instrument_of_form(content, name=name, valid_from=valid_from)
