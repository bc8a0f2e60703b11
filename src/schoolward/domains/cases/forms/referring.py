"""Forms of a referral's way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.actions import ANSWERING, OF_A_DELIVERER, Booking
from schoolward.domains.cases.matching import Answer
from schoolward.domains.cases.models import LONGEST_CONTACT, Language, ReachBy, Relation, Way
from schoolward.domains.cases.states import EndReason, Need
from schoolward.domains.places.queries import operating_schools
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.guarded import GuardedForm
from schoolward.platform.access.identifiers import no_identifiers
from schoolward.platform.access.models import Agency
from schoolward.platform.access.models.consents import GivenBy
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField

CHOOSE = ("", _("Choose"))


def words(label: Any, most: int, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """A line of words in which no number of a person may stand."""
    return forms.CharField(
        label=label, max_length=most, help_text=help_text, required=required, validators=[no_identifiers]
    )


def chosen(label: Any, choices: Iterable[Any], help_text: Any = "") -> forms.ChoiceField:
    """One of a list, of which none is chosen yet."""
    return forms.ChoiceField(label=label, choices=[CHOOSE, *choices], help_text=help_text)


class VersionedForm(GuardedForm):
    """A form that knows which version of the referral its sender looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReferForm(GuardedForm):
    """Referring a young person: what it takes to reach the family, and what it is about."""

    legal_name = words(_("Name, as it stands at school"), 200)
    born_on = DayField(label=_("Date of birth"))
    need = chosen(_("What is it about?"), Need.choices, _("About the situation, not about the person."))
    family_knows = forms.BooleanField(label=_("The family knows that I refer them"), required=False)
    guardian_name = words(_("Who cares for them"), 200, required=False)
    relation = forms.ChoiceField(label=_("That is their"), choices=Relation.choices)
    reach_at = words(_("Telephone or address"), 160, required=False)
    reach_by = forms.ChoiceField(label=_("Best way to reach them"), choices=ReachBy.choices)
    home_language = forms.ChoiceField(label=_("Language at home"), choices=Language.choices)
    school_id = forms.TypedChoiceField(label=_("School"), coerce=int, empty_value=None, required=False)
    local_number = words(_("Student number"), 20, _("If you have it."), required=False)
    program_id = forms.TypedChoiceField(
        label=_("Program"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Leave empty: the coordinator looks for one together with the family."),
    )
    receipt = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, day: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"receipt": uuid4()})
        super().__init__(*args, **kwargs)
        schools = operating_schools(day)
        if viewer.campus_ids is not None:
            schools = schools.filter(campuses__in=viewer.campus_ids).distinct()
        named = [(school.pk, school.name) for school in schools]
        self.fields["school_id"].choices = named if len(named) == 1 else [("", _("Choose")), *named]  # type: ignore[attr-defined]
        running = [one for one in programs(viewer) if str(one.state_on(day)) in ("running", "pilot")]
        self.fields["program_id"].choices = [  # type: ignore[attr-defined]
            ("", _("No program yet")),
            *((one.pk, one.title) for one in running if one.kind != "event"),
        ]

    def booking(self, campus_id: int | None) -> Booking:
        """What the action takes."""
        return Booking(campus_id=campus_id, **self.cleaned_data)


class ContactForm(VersionedForm):
    """Writing a contact down."""

    reached = forms.TypedChoiceField(
        label=_("Did you reach them?"),
        choices=[("yes", _("Yes")), ("no", _("No, I tried"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    way = forms.ChoiceField(label=_("How"), choices=Way.choices)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=0,
        max_value=LONGEST_CONTACT,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    on = DayField(label=_("Day"))
    note = words(_("What was agreed"), 200, _("A few words. Nothing about health."), required=False)


class ConsentForm(VersionedForm):
    """The family's yes."""

    given_by = chosen(_("Who said yes"), GivenBy.choices)
    on = DayField(label=_("Day on which they signed"))
    valid_to = DayField(label=_("Until"), help_text=_("A year at most. They can take it back on any day."))

    @staticmethod
    def initial_of(day: date) -> dict[str, Any]:
        """Today, for a year."""
        return {"on": day, "valid_to": day + timedelta(days=364)}

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "valid_from": self.cleaned_data["on"]}


class DayForm(VersionedForm):
    """The day of a step."""

    on = DayField(label=_("Day"))


class EndForm(DayForm):
    """Ending a referral."""

    reason = chosen(_("Reason"), [])

    def __init__(self, *args: Any, is_keeper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [one for one in EndReason if one is not EndReason.TRANSFERRED]
        listed = [(one.value, one.label) for one in (known if is_keeper else OF_A_DELIVERER)]
        self.fields["reason"].choices = [CHOOSE, *listed]  # type: ignore[attr-defined]


class ReasonForm(VersionedForm):
    """Why."""

    reason = words(_("Reason"), 200, _("It goes on the record. No names."))


class PassOnForm(ReasonForm):
    """Passing a referral on to another agency."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(revoked_at__isnull=True, kind__in=sorted(ANSWERING)),
        label=_("To whom"),
        empty_label=_("Choose"),
    )


class ProgramForm(VersionedForm):
    """Choosing the program."""

    program_id = forms.TypedChoiceField(label=_("Program"), coerce=int)

    def __init__(self, *args: Any, viewer: Viewer, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = (one for one in programs(viewer) if str(one.state_on(day)) in ("running", "pilot"))
        rows = [one for one in running if one.kind != "event"]
        self.fields["program_id"].choices = [CHOOSE, *((one.pk, one.title) for one in rows)]  # type: ignore[attr-defined]


class MatchForm(GuardedForm):
    """One question a requirement; the answers are used for this page and kept nowhere."""

    def __init__(self, *args: Any, requirements: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(dict.fromkeys(requirements))
        for number, requirement in enumerate(self.asked):
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=requirement,
                choices=[
                    (Answer.UNKNOWN.value, _("Not asked")),
                    (Answer.YES.value, _("Yes")),
                    (Answer.NO.value, _("No")),
                ],
                required=False,
            )

    def answers(self) -> dict[str, Answer]:
        """The answer to each requirement by its words."""
        return {
            requirement: Answer(self.cleaned_data.get(f"q{number}") or Answer.UNKNOWN)
            for number, requirement in enumerate(self.asked)
        }
