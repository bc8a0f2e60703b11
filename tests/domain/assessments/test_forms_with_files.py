"""A form and the files that it reads come in as one ZIP file, and are one form from then on."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.models import Instrument
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.queries import open_file
from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.session import Program, Session, Sources

from .test_instruments import CHOICES, SETTINGS, sheets

pytestmark = pytest.mark.django_db

FORM = sheets(
    survey=(
        ("type", "name", "label", "choice_filter"),
        ("select_one_from_file rooms.csv", "room", "Which room?", ""),
        ("text", "seen", "What is seen in ${room}?", ""),
    ),
    choices=CHOICES,
    settings=SETTINGS,
)
ROOMS = b"name,label\nr1,Library\nr2,Gym & stage\n"


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", ".")), content)
    return out.getvalue()


def test_its_choices_are_in_the_form_from_then_on(by: Viewer, at: datetime) -> None:
    bundle = packed(walk__xlsx=FORM, rooms__csv=ROOMS)
    added = actions.add_instrument(content=bundle, name="walk.zip", by=by, at=at)
    again = actions.add_instrument(content=bundle, name="other.zip", by=by, at=at)
    assert (added.is_new, again.is_new, again.version) == (True, False, added.version)
    assert (added.version.format, added.version.file_name) == ("xform", "walk.xml")
    with open_file(added.version.file) as handle:
        kept = handle.read()
    compiled = compile_form(read_form(kept))
    assert not [warning for warning in compiled["warnings"] if warning["code"] == "file"]
    session = Session(Program(compiled), Sources(at))
    session.set("/data/room", "r2")
    assert session.choice_name(session.find("/data/room"), "r2") == "Gym & stage"
    session.set("/data/room", "r9")
    assert session.find("/data/room").value == ""


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"walk__xlsx": FORM}, r"reads rooms\.csv, which is not in the ZIP file\. Add rooms\.csv"),
        ({"rooms__csv": ROOMS}, r"has no form\. Put one XLSForm or XForm"),
        ({"a__xlsx": FORM, "b__xlsx": FORM, "rooms__csv": ROOMS}, r"has 2 forms \(a\.xlsx, b\.xlsx\)"),
        ({"walk__xlsx": FORM, "rooms__csv": b"the name,label\nr1,One\n"}, "A column is called 'the name'"),
        ({"walk__xlsx": FORM, "rooms__csv": b"name,label\n\xff\xfe,One\n"}, r"file cannot be read"),
    ],
)
def test_what_does_not_fit_together_is_refused_and_nothing_is_kept(
    by: Viewer, at: datetime, files: dict[str, bytes], told: str
) -> None:
    with pytest.raises(actions.AssessmentRefused, match=told):
        actions.add_instrument(content=packed(**files), name="walk.zip", by=by, at=at)
    assert not Instrument.objects.exists()


def test_a_damaged_or_endless_bundle_is_refused(by: Viewer, at: datetime) -> None:
    whole = packed(walk__xlsx=FORM, rooms__csv=ROOMS)
    with pytest.raises(actions.AssessmentRefused, match="damaged"):
        actions.add_instrument(content=whole[: len(whole) // 2], name="walk.zip", by=by, at=at)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rooms.csv", b"0" * 41_000_000)
    with pytest.raises(actions.AssessmentRefused, match="At most 200 files of 40 MB"):
        actions.add_instrument(content=out.getvalue(), name="walk.zip", by=by, at=at)
