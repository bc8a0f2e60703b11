"""Forms of awards: entering, describing, lines, amendments and reports."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.domains.grants.forms.fields import DollarsField, area, in_dollars, number_choice
from schoolward.domains.grants.models import (
    CATEGORIES,
    FUNDERS,
    INTERVALS,
    AmendmentKind,
    Application,
    Award,
    Outcome,
)
from schoolward.platform.ui.days import DayField


def _percent(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=Decimal("99.99"),
        decimal_places=2,
        max_digits=4,
        required=required,
    )


class TermsForm(forms.Form):
    """What an award says, as far as it is described and not amended."""

    title = forms.CharField(label=_("Title"), max_length=200)
    funder_name = forms.CharField(label=_("Funder"), max_length=200)
    number = forms.CharField(label=_("Funder's number"), max_length=60, required=False)
    aln = forms.RegexField(
        r"^\d\d\.\d{3}$",
        label=_("Assistance listing number"),
        help_text=_("Of federal money, such as 16.710."),
        required=False,
        error_messages={"invalid": _("Write two digits, a point and three digits, such as 16.710.")},
    )
    allowed = forms.MultipleChoiceField(
        label=_("What it pays for"),
        help_text=_("Leave all empty where the award does not say."),
        choices=CATEGORIES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    transfer_percent = forms.IntegerField(
        label=_("Limit of transfers between categories, in percent"),
        help_text=_(
            "Leave empty where the award says nothing: then the law of its day holds. Write 100 where the "
            "funder has waived the limit."
        ),
        min_value=0,
        max_value=100,
        required=False,
    )
    counts_match_of_others = forms.BooleanField(
        label=_("It counts match that third parties give, in cash or in kind"),
        help_text=_("Leave it on unless the award says otherwise."),
        required=False,
    )
    forbids_supplanting = forms.BooleanField(label=_("It may not replace local money"), required=False)
    may_subaward = forms.BooleanField(label=_("It may be passed on to subrecipients"), required=False)
    is_reimbursed = forms.BooleanField(label=_("It pays only what was spent before"), required=False)
    holds_draws_when_late = forms.BooleanField(
        label=_("The funder holds payments while reports are late"), required=False
    )
    final_days = forms.IntegerField(
        label=_("Days for the final reports"),
        help_text=_("Only where the award says so itself; otherwise the law of its day counts."),
        min_value=1,
        max_value=999,
        required=False,
    )
    terms = area(_("Other terms"), required=False, most=5000)

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        return {**self.cleaned_data, "allowed": ",".join(self.cleaned_data["allowed"])}

    @staticmethod
    def initial_of(award: Award) -> dict[str, Any]:
        """What the form shows first."""
        names: tuple[str, ...] = ("title", "funder_name", "number", "aln", "transfer_percent", "terms")
        names += (
            "counts_match_of_others",
            "forbids_supplanting",
            "may_subaward",
            "is_reimbursed",
            "holds_draws_when_late",
            "final_days",
        )
        return {
            **{name: getattr(award, name) for name in names},
            "allowed": [str(c) for c in award.categories],
        }


class ChangeTermsForm(TermsForm):
    """Changing what is said of an award; what rules read takes the funder's letter once money moved."""

    approval = forms.CharField(
        label=_("The funder's approval"),
        help_text=_(
            "Its number, or the date of the letter, where what it pays for, transfers, local money, "
            "subawards, payments or days change."
        ),
        max_length=120,
        required=False,
    )
    approved_on = DayField(label=_("Approved on"), required=False)
    reason = area(_("Why it changes"), rows=2, required=False)

    def __init__(self, *args: Any, is_under_way: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_under_way:
            for name in ("approval", "approved_on", "reason"):
                del self.fields[name]

    def change(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        values = self.arguments()
        names = ("approval", "approved_on", "reason")
        said: dict[str, Any] = {name: values.pop(name) for name in names if name in values}
        return {"changes": values, **said}


class AwardForm(TermsForm):
    """Entering an award."""

    application_id = number_choice(
        _("Application that it answers"), _("Leave empty where it was not applied for here."), required=False
    )
    funder = forms.ChoiceField(label=_("Whose money it is"), choices=FUNDERS)
    amount_cents = DollarsField(label=_("Amount awarded, in dollars"))
    awarded_on = DayField(label=_("Awarded on"), help_text=_("The rules of this day hold for the award."))
    start = DayField(label=_("First day of the period"))
    end = DayField(label=_("Last day of the period"))
    match_percent = _percent(
        _("Match, in percent of the whole project"), _("0 or empty where none is asked.")
    )
    match_in_cash_only = forms.BooleanField(label=_("The match is in cash only"), required=False)
    financial_every = forms.ChoiceField(label=_("Financial reports"), choices=INTERVALS)
    progress_every = forms.ChoiceField(label=_("Progress reports"), choices=INTERVALS, initial="half_year")

    field_order: tuple[str, ...] = (
        "application_id",
        "title",
        "funder_name",
        "funder",
        "number",
        "aln",
        "amount_cents",
        "awarded_on",
        "start",
        "end",
        "match_percent",
        "match_in_cash_only",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = Application.objects.filter(outcome=Outcome.AWARDED, award__isnull=True)
        self.fields["application_id"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((one.pk, str(one)) for one in waiting.select_related("opportunity")),
        ]

    @staticmethod
    def initial_from(application: Application) -> dict[str, Any]:
        """What an application tells of its award: as it was asked for, to be set right where it differs."""
        opportunity = application.opportunity
        return {
            "application_id": application.pk,
            "title": opportunity.title,
            "funder_name": opportunity.funder_name,
            "funder": opportunity.funder,
            "number": opportunity.number,
            "aln": opportunity.aln,
            "amount_cents": in_dollars(application.requested_cents),
            "match_percent": opportunity.match_percent,
            "awarded_on": application.decided_on,
        }

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        return {**super().arguments(), "match_percent": self.cleaned_data["match_percent"] or Decimal(0)}


class LineForm(forms.Form):
    """A budget line with its first budget."""

    code = forms.CharField(label=_("Code"), help_text=_("Short, as in the approved budget."), max_length=20)
    title = forms.CharField(label=_("What it pays for"), max_length=200)
    category = forms.ChoiceField(label=_("Category of cost"), choices=CATEGORIES)
    amount_cents = DollarsField(label=_("Approved budget, in dollars"), required=False)

    def __init__(self, *args: Any, may_post: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_post:
            del self.fields["amount_cents"]

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        return {"amount_cents": None, **self.cleaned_data}


class AmendmentForm(forms.Form):
    """A change that the funder approved."""

    kind = forms.ChoiceField(label=_("What changes"), choices=AmendmentKind.choices)
    approval = forms.CharField(
        label=_("The funder's approval"),
        help_text=_("Its number, or the date of the letter."),
        max_length=120,
    )
    approved_on = DayField(label=_("Approved on"))
    text = area(_("What changes, in words"))
    new_end = DayField(label=_("New last day"), help_text=_("For more time."), required=False)
    new_amount_cents = DollarsField(
        label=_("New amount, in dollars"), help_text=_("For another amount."), required=False
    )
    line_id = number_choice(
        _("Line that gives up money"),
        _("Where the new amount is less than what is budgeted."),
        required=False,
    )
    new_match_percent = _percent(
        _("New match, in percent of the whole"), _("For another match. Left empty it stays as it is.")
    )
    new_waived_percent = _percent(
        _("Of which waived"), _("For a waiver. Left empty it stays as it is; write 0 where none is any more.")
    )

    def __init__(self, *args: Any, lines: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line_id"].choices = [("", _("None")), *lines]  # type: ignore[attr-defined]


class SentForm(forms.Form):
    """Saying that a report went out."""

    submitted_on = DayField(label=_("Sent on"))
    note = forms.CharField(
        label=_("Note"), help_text=_("Such as the confirmation's number."), max_length=300, required=False
    )


class UntilForm(forms.Form):
    """The day up to which a financial report goes."""

    until = DayField(label=_("Cumulative to the end of"))
