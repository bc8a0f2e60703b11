"""Forms of the attendance center: short, and made for a thumb."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.school_days import DayKind
from schoolward.domains.cases.actions.newcomers import Newcomer
from schoolward.domains.cases.forms.newcomers import NewcomerForm
from schoolward.domains.cases.models import (
    AgreedStep,
    Attending,
    BroughtBy,
    Cause,
    ContactBy,
    DeedKind,
    Delivery,
    FromWhere,
    Kept,
    Language,
    LegalBasis,
    ReleasedTo,
)
from schoolward.platform.access.guarded import GuardedForm
from schoolward.platform.access.identifiers import no_identifiers
from schoolward.platform.ui.days import DayField

_NOBODY = "none"


def one_of(label: Any, choices: Any, help_text: Any = "", **kwargs: Any) -> forms.ChoiceField:
    """A choice that is made with one tap."""
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help_text, widget=forms.RadioSelect, **kwargs
    )


def receipt_field() -> forms.UUIDField:
    """The receipt by which a form that is sent twice counts once."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)


class DeliveryForm(GuardedForm):
    """An officer is bringing somebody. There is no field for whom."""

    from_where = one_of(_("From where?"), FromWhere.choices)
    legal_basis = one_of(_("On what ground?"), LegalBasis.choices, initial=LegalBasis.EC_48264)
    receipt = receipt_field()


class IntakeForm(NewcomerForm):
    """A student has arrived: who it is, and who came along."""

    delivery = one_of(_("Whom did you receive?"), ())
    local_number = forms.CharField(
        label=_("Student number"),
        max_length=20,
        required=False,
        validators=[no_identifiers],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    legal_name = forms.CharField(
        label=_("Name"),
        max_length=200,
        validators=[no_identifiers],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born_on = DayField(label=_("Date of birth"), widget=forms.DateInput(attrs={"autocomplete": "off"}))
    brought_by = one_of(
        _("Who came along?"), BroughtBy.choices, _("When no officer stands above."), required=False
    )
    home_language = forms.ChoiceField(
        label=_("Language at home"), choices=Language.choices, initial=Language.ENGLISH
    )
    guardian = forms.CharField(
        label=_("Parent or guardian"),
        max_length=200,
        required=False,
        validators=[no_identifiers],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reach_at = forms.CharField(
        label=_("Their telephone"),
        max_length=160,
        required=False,
        validators=[no_identifiers],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    counted_in = forms.ChoiceField(
        label=_("Follow-up at 30, 60 and 90"),
        choices=[(DayKind.SCHOOL, _("school days")), (DayKind.CALENDAR, _("days of the calendar"))],
        initial=DayKind.SCHOOL,
    )
    from_where = forms.ChoiceField(
        label=_("From where?"),
        choices=[("", _("Not known")), *FromWhere.choices],
        help_text=_("When no officer stands above."),
        required=False,
    )
    legal_basis = forms.ChoiceField(
        label=_("On what ground?"),
        choices=[("", _("As usual for who came along")), *LegalBasis.choices],
        help_text=_("When no officer stands above."),
        required=False,
    )
    arrived_at = forms.TimeField(
        label=_("Arrived at"),
        help_text=_("When it was not just now, such as 9:40."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    receipt = receipt_field()

    def __init__(self, *args: Any, waiting: Iterable[Delivery], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), _in_words(one)) for one in waiting]
        field = self.fields["delivery"]
        field.choices = [*choices, (_NOBODY, _t("Somebody else"))]  # type: ignore[attr-defined]
        field.initial = choices[0][0] if len(choices) == 1 else (None if choices else _NOBODY)

    def clean(self) -> dict[str, Any]:
        """Somebody came along, or an officer stands above."""
        told = super().clean() or {}
        if told.get("delivery") == _NOBODY and not told.get("brought_by"):
            self.add_error("brought_by", _t("Choose who came along."))
        return told

    def arguments(self, at: datetime) -> dict[str, Any]:
        """What the action takes at a moment."""
        told = dict(self.cleaned_data)
        clock = told.pop("arrived_at")
        who = Newcomer(**{name: told.pop(name) for name in Newcomer.__dataclass_fields__})
        delivery, receipt = told.pop("delivery"), told.pop("receipt") or uuid4()
        brought_by = told.pop("brought_by")
        return {
            "who": who,
            "receipt": receipt,
            "delivery_id": None if delivery == _NOBODY else int(delivery),
            "counted_in": DayKind(told["counted_in"]),
            "arrived_at": clock and timezone.make_aware(datetime.combine(timezone.localdate(at), clock)),
            **({"brought_by": brought_by} if brought_by and delivery == _NOBODY else {}),
            **({"from_where": told["from_where"]} if told["from_where"] else {}),
            "legal_basis": told["legal_basis"],
        }


def _in_words(delivery: Delivery) -> str:
    at = date_format(timezone.localtime(delivery.announced_at), "g:i a")
    return _t("Officer of %(agency)s, since %(at)s, from: %(where)s") % {
        "agency": delivery.agency.name,
        "at": at,
        "where": delivery.get_from_where_display(),
    }


class CauseForm(GuardedForm):
    """What keeps the student from school."""

    cause = one_of(_("What keeps the student from school?"), Cause.choices)


class ContactForm(GuardedForm):
    """A parent was tried."""

    by_means = one_of(_("How did you try?"), ContactBy.choices, initial=ContactBy.CALL)
    was_reached = forms.TypedChoiceField(
        label=_("Reached?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class StepsForm(GuardedForm):
    """What family and advocate agreed on."""

    kinds = forms.MultipleChoiceField(
        label=_("What was agreed?"), choices=AgreedStep.choices, widget=forms.CheckboxSelectMultiple
    )
    due_on = DayField(label=_("By when?"), widget=forms.DateInput())


class ReleaseForm(GuardedForm):
    """The student leaves."""

    released_to = one_of(_("Where to?"), ReleasedTo.choices)


class ReleaseCorrectionForm(GuardedForm):
    """Where the student went was written down wrongly."""

    released_to = one_of(_("Where to, rightly?"), ReleasedTo.choices)
    reason = forms.CharField(
        label=_("What was wrong"),
        max_length=300,
        help_text=_(
            "It stays on the visit, with your name and what stood there before. No names of students."
        ),
    )


class FollowUpForm(GuardedForm):
    """What a look at attendance found."""

    found = one_of(_("What did you find?"), Attending.choices)


class DeedForm(GuardedForm):
    """What was done about truancy."""

    kind = one_of(_("What was done?"), DeedKind.choices)
    on = DayField(label=_("On which day?"), widget=forms.DateInput())


class ContractForm(GuardedForm):
    """A contract of the attendance review board."""

    signed_on = DayField(label=_("Signed on"), widget=forms.DateInput())
    ends_on = DayField(label=_("Ends on"), widget=forms.DateInput())


class KeptForm(GuardedForm):
    """Whether a contract was kept."""

    outcome = one_of(_("Was it kept?"), Kept.choices)
