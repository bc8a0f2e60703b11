"""Deciding who is who: the same, not the same, later; and taking apart again what was put together."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.recording import CaseRefused, NotTheirs, as_system, audit
from schoolward.domains.cases.models import Decided, LookAlike, Youth
from schoolward.domains.cases.queries.identity import NEEDED, pairs, put_together
from schoolward.platform.access import merging
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import mask, visible
from schoolward.platform.access.refusal import fit_text
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

DECIDE = "identity.decide"
LONGEST_REASON = 300
#: What the viewer must read of both before rows go over: only who sees a record whole puts it together.
WHOLE = frozenset({"local_number", "coordinator"}) | NEEDED


@transaction.atomic
def decide(
    *,
    pair_id: int,
    decision: str,
    reason: str,
    keep: int | None = None,
    again_on: date | None = None,
    by: Viewer,
    at: datetime,
) -> LookAlike:
    """Say what a pair is. "The same" puts two records of one agency together: the rows about the one become
    rows about ``keep`` (without it the older record), and the other is found nowhere.

    Records of two agencies stay two, because whose row it is never changes: they are known as one. Raises
    :class:`NotTheirs`, and :class:`CaseRefused` with the field to mend.
    """
    with within(as_system(by)):
        pair, left, right = _locked(pair_id, by)
        if pair.decision not in (Decided.OPEN, Decided.LATER):
            raise CaseRefused(_("It is decided already: %(what)s.") % {"what": pair.get_decision_display()})
        if decision not in (Decided.SAME, Decided.NOT_SAME, Decided.LATER):
            raise CaseRefused(_("Choose: the same, not the same, or later."), field="decision")
        if (decision == Decided.LATER) != (again_on is not None):
            raise CaseRefused(_("Give the day with “later”, and with nothing else."), field="again_on")
        if again_on is not None and again_on <= timezone.localdate(at):
            raise CaseRefused(_("Choose a day that is still to come."), field="again_on")
        why = fit_text(reason, field="reason", longest=LONGEST_REASON)
        if decision == Decided.SAME and left.agency_id == right.agency_id:
            pair.merging = _put_together(left, right, keep, why, by, at)
        pair.decision, pair.again_on, pair.reason = decision, again_on, why
        pair.decided_at, pair.decided_by_id = at, by.account_id
        pair.save(update_fields=["decision", "again_on", "reason", "decided_at", "decided_by", "merging"])
        moved = len(pair.merging.moved) if pair.merging else 0
        audit("pair_decided", pair, by=by, decision=str(decision), moved=moved)
    return pair


@transaction.atomic
def undo(*, pair_id: int, reason: str, by: Viewer, at: datetime) -> LookAlike:
    """Take a decision back. Records that were put together are apart again, each row where it was.

    What was begun since on a row that goes back (a step of its referral, the consent that it goes by) goes
    with it; what was begun about the kept record stays there. Raises :class:`NotTheirs` and
    :class:`CaseRefused`.
    """
    check(by, DECIDE, f"cases.LookAlike:{pair_id}")
    with within(by):
        is_theirs = put_together(by).filter(pk=pair_id).exists() or pairs(by).filter(pk=pair_id).exists()
    with within(as_system(by)):
        pair = LookAlike.objects.select_for_update(of=("self",)).filter(pk=pair_id).first()
        if pair is None or not is_theirs:
            raise NotTheirs(pair_id)
        if pair.decision == Decided.OPEN:
            raise CaseRefused(_("Nothing is decided about it."))
        why = fit_text(reason, field="reason", longest=LONGEST_REASON)
        followed = moved = 0
        if pair.merging is not None:
            done = merging.undo(merging=pair.merging, reason=why, by=by, at=at)
            followed, moved = len(done.followed), len(done.moved)
            apart = Youth.including_sealed.filter(pk__in=[pair.youth_id, pair.other_id])
            apart.filter(subject=done.merged).update(merged_into=None)
        pair.decision, pair.again_on, pair.reason, pair.merging = Decided.OPEN, None, "", None
        pair.decided_at = pair.decided_by = None
        pair.save(update_fields=["decision", "again_on", "reason", "decided_at", "decided_by", "merging"])
        audit("pair_undone", pair, by=by, moved=moved, followed=followed)
    return pair


def _locked(pair_id: int, by: Viewer) -> tuple[LookAlike, Youth, Youth]:
    """The pair and both its records for writing; raises where the viewer does not see both."""
    check(by, DECIDE, f"cases.LookAlike:{pair_id}")
    with within(by):
        seen = pairs(by).filter(pk=pair_id).first()
        if seen is None:
            raise NotTheirs(pair_id)
        rows = visible(Youth.objects.filter(pk__in=[seen.youth_id, seen.other_id]), by)
        masks = {row.pk: (row.agency_id, mask(row, by)) for row in rows}
    of_one_agency = len({agency for agency, _mask in masks.values()}) == 1
    needed = WHOLE if of_one_agency else NEEDED
    if len(masks) != 2 or not all(needed <= read for _agency, read in masks.values()):
        raise NotTheirs(pair_id)
    pair = LookAlike.objects.select_for_update(of=("self",)).get(pk=pair_id)
    found = {row.pk: row for row in Youth.objects.select_for_update(of=("self",)).filter(pk__in=masks)}
    return pair, found[pair.youth_id], found[pair.other_id]


def _put_together(
    left: Youth, right: Youth, keep: int | None, why: str, by: Viewer, at: datetime
) -> merging.Merging:
    if keep not in (None, left.pk, right.pk):
        raise CaseRefused(_("Choose which of the two records stays."), field="keep")
    first, second = sorted((left, right), key=lambda one: (one.entered_on, one.pk))
    kept, away = (second, first) if keep == second.pk else (first, second)
    done = merging.merge(kept=kept, merged=away, reason=why, by=by, at=at)
    away.merged_into = kept
    away.save(update_fields=["merged_into"])
    return done
