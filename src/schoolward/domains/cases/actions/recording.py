"""What every write of cases shares: finding the row for this viewer, moving it, and the audit's word.

A row is judged inside the viewer's own part of the wall, and written inside the system's: whoever delivers a
program may say "started" of a row that belongs to the agency which answers the family.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.models import Referral, Step, Youth, of_referral
from schoolward.domains.cases.states import FORWARD, State, due_on, told
from schoolward.platform.access.models import Consent
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import mask, visible
from schoolward.platform.access.references import reference
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record


class CaseRefused(Refusal):
    """It cannot be done that way; the message says what to do. ``field`` names the form field it is about."""


class ChangedMeanwhile(CaseRefused):
    """Somebody else changed the referral after the viewer looked at it."""


class NotTheirs(LookupError):
    """There is no such row for this viewer: none at all, or none of theirs. The two look alike."""


#: What answering a referral needs to see of it, and what delivering its program needs.
TO_KEEP = frozenset({"need", "coordinator", "consent", "referred_by"})
TO_DELIVER = frozenset({"state", "started_on", "ended_on", "version"})
TO_TAKE = frozenset({"coordinator", "version"})


def as_system(by: Viewer) -> Viewer:
    """The system on behalf of somebody whose right has been judged."""
    return Viewer.system(at=by.at, name=by.account_name)


def locked(
    pk: int, *, by: Viewer, permission: str, needs: frozenset[str] = TO_KEEP, version: int | None = None
) -> Referral:
    """The referral for writing; call it, and write, inside ``within(as_system(by))`` and a transaction.

    Raises :class:`NotTheirs`, and :class:`ChangedMeanwhile` where it is no longer what the viewer looked at.
    """
    check(by, permission, f"cases.Referral:{pk}")
    with within(by):
        seen = visible(Referral.objects.filter(pk=pk), by).first()
        if seen is None or not needs <= mask(seen, by):
            raise NotTheirs(pk)
    found = Referral.objects.select_for_update(of=("self",)).select_related("youth").get(pk=pk)
    if version is not None and version != found.version:
        raise ChangedMeanwhile(
            _("Somebody changed this referral while you looked at it. It is now: %(state)s. Look again.")
            % {"state": found.get_state_display()}
        )
    return found


def youth_for(pk: int, *, by: Viewer, permission: str = "cases.keep") -> Youth:
    """A young person for writing, by whoever stands by them. Raises :class:`NotTheirs`."""
    check(by, permission, f"cases.Youth:{pk}")
    with within(by):
        seen = visible(Youth.objects.filter(pk=pk), by).first()
        if seen is None or "coordinator" not in mask(seen, by):
            raise NotTheirs(pk)
    return Youth.objects.select_for_update(of=("self",)).get(pk=pk)


def day_of(on: date | None, at: datetime, *, field: str = "on") -> date:
    """The day that something happened on: today where none is given. Raises for one that has not come."""
    today = timezone.localdate(at)
    if on is not None and on > today:
        raise CaseRefused(_("This day has not come yet."), field=field)
    return on or today


def forward(referral: Referral, *, on: date, by: Viewer, at: datetime, **changes: Any) -> Referral:
    """Take the next step. Raises where the referral does not stand before it, or the day is too early."""
    target = State(changes.pop("target"))
    state = State(referral.state)
    if FORWARD.get(state) is not target:
        raise CaseRefused(
            _("It is not at that step: it is now “%(state)s”.") % {"state": referral.get_state_display()}
        )
    return move(referral, target, on=on, by=by, at=at, **changes)


def move(
    referral: Referral, target: str, *, on: date, by: Viewer, at: datetime, reason: str = "", **changes: Any
) -> Referral:
    """Put the referral into a state, with its step and its one event. Raises for a day before the last."""
    if on < referral.since:
        raise CaseRefused(
            _("The last step was on %(day)s; this one cannot lie before it.")
            % {"day": referral.since.isoformat()},
            field="on",
        )
    before = referral.state
    started = (changes.get("started_on") or referral.started_on) is not None
    learns = str(told(target, started=started))
    write(referral, state=str(target), told=learns, since=on, due_on=due_on(target, on), **changes)
    Step.objects.create(
        **of_referral(referral),
        before=before,
        after=str(target),
        on=on,
        at=at,
        by_id=by.account_id,
        by_name=by.account_name,
        reason=reason,
    )
    audit(f"referral_{target}", referral, by=by, on=on)
    return referral


def said_again(referral: Referral, given: Consent, *, on: date, by: Viewer, at: datetime) -> None:
    """Let the referral go on by another consent, where it stands, with a step that says so and one event."""
    write(referral, consent=given, family_knows=True, stall_told_on=None)
    Step.objects.create(
        **of_referral(referral),
        before=referral.state,
        after=referral.state,
        on=on,
        at=at,
        by_id=by.account_id,
        by_name=by.account_name,
        reason=_("The family said yes again"),
    )
    audit("referral_yes_renewed", referral, by=by, on=on)


def write(referral: Referral, **changes: Any) -> None:
    """Write changes, and let whoever looks at the former version know."""
    changes["version"] = referral.version + 1
    if changes.get("stall_told_on") is None and "state" in changes:
        changes["stall_told_on"] = None
    for name, value in changes.items():
        setattr(referral, name, value)
    referral.save(update_fields=sorted(changes))


def audit(action: str, row: Model, *, by: Viewer, **detail: Any) -> None:
    """The one event of an action: about the young person, naming the record; of what stands in it, nothing.

    Who reads the audit has no relation to the young person: why, what for and how often stay in the row.
    """
    subject: str = row.subject  # type: ignore[attr-defined]
    told_of = {"record": reference(row), **detail}  # type: ignore[arg-type]
    record(f"cases.{action}", by=by, at=by.at, subject=subject, detail=told_of)
