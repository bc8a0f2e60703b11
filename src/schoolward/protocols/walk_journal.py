"""The journal of a walk that was filled without a network, as the server judges what comes in.

`docs/reference/walk-journal.md` describes the protocol. Nothing here stores anything: a batch and what is
known go in, and what to store and what to answer come out. Devices are never trusted to be in order, alone,
or on time.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

KINDS = ("set", "add", "remove", "note", "photo", "submit")
MOST_ENTRIES = 500
"""More are not taken in one batch."""
MOST_PAYLOAD = 100_000
"""Characters of one entry's payload."""
MOST_MOMENT = 40
"""Characters of a moment."""
_SAID = ("id", "walk", "strand", "sequence", "moment", "kind", "payload")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_POSITIONS = re.compile(r"\[\d+\]")
_PATH_KINDS = frozenset(("set", "add", "remove", "photo"))


@dataclass(frozen=True)
class Entry:
    """One thing done on a device. ``payload`` is JSON as written there; ``moment`` is that clock's."""

    id: str
    walk: str
    strand: str
    sequence: int
    moment: str
    kind: str
    payload: str
    sha256: str

    @property
    def said(self) -> dict[str, Any]:
        """The payload, read."""
        read: dict[str, Any] = json.loads(self.payload)
        return read


@dataclass(frozen=True)
class Receipt:
    """Says that an entry is stored: its id, its place and its hash."""

    id: str
    sequence: int
    sha256: str

    def as_json(self) -> dict[str, Any]:
        """As it is sent."""
        return {"id": self.id, "sequence": self.sequence, "sha256": self.sha256}


@dataclass(frozen=True)
class Refusal:
    """Why an entry is not stored. ``code`` is for the device, ``text`` for a person."""

    id: str
    code: str
    text: str
    following: int | None = None
    photo: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is sent; what does not apply is left out."""
        told = {"id": self.id, "code": self.code, "text": self.text}
        if self.following is not None:
            return {**told, "following": self.following}
        return told if self.photo is None else {**told, "photo": self.photo}


class Known(Protocol):
    """What is stored of the walk already."""

    def receipt(self, id: str) -> Receipt | None:
        """The receipt of a stored entry, of whatever walk."""

    def following(self, strand: str) -> int:
        """The sequence number that a strand goes on with: 1 of a new one."""

    def has_photo(self, sha256: str) -> bool:
        """Whether the walk has this photo."""


@dataclass
class Judgement:
    """``accepted`` must be stored, all or none, before the receipts are sent."""

    accepted: list[Entry] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The answer to the device."""
        return {
            "receipts": [receipt.as_json() for receipt in self.receipts],
            "refused": [refusal.as_json() for refusal in self.refused],
        }


class BatchRefused(Exception):
    """The whole batch cannot be read; nothing of it is stored."""


def entry_hash(said: Mapping[str, Any]) -> str:
    """SHA-256 of what an entry says, a line each."""
    return hashlib.sha256("\n".join(str(said[name]) for name in _SAID).encode("utf-8", "replace")).hexdigest()


def read_batch(body: bytes) -> tuple[list[Any], str]:
    """The entries of a batch, still to be judged, and the device's clock when it was sent.

    Raises :class:`BatchRefused` where the body is no batch.
    """
    try:
        batch = json.loads(body)
    except (ValueError, RecursionError):
        raise BatchRefused("The batch is no JSON.") from None
    if not isinstance(batch, dict) or not isinstance(batch.get("entries"), list):
        raise BatchRefused('The batch has no list of "entries".')
    if len(batch["entries"]) > MOST_ENTRIES:
        raise BatchRefused(f"The batch has more than {MOST_ENTRIES} entries; send fewer at once.")
    return batch["entries"], str(batch.get("sent", ""))


def judge(batch: Iterable[Any], *, walk: str, known: Known) -> Judgement:
    """Decide of each entry of a batch whether it is new, known or refused.

    Entries are taken in the order of their strands, whatever order they came in. What is known gets its
    receipt again. What comes after a gap, or after a refused entry, waits until the device sends it again.
    """
    judgement = Judgement()
    readable: list[Entry] = []
    for raw in batch:
        entry = _read(raw, walk)
        if isinstance(entry, Refusal):
            judgement.refused.append(entry)
        else:
            readable.append(entry)
    following: dict[str, int] = {}
    taken: dict[str, Receipt] = {}
    for entry in sorted(readable, key=lambda each: (each.strand, each.sequence)):
        expected = following.setdefault(entry.strand, known.following(entry.strand))
        verdict = _verdict(entry, taken.get(entry.id) or known.receipt(entry.id), expected, known)
        if isinstance(verdict, Refusal):
            judgement.refused.append(verdict)
            continue
        if entry.id not in taken:
            judgement.receipts.append(verdict)
            taken[entry.id] = verdict
        if entry.sequence == expected:
            judgement.accepted.append(entry)
            following[entry.strand] = expected + 1
    return judgement


def _verdict(entry: Entry, receipt: Receipt | None, expected: int, known: Known) -> Receipt | Refusal:
    if receipt is not None:
        if receipt.sha256 == entry.sha256:
            return receipt
        return Refusal(entry.id, "id-taken", "Another entry has this id.")
    if entry.sequence < expected:
        return Refusal(
            entry.id, "place-taken", f"Another entry has the number {entry.sequence} of this strand."
        )
    if entry.sequence > expected:
        return Refusal(entry.id, "gap", f"Number {expected} of this strand is missing.", following=expected)
    photo = entry.said.get("photo") if entry.kind == "photo" else None
    if photo is not None and not known.has_photo(photo):
        return Refusal(entry.id, "photo-missing", "The photo has not arrived yet.", photo=photo)
    return Receipt(entry.id, entry.sequence, entry.sha256)


def _read(raw: Any, walk: str) -> Entry | Refusal:
    """One entry with its own contradictions found. The texts repeat nothing of what it says."""
    told = raw if isinstance(raw, dict) else {}
    named = str(told.get("id", ""))[:36]
    texts = [told.get(name) for name in (*_SAID, "sha256") if name != "sequence"]
    sequence = told.get("sequence")
    if (
        not all(isinstance(text, str) for text in texts)
        or not isinstance(sequence, int)
        or isinstance(sequence, bool)
    ):
        return Refusal(named, "malformed", "The entry lacks something, or has it in another form.")
    entry = Entry(**{name: told[name] for name in (*_SAID, "sha256")})
    if not _is_text(entry):
        return Refusal(named.encode("utf-8", "replace").decode(), "malformed", "The entry is no text.")
    if not _UUID.match(entry.id) or not _UUID.match(entry.strand) or not 1 <= sequence < 2**53:
        return Refusal(named, "malformed", "The entry's id, strand or number is none.")
    if entry.sha256 != entry_hash(told):
        return Refusal(named, "hash", "The entry is not what its hash says; send it again.")
    if entry.walk != walk:
        return Refusal(named, "wrong-walk", "The entry belongs to another walk.")
    problem = _problem(entry)
    return entry if problem is None else Refusal(named, "malformed", problem)


def _is_text(entry: Entry) -> bool:
    """Whether it can be written down: no halves of characters, no zeros, which databases refuse."""
    whole = entry.payload + entry.moment
    try:
        whole.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in whole and len(entry.moment) <= MOST_MOMENT


def _problem(entry: Entry) -> str | None:
    if entry.kind not in KINDS:
        return "The kind of the entry is unknown."
    if len(entry.payload) > MOST_PAYLOAD:
        return f"The payload is longer than {MOST_PAYLOAD} characters."
    try:
        said = json.loads(entry.payload)
        moment = datetime.fromisoformat(entry.moment)
    except (ValueError, RecursionError):
        return "The payload is no JSON, or the moment none."
    if moment.tzinfo is None or not isinstance(said, dict):
        return "The moment has no offset, or the payload is no object."
    if entry.kind in _PATH_KINDS and not isinstance(said.get("path"), str):
        return "The payload names no path."
    if entry.kind == "set" and not isinstance(said.get("value"), str):
        return "The payload has no value."
    if entry.kind == "photo" and not (isinstance(said.get("photo"), str) and _HASH.match(said["photo"])):
        return "The payload names no photo."
    return None


def photo_is_whole(sha256: str, content: bytes) -> bool:
    """Whether a photo is the one that its address names. Only a whole one may be stored."""
    return bool(_HASH.match(sha256)) and hashlib.sha256(content).hexdigest() == sha256


def clock_skew_s(sent: str, received: datetime) -> float | None:
    """Seconds by which the device's clock is ahead; ``None`` where it said no moment. It orders nothing."""
    try:
        told = datetime.fromisoformat(sent)
    except ValueError:
        return None
    return None if told.tzinfo is None else (told - received).total_seconds()


@dataclass(frozen=True)
class Conflict:
    """Devices that say different things of one place; ``entries`` are the last of each, to choose from."""

    path: str
    entries: tuple[Entry, ...]


def standing(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """By path: the last entry of every strand, without those that another one has decided over.

    An entry decides over those whose ids it names in ``over`` (a list): whoever wrote it has seen them. All
    changes of a repeat stand under its path without positions and with ``[]`` behind it.
    """
    decided = {id for entry in entries for id in over(entry)}
    answers: dict[str, dict[str, Entry]] = {}
    for entry in sorted(entries, key=lambda each: (each.strand, each.sequence)):
        if entry.kind in _PATH_KINDS:
            path = entry.said["path"]
            key = path if entry.kind in ("set", "photo") else f"{_POSITIONS.sub('', path)}[]"
            answers.setdefault(key, {})[entry.strand] = entry
    found = {
        path: tuple(entry for strand, entry in sorted(last.items()) if entry.id not in decided)
        for path, last in sorted(answers.items())
    }
    return {path: left for path, left in found.items() if left}


def conflicts(entries: Sequence[Entry]) -> list[Conflict]:
    """Where strands of a walk contradict each other; the order in which their entries came says nothing.

    Of each path the last answer of every strand counts, as :func:`standing` has it. Of a repeat that several
    strands added to or took from, all last changes are in conflict, because their positions mean different
    things.
    """
    return [
        Conflict(path, left)
        for path, left in standing(entries).items()
        if len(left) > 1 and (path.endswith("[]") or len({_answer(entry) for entry in left}) > 1)
    ]


def _answer(entry: Entry) -> str:
    said = entry.said
    return str(said["photo"] if entry.kind == "photo" else said["value"])


def over(entry: Entry) -> list[str]:
    """The ids of the entries that an entry decides over."""
    named = entry.said.get("over", [])
    return [id for id in named if isinstance(id, str)] if isinstance(named, list) else []
