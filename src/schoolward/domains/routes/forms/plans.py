"""Forms that take pupils' addresses: planning, and asking what a change would do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes.forms.fields import latitude, longitude
from schoolward.domains.routes.models.plans import MOST_DETOUR
from schoolward.platform.files.in_memory import TOO_LONG


class UploadForm(forms.Form):
    """A file of pupils."""

    pupils = forms.FileField(
        label=_("Pupils"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_(
            "CSV with the columns id, school, lon, lat. School is the site's short name or the school's CDS "
            "code. The file is read in memory and not kept."
        ),
    )

    def __init__(self, request: HttpRequest, **initial: Any) -> None:
        is_sent = request.method == "POST"
        super().__init__(
            request.POST if is_sent else None, request.FILES if is_sent else None, initial=initial
        )
        self._is_too_long = bool(request.META.get(TOO_LONG))

    def clean(self) -> dict[str, Any] | None:
        """A file that was too long has not come; that is another fault than none."""
        if self._is_too_long and "pupils" in self.errors:
            said = str(_("The file is too long. Give it in parts of whole schools."))
            self.errors["pupils"] = self.error_class([said])
        return super().clean()


class PupilsForm(UploadForm):
    """A file of pupils, and how long a detour may be."""

    detour = forms.FloatField(
        label=_("The safest way may be so many times as long as the shortest"),
        min_value=1,
        max_value=MOST_DETOUR,
        initial=1.3,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class AskForm(UploadForm):
    """What would become of the ways to school if one place changed."""

    keeps_nothing = True

    change = forms.ChoiceField(
        label=_("What changes"),
        choices=[
            ("closed", _("The street or crossing is closed")),
            ("signal", _("The crossing gets a signal")),
            ("sidewalk", _("The street gets a sidewalk")),
        ],
        widget=forms.RadioSelect,
    )
    latitude = latitude()
    longitude = longitude()
