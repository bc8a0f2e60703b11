"""What a device shows of others, and decides over: the page's rule against the one of the protocol."""

from __future__ import annotations

import json
import random
from typing import Any
from uuid import UUID

import pytest
from bench.assessments.javascript import Script, running
from bench.assessments.paths import KNOWN

from schoolward.protocols.walk_journal import Entry, standing

PATHS = ("/data/a", "/data/b")
OWN, OTHER, THIRD = (str(UUID(int=number)) for number in (1, 2, 3))


def entry(id: int, strand: str, sequence: int, path: str, value: str, over: tuple[str, ...] = ()) -> Entry:
    said: dict[str, Any] = {"path": path, "value": value, **({"over": list(over)} if over else {})}
    name = str(UUID(int=1000 + id))
    return Entry(name, "walk", strand, sequence, "2012-09-06T12:00:00-07:00", "set", json.dumps(said), "")


def facts_of(entries: list[Entry]) -> dict[str, Any]:
    """What the server puts into the page (views/offline.py), from the entries that it has."""
    known = {
        path: [{"id": one.id, "strand": one.strand, "value": one.said["value"]} for one in found]
        for path, found in standing(entries).items()
    }
    through = {one.strand: one.sequence for one in sorted(entries, key=lambda one: one.sequence)}
    return {"known": known, "through": through}


def ask(script: Script, on_server: list[Entry], own: list[Entry]) -> list[dict[str, Any]]:
    sent = [{"id": one.id, "kind": one.kind, "sequence": one.sequence, "payload": one.payload} for one in own]
    question = {"facts": facts_of(on_server), "strand": OWN, "entries": sent, "paths": PATHS}
    told: list[dict[str, Any]] = script.ask(question)
    return told


@pytest.mark.parametrize(
    ("case", "shown", "over", "differing"),
    [
        ("nobody", None, [], []),
        ("own", None, [], []),
        ("other", "2", [2], []),
        ("both, and differing", None, [2], [2]),
        ("decided by the other", "2", [2], []),
        ("decided by this one since", None, [], []),
        ("two others that differ", "2", [2, 3], [3]),
    ],
)
def test_cases(case: str, shown: str | None, over: list[int], differing: list[int]) -> None:
    own = entry(1, OWN, 1, PATHS[0], "1")
    other = entry(2, OTHER, 1, PATHS[0], "2")
    on_server, kept = {
        "nobody": ([], []),
        "own": ([own], [own]),
        "other": ([other], []),
        "both, and differing": ([own, other], [own]),
        "decided by the other": ([own, entry(2, OTHER, 1, PATHS[0], "2", (own.id,))], [own]),
        "decided by this one since": ([other], [entry(1, OWN, 1, PATHS[0], "1", (other.id,))]),
        "two others that differ": ([other, entry(3, THIRD, 1, PATHS[0], "3")], []),
    }[case]
    with running(KNOWN) as script:
        told = ask(script, on_server, kept)[0]
    ids = {number: str(UUID(int=1000 + number)) for number in (1, 2, 3)}
    assert told == {
        "shown": shown,
        "over": [ids[number] for number in over],
        "differing": [ids[number] for number in differing],
    }


def test_what_a_page_decides_over_leaves_nothing_undecided() -> None:
    """Whatever came before: an answer given in sight of all that is known is the only one that stands."""
    chance = random.Random(4)
    with running(KNOWN) as script:
        for _ in range(200):
            entries: list[Entry] = []
            last = dict.fromkeys((OWN, OTHER, THIRD), 0)
            for id in range(chance.randint(1, 8)):
                strand = chance.choice((OWN, OTHER, THIRD))
                last[strand] += 1
                seen = [one.id for one in entries if one.strand != strand and chance.random() < 0.4]
                made = entry(
                    id, strand, last[strand], chance.choice(PATHS), str(chance.randint(0, 2)), tuple(seen)
                )
                entries.append(made)
            own = [one for one in entries if one.strand == OWN]
            told = ask(script, entries, own)
            for place, path in enumerate(PATHS):
                left = standing(entries).get(path, ())
                others = [one.id for one in left if one.strand != OWN]
                assert sorted(told[place]["over"]) == sorted(others)
                after = [*entries, entry(99, OWN, last[OWN] + 1, path, "9", tuple(told[place]["over"]))]
                assert [one.said["value"] for one in standing(after)[path]] == ["9"]
                if told[place]["shown"] is not None:
                    assert told[place]["shown"] in {one.said["value"] for one in left}


LIST = {
    "strand": OTHER,
    "steps": [
        {"id": "a", "kind": "set", "path": "/data/hole[1]/w", "value": "12"},
        {"id": "b", "kind": "add", "path": "/data/hole"},
    ],
    "over": ["a", "b"],
}


@pytest.mark.parametrize(
    ("own", "is_shown"),
    [([], True), (["/data/other"], True), (["/data/hole[1]/w"], False), (["/data/hole"], False)],
)
def test_a_list_of_another_device_is_shown_until_this_one_has_its_own(own: list[str], is_shown: bool) -> None:
    entries = [{"kind": "set", "payload": json.dumps({"path": path, "value": "1"})} for path in own]
    facts = {"lists": {"/data/hole": LIST}}
    paths = ["/data/elsewhere", "/data/hole[2]/w", "/data/hole[1]/w"]
    with running(KNOWN) as script:
        told = script.ask({"facts": facts, "strand": OWN, "entries": entries, "paths": paths})
    if not is_shown:
        assert told == {"steps": [], "copies": [[], [], []]}
        return
    assert told["steps"] == [{"set": "/data/hole[1]/w", "value": "12"}, {"add": "/data/hole"}]
    assert told["copies"] == [
        [],
        [
            ["set", {"path": "/data/hole[1]/w", "value": "12", "over": ["a"]}],
            ["add", {"path": "/data/hole", "over": ["b"]}],
            ["note", {"path": "/data/hole[]", "text": "", "kept": OWN, "over": ["a", "b"]}],
        ],
        [],
    ]
