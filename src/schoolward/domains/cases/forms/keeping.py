"""Forms of what is kept beside a referral."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.forms.referring import chosen, words
from schoolward.domains.cases.models import (
    Found,
    FoundBy,
    GoalState,
    Guardian,
    Language,
    ReachBy,
    Relation,
    Youth,
)
from schoolward.domains.places.queries import operating_schools
from schoolward.domains.programs.queries import offerings
from schoolward.platform.access.guarded import GuardedForm
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField


class YouthForm(GuardedForm):
    """Setting right what is kept of a young person."""

    legal_name = words(_("Name, as it stands at school"), 200)
    preferred_name = words(_("Name that they go by"), 100, required=False)
    born_on = DayField(label=_("Date of birth"))
    home_language = forms.ChoiceField(label=_("Language at home"), choices=Language.choices)
    school_id = forms.TypedChoiceField(label=_("School"), coerce=int, empty_value=None, required=False)
    local_number = words(_("Student number"), 20, required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Not known")),
            *((school.pk, school.name) for school in operating_schools(day)),
        ]

    @classmethod
    def initial_of(cls, youth: Youth) -> dict[str, Any]:
        """What the form shows."""
        return {name: getattr(youth, name) for name in cls.base_fields}


class GuardianForm(GuardedForm):
    """An adult who stands for a young person."""

    name = words(_("Name"), 200)
    relation = forms.ChoiceField(label=_("That is their"), choices=Relation.choices)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    reach_by = forms.ChoiceField(label=_("Best way to reach them"), choices=ReachBy.choices)
    reach_at = words(_("Telephone or address"), 160, required=False)

    @classmethod
    def initial_of(cls, guardian: Guardian) -> dict[str, Any]:
        """What the form shows."""
        return {name: getattr(guardian, name) for name in cls.base_fields}


class GoalForm(GuardedForm):
    """A goal of the family."""

    words = words(_("Goal"), 300, _("In the family's own words."))
    review_on = DayField(label=_("Look at it again on"))


class ReviewForm(GuardedForm):
    """How a goal stands."""

    state = forms.ChoiceField(label=_("How does it stand?"), choices=GoalState.choices)
    review_on = DayField(label=_("Look at it again on"), required=False)


def _sessions(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=400, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )


class ServiceForm(GuardedForm):
    """How many sessions of an offering are planned for the young person."""

    offering_id = forms.TypedChoiceField(label=_("Offering"), coerce=int)
    planned = _sessions(_("Sessions planned"))

    def __init__(self, *args: Any, viewer: Viewer, program_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = offerings(viewer).filter(program=program_id, cancelled_on__isnull=True)
        self.fields["offering_id"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one} ({one.starts_on.isoformat()}, {one.where})") for one in rows
        ]


class SessionsForm(GuardedForm):
    """How many of them the young person came to."""

    attended = _sessions(_("Sessions that they came to so far"))


class FollowUpForm(GuardedForm):
    """What was found long after."""

    months = forms.TypedChoiceField(label=_("After"), coerce=int)
    found = chosen(
        _("A new sustained referral or arrest?"), Found.choices, _("Only whether. Never what for.")
    )
    source = chosen(_("Who answered?"), FoundBy.choices)

    def __init__(self, *args: Any, due: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = [  # type: ignore[attr-defined]
            (months, _("%(months)d months") % {"months": months}) for months in due
        ]
