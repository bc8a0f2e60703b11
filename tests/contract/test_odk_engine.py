"""ODK's own engine fills the form of a walk; what it writes must be read as it was filled.

Needs `@getodk/xforms-engine` (a development dependency that is not installed with the others): the folder
that `bench/assessments/forms_oracle.py --engine DIR` fills, in SCHOOLWARD_ODK_ENGINE. Skipped without it.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bench.assessments.paths import HERE

from schoolward.protocols import openrosa
from schoolward.protocols.xforms.bundles import form_of_bundle
from schoolward.protocols.xforms.checklist import Question, Stretch, checklist_form
from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.renaming import renamed
from schoolward.protocols.xforms.session import Program, Sources, read_submission

ENGINE = os.environ.get("SCHOOLWARD_ODK_ENGINE", "")
FORMS = Path(__file__).resolve().parents[1] / "golden" / "forms"
SESSIONS = [path for path in sorted(FORMS.glob("places.*.json")) if not path.stem.endswith("compiled")]
NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
CHOICES = (("2", "So"), ("1", "Partly"), ("0", "Not so"), ("uto", "Unable to observe"))
QUESTIONS = tuple(Question(code, f"{code} is so.", CHOICES, "Look.", 1) for code in ("G1", "G.2-a", "1D"))
FILLED = {
    "/data/gate/G1/rating": "0",
    "/data/gate/G1/note": "Broken & <bent>.\nTwice.",
    "/data/gate/G1/photo1": "1.png",
    "/data/gate/G1/photo2": "2.png",
    "/data/gate/G.2-a/rating": "uto",
    "/data/gate/_1D/rating": "2",
}


WITH_ENGINE = pytest.mark.skipif(
    not ENGINE or shutil.which("node") is None, reason="ODK's engine is not installed"
)


def played_by_odk(session: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What the engine makes of a session."""
    file = folder / "session.jsonl"
    file.write_text(json.dumps(session) + "\n")
    told = subprocess.run(
        ["node", str(HERE / "forms_oracle.mjs"), ENGINE, str(file)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    answer: dict[str, Any] = json.loads(told.stdout)
    assert "error" not in answer, answer
    return answer


@WITH_ENGINE
def test_what_odk_writes_is_read_as_it_was_filled(tmp_path: Path) -> None:
    made = checklist_form(
        form_id="small", title="A walk", stretches=[Stretch("gate", "Gate", QUESTIONS)], with_pins=False
    )
    given_out = renamed(made.xml, form_id="walk-7", title="Oak: A walk")
    session = {
        "id": 1,
        "now": NOW.isoformat(),
        "xform": given_out.decode(),
        "steps": [{"set": path, "value": value} for path, value in FILLED.items()],
        "as_xml": True,
    }
    answer = played_by_odk(session, tmp_path)
    xml = answer["xml"].encode()
    sent = openrosa.read_submission(xml)
    assert sent.form_id == "walk-7"
    form = compile_form(read_form(made.xml))
    assert sent.version == form["version"]
    found = read_submission(Program(form), xml, Sources(NOW), known_as="walk-7").nodes()
    given = {path: state["value"] for path, state in found.items() if state["value"] and "/meta/" not in path}
    theirs = {
        path: state["value"]
        for path, state in answer["nodes"].items()
        if state["value"] and "/meta/" not in path
    }
    assert given == theirs
    assert {path: value for path, value in given.items() if "photo" not in path} == {
        path: value for path, value in FILLED.items() if "photo" not in path
    }
    assert {path for path in given if "photo" in path} == {path for path in FILLED if "photo" in path}
    assert found["/data/meta/instanceID"]["value"] == sent.instance_id


@WITH_ENGINE
@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_choices_kept_apart_are_those_of_the_same_filter(path: Path, tmp_path: Path) -> None:
    """The engine does not know ``select_one_external``: it gets the same rows in the form itself."""
    vector = json.loads(path.read_text("utf-8"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(vector["form"], (FORMS / vector["form"]).read_bytes())
    alone, _name = form_of_bundle(out.getvalue())
    steps = [{"value": "", **step} if "set" in step else step for step in vector["steps"]]
    session = {"id": 1, "now": vector["now"], "xform": alone.decode(), "steps": steps}
    theirs = played_by_odk(session, tmp_path)["nodes"]
    del theirs["/data/meta/instanceID"], vector["nodes"]["/data/meta/instanceID"]
    assert theirs == vector["nodes"]
