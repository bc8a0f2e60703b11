"""The form of the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models import AssessmentKind
from schoolward.domains.places.queries import campus_names
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField


class AssessmentForm(forms.Form):
    """Entering an assessment that was done."""

    campus_id = forms.TypedChoiceField(label=_("Site"), coerce=int)
    kind = forms.ChoiceField(label=_("Kind"), choices=AssessmentKind.choices)
    assessed_on = DayField(label=_("Done on"))
    assessor_role = forms.ChoiceField(
        label=_("Who assessed"),
        help_text=_("The role, not the name."),
        choices=[(role.value, role.label) for role in HUMAN_ROLES],
    )
    document = forms.CharField(
        label=_("Where the document is kept"),
        help_text=_("A file number or an address. The document itself stays there."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [
            (pk, name)
            for pk, name in campus_names().items()
            if viewer.campus_ids is None or pk in viewer.campus_ids
        ]
        self.fields["campus_id"].choices = mine  # type: ignore[attr-defined]
