"""Choices that an XLSForm keeps apart: read, filtered, said in each language, written."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from schoolward.protocols.xforms.bundles import form_of_bundle
from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.loading import LoadedForm, compile_loaded, load_form
from schoolward.protocols.xforms.problems import FormRefused
from schoolward.protocols.xforms.session import Program, Session, Sources, read_submission, write_submission
from schoolward.protocols.xforms.xlsform import write_xlsform

from .forms_in_text import NOW

PLACES = Path(__file__).resolve().parents[3] / "golden" / "forms" / "places.md"
TOWN = """| survey |
| | type                     | name   | label  | choice_filter |
| | text                     | region | Region |               |
| | select_one_external town | town   | Town   | {filter}      |
| external_choices |
| | {list} | {name} | label | region | kind  |
| | town      | elm  | Elm   | north  |       |
| | town      | oak  | Oak   |        | small |
| | road      | ash  | Ash   | north  | small |
"""


def town(**change: str) -> bytes:
    words = {"filter": "region = ${region}", "list": "list_name", "name": "name", **change}
    return TOWN.format(**words).encode()


def places() -> LoadedForm:
    return load_form(PLACES.read_bytes(), PLACES.name)


def begun(compiled: dict[str, Any], language: str = "") -> Session:
    return Session(Program(compiled), Sources(NOW, language=language))


def offered(session: Session, path: str) -> list[str]:
    """The labels of the choices at a question, in their order."""
    instance = session.find(path)
    return [session.choice_name(instance, value) for value in instance.items or []]


def bundle(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


@pytest.mark.parametrize("named", [{}, {"list": "list name", "name": "value"}])
def test_an_empty_cell_moves_no_other(named: dict[str, str]) -> None:
    """pyxform's own file leaves it out, so that `small` would stand in the column region."""
    loaded = load_form(town(**named), "town.md")
    rows = list(csv.DictReader(io.StringIO(loaded.files["itemsets.csv"].decode(), newline="")))
    assert rows[1] == {"list_name": "town", "name": "oak", "label": "Oak", "region": "", "kind": "small"}


def test_what_is_offered_follows_the_answers() -> None:
    session = begun(compile_loaded(load_form(town(), "town.md")))
    assert offered(session, "/data/town") == ["Oak"]
    session.set("/data/region", "north")
    assert offered(session, "/data/town") == ["Elm"]
    session.set("/data/town", "ash")
    assert session.find("/data/town").value == ""
    session.set("/data/town", "elm")
    assert session.find("/data/town").value == "elm"


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("English (en)", ["Elmfield", "Oakfield"]),
        ("Español (es)", ["Campo de olmos", "Oakfield"]),
    ],
)
def test_labels_in_each_language(language: str, labels: list[str]) -> None:
    session = begun(compile_loaded(places()), language)
    session.set("/data/region", "north")
    assert offered(session, "/data/town") == labels


def test_what_a_device_sends_is_read_as_a_choice() -> None:
    program = Program(compile_loaded(places()))
    session = Session(program, Sources(NOW))
    for path, value in (("region", "south"), ("town", "oak"), ("street", "3")):
        session.set(f"/data/{path}", value)
    again = read_submission(program, write_submission(session), Sources(NOW))
    assert again.nodes() == session.nodes()
    assert again.find("/data/told").value == "Oakfield South: 3"


@pytest.mark.parametrize("loaded", [places(), load_form(town(), "town.md")], ids=["languages", "plain"])
def test_it_is_written_as_it_came(loaded: LoadedForm) -> None:
    again = load_form(write_xlsform(loaded.definition, loaded.files), "again.xlsx")
    assert compile_loaded(again) == {**compile_loaded(loaded), "id": again.definition.id}
    assert again.files == loaded.files


@pytest.mark.parametrize("kept", ["xform", "sheet"])
def test_in_a_bundle_it_becomes_a_form_that_needs_no_file(kept: str) -> None:
    loaded = places()
    given = {"form__xml": loaded.xform, "itemsets__csv": loaded.files["itemsets.csv"]}
    content, name = form_of_bundle(bundle(**given if kept == "xform" else {"form__md": PLACES.read_bytes()}))
    alone = compile_form(load_form(content, name).definition)
    assert not [warning for warning in alone["warnings"] if warning["code"] in ("file", "external-choices")]
    for language in alone["languages"]:
        here, there = begun(alone, language), begun(compile_loaded(loaded), language)
        for path, value in (("region", "north"), ("town", "oak"), ("street", "2"), ("stop[1]/at", "elm")):
            for session in (here, there):
                session.set(f"/data/{path}", value)
            assert offered(here, "/data/town") == offered(there, "/data/town")
            assert offered(here, "/data/street") == offered(there, "/data/street")
        values = [{path: one["value"] for path, one in each.nodes().items()} for each in (here, there)]
        assert values[0] | {"/data/meta/instanceID": ""} == values[1] | {"/data/meta/instanceID": ""}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, r"reads itemsets\.csv, which is not in the ZIP file\. Add itemsets\.csv"),
        ({"itemsets__csv": b"list_name,name\nroad,a\n"}, r"itemsets\.csv: .*no rows of the list town"),
        ({"itemsets__csv": b"name,label\na,b\n"}, "no column list_name"),
        ({"itemsets__csv": b"\xff\xfe"}, "cannot be read"),
    ],
)
def test_a_bundle_without_its_choices_is_refused(files: dict[str, bytes], told: str) -> None:
    with pytest.raises(FormRefused, match=told):
        form_of_bundle(bundle(form__xml=load_form(town(), "town.md").xform, **files))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"filter": ""}, "survey, row 3, column choice_filter: A select_one_external needs a filter"),
        ({"list": "list"}, "external"),
        ({"filter": "region = "}, r"survey, row 3.*town"),
    ],
)
def test_what_is_wrong_is_told_by_its_place(change: dict[str, str], told: str) -> None:
    with pytest.raises(FormRefused, match=told):
        compile_loaded(load_form(town(**change), "town.md"))


def test_a_list_that_is_missing_is_told_at_its_question() -> None:
    with pytest.raises(FormRefused, match=r"survey, row 3.*tawn.*sheet external_choices"):
        load_form(town().replace(b"external town", b"external tawn"), "town.md")
    without = town().partition(b"| external_choices |")[0]
    with pytest.raises(FormRefused, match="Add a sheet external_choices"):
        load_form(without, "town.md")


def test_without_its_file_a_form_says_so() -> None:
    loaded = load_form(town(), "town.md")
    compiled = compile_form(loaded.definition)
    assert [one["where"] for one in compiled["warnings"] if one["code"] == "file"] == ["itemsets.csv"]
    with pytest.raises(FormRefused, match=r"/data/town.*itemsets\.csv, which is not at hand.*take the XForm"):
        write_xlsform(loaded.definition)


def test_a_query_that_names_no_list_is_refused() -> None:
    xform = load_form(town(), "town.md").xform.replace(b"instance('town')/root", b"/data")
    with pytest.raises(FormRefused, match=r"/data/town \(query\): The query names no list"):
        load_form(xform, "town.xml")


@pytest.mark.parametrize(
    ("filter", "is_looked_up"),
    [
        ("region = ${region}", True),
        ("region = ${region} and kind = ${region}", True),
        ("region = ${region} or kind = ${region}", False),
        ("region = 'north'", False),
        ("region != ${region}", False),
        ("${region} = region", False),
        ("starts-with(region, ${region})", False),
    ],
)
def test_what_collect_cannot_look_up_is_warned_of(filter: str, is_looked_up: bool) -> None:
    warnings = compile_loaded(load_form(town(filter=filter), "town.md"))["warnings"]
    (told,) = [one["text"] for one in warnings if one["code"] == "external-choices"]
    assert ("Collect cannot look them up" not in told) is is_looked_up


FROM_FILE = b"""| survey |
| | type                           | name | label       |
| | select_one_from_file rooms.csv | room | Which room? |
"""


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            b"code,title\nr1,x\n",
            r"survey, row 2: rooms\.csv has no column name; there are code, title\.",
        ),
        ("name,label\nr1,Größe\n".encode("latin-1"), "no text in UTF-8; save it as CSV in UTF-8"),
    ],
)
def test_rows_that_nobody_could_choose_from_are_refused(rows: bytes, told: str) -> None:
    loaded = load_form(FROM_FILE, "rooms.md")
    with pytest.raises(FormRefused, match=told):
        compile_loaded(loaded, {"rooms.csv": rows})


def test_rows_with_other_names_are_taken_where_the_form_names_them() -> None:
    form = FROM_FILE.replace(b"label       |\n| | select", b"label       | parameters |\n| | select").replace(
        b"Which room? |", b"Which room? | value=code label=title |"
    )
    session = begun(compile_loaded(load_form(form, "rooms.md"), {"rooms.csv": b"code,title\nr1,Hall\n"}))
    assert offered(session, "/data/room") == ["Hall"]
