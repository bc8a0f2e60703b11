"""Writes about campuses and schools. Each is one transaction, audited, and tells those who asked to be
told."""

from schoolward.domains.places.actions.calendar import (
    put_bell_times,
    put_enrolment,
    put_non_school_day,
)
from schoolward.domains.places.actions.campuses import (
    CannotMove,
    change_campus,
    move_school,
    verify_former_name,
)
from schoolward.domains.places.actions.directory import Directory, DirectoryRow, Outcome, RowRefused
from schoolward.domains.places.actions.names import rename_school

__all__ = [
    "CannotMove",
    "Directory",
    "DirectoryRow",
    "Outcome",
    "RowRefused",
    "change_campus",
    "move_school",
    "put_bell_times",
    "put_enrolment",
    "put_non_school_day",
    "rename_school",
    "verify_former_name",
]
