"""Filling sessions replayed here and in ODK's own engine: what share agrees, and why the rest does not.

    .venv/bin/python bench/assessments/forms_oracle.py [--forms DIR] [--engine DIR] [--sessions 20] [--seed 1]

Needs node 20 or newer, npm and pip. ODK's engine (`@getodk/xforms-engine`) is installed from npm into a
temporary folder (`--engine` keeps it), pyxform's sample forms come from its source package; nothing of either
stays here.
A session agrees where every value, its relevance and its validity are the same. Ends with 1 below the goal.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench.assessments.forms_of_size import walk_form  # noqa: E402
from bench.assessments.plausible import plausible_steps  # noqa: E402

from schoolward.protocols.xforms.compiling import compile_form  # noqa: E402
from schoolward.protocols.xforms.problems import FormRefused  # noqa: E402
from schoolward.protocols.xforms.reading import read_form  # noqa: E402
from schoolward.protocols.xforms.session import Program, Session, Sources, StepRefused, replay  # noqa: E402
from schoolward.protocols.xforms.xlsform import xform_of  # noqa: E402

GOAL = 0.99
ENGINE = "@getodk/xforms-engine@0.22.0"
SAMPLES = "pyxform==0.15.1"
"""The last source package of pyxform that has its sample forms in it."""
NOW = datetime(2026, 11, 26, 8, 0, 0, tzinfo=UTC)
_SUFFIXES = (".xls", ".xlsx", ".xlsm", ".csv", ".xml", ".md")
SHOWN = 40


@dataclass
class Form:
    """One form, and the files beside it."""

    name: str
    xform: str
    files: dict[str, str] = field(default_factory=dict)


@dataclass
class Recorded:
    """A session and what each side made of it."""

    form: Form
    steps: list[dict[str, Any]]
    ours: dict[str, Any]
    theirs: dict[str, Any] = field(default_factory=dict)
    error: str = ""

    def difference(self) -> str:
        """The first disagreement, ``""`` where there is none."""
        if self.error:
            return f"their engine: {self.error}"
        if self.ours.keys() != self.theirs.keys():
            return f"other nodes: {sorted(self.ours.keys() ^ self.theirs.keys())[:3]}"
        for path, state in self.ours.items():
            if state != self.theirs[path]:
                return f"{path}: here {state}, there {self.theirs[path]}"
        return ""


def install_engine(directory: Path) -> None:
    """Install ODK's engine and a DOM for it, unless they are there."""
    if (directory / "node_modules/@getodk/xforms-engine").is_dir():
        return
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "package.json").write_text('{"private": true}')
    subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--silent", ENGINE, "jsdom@24"],
        cwd=directory,
        check=True,
    )


def sample_forms(directory: Path) -> list[Path]:
    """pyxform's sample forms, from its source package."""
    wanted = directory / "samples"
    if not wanted.is_dir():
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-binary", ":all:", "--no-deps"]
        # Only the package is wanted; whether it can be built here does not matter.
        subprocess.run([*pip, SAMPLES, "-d", str(directory)], check=False, capture_output=True)
        for archive in directory.glob("pyxform-*.tar.gz"):
            with tarfile.open(archive) as packed:
                packed.extractall(wanted, filter="data")
    return sorted(path for path in wanted.rglob("*example_xls/*") if path.suffix in _SUFFIXES)


def read(paths: list[Path]) -> list[Form]:
    """The forms that can be read; what is said of the others goes to standard error."""
    found = []
    for path in paths:
        try:
            data = path.read_bytes()
            xform = data.decode() if path.suffix == ".xml" else xform_of(data, path.name).xform.decode()
            files = {
                beside.name: beside.read_text("utf-8")
                for beside in path.parent.iterdir()
                if beside.suffix in (".csv", ".xml") and f"/{beside.name}" in xform
            }
            compile_form(read_form(xform.encode()))
        except FormRefused as refused:
            print(f"  refused: {path.name}: {str(refused).splitlines()[0][:140]}", file=sys.stderr)
            continue
        found.append(Form(path.name, xform, files))
    return found


def one_by_one(form: Form) -> list[Form]:
    """A form of calculations as many forms with one each, so that one that stops an engine stops no other."""
    binds = re.findall(r'<bind nodeset="/data/e\d+"[^>]*/>', form.xform)
    bare = form.xform
    for bind in binds:
        bare = bare.replace(bind, "")
    return [
        Form(re.sub(r".*calculate=", "", bind)[:-2], bare.replace("</model>", f"{bind}</model>"))
        for bind in binds
    ]


def fixed_sources() -> Sources:
    """The same time, chance and ids as in the other engine."""
    return Sources(NOW, random=lambda: 0.5, uuid=lambda: "00000000-0000-4000-8000-000000000000")


def record(form: Form, sessions: int, steps: int, seed: int) -> list[Recorded]:
    """Fill a form several times at random."""
    files = {name: text.encode() for name, text in form.files.items()}
    program = Program(compile_form(read_form(form.xform.encode()), files))
    found = []
    for number in range(sessions):
        chance = random.Random(f"{form.name} {seed} {number}")
        session = Session(program, fixed_sources())
        done: list[dict[str, Any]] = []
        for step in plausible_steps(session, chance, steps if number else 0):
            try:
                replay(session, [step])
            except StepRefused:
                continue
            done.append(step)
        found.append(Recorded(form, done, dict(session.nodes())))
    return found


def replay_there(recorded: list[Recorded], engine: Path, directory: Path) -> dict[int, dict[str, Any]]:
    """Replay in ODK's engine; returns its answers by the number of the session."""
    file = directory / "sessions.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for number, one in enumerate(recorded):
            told = {"id": number, "xform": one.form.xform, "files": one.form.files, "steps": one.steps}
            lines.write(json.dumps({**told, "now": NOW.isoformat()}) + "\n")
    command = ["node", str(ROOT / "bench/assessments/forms_oracle.mjs"), str(engine), str(file)]
    ran = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, "TZ": "UTC"}
    )
    answers = {answer["id"]: answer for answer in map(json.loads, ran.stdout.splitlines())}
    for number, one in enumerate(recorded):
        one.theirs = answers[number].get("nodes", {})
        one.error = answers[number].get("error", "")
    return answers


def measure_three_hundred(engine: Path | None, directory: Path) -> None:
    """300 answers on a form of 300 items, here and there."""
    form = Form("walk-300", walk_form(300))
    program = Program(compile_form(read_form(form.xform.encode())))
    steps = [
        {"set": f"/data/s{item // 20}/i{item}/rating", "value": str(item % 4 + 1)} for item in range(300)
    ]
    best = least = float("inf")
    for _ in range(5):
        session = Session(program, fixed_sources())
        started, processor = time.perf_counter(), time.process_time()
        replay(session, steps)
        best = min(best, time.perf_counter() - started)
        least = min(least, time.process_time() - processor)
    print(f"300 answers on 300 items, here: {best:.3f} s (goal 0.3 s), {least:.3f} s of processor, best of 5")
    if engine is not None:
        recorded = [Recorded(form, steps, dict(session.nodes()))]
        answer = replay_there(recorded, engine, directory)[0]
        print(
            f"300 answers on 300 items, ODK's engine: {answer['filling_ms'] / 1000:.3f} s "
            f"(loading {answer['loading_ms'] / 1000:.1f} s); {recorded[0].difference() or 'the same values'}"
        )


def report(recorded: list[Recorded], what: str) -> float:
    """Print the share that agrees, and the reasons of the rest; returns the share."""
    refused = Counter((one.form.name, one.error[:200]) for one in recorded if one.error)
    played = [one for one in recorded if not one.error]
    apart = Counter((one.form.name, reason[:200]) for one in played if (reason := one.difference()))
    share = 1 - apart.total() / len(played)
    forms = len({one.form.name for one in recorded})
    steps = sum(len(one.steps) for one in recorded)
    print(f"{len(recorded):,} {what} on {forms} forms, {steps:,} steps")
    print(f"{len(played):,} played by both: {share:.2%} agree (goal {GOAL:.0%})")
    for (name, reason), times in apart.most_common(SHOWN):
        print(f"  {times} x {name}: {reason}")
    print(f"{refused.total():,} that ODK's engine stopped at, and are not counted")
    for (name, reason), times in refused.most_common(SHOWN):
        print(f"  {times} x {name}: {reason}")
    return share


def main() -> int:
    """Install, record, replay, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--forms", type=Path, default=ROOT / "tests/golden/forms", help="a folder of forms of ours"
    )
    parser.add_argument(
        "--engine", type=Path, help="where ODK's engine is, or is put (default: a temporary folder)"
    )
    parser.add_argument("--sessions", type=int, default=20, help="sessions a form; the first has no steps")
    parser.add_argument("--steps", type=int, default=25, help="steps a session")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only-ours", action="store_true", help="leave pyxform's samples out")
    parser.add_argument("--without-engine", action="store_true", help="only measure the time here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary)
        if options.without_engine:
            measure_three_hundred(None, directory)
            return 0
        if shutil.which("node") is None or shutil.which("npm") is None:
            print("node and npm are needed; --without-engine measures only the time here.", file=sys.stderr)
            return 2
        engine = (options.engine or directory / "engine").resolve()
        install_engine(engine)
        own = sorted(path for path in options.forms.iterdir() if path.suffix in _SUFFIXES)
        forms = read([*([] if options.only_ours else sample_forms(engine)), *own])
        expressions = [one for form in forms if form.name == "expressions.xml" for one in one_by_one(form)]
        forms = [form for form in forms if form.name != "expressions.xml"]
        recorded = [
            each for form in forms for each in record(form, options.sessions, options.steps, options.seed)
        ]
        replay_there(recorded, engine, directory)
        share = report(recorded, "sessions")
        computed = [each for form in expressions for each in record(form, 1, 0, options.seed)]
        replay_there(computed, engine, directory)
        report(computed, "expressions")
        measure_three_hundred(engine, directory)
    return 0 if share >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
