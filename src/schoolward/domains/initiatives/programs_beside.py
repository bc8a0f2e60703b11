"""What an initiative or a body tells of the program that has its key."""

from __future__ import annotations

from django.urls import reverse

from schoolward.domains.initiatives.queries import facts_known, initiatives
from schoolward.domains.programs.hooks import Companion, Fact, knows_companions
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


@knows_companions
def initiative_beside(viewer: Viewer, key: str) -> Companion | None:
    """The initiative or body of this key that the viewer may see, with what is publicly known of it."""
    if not may(viewer, "initiatives.view"):
        return None
    found = initiatives(viewer).filter(key=key).first()
    if found is None:
        return None
    facts = tuple(Fact(fact.text, str(fact.get_mark_display()), fact.source) for fact in facts_known(found))
    return Companion(found.title, reverse("initiatives:detail", args=[found.key]), facts)
