"""The one router of routes, and how a refusal is answered."""

from __future__ import annotations

from typing import Any

from ninja import Router, Schema
from ninja.errors import HttpError

from schoolward.domains.routes.actions import RouteRefused
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.clock import now

router = Router()


def written(action: Any, viewer: Viewer, **fields: Any) -> Any:
    """What an action gives; a refusal is answered with 422, its field and its words."""
    try:
        return action(by=viewer, at=now(viewer.at), **fields)
    except RouteRefused as refusal:
        told = f"{refusal.field}: {refusal}" if refusal.field else str(refusal)
        raise HttpError(422, told) from refusal


def given_of(sent: Schema) -> dict[str, Any]:
    """What of a change was given; what was left out, or is null, stays as it is."""
    return {name: value for name, value in sent.dict().items() if value is not None}
