"""The two runtimes of compiled forms: JavaScript passes the vectors, and agrees with Python."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

import pytest
from bench.assessments import plausible
from bench.assessments.forms_of_size import walk_form
from bench.assessments.javascript import Script, running
from bench.assessments.paths import REPLAY

from schoolward.protocols.xforms.session import (
    Program,
    Session,
    Sources,
    StepRefused,
    read_submission,
    replay,
    write_submission,
)
from schoolward.protocols.xforms.session.sources import in_turn, texts_in_turn

FORMS = Path(__file__).resolve().parents[2] / "golden" / "forms"
COMPILED = sorted(FORMS.glob("*.compiled.json"))
SESSIONS = {"every_function": 9}
"""How many random sessions a form gets; 4 where nothing is said."""
NOWS = ("2026-11-26T08:00:00.000+00:00", "2024-02-29T23:30:15.250-07:30", "2025-01-01T00:00:00.000+13:00")
HARD_TO_READ = (
    *(
        "",
        "a",
        "abc",
        "b",
        " a  b ",
        "é1",
        "\U0001f6aay",
        "12",
        "-3.7",
        "0x1F",
        "1e3",
        "1e21",
        "1e-7",
        "-1.5e-22",
    ),
    *("0.00000000000000000000015", "Infinity", "-0", "true", "2147483647", "2147483648", "1e400", ".5", "5."),
    *("+4", "2020-02-29", "2021-02-29", "2020-13-01", "2020-03-01T10:20:30.4567+02:00", "2020-03-01T10"),
    *("2020-03-01T23:59:59Z", "0001-01-01T00:00:00+10:00", "10:20", "10:20:30.5-03:00", "24:00:00", "1 2"),
    *("91 2", "1 2 3 4", "1 2;3 4", "1 1;1 2;2 2;1 1", "1 1; 1 2; 2 2; 1 1;", "a b", "c a", "YWJj", "Zm8="),
    *("(", "[a-c]+", "9007199254740991"),
)


def name_of(compiled: Path) -> str:
    return compiled.name.removesuffix(".compiled.json")


def vectors() -> list[Path]:
    return [path for path in sorted(FORMS.glob("*.json")) if path not in COMPILED]


@pytest.fixture(scope="module")
def node() -> Iterator[Script]:
    """One process for all sessions, with every form of the folder in it."""
    with running(REPLAY) as script:
        for compiled in COMPILED:
            script.ask({"load": name_of(compiled), "form": json.loads(compiled.read_text())})
        yield script


@pytest.mark.parametrize("path", vectors(), ids=lambda path: path.stem)
def test_javascript_passes_the_vector(path: Path, node: Script) -> None:
    vector = json.loads(path.read_text())
    told = node.ask({**vector, "form": vector["form"].rpartition(".")[0]})
    if "error" in vector:
        assert told["error"]["step"] == vector["error"]["step"]
    else:
        assert told.get("nodes") == vector["nodes"], told


@pytest.mark.parametrize("compiled", COMPILED, ids=name_of)
def test_random_sessions_agree(compiled: Path, node: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = plausible._typed
    monkeypatch.setattr(
        plausible,
        "_typed",
        lambda kind, chance: chance.choice(HARD_TO_READ) if chance.random() < 0.5 else plain(kind, chance),
    )
    program = Program(json.loads(compiled.read_text()))
    for seed in range(SESSIONS.get(name_of(compiled), 4)):
        ours = python_session(program, seed)
        theirs = node.ask({**ours["asked"], "form": name_of(compiled)})
        assert theirs.get("nodes") == ours["nodes"], f"seed {seed}: {differences(ours, theirs)}"
        assert canonicalize(theirs["xml"], rewrite_prefixes=True) == ours["xml"]


def test_both_leave_out_what_xml_cannot_say(node: Script) -> None:
    program = Program(json.loads((FORMS / "circle.compiled.json").read_text()))
    hard = "".join(chr(code) for code in (*range(32), 0x7F, 0x85, 0x2028, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F6AA))
    steps = [{"set": "/data/times", "value": f"<a>{hard}\r\n&\r]]>"}]
    session = Session(program, Sources(datetime.fromisoformat(NOWS[0]), in_turn([]), texts_in_turn([])))
    replay(session, steps)
    ours = write_submission(session).decode()
    told = node.ask({"form": "circle", "now": NOWS[0], "random": [], "steps": steps})
    assert canonicalize(told["xml"], rewrite_prefixes=True) == canonicalize(ours, rewrite_prefixes=True)
    kept = read_submission(program, ours.encode(), session.sources).nodes()["/data/times"]["value"]
    sayable = "".join(sign for sign in hard if sign >= " " or sign in "\t\n\r").translate(
        {0xFFFE: "", 0xFFFF: ""}
    )
    assert kept == f"<a>{sayable}\r\n&\r]]>"


def test_a_walk_of_a_hundred_items_agrees(node: Script) -> None:
    from schoolward.protocols.xforms.compiling import compile_form
    from schoolward.protocols.xforms.reading import read_form

    form = compile_form(read_form(walk_form(100).encode()))
    node.ask({"load": "walk", "form": form})
    ours = python_session(Program(form), 7, steps=60)
    theirs = node.ask({**ours["asked"], "form": "walk"})
    assert theirs.get("nodes") == ours["nodes"], differences(ours, theirs)


def python_session(program: Program, seed: int, steps: int = 30) -> dict[str, Any]:
    """A random session in Python: what was asked, and the values then. It ends where a step is refused."""
    chance = random.Random(seed)
    now = NOWS[seed % len(NOWS)]
    drawn = [chance.random() for _ in range(20)]
    language = chance.choice([*program.form["languages"], "none of them"])
    sources = Sources(
        datetime.fromisoformat(now), in_turn(drawn), texts_in_turn([]), {"username": "ana"}, language
    )
    session = Session(program, sources)
    done: list[dict[str, Any]] = []
    nodes, xml = session.nodes(), write_submission(session)
    for step in plausible.plausible_steps(session, chance, steps):
        try:
            replay(session, [step])
        except StepRefused:
            break
        done.append(step)
        nodes, xml = session.nodes(), write_submission(session)
    asked = {
        "now": now,
        "random": drawn,
        "properties": {"username": "ana"},
        "language": language,
        "steps": done,
    }
    return {"asked": asked, "nodes": nodes, "xml": canonicalize(xml.decode(), rewrite_prefixes=True)}


def differences(ours: dict[str, Any], theirs: dict[str, Any]) -> list[Any]:
    """The first values that differ."""
    nodes = theirs.get("nodes", {})
    if not nodes:
        return [theirs]
    paths = {**ours["nodes"], **nodes}
    return [
        (path, ours["nodes"].get(path), nodes.get(path))
        for path in paths
        if ours["nodes"].get(path) != nodes.get(path)
    ][:5]
