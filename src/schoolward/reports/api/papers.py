"""Papers over HTTP: site security profiles, the corrective-action plan, and audit packs of awards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router, Schema, Status
from ninja.errors import HttpError

from schoolward.domains.grants.queries import awards
from schoolward.domains.places.queries import campus_by_slug, campus_for_cds, operating_campuses
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo import clock
from schoolward.platform.files.queries import response as kept_file
from schoolward.platform.jobs.queries import state
from schoolward.reports.actions.asking_batches import ask_batch
from schoolward.reports.award_pack.pack import PERMISSION as PACK_PERMISSION
from schoolward.reports.award_pack.pack import pack
from schoolward.reports.batches import UnknownPaper, check_paper
from schoolward.reports.beginning import check_day
from schoolward.reports.corrective_actions.plan import PERMISSION, plan
from schoolward.reports.errors import CannotPrint, UnfitDate
from schoolward.reports.models import Batch
from schoolward.reports.sheets.files import MEDIA_TYPES, file_of
from schoolward.reports.sheets.shape import Sheet
from schoolward.reports.sheets.tables import sheet_json
from schoolward.reports.site_profile.copies import Copy
from schoolward.reports.site_profile.reading import NoSuchProfile, copies_for, profile, site_for

router = Router()


class ProfileRow(Schema):
    """A site and the copies of its profile that the caller may read."""

    site: str
    name: str
    copies: list[str]


class BatchIn(Schema):
    """Which papers: `site-profile` with a copy, or `corrective-actions` without one."""

    report: str
    copy_name: str = ""
    as_of: date


class BatchOut(Schema):
    """How a batch stands: `done` once its file can be fetched."""

    id: int
    report: str
    copy_name: str
    as_of: date
    done: bool
    failed: bool
    sites: int
    progress: int | None
    error: str


@router.get("/site-profiles", url_name="site_profiles", response=list[ProfileRow])
def site_profiles(request: HttpRequest, as_of: date | None = None) -> list[dict[str, Any]]:
    """Every site in operation on the day (today, if none is given) with the copies open to the caller."""
    viewer = viewer_of(request)
    check(viewer, "profiles.view")
    return [
        {
            "site": campus.slug,
            "name": campus.name,
            "copies": [kind.copy.value for kind in copies_for(viewer, campus.pk)],
        }
        for campus in operating_campuses(_day(viewer, as_of)).order_by("name", "pk")
    ]


@router.get("/site-profiles/{site}/{copy_name}", url_name="site_profile", response=dict[str, Any])
def site_profile(
    request: HttpRequest, site: str, copy_name: str, as_of: date | None = None
) -> dict[str, Any]:
    """One copy of a site's profile: public, board, closed-session or police. `site` is its short name or a
    school's CDS code."""
    return sheet_json(_profile(viewer_of(request), site, copy_name, as_of, form="api"))


@router.get("/site-profiles/{site}/{copy_name}/files/{kind}", url_name="site_profile_file")
def site_profile_file(
    request: HttpRequest, site: str, copy_name: str, kind: str, as_of: date | None = None
) -> HttpResponse:
    """The same as a file: pdf, csv or json."""
    viewer = viewer_of(request)
    check(viewer, "profiles.view")
    _check_kind(kind)
    return _file(_profile(viewer, site, copy_name, as_of, form=kind), kind)


@router.get("/corrective-actions", url_name="corrective_actions", response=dict[str, Any])
def corrective_actions(request: HttpRequest, site: str = "", as_of: date | None = None) -> dict[str, Any]:
    """What is to be mended, of one site or of all, by trade and area."""
    return sheet_json(_plan(viewer_of(request), site, as_of))


@router.get("/corrective-actions/files/{kind}", url_name="corrective_actions_file")
def corrective_actions_file(
    request: HttpRequest, kind: str, site: str = "", as_of: date | None = None
) -> HttpResponse:
    """The same as a file: pdf, csv or json."""
    viewer = viewer_of(request)
    check(viewer, PERMISSION)
    _check_kind(kind)
    return _file(_plan(viewer, site, as_of), kind)


@router.get("/award-packs/{key}", url_name="award_pack", response=dict[str, Any])
def award_pack(request: HttpRequest, key: str, as_of: date | None = None) -> dict[str, Any]:
    """The audit pack of an award: every entry to what proves it and what it was for."""
    return sheet_json(_pack(viewer_of(request), key, as_of))


@router.get("/award-packs/{key}/files/{kind}", url_name="award_pack_file")
def award_pack_file(request: HttpRequest, key: str, kind: str, as_of: date | None = None) -> HttpResponse:
    """The same as a file: pdf, csv or json."""
    viewer = viewer_of(request)
    check(viewer, PACK_PERMISSION)
    _check_kind(kind)
    return _file(_pack(viewer, key, as_of), kind)


@router.post("/batches", url_name="report_batches", response={202: BatchOut})
def batch_ask(request: HttpRequest, asked: BatchIn) -> Status[dict[str, Any]]:
    """Ask for the papers of all sites. They are made in the background; ask `GET` until they are done."""
    viewer = viewer_of(request)
    check(viewer, "profiles.view")
    try:
        made = ask_batch(report=asked.report, copy=asked.copy_name, day=asked.as_of, by=viewer, at=viewer.at)
    except UnknownPaper as error:
        raise HttpError(404, str(error)) from error
    except UnfitDate as error:
        raise HttpError(422, str(error)) from error
    return Status(202, _state(made, viewer))


@router.get("/batches/{batch_id}", url_name="report_batch", response=BatchOut)
def batch(request: HttpRequest, batch_id: int) -> dict[str, Any]:
    """How far a batch is."""
    viewer = viewer_of(request)
    return _state(_batch(viewer, batch_id), viewer)


@router.get("/batches/{batch_id}/file", url_name="report_batch_file")
def batch_file(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The ZIP file of a batch that is done."""
    viewer = viewer_of(request)
    found = _batch(viewer, batch_id)
    if found.stored is None:
        raise HttpError(409, "these papers are not ready yet")
    with transaction.atomic():
        record(
            "reports.downloaded",
            by=viewer,
            at=viewer.at,
            subject=f"reports.Batch:{found.pk}",
            detail={"file": found.file_name},
        )
    return kept_file(found.stored, name=found.file_name)


def _day(viewer: Viewer, as_of: date | None) -> date:
    if as_of is None:
        return clock.today(viewer.at)
    try:
        check_day(as_of, at=viewer.at)
    except UnfitDate as error:
        raise HttpError(422, str(error)) from error
    return as_of


def _profile(viewer: Viewer, site: str, copy: str, as_of: date | None, *, form: str) -> Sheet:
    check(viewer, "profiles.view")
    if copy not in set(Copy):
        raise HttpError(404, f"there is no copy {copy!r}; there are {', '.join(Copy)}")
    chosen, day = Copy(copy), _day(viewer, as_of)
    try:
        return profile(site_for(viewer, site, chosen), chosen, day, form=form, by=viewer)
    except NoSuchProfile as error:
        raise HttpError(404, str(error)) from error


def _plan(viewer: Viewer, site: str, as_of: date | None) -> Sheet:
    check(viewer, PERMISSION)
    campus = None
    if site:
        campus = campus_for_cds(site) if site.isdigit() else campus_by_slug(site)
        if campus is None or (viewer.campus_ids is not None and campus.pk not in viewer.campus_ids):
            raise HttpError(404, str(NoSuchProfile(site)))
    return plan(_day(viewer, as_of), by=viewer, campus=campus)


def _pack(viewer: Viewer, key: str, as_of: date | None) -> Sheet:
    check(viewer, PACK_PERMISSION)
    award = awards(viewer).filter(key=key).first()
    if award is None:
        raise HttpError(404, f"there is no award {key!r}")
    return pack(award, _day(viewer, as_of), by=viewer)


def _check_kind(kind: str) -> None:
    if kind not in MEDIA_TYPES:
        raise HttpError(404, f"there is no file {kind!r}; there is {', '.join(MEDIA_TYPES)}")


def _file(sheet: Sheet, kind: str) -> HttpResponse:
    try:
        name, content = file_of(sheet, kind)
    except CannotPrint as error:
        raise HttpError(422, str(error)) from error
    answer = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _batch(viewer: Viewer, pk: int) -> Batch:
    check(viewer, "profiles.view")
    found = visible(Batch.objects.select_related("stored"), viewer).filter(pk=pk).first()
    if found is None:
        raise HttpError(404, "there is no such batch")
    check_paper(found.report, found.copy, by=viewer)
    return found


def _state(found: Batch, viewer: Viewer) -> dict[str, Any]:
    job = state(found.job_id, viewer=viewer)
    told = job.progress if job is not None else None
    return {
        "id": found.pk,
        "report": found.report,
        "copy_name": found.copy,
        "as_of": found.as_of,
        "done": found.stored is not None,
        "failed": job is not None and job.is_failed,
        "sites": found.sites,
        "progress": told.percent if told is not None else None,
        "error": job.error if job is not None else "",
    }
