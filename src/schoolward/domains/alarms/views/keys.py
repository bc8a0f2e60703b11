"""One key for each choice at the desk. The page shows them, and the desk's script reads them there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from schoolward.domains.alarms.models import CallOutcome, Cause, Disposition, EvidenceKind


@dataclass(frozen=True, slots=True)
class Choice:
    """A value with its key and its words."""

    key: str
    value: str
    label: str


_OUTCOMES = {
    CallOutcome.NO_ANSWER: "n",
    CallOutcome.BUSY: "b",
    CallOutcome.VOICEMAIL: "v",
    CallOutcome.WITH_PASSCODE: "p",
    CallOutcome.WITHOUT_PASSCODE: "w",
    CallOutcome.WRONG_PASSCODE: "x",
    CallOutcome.ASKS_FOR_HELP: "h",
    CallOutcome.WRONG_NUMBER: "r",
}
_PRESENCE = {
    EvidenceKind.VIDEO_SHOWS_PERSON: "v",
    EvidenceKind.AUDIO_HEARS_PERSON: "a",
    EvidenceKind.WITNESS_REPORTS_PERSON: "w",
    EvidenceKind.ZONES_IN_SEQUENCE: "z",
    EvidenceKind.FORCED_ENTRY_SEEN: "f",
    EvidenceKind.FORCED_ENTRY_HEARD: "h",
    EvidenceKind.THREAT_TO_PROPERTY: "t",
    EvidenceKind.THREAT_TO_LIFE: "l",
    EvidenceKind.WEAPON_SEEN: "g",
    EvidenceKind.DURESS_CODE: "d",
}
_CLEARING = {
    EvidenceKind.VIDEO_SHOWS_NOBODY: "n",
    EvidenceKind.KEYHOLDER_ON_SITE: "k",
    EvidenceKind.AUTHORISED_PERSON_SEEN: "y",
    EvidenceKind.CANCELLED_WITH_PASSCODE: "c",
    EvidenceKind.GUARD_FOUND_NOTHING: "s",
    EvidenceKind.OFFICERS_FOUND_NOTHING: "o",
}
_DISPOSITIONS = {
    Disposition.FALSE: "f",
    Disposition.UNFOUNDED: "u",
    Disposition.CRIME: "c",
    Disposition.ATTEMPT: "a",
    Disposition.EMERGENCY: "e",
    Disposition.TEST: "t",
    Disposition.TECHNICAL: "x",
}
_CAUSES = {
    Cause.USER_ERROR: "u",
    Cause.STAFF_ON_SITE: "s",
    Cause.HVAC: "h",
    Cause.DECORATION: "d",
    Cause.WEATHER: "w",
    Cause.ANIMAL: "a",
    Cause.EQUIPMENT: "e",
    Cause.POWER: "p",
    Cause.LINE: "l",
    Cause.CONTRACTOR: "c",
    Cause.INTRUDER: "i",
    Cause.FIRE: "f",
    Cause.MEDICAL: "m",
    Cause.TEST: "t",
    Cause.UNKNOWN: "x",
}


def _choices(keys: Mapping[Any, str], known: type[models.TextChoices]) -> list[Choice]:
    return [Choice(key, str(value), str(known(value).label)) for value, key in keys.items()]


def outcomes() -> list[Choice]:
    """How a call ended."""
    return _choices(_OUTCOMES, CallOutcome)


def presence() -> list[Choice]:
    """Evidence that somebody is there, or threatens."""
    return _choices(_PRESENCE, EvidenceKind)


def clearing() -> list[Choice]:
    """Evidence that all is well."""
    return _choices(_CLEARING, EvidenceKind)


def dispositions() -> list[Choice]:
    """How a case ended."""
    return _choices(_DISPOSITIONS, Disposition)


def causes() -> list[Choice]:
    """What set it off, the commonest first."""
    return _choices(_CAUSES, Cause)
