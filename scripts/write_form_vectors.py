"""Write what the forms in tests/golden/forms compile to, and what their sessions give, for the other runtime.

    .venv/bin/python scripts/write_form_vectors.py [--check]

A session is a file NAME.LABEL.json with the form's file, steps and sources; "nodes" or "error" is written
into it. `bench/assessments/forms_oracle.py` holds the same forms against ODK's own engine.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))

from schoolward.protocols.xforms.loading import compile_loaded, load_form  # noqa: E402
from schoolward.protocols.xforms.session import Program, Session, Sources, StepRefused, replay  # noqa: E402
from schoolward.protocols.xforms.session.sources import in_turn, texts_in_turn  # noqa: E402

FOLDER = ROOT / "tests/golden/forms"
_FORMS = (".xml", ".md")


def forms() -> list[Path]:
    """The forms' own files."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix in _FORMS)


def sessions() -> list[Path]:
    """The session files."""
    return sorted(path for path in FOLDER.glob("*.*.json") if not path.name.endswith(".compiled.json"))


def compiled(path: Path) -> dict[str, Any]:
    """What a form compiles to."""
    return compile_loaded(load_form(path.read_bytes(), path.name))


def sources_of(vector: dict[str, Any]) -> Sources:
    """The time and the chance that a session names."""
    return Sources(
        datetime.fromisoformat(vector["now"]),
        random=in_turn(vector.get("random", [])),
        uuid=texts_in_turn(vector.get("uuids", [])),
        properties=vector.get("properties", {}),
        language=vector.get("language", ""),
    )


def played(vector: dict[str, Any]) -> dict[str, Any]:
    """The session with its outcome: all nodes, or the step that is refused."""
    told = {key: value for key, value in vector.items() if key not in ("nodes", "error")}
    session = Session(Program(compiled(FOLDER / vector["form"])), sources_of(vector))
    for number, step in enumerate(vector["steps"]):
        try:
            replay(session, [step])
        except StepRefused as refused:
            return {**told, "error": {"step": number, "text": str(refused)}}
    return {**told, "nodes": session.nodes()}


def as_text(value: dict[str, Any], *, indent: int | None) -> str:
    """JSON as it is written to the files."""
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def wanted() -> dict[Path, str]:
    """Every file as it should be."""
    found = {path.with_suffix(".compiled.json"): as_text(compiled(path), indent=None) for path in forms()}
    for path in sessions():
        found[path] = as_text(played(json.loads(path.read_text("utf-8"))), indent=1)
    return found


def main() -> int:
    """Write the files; with --check only tell which differ."""
    differing = [
        path for path, text in wanted().items() if not path.exists() or path.read_text("utf-8") != text
    ]
    for path in differing:
        print(path.relative_to(ROOT))
    if "--check" in sys.argv[1:]:
        return 1 if differing else 0
    for path, text in wanted().items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
