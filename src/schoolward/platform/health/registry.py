"""Checks register here. Each looks at one thing and says how it stands and, if it is not well, the mend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

import structlog

log = structlog.get_logger(__name__)


class Status(StrEnum):
    """How the thing stands: well, worth a look, or broken."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """What a check found. ``mend`` is one sentence; only a thing that is well has none."""

    status: Status
    found: str
    mend: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """A finding with the name of the check that made it."""

    name: str
    status: Status
    found: str
    mend: str

    def as_json(self) -> dict[str, str]:
        """The shape that scripts rely on."""
        return {key: str(value) for key, value in asdict(self).items()}


Check = Callable[[datetime], Finding]
_checks: dict[str, tuple[int, Check]] = {}


def ok(found: str) -> Finding:
    """All is well."""
    return Finding(Status.OK, found)


def warn(found: str, mend: str) -> Finding:
    """It works, but somebody should look."""
    return Finding(Status.WARN, found, mend)


def fail(found: str, mend: str) -> Finding:
    """It does not work, or does not protect."""
    return Finding(Status.FAIL, found, mend)


def check(name: str, *, order: int) -> Callable[[Check], Check]:
    """Register a check; it is given the time, and raises nothing that it can put into words.

    Raises ``ValueError`` when the name is taken.
    """

    def register(function: Check) -> Check:
        if name in _checks:
            raise ValueError(f"the health check {name!r} is declared twice")
        _checks[name] = (order, function)
        return function

    return register


def diagnose(*, at: datetime) -> list[Diagnosis]:
    """Run every check, in order. A check that itself breaks is a finding, not a crash."""
    diagnoses = []
    for name, (_order, function) in sorted(_checks.items(), key=lambda item: (item[1][0], item[0])):
        try:
            finding = function(at)
        except Exception as error:
            log.exception("health.check_broke", check=name)
            finding = fail(
                f"the check itself broke: {type(error).__name__}", "Read the log, and report this as a fault."
            )
        diagnoses.append(Diagnosis(name, finding.status, finding.found, finding.mend))
    return diagnoses


def is_well(diagnoses: list[Diagnosis]) -> bool:
    """Whether nothing is broken; a warning is no breakage."""
    return all(diagnosis.status is not Status.FAIL for diagnosis in diagnoses)
