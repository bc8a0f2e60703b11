"""Break-glass: opening an emergency look, and judging one. Each is one transaction and one event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolward.platform.access.models import Account, Emergency, Membership
from schoolward.platform.access.models.emergencies import LASTS, EmergencyQuerySet, Judgement
from schoolward.platform.access.permissions import all_permissions, check, may
from schoolward.platform.access.references import fit_subject
from schoolward.platform.access.refusal import Refusal, fit_text
from schoolward.platform.access.sealing import sealed_among, shown
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

BREAK, REVIEW = "emergency.open", "emergency.review"
LONGEST = 500
SHORTEST_REASON = 15


def break_glass(*, subject: str, reason: str, by: Viewer, at: datetime) -> Emergency:
    """Open what the policies let an emergency see about one person, for three hours.

    Whether there is such a person is not told. Raises :class:`Refusal`.
    """
    check(by, BREAK)
    subject = fit_subject(subject)
    reason = fit_reason(reason)
    if by.membership_id is None or by.account_id is None:
        raise Refusal(_("Only a person can break the glass."))
    with transaction.atomic():
        if Emergency.objects.live(at).filter(membership=by.membership_id, subject=subject).exists():
            raise Refusal(_("You have opened this already; it closes by itself."), field="subject")
        emergency = Emergency.objects.create(
            membership_id=by.membership_id,
            account_id=by.account_id,
            subject=subject,
            reason=reason,
            opened_at=at,
            closes_at=at + LASTS,
        )
        record(
            "access.glass_broken",
            by=by,
            at=at,
            subject=subject,
            detail={"emergency": emergency.pk, "until": emergency.closes_at},
        )
    return emergency


def fit_reason(reason: str) -> str:
    """The reason as it is kept. Raises :class:`Refusal` where nobody could judge by it."""
    reason = fit_text(reason, field="reason", longest=LONGEST)
    if len(reason) < SHORTEST_REASON:
        raise Refusal(_("Say in a sentence what the emergency is; somebody will judge it."), field="reason")
    return reason


def to_review(viewer: Viewer) -> QuerySet[Emergency]:
    """The emergencies that wait for this viewer's judgement: nobody judges their own, the oldest first."""
    check(viewer, REVIEW)
    waiting = Emergency.objects.unreviewed().select_related("account", "membership__agency")
    return waiting if viewer.is_system else waiting.exclude(account=viewer.account_id)


def own(viewer: Viewer) -> EmergencyQuerySet:
    """The emergencies that the viewer's own membership opened, the newest first."""
    return Emergency.objects.filter(membership=viewer.membership_id).order_by("-opened_at", "-pk")


def told_of(emergencies: Iterable[Emergency]) -> list[Emergency]:
    """Emergencies with ``shown_subject`` and ``shown_reason``, as they may be shown: of one whose person is
    sealed, only that it is so. The reason was typed in a hurry and may name them."""
    looks = list(emergencies)
    hidden = sealed_among({one.subject for one in looks})
    for one, subject in zip(looks, shown(one.subject for one in looks), strict=True):
        one.shown_subject = subject
        one.shown_reason = one.reason
        if one.erased_at is not None:
            one.shown_reason = _("there was one; it went with the record that was disposed of")
        if one.subject in hidden:
            one.shown_reason = _("not shown, as the record is sealed")
    return looks


def erase_words(subjects: Iterable[str], *, at: datetime) -> int:
    """Empty what was written about these persons, whose records are being disposed of. Who looked stays.

    In the transaction of the disposal: the database lets nothing else do it. Returns of how many looks.
    """
    written = Emergency.objects.filter(subject__in=list(subjects), erased_at__isnull=True)
    return written.update(reason="", note="", erased_at=at)


def review(*, emergency_id: int, judgement: str, note: str, by: Viewer, at: datetime) -> Emergency:
    """Judge an emergency; it is over with that, whatever time was left.

    Raises ``Emergency.DoesNotExist``, also for one's own, and :class:`Refusal`.
    """
    check(by, REVIEW)
    if by.account_id is None:
        raise Refusal(_("A person judges, not a program."))
    if judgement not in Judgement.values:
        raise Refusal(_("Say whether it was justified."), field="judgement")
    with transaction.atomic():
        emergency = to_review(by).select_for_update(of=("self",)).get(pk=emergency_id)
        emergency.note = fit_text(note, field="note", longest=LONGEST)
        emergency.judgement = judgement
        emergency.reviewed_at = at
        emergency.reviewed_by_id = by.account_id
        emergency.save(update_fields=["note", "judgement", "reviewed_at", "reviewed_by"])
        record(
            "access.glass_reviewed",
            by=by,
            at=at,
            subject=emergency.subject,
            detail={"emergency": emergency.pk, "judgement": judgement},
        )
    return emergency


def reviewers(at: datetime) -> QuerySet[Account]:
    """Everybody who may judge an emergency now, to be told of one."""
    roles = next(permission.roles for permission in all_permissions() if permission.key == REVIEW)
    held = Membership.objects.live(at).filter(role__in=roles, account__is_active=True)
    return Account.objects.filter(pk__in=held.values("account")).order_by("email")


def may_break(viewer: Viewer) -> bool:
    """Whether the viewer is offered the page."""
    return may(viewer, BREAK) and viewer.membership_id is not None
