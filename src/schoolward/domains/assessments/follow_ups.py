"""Where assessments of a kind go on: a higher storey that takes up what they find registers its page here."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class FollowUp:
    """The page that takes up what assessments of a kind find; its address takes the assessment's number."""

    kind: str
    label: str | Promise
    permission: str
    url_name: str


_follow_ups: dict[str, FollowUp] = {}


def register_follow_up(one: FollowUp) -> FollowUp:
    """Add a page. Raises ``ValueError`` where the kind has one already."""
    if one.kind in _follow_ups:
        raise ValueError(f"assessments of the kind {one.kind} are followed up already")
    _follow_ups[one.kind] = one
    return one


def follow_up_of(kind: str, pk: int, viewer: Viewer) -> tuple[str | Promise, str] | None:
    """Label and address of where an assessment goes on, for those who may open that."""
    one = _follow_ups.get(kind)
    if one is None or not may(viewer, one.permission):
        return None
    return one.label, reverse(one.url_name, args=[pk])


def page_of(kind: str, pk: int, viewer: Viewer) -> str:
    """The address of an assessment for this viewer: where it goes on, else its own page."""
    followed = follow_up_of(kind, pk, viewer)
    return followed[1] if followed is not None else reverse("assessments:detail", args=[pk])
