"""The form by which a file comes in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.platform.exchange.registry import Exchange

_ACCEPTED = ".csv,.tsv,.txt,.gz,.xlsx,.xls,.json,.zip"


class UploadForm(forms.Form):
    """A file, and the questions that its exchange asks."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, tab- or pipe-separated text, or XLSX; text may be gzipped. A directory is JSON, a set of "
            "files is ZIP."
        ),
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, exchange: Exchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = [choice.name for choice in exchange.choices]
        for choice in exchange.choices:
            if not choice.values:
                self.fields[choice.name] = forms.CharField(
                    label=str(choice.title), required=False, max_length=500
                )
                continue
            self.fields[choice.name] = forms.ChoiceField(
                label=str(choice.title),
                choices=[(value, str(title)) for value, title in choice.values],
                initial=choice.default,
            )

    def options(self) -> dict[str, str]:
        """The answers to the exchange's questions."""
        return {name: self.cleaned_data[name] for name in self._names}
