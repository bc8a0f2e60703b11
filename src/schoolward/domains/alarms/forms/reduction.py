"""The forms about fewer false alarms, permits and fees."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.models import AppealOutcome
from schoolward.domains.alarms.ordinances import ordinance, ordinance_keys
from schoolward.domains.places.queries import campus_names
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField


class SpanForm(forms.Form):
    """A span of days and a site out of those that the viewer sees."""

    first = DayField(label=_("From"), required=False, widget=forms.DateInput())
    last = DayField(label=_("To"), required=False, widget=forms.DateInput())
    campus = forms.TypedChoiceField(label=_("Site"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = _own_sites(viewer)
        self.fields["campus"].choices = [("", _("All sites")), *own]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The span must run forward."""
        given = super().clean() or {}
        if given.get("first") and given.get("last") and given["first"] > given["last"]:
            self.add_error("last", _("The last day lies before the first."))
        return given


class StatementForm(forms.Form):
    """As of which day, and of which site, fees are told."""

    as_of = DayField(
        label=_("As of"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("What was known by the end of this day; blank for today."),
    )
    campus = forms.TypedChoiceField(label=_("Site"), required=False, coerce=int, empty_value=None)
    charged = forms.BooleanField(label=_("Only what costs something"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campus"].choices = [  # type: ignore[attr-defined]
            ("", _("All sites")),
            *_own_sites(viewer),
        ]


class PermitForm(forms.Form):
    """A permit under an ordinance."""

    system_id = forms.TypedChoiceField(label=_("Alarm system"), coerce=int)
    ordinance = forms.ChoiceField(
        label=_("Ordinance"), help_text=_("The one under which it was issued; it then holds for the system.")
    )
    number = forms.CharField(label=_("Number"), max_length=40)
    issued_on = DayField(label=_("Issued on"), widget=forms.DateInput())
    ends_on = DayField(label=_("Ends on"), required=False, widget=forms.DateInput())
    cancelled_on = DayField(
        label=_("Cancelled on"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("Leave it empty unless the city took it back."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        systems = queries.systems(viewer).order_by("campus__name", "account")
        fields: Any = self.fields
        fields["system_id"].choices = [
            ("", _("Choose a system")),
            *((system.pk, f"{system.campus.name} · {system.account}") for system in systems),
        ]
        fields["ordinance"].choices = [
            ("", _("Choose an ordinance")),
            *((key, ordinance(key).title) for key in ordinance_keys()),
        ]


class AppealForm(forms.Form):
    """An appeal against a fee."""

    filed_on = DayField(label=_("Filed on"), widget=forms.DateInput())
    grounds = forms.CharField(
        label=_("On what grounds"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the city is told. No names."),
    )
    called_here = {"reason": "grounds"}


class DecisionForm(AppealForm):
    """What was filed, to be corrected; and how it ended, once it has."""

    outcome = forms.ChoiceField(
        label=_("How it ended"),
        choices=[("", _("Not decided yet")), *AppealOutcome.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    decided_on = DayField(
        label=_("Decided or withdrawn on"),
        widget=forms.DateInput(),
        required=False,
        help_text=_("Leave it empty while it is not decided."),
    )

    def clean(self) -> dict[str, Any]:
        """Day and outcome stand together, or neither does."""
        given = super().clean() or {}
        if given.get("outcome") and not given.get("decided_on") and "decided_on" not in self.errors:
            self.add_error("decided_on", _("Enter the day on which it ended so."))
        if given.get("decided_on") and not given.get("outcome"):
            self.add_error("outcome", _("Choose how it ended, or leave the day empty."))
        return given


def _own_sites(viewer: Viewer) -> list[tuple[int, str]]:
    held = viewer.campus_ids
    return [(pk, name) for pk, name in campus_names().items() if held is None or pk in held]
