"""Forms of class seats, tracked months and academies: chosen words, made for a thumb."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.actions.newcomers import Newcomer
from schoolward.domains.cases.forms.centre import one_of, receipt_field
from schoolward.domains.cases.forms.newcomers import NewcomerForm
from schoolward.domains.cases.forms.referring import chosen, words
from schoolward.domains.cases.models import (
    LONGEST_SERVICE,
    SETTLED,
    AcademyMember,
    DayOfAcademy,
    Going,
    Guardian,
    Language,
    LeftAs,
    ServiceKind,
    ToldBy,
    WhyFreed,
)
from schoolward.domains.cases.queries.seats import ClassRow
from schoolward.domains.places.queries import operating_campuses
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.guarded import GuardedForm
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField


def _whom(guardians: Iterable[Guardian]) -> list[tuple[int, str]]:
    return [(one.pk, f"{one.name} ({one.get_relation_display()})") for one in guardians if one.name]


class SeatForm(GuardedForm):
    """Asking for a seat: which class, and who comes along."""

    offering_id = forms.TypedChoiceField(label=_("Which class?"), coerce=int, widget=forms.RadioSelect)
    guardian_id = forms.TypedChoiceField(
        label=_("Which parent or guardian comes along?"),
        help_text=_("Without one there is no seat."),
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, classes: Iterable[ClassRow], guardians: Iterable[Guardian], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("offering_id", [(row.offering.pk, _of_class(row)) for row in classes]),
            ("guardian_id", _whom(guardians)),
        ):
            field = self.fields[name]
            field.choices = choices  # type: ignore[attr-defined]
            field.initial = choices[0][0] if len(choices) == 1 else None


def _of_class(row: ClassRow) -> str:
    offering = row.offering
    told = {
        "day": date_format(offering.starts_on, "D, F j, Y"),
        "where": offering.where or "-",
        "language": str(dict(Language.choices).get(offering.language, offering.language)),
    }
    if row.free is None:
        return _t("%(day)s, %(where)s, %(language)s") % told
    if row.free:
        return _t("%(day)s, %(where)s, %(language)s: %(free)d free") % {**told, "free": row.free}
    return _t("%(day)s, %(where)s, %(language)s: full, %(n)d wait") % {**told, "n": row.waiting}


class ConfirmForm(GuardedForm):
    """The parent comes."""

    guardian_id = forms.TypedChoiceField(label=_("Who comes along?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, guardians: Iterable[Guardian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guardian_id"].choices = _whom(guardians)  # type: ignore[attr-defined]


class FreeForm(GuardedForm):
    """A seat is given back."""

    why = one_of(_("Why?"), WhyFreed.choices)


class SettleForm(GuardedForm):
    """Who came."""

    state = one_of(_("Who came?"), [(state.value, state.label) for state in SETTLED])


class DutyForm(GuardedForm):
    """A family was reminded or called."""

    was_reached = forms.TypedChoiceField(
        label=_("Reached?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class MonthForm(GuardedForm):
    """A month in four areas, one tap each. There is no field for what happened."""

    month = forms.TypedChoiceField(label=_("Which month?"), coerce=date.fromisoformat)
    justice = one_of(_("With the justice system"), Going.choices)
    school = one_of(_("At school"), Going.choices)
    family = one_of(_("In the family"), Going.choices)
    club = one_of(_("At the club"), Going.choices)

    def __init__(self, *args: Any, months: Iterable[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.isoformat(), date_format(one, "F Y")) for one in months]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]


class CohortForm(GuardedForm):
    """A cohort of an academy."""

    program_id = forms.TypedChoiceField(label=_("Program"), coerce=int)
    campus_id = forms.TypedChoiceField(label=_("Site"), coerce=int)
    entered_on = DayField(label=_("First day"), widget=forms.DateInput())
    ends_on = DayField(label=_("Last day, when they complete it"), widget=forms.DateInput())

    def __init__(self, *args: Any, viewer: Viewer, day: date, keys: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("program_id", programs(viewer).filter(key__in=list(keys)).values_list("pk", "title")),
            ("campus_id", operating_campuses(day).order_by("name").values_list("pk", "name")),
        ):
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class MemberForm(NewcomerForm):
    """A student joins."""

    legal_name = words(_("Name, as it stands at school"), 200)
    born_on = DayField(label=_("Date of birth"), widget=forms.DateInput())
    local_number = words(_("Student number"), 20, _("If you have it."), required=False)
    home_language = forms.ChoiceField(
        label=_("Language at home"), choices=Language.choices, initial=Language.ENGLISH
    )
    joined_on = DayField(label=_("Joined on"), widget=forms.DateInput())

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        told = dict(self.cleaned_data)
        joined_on = told.pop("joined_on")
        return {"who": Newcomer(**told), "joined_on": joined_on}


class LeaveForm(GuardedForm):
    """A student leaves."""

    left_as = one_of(_("How?"), LeftAs.choices)
    left_on = DayField(label=_("On which day?"), widget=forms.DateInput())


class HoursForm(GuardedForm):
    """Hours of service."""

    on = DayField(label=_("On which day?"), widget=forms.DateInput())
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=0,
        max_value=LONGEST_SERVICE // 60,
        max_digits=4,
        decimal_places=2,
        help_text=_("In quarters of an hour: 1.25, 2, 3.5."),
    )
    kind = chosen(_("What was it?"), ServiceKind.choices)
    told_by = one_of(_("Who told of it?"), ToldBy.choices, initial=ToldBy.STUDENT)
    receipt = receipt_field()

    def clean_hours(self) -> Any:
        """Quarters of an hour, and at least one."""
        hours = self.cleaned_data["hours"]
        if hours <= 0 or (hours * 4) % 1:
            raise forms.ValidationError(_t("Write quarters of an hour, such as 1.25 or 2."))
        return hours

    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        told = dict(self.cleaned_data)
        minutes = int(told.pop("hours") * 60)
        return {**told, "minutes": minutes, "receipt": told["receipt"] or uuid4()}


class AcademyDayForm(GuardedForm):
    """Who came on a uniform day, to a competition or on a visit."""

    kind = one_of(_("What kind of day?"), DayOfAcademy.choices)
    on = DayField(label=_("On which day?"), widget=forms.DateInput())
    came = forms.TypedMultipleChoiceField(
        label=_("Who came?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, members: Iterable[tuple[AcademyMember, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [(one.pk, name) for one, name in members]  # type: ignore[attr-defined]


class StaffForm(GuardedForm):
    """Who runs the cohort too."""

    account_id = forms.TypedChoiceField(label=_("Who?"), coerce=int)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account_id"].choices = list(people)  # type: ignore[attr-defined]
