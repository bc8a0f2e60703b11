"""The answers that can be given to a case: each is one form and one action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from schoolward.domains.alarms import actions
from schoolward.domains.alarms.forms import (
    AbortForm,
    CallForm,
    CloseForm,
    EvidenceForm,
    GuardForm,
    ImpossibleForm,
    NothingForm,
    PoliceForm,
    ReasonForm,
    StepForm,
    TextForm,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The form that is sent, the action that it becomes, and where on the page it stands."""

    form: type[forms.Form]
    action: Callable[..., Any]
    anchor: str = "case"


ANSWERS: dict[str, Answer] = {
    "claim": Answer(NothingForm, actions.claim),
    "take-over": Answer(ReasonForm, actions.take_over),
    "release": Answer(ReasonForm, actions.release),
    "step": Answer(StepForm, actions.do_step, "plan"),
    "impossible": Answer(ImpossibleForm, actions.step_impossible, "plan"),
    "call": Answer(CallForm, actions.log_call, "calls"),
    "evidence": Answer(EvidenceForm, actions.add_evidence, "evidence"),
    "police": Answer(PoliceForm, actions.dispatch_police, "send"),
    "guard": Answer(GuardForm, actions.dispatch_guard, "send"),
    "abort": Answer(AbortForm, actions.abort, "send"),
    "note": Answer(TextForm, actions.note, "history"),
    "close": Answer(CloseForm, actions.close, "close"),
    "reopen": Answer(ReasonForm, actions.reopen),
}
