"""Forms about agreements, consents, seals and emergencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.consenting import Scope
from schoolward.platform.access.guarded import GuardedForm
from schoolward.platform.access.models import Agency, RecordClass, SpecialCategory
from schoolward.platform.access.models.consents import GivenBy
from schoolward.platform.access.models.emergencies import Judgement
from schoolward.platform.access.models.sealings import Ground
from schoolward.platform.access.persons import LONGEST_NAME
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.references import LONGEST
from schoolward.platform.access.sharing import Terms, shareable_fields, words_of
from schoolward.platform.ui.days import DayField

_CHOOSE = [("", _("Choose"))]


def _agency(label: Any, help_text: Any = "") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Agency.objects.filter(revoked_at__isnull=True),
        label=label,
        help_text=help_text,
        empty_label=_("Choose"),
    )


def _some(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=help_text, widget=forms.CheckboxSelectMultiple
    )


def _day(label: Any) -> forms.DateField:
    return DayField(label=label, widget=forms.DateInput())


def _subject(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        help_text=_(
            "The reference, such as “cases.Youth:12”. It stands on the person's page; a records officer "
            "finds it under “Find a reference”. Never a name."
        ),
    )


class AgreementForm(GuardedForm):
    """Drawing up what one agency may see of another's records."""

    title = forms.CharField(label=_("Title"), max_length=200)
    owner = _agency(_("Whose records"))
    recipient = _agency(_("Who may see them"))
    record_classes = _some(_("Records of these classes"), RecordClass.choices)
    purposes = _some(_("For these purposes"), Purpose.choices)
    fields_shared = _some(_("These fields, and no others"), ())
    valid_from = _day(_("First day"))
    valid_to = _day(_("Last day"))

    called_here = {"fields": "fields_shared"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, words_of(name)) for name in shareable_fields()]
        self.fields["fields_shared"].choices = choices  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        """What the action takes."""
        asked = dict(self.cleaned_data)
        return Terms(fields=asked.pop("fields_shared"), **asked)


class ReasonForm(GuardedForm):
    """A reason that goes on the record."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("It goes on the record."))


class ConsentForm(GuardedForm):
    """What somebody consented to, on a paper that the own agency keeps."""

    subject = _subject(_("About whom"))
    category = forms.ChoiceField(label=_("What may be read"), choices=[*_CHOOSE, *SpecialCategory.choices])
    recipient = _agency(_("By whom"), _("Your own agency needs a consent as well."))
    purpose = forms.ChoiceField(label=_("For what"), choices=[*_CHOOSE, *Purpose.choices])
    given_by = forms.ChoiceField(label=_("Who consented"), choices=[*_CHOOSE, *GivenBy.choices])
    valid_from = _day(_("First day"))
    valid_to = _day(_("Last day"))

    def scope(self) -> Scope:
        """What the action takes."""
        return Scope(**self.cleaned_data)


class SealingForm(GuardedForm):
    """Which record is to be sealed, why, and by when."""

    record_name = forms.CharField(
        label=_("Record"),
        max_length=LONGEST,
        help_text=_("The reference, such as “cases.Youth:12”; you find it under “Find a reference”."),
    )
    ground = forms.ChoiceField(label=_("Ground"), choices=[*_CHOOSE, *Ground.choices])
    reason = forms.CharField(
        label=_("Order or reason"), max_length=300, help_text=_("It stays when the record is gone: no names.")
    )
    due_on = _day(_("To be sealed by"))


class PersonForm(GuardedForm):
    """Whom somebody means, by what stands on the record."""

    name = forms.CharField(
        label=_("Whole name"),
        max_length=LONGEST_NAME,
        help_text=_("As it stands at school. There is no list: somebody is found or not."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born_on = _day(_("Date of birth"))


class EmergencyForm(PersonForm):
    """Breaking the glass, for a person by name or by a reference."""

    subject = forms.CharField(
        label=_("Or the reference"),
        max_length=LONGEST,
        required=False,
        help_text=_("Where you have one, such as “cases.Youth:12”: then leave name and date empty."),
    )
    reason = forms.CharField(
        label=_("What is the emergency?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Another person reads this and judges it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = self.fields["born_on"].required = False

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("subject") and not self.errors:
            for field in ("name", "born_on"):
                if not told.get(field):
                    self.add_error(field, _("Give the whole name and the date of birth."))
        return told


class JudgementForm(GuardedForm):
    """Judging an emergency look."""

    judgement = forms.ChoiceField(
        label=_("Was it justified?"), choices=Judgement.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DisclosureForm(GuardedForm):
    """Whose log is asked for."""

    subject = _subject(_("Whose records"))
