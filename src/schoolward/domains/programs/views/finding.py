"""The record of an address, if the viewer may see it; otherwise nobody learns that it is there."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from schoolward.domains.programs import queries
from schoolward.domains.programs.models import Offering, Program, Session
from schoolward.platform.access.permissions import AccessDenied, may
from schoolward.platform.access.viewer import Viewer


def program_or_404(viewer: Viewer, key: str) -> Program:
    """The program of this short name."""
    return get_object_or_404(queries.programs(viewer), key=key)


def offering_or_404(viewer: Viewer, pk: int) -> Offering:
    """The offering of this number."""
    return get_object_or_404(queries.offerings(viewer), pk=pk)


def session_or_404(viewer: Viewer, pk: int) -> Session:
    """The session of this number."""
    return get_object_or_404(queries.sessions(viewer), pk=pk)


def writable(viewer: Viewer, row: Any, permission: str = "programs.record") -> None:
    """Close the page of a form to whoever sees only a part of the row. Raises ``AccessDenied``."""
    if not queries.may_write(viewer, row):
        raise AccessDenied(permission, f"{row._meta.label}:{row.pk}")


def delivers(viewer: Viewer, program: Program) -> bool:
    """Whether the viewer may write down what the program's provider did."""
    if not may(viewer, "programs.record"):
        return False
    return may(viewer, "programs.manage") or program.provider.agency_id == viewer.agency_id
