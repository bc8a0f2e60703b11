"""A checklist as a form: what it asks, when, and what its questions are about."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolward.protocols.xforms.checklist import Checklist, Place, Question, Stretch, checklist_form
from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.session import Program, Session, Sources

from .forms_in_text import NOW

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "forms" / "checklist.xml"
CHOICES = (("2", "So"), ("1", "Partly"), ("0", "Not so"), ("uto", "Unable to observe"))
STRETCHES = (
    Stretch(
        "gate",
        "The gate",
        (
            Question("G1", "It closes <by itself> & latches.", CHOICES, "Let it go.", 1),
            Question("G.2-a", "It can be seen.", CHOICES, fails_at=None),
        ),
    ),
    Stretch("doors", "The doors", (Question("1D", "They latch.", CHOICES, fails_at=0),)),
    # A second look may ask items of two instruments that bear one code.
    Stretch("gate", "The gate, once more", (Question("G1", "It is locked at night.", CHOICES),)),
)


def written(*, with_pins: bool = True) -> Checklist:
    return checklist_form(form_id="checklist", title="A checklist", stretches=STRETCHES, with_pins=with_pins)


def begun(checklist: Checklist) -> Session:
    return Session(Program(compile_form(read_form(checklist.xml))), Sources(NOW))


def test_the_form_is_the_one_that_both_runtimes_play() -> None:
    assert GOLDEN.read_bytes() == written().xml


def test_every_place_is_a_question_and_every_question_has_a_place() -> None:
    made = written()
    values = {path for path in begun(made).nodes() if "/meta/" not in path}
    assert values == set(made.places)
    assert made.places["/data/gate/G.2-a/pin2"] == Place("G.2-a", "pin", 2)
    assert made.places["/data/doors/_1D/rating"] == Place("1D", "rating")
    assert made.places["/data/gate_2/G1/rating"] == Place("G1", "rating")


def test_a_photograph_is_asked_for_once_the_one_before_is_there() -> None:
    session = begun(written())
    own = "/data/gate/G1"

    def asked() -> list[str]:
        nodes = session.nodes()
        return [
            name
            for name in ("rating", "note", "photo1", "pin1", "photo2", "pin2", "photo3", "pin3")
            if nodes[f"{own}/{name}"]["relevant"]
        ]

    assert asked() == ["rating", "note", "photo1"]
    session.set(f"{own}/photo1", "a.jpg")
    assert asked() == ["rating", "note", "photo1", "pin1", "photo2"]
    session.set(f"{own}/photo2", "b.jpg")
    assert asked()[-2:] == ["pin2", "photo3"]
    session.set(f"{own}/photo1", "")
    assert asked() == ["rating", "note", "photo1"]


@pytest.mark.parametrize(
    ("name", "value", "is_valid"),
    [
        ("pin1", "0.25 0.5", True),
        ("pin1", "0 1", True),
        ("pin1", "1.0 .5", True),
        ("pin1", "1.1 0.5", False),
        ("pin1", "-0.1 0.5", False),
        ("pin1", "0.5", False),
        ("note", "n" * 2000, True),
        ("note", "n" * 2001, False),
    ],
)
def test_what_fits(name: str, value: str, is_valid: bool) -> None:
    session = begun(written())
    session.set("/data/gate/G1/photo1", "a.jpg")
    session.set(f"/data/gate/G1/{name}", value)
    assert session.nodes()[f"/data/gate/G1/{name}"]["valid"] is is_valid


def test_what_is_no_choice_is_not_kept() -> None:
    session = begun(written())
    session.set("/data/gate/G1/rating", "3")
    assert session.nodes()["/data/gate/G1/rating"]["value"] == ""


def test_for_other_clients_no_pins_are_asked() -> None:
    made = written(with_pins=False)
    assert {place.part for place in made.places.values()} == {"rating", "note", "photo"}
    assert b"pin" not in made.xml


def test_a_page_learns_from_which_rating_on_it_fails() -> None:
    form = compile_form(read_form(written().xml))
    ratings = [one for one in form["controls"] if one["kind"] == "select1"]
    assert [one.get("attributes", {}).get("fails-at") for one in ratings] == ["1", None, "0", None]
    folded = {one["kind"] for one in form["controls"] if "folded" in one.get("appearance", "").split()}
    assert folded == {"input", "upload"}


def test_it_travels() -> None:
    assert compile_form(read_form(written(with_pins=False).xml))["warnings"] == []


def test_its_version_is_what_it_asks() -> None:
    def version(*, title: str = "A", with_pins: bool = True) -> str:
        made = checklist_form(form_id="x", title=title, stretches=STRETCHES, with_pins=with_pins)
        return read_form(made.xml).version

    assert version() == version()
    assert len({version(), version(title="B"), version(with_pins=False)}) == 3
