"""Forms that ask where guards would protect most pupils, and how few leaders walking buses need."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.queries import campuses
from schoolward.domains.routes import actions
from schoolward.domains.routes.forms.fields import at_clock
from schoolward.domains.routes.forms.plans import UploadForm
from schoolward.platform.access.viewer import Viewer


class GuardsForm(UploadForm):
    """How many guards, and when a pupil counts as protected."""

    keeps_nothing = True

    guards = forms.IntegerField(
        label=_("Guards"),
        min_value=1,
        max_value=actions.MOST_GUARDS,
        help_text=_("How many in all. Posts that stand today keep their guard and count among them."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    protects = forms.ChoiceField(
        label=_("A pupil is protected"),
        choices=[
            ("all", _("when every crossing of a larger road on the way is guarded")),
            ("any", _("when one of them is")),
        ],
        initial="all",
        widget=forms.RadioSelect,
    )


class BusPlanForm(UploadForm):
    """For which site, and within which limits."""

    keeps_nothing = True

    site = forms.ChoiceField(label=_("Site"), help_text=_("Pupils of other sites in the file take no part."))
    arrives_at = at_clock(_("The buses arrive at"), required=True)
    detour = forms.FloatField(
        label=_("Nobody walks more than so many times the safest way"),
        min_value=actions.BUS_DETOURS[0],
        max_value=actions.BUS_DETOURS[1],
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    pupils_per_leader = forms.IntegerField(
        label=_("The most pupils for one leader"), min_value=1, max_value=30
    )
    farthest_m = forms.FloatField(
        label=_("Who walks farther is left out (meters)"),
        min_value=actions.FARTHEST_M[0],
        max_value=actions.FARTHEST_M[1],
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(self, request: HttpRequest, *, viewer: Viewer) -> None:
        super().__init__(request, arrives_at=time(7, 50), detour=1.3, pupils_per_leader=6, farthest_m=1600)
        rows = campuses().filter(longitude__isnull=False).order_by("name", "pk")
        own = viewer.campus_ids
        field: Any = self.fields["site"]
        field.choices = [
            ("", _("Choose")),
            *((one.slug, one.name) for one in rows if own is None or one.pk in own),
        ]
