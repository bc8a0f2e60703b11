"""Which sites an application is about, and which money it asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes.forms.fields import own_sites
from schoolward.domains.routes.queries import opportunities
from schoolward.platform.access.viewer import Viewer


class ApplicationForm(forms.Form):
    """Sites of the viewer's, and an opportunity that is applied for."""

    keeps_nothing = True

    site = forms.TypedMultipleChoiceField(
        label=_("Sites"),
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Choose one or more; hold Ctrl or Command for several."),
    )
    opportunity = forms.ChoiceField(label=_("Money applied for"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites: Any = self.fields["site"]
        sites.choices = own_sites(viewer)
        money: Any = self.fields["opportunity"]
        money.choices = [("", _("None yet")), *opportunities(viewer)]
