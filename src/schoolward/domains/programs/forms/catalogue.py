"""Forms of the catalogue: providers, programs, plans, ratings, rules and what is said against them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.forms.fields import LANGUAGES, NO_NAMES, count_field, words_field
from schoolward.domains.programs.kinds import SHAPES, Kind
from schoolward.domains.programs.models import DateIs, Ground, Outcome, Program, Provider
from schoolward.domains.programs.queries import providers
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.guarded import GuardedForm
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField
from schoolward.platform.ui.money import AmountField


class ProviderForm(GuardedForm):
    """Entering or changing a provider."""

    name = forms.CharField(label=_("Name"), max_length=200)
    agency_id = forms.TypedChoiceField(
        label=_("Agency"),
        help_text=_("People of this agency write down what the provider delivered."),
        coerce=int,
        choices=lambda: [("", _("Choose")), *agencies().values_list("pk", "name")],
    )
    summary = words_field(_("What the organization is"), most=500, rows=2, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")


class ProgramForm(GuardedForm):
    """Entering or changing a program."""

    title = forms.CharField(label=_("Title"), max_length=200)
    key = forms.SlugField(
        label=_("Short name"),
        help_text=_("That of the initiative that follows it, if there is one; else leave it empty."),
        max_length=60,
        required=False,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    provider_id = forms.TypedChoiceField(label=_("Provider"), coerce=int)
    summary = words_field(_("What takes place"), NO_NAMES, most=500, rows=2, required=False)
    min_age = count_field(_("Youngest"), most=25)
    max_age = count_field(_("Oldest"), most=25)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, initial=["en"]
    )
    how_to_join = forms.CharField(label=_("How to join"), max_length=300, required=False)
    fee = AmountField(
        label=_("Fee in dollars"),
        help_text=_("0 if it is free; empty if you do not know."),
        min_value=0,
        max_digits=8,
        required=False,
    )
    parent_required = forms.BooleanField(label=_("A parent has to come along"), required=False)
    starts_on = DayField(label=_("Runs since or from"), required=False)
    source = forms.CharField(label=_("Where ages and terms are published"), max_length=200, required=False)

    def __init__(self, *args: Any, viewer: Viewer, program: Program | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = providers(viewer).values_list("pk", "name")
        self.fields["provider_id"].choices = [("", _("Choose")), *listed]  # type: ignore[attr-defined]
        self.fields["kind"].help_text = format_html_join(
            mark_safe("<br>"),
            "{}: {}",
            ((Kind(kind).label, shape.explained) for kind, shape in SHAPES.items()),
        )
        if not listed:
            self.fields["provider_id"].help_text = _("Enter the provider first, on the page of providers.")
        if program is not None:
            del self.fields["key"]
            others = sorted(set(program.languages.split(",")) - {code for code, _name in LANGUAGES})
            self.fields["languages"].choices = [*LANGUAGES, *((code, code) for code in others)]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The fields of the action."""
        values = dict(self.cleaned_data)
        fee = values.pop("fee")
        return {
            **values,
            "languages": ",".join(values["languages"]),
            "fee_cents": None if fee is None else int(fee * 100),
        }

    @staticmethod
    def initial_of(program: Program) -> dict[str, Any]:
        """What the form shows of a program."""
        names = ("title", "kind", "provider_id", "summary", "min_age", "max_age", "how_to_join")
        return {
            **{name: getattr(program, name) for name in (*names, "parent_required", "starts_on", "source")},
            "languages": program.languages.split(","),
            "fee": None if program.fee_cents is None else program.fee_cents / 100,
        }


class EndForm(GuardedForm):
    """Saying from which day on something is over."""

    ended_on = DayField(label=_("Over from"))


class PlanForm(GuardedForm):
    """How much of a program there should be."""

    valid_from = DayField(label=_("From"))
    sessions = count_field(_("Sessions"), required=True, least=1, most=400)
    minutes = count_field(_("Minutes of a session"), required=True, least=5, most=1440)
    weeks = count_field(_("Over how many weeks"), most=200)
    group_min = count_field(_("Smallest group"), most=1000)
    group_max = count_field(_("Largest group"), most=1000)
    source = forms.CharField(label=_("Who says so"), max_length=200)


class RatingForm(GuardedForm):
    """What a source says of a program."""

    source = forms.CharField(
        label=_("Source"), help_text=_("Who rates: a clearinghouse, a study."), max_length=200
    )
    rating = forms.CharField(
        label=_("Rating"),
        help_text=_("In the source's own words. Never just “evidence-based”."),
        max_length=120,
    )
    population = forms.CharField(label=_("Of whom it speaks"), max_length=200)
    dated = DayField(label=_("Date"))
    date_is = forms.ChoiceField(label=_("What the date is"), choices=DateIs.choices)
    found_at = forms.CharField(label=_("Where it can be read"), max_length=300, required=False)


class RuleForm(GuardedForm):
    """The next version of who may take part."""

    text = words_field(
        _("Who may take part"), _("One requirement a line, as a person would say it."), most=4000, rows=6
    )
    source = forms.CharField(
        label=_("What it follows"), help_text=_("The law, contract or manual."), max_length=200
    )
    valid_from = DayField(
        label=_("Holds from"), help_text=_("The version before it holds until the day before.")
    )


class ContestForm(GuardedForm):
    """Saying that a rule is wrong."""

    ground = forms.ChoiceField(label=_("What is wrong"), choices=Ground.choices)
    argument = words_field(
        _("Why"), _("About the rule, never about a child: no name, initials, date of birth or number.")
    )


class ContestAnswerForm(GuardedForm):
    """Answering that."""

    outcome = forms.ChoiceField(label=_("Answer"), choices=Outcome.choices)
    reason = words_field(_("Reason"), _("Everybody who sees the rule can read it."))


class BodiesForm(GuardedForm):
    """Which bodies look after a program."""

    bodies = forms.CharField(
        label=_("Bodies"),
        help_text=_("Short names with commas between, such as advisory-council. Empty for none."),
        max_length=300,
        required=False,
    )

    def clean_bodies(self) -> list[str]:
        """The short names, one by one."""
        found = [part.strip() for part in self.cleaned_data["bodies"].split(",") if part.strip()]
        slug = forms.SlugField(max_length=60)
        return [slug.clean(part) for part in found]


def provider_initial(provider: Provider) -> dict[str, Any]:
    """What the form shows of a provider."""
    return {name: getattr(provider, name) for name in ("name", "agency_id", "summary", "website")}
