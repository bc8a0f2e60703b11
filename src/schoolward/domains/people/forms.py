"""Forms about people and accounts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schoolward.domains.people.models import Serves, Use
from schoolward.platform.access.models import Agency, AgencyKind, Membership
from schoolward.platform.access.permissions import all_permissions, may
from schoolward.platform.access.roles import DESCRIPTIONS
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField


class AccountForm(forms.Form):
    """Opening an account."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The address to sign in with."))


class AgencyForm(forms.Form):
    """Taking a partner in."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose")), *AgencyKind.choices])


class MembershipForm(forms.Form):
    """Letting an account act for an agency in a role."""

    agency = forms.ModelChoiceField(Agency.objects.all(), label=_("Agency"), empty_label=_("Choose"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose")), *((role, role.label) for role in DESCRIPTIONS)],
        help_text=_("“Roles” says what each may do."),
    )
    all_sites = forms.BooleanField(label=_("At every site"), required=False)
    campuses = forms.ModelMultipleChoiceField(
        Membership._meta.get_field("campuses").related_model._default_manager.all(),
        label=_("Only at these sites"),
        required=False,
    )
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    valid_from = DayField(label=_("First day"), widget=forms.DateInput())
    valid_to = DayField(label=_("Last day"), widget=forms.DateInput(), required=False)

    def arguments(self) -> dict[str, Any]:
        """What the action takes: sites by their numbers."""
        asked = dict(self.cleaned_data)
        asked["campus_ids"] = [campus.pk for campus in asked.pop("campuses")]
        return asked


class ReasonForm(forms.Form):
    """A reason that goes on the record."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It goes on the record."))


class TokenForm(forms.Form):
    """Making a token: only what the own role carries can be chosen."""

    name = forms.CharField(label=_("What is it for?"), max_length=80)
    scopes = forms.MultipleChoiceField(label=_("It may"), widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(
        label=_("It ends after"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (permission.key, permission.title)
            for permission in all_permissions()
            if may(viewer, permission.key)
        ]

    def expires_at(self) -> datetime:
        """The moment at which the token ends."""
        return self.viewer.at + timedelta(days=self.cleaned_data["days"])


class NumberForm(forms.Form):
    """Whom to call about which ground."""

    serves = forms.ChoiceField(label=_("For"), choices=[("", _("Choose")), *Serves.choices])
    use = forms.ChoiceField(label=_("Used for"), choices=[("", _("Choose")), *Use.choices])
    agency = forms.ModelChoiceField(Agency.objects.all(), label=_("Agency"), empty_label=_("Choose"))
    title = forms.CharField(
        label=_("What the desk shows"), max_length=80, help_text=_("Such as “City, non-emergency”.")
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40)


class PersonForm(forms.Form):
    """A contact card."""

    agency = forms.ModelChoiceField(Agency.objects.all(), label=_("Agency"), empty_label=_("Choose"))
    name = forms.CharField(label=_("Name"), max_length=200)
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    phone = forms.CharField(label=_("Work telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("Work e-mail"), required=False)
    active = forms.BooleanField(label=_("Works here now"), required=False, initial=True)


def first_day(viewer: Viewer) -> dict[str, Any]:
    """What a new membership starts with: today in the district."""
    return {"valid_from": timezone.localdate(viewer.at)}
