"""What stands in the place of a code where no panel sent one: short words, whole and as they are read."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 32
"""Characters of a code that are kept."""
JOURNAL: Final = "Journal"
LOST: Final = "Not heard from"
HEARD: Final = "Heard again"
UNREADABLE: Final = "Cannot be read"

_OF_REFUSALS: Final = {
    "wrong_key": "Wrong key",
    "plaintext": "Not encrypted",
    "replay": "Replay",
    "unknown_encrypted": "Unknown and encrypted",
    "no_time": "No time",
    "bad_crc": "Wrong checksum",
    "malformed": "Not by the standard",
    "skew": "Wrong clock",
    "unreadable": UNREADABLE,
    "failed": "Receiver failed",
}
_OF_NOTES: Final = {
    "supervision_lost": LOST,
    "link_restored": HEARD,
    "sequence_gap": "Numbers missing",
    "runaway": "Far too many",
    "outage": "Database outage",
    "refused": "Refused",
    "not_judged": "Not judged",
    "key_not_opened": "Key not opened",
    "receiver_started": "Receiver started",
    "receiver_stopped": "Receiver stopped",
}


def of_refusal(reason: str) -> str:
    """The words for a `receiver.refusals.Reason`; of one of a later version its name."""
    return _OF_REFUSALS.get(reason) or _plain(reason)


def of_note(name: str) -> str:
    """The words for a note's name (`receiver.notes`); of one of a later version its name."""
    return _OF_NOTES.get(name) or _plain(name)


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()[:LONGEST]
