"""Forms of the ledger: entries, counter-entries, transfers, evidence, purposes and requests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.grants.balances import Kind
from schoolward.domains.grants.actions import GrantRefused, NewEntry, left_of_obligation
from schoolward.domains.grants.forms.fields import DollarsField, area, number_choice
from schoolward.domains.grants.models import KINDS, MATCH_KINDS, Award, Entry, OverrideState
from schoolward.domains.grants.purposes import Target, found, initiative_choices, position_choices
from schoolward.domains.grants.wording import dollars
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.days import DayField


def _override_reason() -> forms.CharField:
    return area(
        _("If a rule blocks it: why it should be let by"),
        _("Somebody else then decides. Leave empty to be told only what is wrong."),
        rows=2,
        required=False,
    )


class EntryForm(forms.Form):
    """One entry in an award's ledger."""

    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, initial=Kind.EXPENDITURE.value)
    line_id = number_choice(_("Budget line"), _("Not for draw-downs and match."), required=False)
    amount_cents = DollarsField(label=_("Amount in dollars"))
    on = DayField(label=_("Day of the transaction"))
    incurred_on = DayField(
        label=_("Day that the cost belongs to"), help_text=_("Empty where it is the same."), required=False
    )
    description = forms.CharField(label=_("What it is, in a few words"), max_length=300)
    document = forms.CharField(
        label=_("Number of the voucher, invoice or letter"), max_length=80, required=False
    )
    payee = forms.CharField(
        label=_("Paid to"),
        help_text=_("A firm or agency. No names of persons."),
        max_length=200,
        required=False,
    )
    obligation_id = number_choice(_("Obligation that it pays"), required=False)
    match_kind = forms.ChoiceField(
        label=_("Of a match: in what it was given"),
        choices=[("", _("Not a match")), *MATCH_KINDS],
        required=False,
    )
    given_by = forms.CharField(
        label=_("Of a match: the third party that gave it"),
        help_text=_("A firm, agency or club. Its letter, receipt or time sheet goes above. No persons."),
        max_length=200,
        required=False,
    )
    agreement = forms.CharField(label=_("Of a subaward: its agreement"), max_length=120, required=False)
    adds_to_local_money = forms.BooleanField(
        label=_("It adds to local money and replaces none"), required=False
    )
    override_reason = _override_reason()

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.award = award
        self.fields["line_id"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((line.pk, str(line)) for line in award.lines.all()),
        ]
        self.fields["obligation_id"].choices = [("", _("None")), *_open_obligations(award)]  # type: ignore[attr-defined]
        if not award.forbids_supplanting:
            del self.fields["adds_to_local_money"]
        if not award.may_subaward:
            del self.fields["agreement"]

    def new_entry(self) -> NewEntry:
        """The entry that was described."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "override_reason"}
        return NewEntry(award_id=self.award.pk, **values)


def _open_obligations(award: Award) -> list[tuple[int, str]]:
    rows = award.entries.filter(kind=Kind.OBLIGATION, obligation__isnull=True, reverses__isnull=True)
    made = []
    for row in rows.order_by("on", "pk"):
        left = left_of_obligation(row)
        if left > 0:
            made.append((row.pk, f"{row.document or row.on} {row.description}: {dollars(left)}"))
    return made


class ReasonForm(forms.Form):
    """A reason."""

    reason = area(_("Why"), rows=2, most=250)


class ReleaseForm(ReasonForm):
    """How much of an obligation will not be needed."""

    amount_cents = DollarsField(label=_("Amount released, in dollars"))
    field_order = ("amount_cents", "reason")


class CorrectBudgetForm(ReasonForm):
    """The true amount of a budget entry."""

    amount_cents = DollarsField(label=_("True amount, in dollars"))
    field_order = ("amount_cents", "reason")


class TransferForm(forms.Form):
    """Moving money between two lines."""

    from_line_id = number_choice(_("From the line"))
    to_line_id = number_choice(_("To the line"))
    amount_cents = DollarsField(label=_("Amount in dollars"))
    reason = forms.CharField(label=_("Why"), max_length=300)
    approval = forms.CharField(
        label=_("The funder's approval"),
        help_text=_("Its number or the date of the letter, where there is one."),
        max_length=120,
        required=False,
    )
    override_reason = _override_reason()

    def __init__(self, *args: Any, lines: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from_line_id", "to_line_id"):
            self.fields[name].choices = lines  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "override_reason"}


class EvidenceForm(forms.Form):
    """What proves an entry."""

    text = forms.CharField(
        label=_("What proves it"), help_text=_("Such as “Invoice 4711”."), max_length=300, required=False
    )
    file = forms.FileField(
        label=_("Document"),
        help_text=_("Up to 25 MB."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf,.docx,.xlsx,text/plain"}),
        required=False,
    )


class PurposeForm(forms.Form):
    """What a part of an expenditure was for: one of four."""

    amount_cents = DollarsField(label=_("How much of it, in dollars"))
    work = forms.CharField(
        label=_("Work, by its reference"), help_text=_("Such as CPTED-012-03."), max_length=40, required=False
    )
    finding = forms.CharField(label=_("Finding, by its number"), max_length=19, required=False)
    initiative = forms.ChoiceField(label=_("Initiative or program"), required=False)
    position = forms.ChoiceField(label=_("Position"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        for name, choices in (
            ("initiative", initiative_choices(viewer)),
            ("position", position_choices(viewer)),
        ):
            self.fields[name].choices = [("", _("None")), *choices]  # type: ignore[attr-defined]

    def target(self) -> Target:
        """The one thing that was named. Raises ``GrantRefused``."""
        named = [name for name in ("work", "finding", "initiative", "position") if self.cleaned_data[name]]
        if len(named) != 1:
            raise GrantRefused(str(_("Name one thing that it was for.")), field=named[1] if named else "work")
        return found(self.viewer, named[0], self.cleaned_data[named[0]])


class DecisionForm(forms.Form):
    """Letting something by, or refusing it."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(OverrideState.LET_BY.value, _("Let it by")), (OverrideState.REFUSED.value, _("Refuse it"))],
        widget=forms.RadioSelect,
    )
    reason = area(_("Why"), rows=2)


def entry_label(entry: Entry) -> str:
    """An entry in a title: kind, amount and words."""
    return f"{entry.get_kind_display()}, {dollars(entry.amount_cents)}: {entry.description}"
