"""Programs in words: states as chips, ages, languages, days."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schoolward.domains.programs import tables
from schoolward.domains.programs.forms.fields import DAY_CHOICES, LANGUAGES
from schoolward.domains.programs.models import (
    CapacityReport,
    Equipment,
    Program,
    ProgramState,
    ProposalState,
    Session,
    SessionState,
)
from schoolward.platform.ui.tables import chip

register = template.Library()
_PROPOSAL_TONES: dict[str, str] = {
    ProposalState.OPEN: "watch",
    ProposalState.PILOT: "info",
    ProposalState.ADOPTED: "good",
    ProposalState.OVER: "stale",
    ProposalState.STOPPED: "bad",
    ProposalState.DECLINED: "plain",
}
_SESSION_TONES = {SessionState.HELD: "good", SessionState.CANCELLED: "bad", SessionState.PLANNED: "plain"}


@register.filter
def state_chip(state: ProgramState) -> SafeString:
    """How a program stands."""
    return chip(str(state.label), tables.STATE_TONES[state])


@register.filter
def proposal_chip(state: ProposalState) -> SafeString:
    """How a proposal stands."""
    return chip(str(state.label), _PROPOSAL_TONES[state])


@register.filter
def intake_chip(report: CapacityReport) -> SafeString:
    """Whether a program takes anybody new."""
    return chip(str(report.get_intake_display()), tables.INTAKE_TONES[report.intake])


@register.filter
def session_chip(session: Session, day: date) -> SafeString:
    """What became of a session; one whose day has come unreported stands out."""
    if session.waits_for_count(day):
        return chip(_("To be counted"), "watch")
    return chip(str(session.get_state_display()), _SESSION_TONES[SessionState(session.state)])


@register.filter
def ages(program: Program) -> str:
    """The ages that a program takes."""
    return tables.ages(program)


@register.filter
def language_names(codes: str) -> str:
    """Languages by name; a code that is not known stays a code."""
    known = dict(LANGUAGES)
    return ", ".join(str(known.get(code, code)) for code in codes.split(",") if code)


@register.filter
def day_names(codes: str) -> str:
    """Days of the week by name."""
    known = dict(DAY_CHOICES)
    return ", ".join(str(known.get(code, code)) for code in codes.split(",") if code)


@register.filter
def check_is_due(thing: Equipment, day: date) -> bool:
    """Whether equipment was to be checked again by the day."""
    if thing.checked_on is None:
        return True
    months = thing.checked_on.year * 12 + thing.checked_on.month - 1 + thing.check_months
    return (day.year * 12 + day.month - 1, day.day) >= (months, thing.checked_on.day)
