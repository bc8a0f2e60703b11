"""What pages with a form share: who acts, and that a refusal stands with the form."""

from __future__ import annotations

from functools import partial
from typing import Any

from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.clock import now
from schoolward.platform.ui import form_pages

kept = partial(form_pages.kept, refused=Refusal)
pressed = partial(form_pages.pressed, refused=Refusal)


def acting(viewer: Viewer) -> dict[str, Any]:
    """Who does it, and when."""
    return {"by": viewer, "at": now(viewer.at)}
