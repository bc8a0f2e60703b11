"""OpenRosa 1.0: ODK Collect fetches the forms of the walks in hand, and hands them in filled.

Every answer but a file is XML with a text for the person; devices log them, so they hold nothing that was
answered.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Walk
from schoolward.domains.assessments.policy import walks_streets_alone
from schoolward.domains.assessments.walk_forms import FormUnusable, WalkForm, form_name, walk_form
from schoolward.platform.access import basic
from schoolward.platform.access.middleware import record_denial
from schoolward.platform.access.permissions import AccessDenied, check, title_of
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.files.actions import MEGABYTE
from schoolward.platform.files.store import FileTooLarge, FileTypeRefused
from schoolward.protocols import openrosa
from schoolward.protocols.xforms.renaming import renamed

LARGEST = 50 * MEGABYTE
"""So much one request may hold; a device sends what is more in several."""
_XML = "text/xml; charset=utf-8"
View = Callable[..., HttpResponse]


def needed(viewer: Viewer) -> tuple[str, ...]:
    """What a viewer needs from the first request on: a hand-in proposes work for what failed.

    What fails on the streets proposes none, and who walks streets alone is shown no other walk.
    """
    return ("assessments.walk",) if walks_streets_alone(viewer) else ("assessments.walk", "work.propose")


def _answer(request: HttpRequest, content: bytes, *, status: int = 200) -> HttpResponse:
    response = HttpResponse(content, status=status, content_type=_XML)
    for name, value in openrosa.headers(at=viewer_of(request).at, most_bytes=LARGEST).items():
        response[name] = value
    response["Cache-Control"] = "private, no-store"
    return response


def _refused(request: HttpRequest, message: str, *, status: int) -> HttpResponse:
    response = _answer(request, openrosa.response(message, succeeded=False), status=status)
    if status == 401:
        response["WWW-Authenticate"] = basic.CHALLENGE
    return response


def _for_devices(view: View) -> View:
    """Sign in by HTTP Basic, ask for what walking needs, and refuse in XML."""

    @csrf_exempt
    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            viewer = basic.viewer_by_basic(request, at=viewer_of(request).at)
        except basic.NotSecure:
            told = _("Use an address that begins with https://: the token would travel in the clear.")
            return _refused(request, told, status=403)
        except basic.TooManyTries:
            told = _("Too many wrong tokens. Wait half an hour, and make a new token on your own page.")
            return _refused(request, told, status=429)
        if viewer is None:
            told = _("Sign in with your address, and a token from your own page as the password.")
            return _refused(request, told, status=401)
        request.viewer = viewer  # type: ignore[attr-defined]
        try:
            for permission in needed(viewer):
                check(viewer, permission)
            return view(request, *args, **kwargs)
        except FormUnusable as unusable:
            return _refused(request, str(unusable), status=409)
        except AccessDenied as denial:
            record_denial(request, denial)
            told = _("This account, or its token, lacks “%(what)s”. Make a token that has it.")
            return _refused(request, told % {"what": title_of(denial.permission)}, status=403)

    return inside


def _in_hand(viewer: Viewer) -> QuerySet[Walk]:
    """The viewer's own walks that are not handed in."""
    held = queries.walks(viewer).filter(assessor_id=viewer.account_id, submitted_at__isnull=True)
    return held.order_by("started_at", "pk")


def _name(walk: Walk) -> str:
    form = walk_form(walk, with_pins=False)
    return f"{walk.campus.name}: {form.compiled.get('title') or form.compiled['id']}"


def collect_facts(request: HttpRequest, walk: Walk) -> dict[str, Any]:
    """What a person tells ODK Collect: the server's address, what the form is called there, and what the
    token must be allowed."""
    address = request.build_absolute_uri(reverse("openrosa:form_list")).removesuffix("/formList")
    return {
        "collect_address": address,
        "collect_form": _name(walk),
        "collect_permissions": [title_of(permission) for permission in needed(viewer_of(request))],
    }


def _content(walk: Walk, form: WalkForm) -> bytes:
    return renamed(form.xml, form_id=form_name(walk), title=_name(walk))


@_for_devices
@require_safe
def form_list(request: HttpRequest) -> HttpResponse:
    """The walks in hand, each as a form of its own, so that what comes back is told its walk."""
    wanted = request.GET.get("formID", "")
    walks = [walk for walk in _in_hand(viewer_of(request)) if wanted in ("", form_name(walk))]
    listed = [_listed(request, walk) for walk in walks]
    return _answer(request, openrosa.form_list(one for one in listed if one is not None))


def _listed(request: HttpRequest, walk: Walk) -> openrosa.ListedForm | None:
    """A walk as it is listed; one whose form cannot be filled is left out, and hides no other."""
    try:
        form = walk_form(walk, with_pins=False)
    except FormUnusable:
        return None
    manifest = reverse("openrosa:manifest", args=[walk.pk])
    return openrosa.ListedForm(
        form_id=form_name(walk),
        name=_name(walk),
        version=form.compiled.get("version", ""),
        content=_content(walk, form),
        download_url=request.build_absolute_uri(reverse("openrosa:form", args=[walk.pk])),
        manifest_url=request.build_absolute_uri(manifest) if form.files else "",
    )


def _walk(request: HttpRequest, pk: int) -> Walk | None:
    return _in_hand(viewer_of(request)).filter(pk=pk).first()


def _no_walk(request: HttpRequest) -> HttpResponse:
    told = _("There is no such walk in hand. Fetch the list of forms again.")
    return _refused(request, told, status=404)


@_for_devices
@require_safe
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a walk in hand."""
    walk = _walk(request, pk)
    if walk is None:
        return _no_walk(request)
    return _answer(request, _content(walk, walk_form(walk, with_pins=False)))


@_for_devices
@require_safe
def manifest(request: HttpRequest, pk: int) -> HttpResponse:
    """The files that the form of a walk needs."""
    walk = _walk(request, pk)
    if walk is None:
        return _no_walk(request)
    files = [
        openrosa.FormFile(
            name, content, request.build_absolute_uri(reverse("openrosa:media", args=[pk, name]))
        )
        for name, content in walk_form(walk, with_pins=False).files.items()
    ]
    return _answer(request, openrosa.manifest(files))


@_for_devices
@require_safe
def media(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A file that the form of a walk needs."""
    walk = _walk(request, pk)
    content = walk_form(walk, with_pins=False).files.get(name) if walk is not None else None
    if content is None:
        return _no_walk(request)
    response = _answer(request, content)
    response["Content-Type"] = "text/csv; charset=utf-8"
    response["Content-Disposition"] = "attachment"
    return response


@_for_devices
@require_http_methods(["HEAD", "POST"])
def submission(request: HttpRequest) -> HttpResponse:
    """Receive a filled form, or further files of it."""
    if request.method == "HEAD":
        return _answer(request, b"", status=204)
    try:
        return _received(request)
    except actions.NotTheAssessor as refusal:
        return _refused(request, str(refusal), status=403)
    except (actions.WalkClosed, actions.FillingConflict, actions.AnswerConflict) as refusal:
        return _refused(request, str(refusal), status=409)
    except FileTooLarge as refusal:
        return _refused(request, f"{refusal}.", status=413)
    except (actions.AssessmentRefused, FileTypeRefused, openrosa.SubmissionProblem) as refusal:
        return _refused(request, str(refusal), status=400)


def _received(request: HttpRequest) -> HttpResponse:
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        told = _("The request is larger than %(most)s MB. Send the files in several requests.")
        return _refused(request, told % {"most": LARGEST // MEGABYTE}, status=413)
    if request.content_type != "multipart/form-data":
        told = _("Send the filled form as multipart/form-data, in the part %(part)s.")
        return _refused(request, told % {"part": openrosa.SUBMISSION_PART}, status=400)
    try:
        parts = request.POST
        uploads = {name: file for name, file in request.FILES.items() if isinstance(file, UploadedFile)}
    except (MultiPartParserError, BadRequest, SuspiciousOperation):
        return _refused(request, _("The request is damaged, or has too many parts."), status=400)
    sent = uploads.pop(openrosa.SUBMISSION_PART, None)
    content = sent.read() if sent is not None else parts.get(openrosa.SUBMISSION_PART, "").encode()
    if not content:
        told = _("The filled form is missing: send it in the part %(part)s.")
        return _refused(request, told % {"part": openrosa.SUBMISSION_PART}, status=400)
    found = openrosa.read_submission(content)
    walk = _walk_of(request, found.form_id)
    if walk is None:
        told = _("This form is of no walk that you may see. Fetch the list of forms again.")
        return _refused(request, told, status=404)
    viewer = viewer_of(request)
    received = actions.receive_form(
        walk_id=walk.pk,
        xml=content,
        files={file.name or name: file for name, file in uploads.items()},
        more_follow=openrosa.is_incomplete(parts.dict()),
        by=viewer,
        at=now(viewer.at),
    )
    return _answer(request, openrosa.response(_told(received), succeeded=True), status=201)


def _walk_of(request: HttpRequest, form_id: str) -> Walk | None:
    number = form_id.removeprefix("walk-")
    if number == form_id or not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return queries.walks(viewer_of(request)).filter(pk=int(number)).first()


def _told(received: actions.Received) -> str:
    if received.is_submitted:
        return _("Received whole. The walk is handed in.")
    if received.waiting:
        return _("Received. %(n)s files are still to come.") % {"n": len(received.waiting)}
    return _("Received. More is to come.")
