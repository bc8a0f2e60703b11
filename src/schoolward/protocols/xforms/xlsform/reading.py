"""XLSForm to XForm by pyxform, whatever the file's name says it is; refusals by sheet, row and column."""

from __future__ import annotations

import dataclasses
import io
import re
import warnings
import zipfile
from pathlib import PurePath
from typing import Any

from schoolward.protocols.xforms.external_choices import sheet_as_file
from schoolward.protocols.xforms.problems import FormProblem, FormRefused

from .refusals import is_told, lost_language, problem_of, unfiltered

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
"""A workbook that unpacks to more is refused."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_NOT_A_NAME = re.compile(r"[^\w.\-]+")


@dataclasses.dataclass(frozen=True)
class Converted:
    """What became of an XLSForm. ``itemsets`` is the CSV of external choices, ``None`` where it has none.

    ``rows``: by the path of a question or group below the root (``gate/G1``) its row in the sheet survey.
    """

    xform: bytes
    warnings: tuple[str, ...]
    itemsets: bytes | None = None
    rows: dict[str, int] = dataclasses.field(default_factory=dict)


def looks_like_workbook(data: bytes) -> bool:
    """Whether bytes are an Excel workbook, old or new."""
    return data.startswith((_OLD_EXCEL, _ZIP))


def file_type_of(data: bytes, name: str) -> str:
    """What a file is: ``.xlsx``, ``.xls``, ``.md`` or ``.csv``. Raises :class:`FormRefused`."""
    if len(data) > MOST_BYTES:
        raise FormRefused([FormProblem(f"The file has more than {MOST_BYTES // 1_000_000} MB.")])
    if data.startswith(_OLD_EXCEL):
        return ".xls"
    if data.startswith(_ZIP):
        _check_packed(data)
        return ".xlsx"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormRefused(
            [
                FormProblem(
                    "This is no workbook, and no text in UTF-8.",
                    name,
                    "Save it as .xlsx, or as CSV in UTF-8.",
                )
            ]
        ) from None
    if "\0" in text or not text.strip():
        raise FormRefused([FormProblem("The file is empty or damaged.", name, "Give an XForm or XLSForm.")])
    return ".md" if text.lstrip().startswith("|") else ".csv"


def _check_packed(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            names = packed.namelist()
    except zipfile.BadZipFile:
        raise FormRefused(
            [FormProblem("The workbook is damaged.", mend="Save it anew, and try again.")]
        ) from None
    if size > MOST_UNPACKED:
        raise FormRefused(
            [FormProblem(f"The workbook unpacks to more than {MOST_UNPACKED // 1_000_000} MB.")]
        )
    if "xl/workbook.xml" not in names:
        raise FormRefused(
            [FormProblem("This is a ZIP archive, but no Excel workbook.", mend="Give an .xlsx file.")]
        )


def xform_of(data: bytes, name: str = "") -> Converted:
    """Convert an XLSForm (XLSX, XLS, CSV or Markdown by its content). Raises :class:`FormRefused`.

    ``name`` is the file's: without a ``form_id`` in the settings the form is called by it.
    """
    kind = file_type_of(data, name)
    # Half a second: not for every start.
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform
    from pyxform.xls2xform import convert

    said: list[str] = []
    sheets: dict[str, Any] = {}
    with warnings.catch_warnings():
        # openpyxl complains of decorations that do not matter here.
        warnings.simplefilter("ignore")
        try:
            workbook = get_xlsform(io.BytesIO(data), file_type=kind)
            stem = _NOT_A_NAME.sub("_", PurePath(name).stem)
            workbook.fallback_form_name = stem or "form"
            sheets = {each.name: getattr(workbook, each.name) for each in dataclasses.fields(workbook)}
            lost = lost_language(sheets)
            if lost is not None:
                raise FormRefused([lost])
            result = convert(dict(sheets), warnings=said, validate=False, form_name="data")
        except FormRefused:
            raise
        except PyXFormError as error:
            if not sheets and not is_told(str(error)):
                raise FormRefused([_unreadable(error, sheets)]) from None
            raise FormRefused([problem_of(str(error), getattr(error, "context", {}), sheets)]) from None
        except (
            Exception
        ) as error:  # pyxform and its readers let many kinds through for files that are no XLSForm
            raise FormRefused([unfiltered(sheets) or _unreadable(error, sheets)]) from error
    itemsets = None
    if result.itemsets is not None:
        header = sheets.get("external_choices_header") or [{}]
        itemsets = sheet_as_file(header[0], sheets["external_choices"])
    return Converted(result.xform.encode(), tuple(said), itemsets, _rows(sheets.get("survey") or []))


def _rows(survey: list[dict[str, Any]]) -> dict[str, int]:
    """Where each name stands; the first row is that of the headers, and empty rows count."""
    found: dict[str, int] = {}
    around: list[str] = []
    for number, row in enumerate(survey, start=2):
        kind = str(row.get("type", "")).strip().lower().replace("_", " ")
        name = str(row.get("name", "")).strip()
        if kind.startswith("end ") and around:
            around.pop()
        elif name:
            found.setdefault("/".join([*around, name]), number)
            if kind.startswith("begin "):
                around.append(name)
    return found


def _unreadable(error: Exception, sheets: dict[str, Any]) -> FormProblem:
    if not sheets.get("survey"):
        what = "The file is no XLSForm: it has no sheet 'survey' with rows in it."
    else:
        detail = str(error).splitlines()[0] if str(error) else type(error).__name__
        what = f"The XLSForm cannot be converted: {detail}."
    return FormProblem(
        what,
        mend="It needs a sheet 'survey' with the columns type, name and label.",
    )
