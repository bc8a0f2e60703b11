"""The lists that devices have put into the repeats of a walk's own form: each is that of one strand."""

from __future__ import annotations

from typing import Any

from schoolward.domains.assessments.walk_journals import WalkJournal
from schoolward.protocols.walk_journal import Entry

_STEPS = ("add", "remove", "set", "photo")


def repeat_of(path: str, journal: WalkJournal) -> str:
    """The outermost repeat that a path lies in, without positions; empty where it lies in none."""
    plain = "/".join(part.partition("[")[0] for part in path.split("/"))
    repeats = [node["path"] for node in journal.form.compiled["nodes"] if node["kind"] == "repeat"]
    around = [one for one in repeats if plain == one or plain.startswith(f"{one}/")]
    return min(around, key=len, default="")


def strand_of_list(repeat: str, main: str, journal: WalkJournal) -> str:
    """Whose list counts where nobody has chosen: that of ``main`` where it has one, else the first by name.

    Who changed how many there are has a list; where nobody did, whoever has answered something in it.
    """
    holding = {one.strand for one in journal.standing.get(f"{repeat}[]", ())}
    if not holding:
        within = [path for path in journal.standing if repeat_of(path, journal) == repeat]
        holding = {one.strand for path in within for one in journal.standing[path]}
    return main if main in holding else min(holding, default=main)


def lists_told(journal: WalkJournal) -> dict[str, dict[str, Any]]:
    """By repeat, for the walk's page: the list that counts, step by step, and what a copy decides over."""
    if not journal.form.is_own:
        return {}
    chosen = {one.said["path"]: one.said["kept"] for one in journal.entries if "kept" in one.said}
    found: dict[str, list[Entry]] = {}
    for entry in journal.entries:
        if entry.kind in _STEPS and (repeat := repeat_of(entry.said.get("path", ""), journal)):
            found.setdefault(repeat, []).append(entry)
    told = {}
    for repeat, entries in found.items():
        strand = chosen.get(f"{repeat}[]") or strand_of_list(repeat, "", journal)
        told[repeat] = {
            "strand": strand,
            "steps": [_step(one) for one in entries if one.strand == strand],
            "over": [one.id for one in entries],
        }
    return told


def _step(entry: Entry) -> dict[str, Any]:
    said = entry.said
    if entry.kind in ("add", "remove"):
        return {"id": entry.id, "kind": entry.kind, "path": said["path"]}
    value = said["value"] if entry.kind == "set" else said.get("name", "")
    return {"id": entry.id, "kind": "set", "path": said["path"], "value": value}
