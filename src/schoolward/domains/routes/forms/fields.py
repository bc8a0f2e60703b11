"""Fields that forms of routes have in common, and the sites that a viewer may choose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.queries import campus_names
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer


def own_sites(viewer: Viewer) -> list[tuple[int, str]]:
    """The viewer's sites by name."""
    own = viewer.campus_ids
    return [(pk, name) for pk, name in campus_names().items() if own is None or pk in own]


def only_site(viewer: Viewer, asked: str | None = None) -> str | None:
    """The site that a form starts at: the one that was asked for, or the viewer's only one."""
    if asked:
        return asked
    own = viewer.campus_ids
    return str(next(iter(own))) if own is not None and len(own) == 1 else None


def accounts_to_choose() -> list[tuple[Any, Any]]:
    """Accounts that are open, by name."""
    rows = Account.objects.filter(is_active=True).order_by("name", "email").values_list("pk", "name", "email")
    return [(pk, f"{name} ({email})") for pk, name, email in rows]


def agencies_to_choose() -> list[tuple[Any, Any]]:
    """Every agency by name."""
    return list(agencies().order_by("name").values_list("pk", "name"))


class SiteForm(forms.Form):
    """A form about one of the viewer's sites."""

    campus_id = forms.TypedChoiceField(label=_("Site"), coerce=int)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["campus_id"]
        field.choices = [("", _("Choose")), *own_sites(viewer)]


def heads(label: Any, *, required: bool = False, most: int = 60, help_text: Any = "") -> forms.IntegerField:
    """A count, with the telephone's number keys."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=most,
        required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def at_clock(label: Any, help_text: Any = "", *, required: bool = False) -> forms.TimeField:
    """An hour of the day."""
    return forms.TimeField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.TimeInput(attrs={"placeholder": "07:30"}, format="%H:%M"),
    )


def longitude() -> forms.FloatField:
    """Degrees east; in America below zero."""
    return forms.FloatField(
        label=_("Longitude"),
        min_value=-180,
        max_value=180,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-longitude": ""}),
    )


def latitude() -> forms.FloatField:
    """Degrees north."""
    return forms.FloatField(
        label=_("Latitude"),
        min_value=-90,
        max_value=90,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-latitude": ""}),
    )
