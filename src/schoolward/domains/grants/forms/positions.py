"""Forms of posts and who pays them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.grants.parts import percent
from schoolward.domains.grants.forms.fields import DollarsField, PartField, in_dollars, number_choice
from schoolward.domains.grants.models import Award, Position, PositionFunding
from schoolward.domains.grants.purposes import found, initiative_choices
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField


class PositionForm(forms.Form):
    """A post, not the person in it."""

    title = forms.CharField(
        label=_("Post"),
        help_text=_("Such as “Family advocate, site 2”. No names of persons."),
        max_length=200,
    )
    annual_cents = DollarsField(label=_("Cost a year with benefits, in dollars"))
    starts = DayField(label=_("Exists from"))
    ends = DayField(label=_("Until"), help_text=_("Empty where no end is planned."), required=False)
    initiative = forms.ChoiceField(label=_("Initiative or program that it serves"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["initiative"].choices = [("", _("None")), *initiative_choices(viewer)]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action. Raises ``GrantRefused`` where it serves what is not there."""
        values = dict(self.cleaned_data)
        key = values.pop("initiative")
        program = found(self.viewer, "initiative", key) if key else None
        return {
            **values,
            "program": program.target if program else "",
            "program_title": program.title if program else "",
        }

    @staticmethod
    def initial_of(position: Position, initiative: str) -> dict[str, Any]:
        """What the form shows where it is changed. ``initiative``: the short name of what it serves."""
        shown = {name: getattr(position, name) for name in ("title", "starts", "ends")}
        return {**shown, "annual_cents": in_dollars(position.annual_cents), "initiative": initiative}


class FundingForm(forms.Form):
    """Who pays which part of a post from when to when."""

    award_id = number_choice(_("Award"), required=False)
    local_source = forms.CharField(label=_("Or another source"), max_length=120, required=False)
    percent = PartField(
        label=_("Part of the cost, in percent"),
        help_text=_("Write 1/3 for a third: three times 33.33 leave a part unpaid."),
    )
    start = DayField(label=_("From"))
    end = DayField(label=_("To"))

    def __init__(self, *args: Any, awards: list[Award], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award_id"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((award.pk, award.title) for award in awards),
        ]

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        values = dict(self.cleaned_data)
        share = values.pop("percent")
        return {**values, "share": share}

    @staticmethod
    def initial_of(funding: PositionFunding) -> dict[str, Any]:
        """What the form shows where it is changed."""
        shown = {name: getattr(funding, name) for name in ("award_id", "local_source", "start", "end")}
        return {**shown, "percent": percent(funding.part)}
