"""The addresses of a walk's journal, for the device that fills it (docs/reference/walk-journal.md)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.models import Walk
from schoolward.domains.assessments.views.walking import walk_or_404
from schoolward.domains.assessments.walk_journals import Stored, journal_of
from schoolward.platform.access.headers import answers_put
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.files.store import FileTooLarge, FileTypeRefused
from schoolward.protocols.walk_journal import BatchRefused, read_batch

JournalView = Callable[..., JsonResponse]
_LARGEST_SEQUENCE = 2**53


def _problem(status: int, text: str) -> JsonResponse:
    return JsonResponse({"problem": text}, status=status)


def for_the_assessor(view: JournalView) -> JournalView:
    """Open an address of a journal to the walk's own assessor; whoever is signed out is told so in JSON."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **more: Any) -> JsonResponse:
        viewer = viewer_of(request)
        if not viewer.is_known and not request.user.is_authenticated:
            return _problem(401, _("You are signed out. Sign in again; nothing is lost."))
        check(viewer, "assessments.walk", f"assessments.Walk:{pk}")
        try:
            walk = walk_or_404(viewer, pk)
        except Http404:
            return _problem(404, _("There is no such walk that you may see."))
        if walk.assessor_id != viewer.account_id:
            return _problem(403, str(actions.NotTheAssessor()))
        return view(request, walk, **more)

    guarded.permission = "assessments.walk"  # type: ignore[attr-defined]
    return guarded


def state_of(walk: Walk, problem: str = "") -> dict[str, Any]:
    """What a device is told of the walk: whether it is in, and what keeps it from being."""
    held = Walk.objects.get(pk=walk.pk)
    journal = journal_of(held)
    differences = len(journal.differences)
    if not problem and journal.wants_in and differences:
        problem = str(actions.DevicesDiffer(differences))
    return {
        "is_submitted": held.submitted_at is not None,
        "differences": differences,
        "problem": problem,
        "late": journal.late,
    }


@require_http_methods(["GET", "POST"])
@for_the_assessor
def journal(request: HttpRequest, walk: Walk) -> JsonResponse:
    """Say where a strand goes on; or take a batch of entries in and give receipts."""
    return _receive(request, walk) if request.method == "POST" else _resume(request, walk)


def _resume(request: HttpRequest, walk: Walk) -> JsonResponse:
    after = request.GET.get("after", "0")
    try:
        strand = str(uuid.UUID(request.GET.get("strand", "")))
        above = int(after) if after.isascii() and after.isdigit() and len(after) < 17 else -1
    except ValueError:
        above, strand = -1, ""
    if not 0 <= above < _LARGEST_SEQUENCE:
        return _problem(400, _("Say which strand, and after which number: ?strand=UUID&after=0."))
    stored = Stored(walk)
    receipts = [receipt.as_json() for receipt in stored.receipts(strand, above)]
    return JsonResponse({"following": stored.following(strand), "receipts": receipts, "walk": state_of(walk)})


def _receive(request: HttpRequest, walk: Walk) -> JsonResponse:
    viewer = viewer_of(request)
    try:
        entries, sent = read_batch(request.body)
    except RequestDataTooBig:
        return _problem(413, _("So much is not taken at once; send fewer entries."))
    except BatchRefused as refusal:
        return _problem(400, str(refusal))
    received = actions.receive_entries(
        walk_id=walk.pk, entries=entries, sent=sent, by=viewer, at=now(viewer.at)
    )
    return JsonResponse({**received.judgement.as_json(), "walk": state_of(walk, received.problem)})


@answers_put
@require_http_methods(["PUT"])
@for_the_assessor
def journal_photo(request: HttpRequest, walk: Walk, sha256: str) -> JsonResponse:
    """Keep one photograph under the hash in its address, where that is the hash of the body."""
    viewer = viewer_of(request)
    try:
        kept = actions.put_photo(walk_id=walk.pk, sha256=sha256, stream=request, by=viewer, at=now(viewer.at))
    except FileTooLarge as refusal:
        return _problem(413, str(refusal))
    except (FileTypeRefused, actions.PhotoDamaged) as refusal:
        return _problem(422, str(refusal))
    return JsonResponse({"sha256": kept.sha256, "bytes": kept.file.size})


__all__ = ["for_the_assessor", "journal", "journal_photo", "state_of"]
