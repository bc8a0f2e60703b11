"""XLSForms: read by content whatever the name, refused by sheet, row and column, written and read again."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from scripts.write_form_vectors import FOLDER, forms
from tests.unit.protocols.xforms.forms_in_text import NOW

from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.loading import load_form
from schoolward.protocols.xforms.problems import FormRefused
from schoolward.protocols.xforms.session import Program, Session, Sources
from schoolward.protocols.xforms.xlsform import write_xlsform, xform_of

OLD_EXCEL = FOLDER / "workbooks/old_excel.xls"
ROWS = [
    ["type", "name", "label", "relevant"],
    ["select_one yesno", "lit", "Is the lot lit?", ""],
    ["text", "seen", "What did you see?", "${lit} = 'no'"],
]
CHOICES = [["list_name", "name", "label"], ["yesno", "yes", "Yes"], ["yesno", "no", "No"]]
AS_CSV = b'"survey"\n,"type","name","label"\n,"integer","doors","How many doors?"\n'


def workbook(**sheets: list[list[str]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "identifier"),
    [
        (workbook(survey=ROWS, choices=CHOICES), "lights.xlsx", "lights"),
        (workbook(survey=ROWS, choices=CHOICES), "a walk (1).xls", "a_walk_1_"),
        (OLD_EXCEL.read_bytes(), "old.xls", "old"),
        (OLD_EXCEL.read_bytes(), "wrong.xlsx", "wrong"),
    ],
)
def test_a_workbook_is_what_its_bytes_say(data: bytes, name: str, identifier: str) -> None:
    loaded = load_form(data, name)
    form = compile_form(loaded.definition)
    assert (loaded.kind, form["id"]) == ("xlsform", identifier)
    session = Session(Program(form), Sources(NOW))
    session.set("/data/lit", "no")
    assert session.nodes()["/data/seen"] == {"value": "", "relevant": True, "valid": True}


def test_csv_is_read_and_a_settings_sheet_names_the_form() -> None:
    assert [node["path"] for node in compile_form(load_form(AS_CSV, "doors.csv").definition)["nodes"]][
        1
    ] == "/data/doors"
    settings = [["form_id", "version", "form_title"], ["lot", "7", "The lot"]]
    form = compile_form(
        load_form(workbook(survey=ROWS, choices=CHOICES, settings=settings), "x.xlsx").definition
    )
    assert (form["id"], form["version"], form["title"]) == ("lot", "7", "The lot")


HEADER = ["type", "name", "label", "relevant"]


@pytest.mark.parametrize(
    ("rows", "what", "where", "mend"),
    [
        ([["txet", "x", "X"]], "Unknown question type 'txet'", "survey, row 2, column type", "mean text?"),
        ([["text", "", "X"]], "no name", "survey, row 2", "column name"),
        ([["text", "a", "A"], ["text", "x", ""]], "no label", "survey, row 3", "column label"),
        ([["begin_group", "g", "G"], ["text", "x", "X"]], "Unmatched", "survey, row 2", "row that ends it"),
        (
            [["text", "x", "X", "${y} = 1"]],
            "find the name 'y'",
            "survey, row 2, column relevant",
            "column name",
        ),
        ([["select_one q", "x", "X"]], "choices sheet", "", "Add a sheet choices"),
        ([["calculate", "x"]], "Missing calculation", "survey, row 2", "column calculation"),
    ],
)
def test_a_refusal_names_sheet_row_and_column(
    rows: list[list[str]], what: str, where: str, mend: str
) -> None:
    with pytest.raises(FormRefused) as refused:
        load_form(workbook(survey=[HEADER, *rows]), "form.xlsx")
    (problem,) = refused.value.problems
    assert what in problem.what
    assert problem.where.startswith(where)
    assert mend in problem.mend
    assert "[row" not in problem.what


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 201_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty or damaged"),
        (b"PK\x03\x04 and nothing", "damaged"),
        (b"\xff\xfe\x00", "no workbook, and no text"),
        (b"name,key\n1,2\n", "no sheet 'survey'"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "no sheet 'survey'"),
        (workbook(other=[["a"]]), ""),
        (bomb(), "unpacks to more"),
    ],
    ids=["empty", "cut zip", "binary", "other csv", "cut xls", "other workbook", "bomb"],
)
def test_a_file_that_is_no_form_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(FormRefused) as refused:
        xform_of(data, "file")
    assert what in str(refused.value)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("readme.txt", b"hello")
    with pytest.raises(FormRefused, match="no Excel workbook"):
        load_form(stream.getvalue(), "form.xlsx")


@pytest.mark.parametrize(
    "path", [path for path in forms() if path.suffix == ".md"], ids=lambda path: path.name
)
def test_what_is_written_is_the_same_form_again(path: Path) -> None:
    loaded = load_form(path.read_bytes(), path.name)
    written = write_xlsform(loaded.definition, loaded.files)
    again = load_form(written, "again.xlsx")
    first, second = compile_form(loaded.definition), compile_form(again.definition)
    for key in ("id", "version", "title", "languages", "facets", "actions", "nodes"):
        assert second[key] == first[key], key
    kinds = [(each["kind"], each.get("node"), each.get("label")) for each in first["controls"]]
    assert [(each["kind"], each.get("node"), each.get("label")) for each in second["controls"]] == kinds


FEW = [["list_name", "name", "label", "st"], ["x", "1", "One", "a"], ["x", "2", "Two", "a"]]
PEOPLE = [
    ["begin_repeat", "p", "Person", "", ""],
    ["text", "pname", "Name", "", ""],
    ["integer", "age", "Age", "", ""],
    ["end_repeat", "", "", "", ""],
]


@pytest.mark.parametrize(
    ("rows", "choices"),
    [
        ([["select_one_from_file rooms.csv", "a", "A", "value=code label=title", ""]], []),
        ([["select_one x", "a", "A", "randomize=true, seed=42", ""]], FEW),
        ([["text", "s", "S", "", ""], ["select_one x", "a", "A", "randomize=true", "st=${s}"]], FEW),
        ([*PEOPLE, ["select_one ${pname}", "a", "A", "", "${age} > 17"]], []),
        ([*PEOPLE, ["select_one ${pname}", "a", "A", "", ""]], []),
        (
            [["text", "s", "S", "", ""], ["select_one x", "a", "A", "", "st=${s}"]],
            [*FEW, ["x", "1", "Other", "b"]],
        ),
    ],
    ids=[
        "columns of a file",
        "random",
        "random and filtered",
        "repeat filtered",
        "repeat",
        "same name twice",
    ],
)
def test_where_choices_come_from_is_written_too(rows: list[list[str]], choices: list[list[str]]) -> None:
    head = ["type", "name", "label", "parameters", "choice_filter"]
    settings = [["allow_choice_duplicates"], ["yes"]]
    more = {"choices": choices} if choices else {}
    loaded = load_form(workbook(survey=[head, *rows], settings=settings, **more), "form.xlsx")
    again = load_form(write_xlsform(loaded.definition), "form.xlsx")
    assert compile_form(again.definition) == compile_form(loaded.definition)


def test_nothing_that_is_written_is_a_formula() -> None:
    text = b"| survey | | | |\n| | type | name | label |\n| | text | x | =1+1 |\n"
    book = load_workbook(io.BytesIO(write_xlsform(load_form(text, "x.md").definition)))
    assert {cell.data_type for row in book["survey"].iter_rows() for cell in row} == {"s"}
    assert book["survey"].cell(2, 3).value == "=1+1"


@pytest.mark.parametrize(
    ("default", "is_refused"), [("Spanish (es)", True), ("English (en)", False), ("", False)]
)
def test_a_language_that_would_be_lost_is_told(default: str, is_refused: bool) -> None:
    form = workbook(
        survey=[["type", "name", "label", "label::Spanish (es)"], ["text", "seen", "Seen?", "Visto?"]],
        settings=[["form_id", "default_language"], ["f", default]],
    )
    if is_refused:
        with pytest.raises(FormRefused, match=r"survey, column label: .*would be lost\. Name the language"):
            load_form(form, "form.xlsx")
    else:
        assert len(load_form(form, "form.xlsx").definition.languages) == 2
