"""What a new installation needs first, said where there is nothing to show yet."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.places.queries import has_schools
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.lists import Action, Empty


def beginning(viewer: Viewer) -> Empty | None:
    """What to do first while no school is known; ``None`` as soon as one is."""
    if has_schools():
        return None
    if may(viewer, "places.import"):
        return Empty(
            _("Begin with the schools"),
            _(
                "Bring in the state's directory of schools. Sites stand on the map then, police records find "
                "their site, and the first numbers can be read. Enrolment and bell times come after it."
            ),
            Action(_("Bring in schools"), reverse("exchange:create", args=["schools"])),
        )
    return Empty(
        _("No school is known yet"),
        _("As soon as the safe-schools lead has brought in the directory of schools, this page fills."),
    )
