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
DATABASE = "Database"


@dataclass(frozen=True)
class _Registered:
    order: int
    name: str
    function: Check
    needs_database: bool


_checks: dict[str, _Registered] = {}


def ok(found: str) -> Finding:
    """All is well."""
    return Finding(Status.OK, found)


def warn(found: str, mend: str) -> Finding:
    """It works, but somebody should look."""
    return Finding(Status.WARN, found, mend)


def fail(found: str, mend: str) -> Finding:
    """It does not work, or does not protect."""
    return Finding(Status.FAIL, found, mend)


def check(name: str, *, order: int, needs_database: bool = False) -> Callable[[Check], Check]:
    """Register a check; it is given the time. ``needs_database``: skipped where the database is not well.

    Raises ``ValueError`` when the name is taken.
    """

    def register(function: Check) -> Check:
        if name in _checks:
            raise ValueError(f"the health check {name!r} is declared twice")
        _checks[name] = _Registered(order, name, function, needs_database)
        return function

    return register


def diagnose(*, at: datetime) -> list[Diagnosis]:
    """Run every check, in order. A check that itself breaks is a finding, not a crash."""
    diagnoses: list[Diagnosis] = []
    database_is_well = True
    for registered in sorted(_checks.values(), key=lambda entry: (entry.order, entry.name)):
        if registered.needs_database and not database_is_well:
            finding = warn("not looked at, because the database is not well", "Mend the database first.")
        else:
            finding = _find(registered, at)
        diagnoses.append(Diagnosis(registered.name, finding.status, finding.found, finding.mend))
        if registered.name == DATABASE:
            database_is_well = finding.status is not Status.FAIL
    return diagnoses


def _find(registered: _Registered, at: datetime) -> Finding:
    try:
        return registered.function(at)
    except Exception as error:
        log.exception("health.check_broke", check=registered.name)
        said = f"the check itself broke: {type(error).__name__}"
        return fail(said, "Read the log, and report this as a fault.")


def is_well(diagnoses: list[Diagnosis]) -> bool:
    """Whether nothing is broken; a warning is no breakage."""
    return all(diagnosis.status is not Status.FAIL for diagnosis in diagnoses)
