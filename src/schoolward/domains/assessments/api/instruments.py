"""Instruments over HTTP: the list, each file as it came in, and bringing one in."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from ninja import File, Query, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from ninja.pagination import paginate

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.actions.instruments import LARGEST
from schoolward.domains.assessments.filling_tables import PERMISSION, take_fillings_out
from schoolward.domains.assessments.instrument_exports import ExportFormat, exported
from schoolward.domains.assessments.models import CrosswalkFile, InstrumentVersion
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.exchange.downloads import download
from schoolward.platform.exchange.writers import write_csv
from schoolward.platform.files.queries import response as file_response
from schoolward.platform.ui.asking import RowNumber, Slices

router = Router()


class InstrumentOut(Schema):
    """One version of an instrument."""

    id: int
    key: str
    version: str
    title: str
    kind: str
    format: str
    valid_from: date
    valid_to: date | None
    sha256: str

    @staticmethod
    def resolve_key(version: InstrumentVersion) -> str:
        return version.instrument.key

    @staticmethod
    def resolve_kind(version: InstrumentVersion) -> str:
        return version.instrument.kind


@router.get("/instruments", url_name="instruments", response=list[InstrumentOut])
@paginate(Slices)
def instruments(request: HttpRequest) -> Any:
    """Every version of every instrument."""
    viewer = viewer_of(request)
    check(viewer, "assessments.view")
    return queries.versions(viewer)


@router.post("/instruments", url_name="instrument_add", response={200: InstrumentOut, 201: InstrumentOut})
def add(request: HttpRequest, file: File[UploadedFile | None] = None) -> Status[InstrumentVersion]:
    """Bring in a version: 201 for a new one, 200 where this very file is here already."""
    viewer = viewer_of(request)
    check(viewer, "assessments.instruments")
    if file is None:
        raise HttpError(422, "file: send the instrument's file in the form field file")
    if (file.size or 0) > LARGEST:
        raise HttpError(422, "file: it is too large for an instrument")
    try:
        added = actions.add_instrument(
            content=file.read(), name=file.name or "instrument.yaml", by=viewer, at=now(viewer.at)
        )
    except actions.AssessmentRefused as refusal:
        raise HttpError(422, f"file: {refusal}") from refusal
    return Status(201 if added.is_new else 200, added.version)


@router.get("/instruments/{version_id}/file", url_name="instrument_file")
def file(
    request: HttpRequest,
    version_id: RowNumber,
    wanted: Annotated[ExportFormat | None, Query(alias="as")] = None,
) -> HttpResponseBase:
    """The file as it came in, or ``as`` xlsform, xform or json."""
    viewer = viewer_of(request)
    check(viewer, "assessments.view")
    version = queries.versions(viewer).filter(pk=version_id).first()
    if version is None:
        raise HttpError(404, f"there is no version {version_id} that you may see")
    if wanted is not None:
        made = exported(version, wanted)
        answer = HttpResponse(made.content, content_type=made.content_type)
        answer["Content-Disposition"] = content_disposition_header(True, made.name)
        return answer
    return file_response(version.file, name=version.file_name)


@router.get("/instruments/{version_id}/fillings", url_name="instrument_fillings")
def instrument_fillings(request: HttpRequest, version_id: RowNumber) -> HttpResponseBase:
    """The filled forms of a version as CSV: one row a filling, and one for each instance of a repeat."""
    viewer = viewer_of(request)
    check(viewer, PERMISSION)
    version = queries.versions(viewer).filter(pk=version_id).first()
    if version is None:
        raise HttpError(404, f"there is no version {version_id} that you may see")
    columns, rows = take_fillings_out(version, by=viewer)
    return download(write_csv(columns, rows), f"{version.instrument.key}-{version.version}-fillings", "csv")


class CrosswalkOut(Schema):
    """A crosswalk that was brought in."""

    id: int
    key: str
    title: str
    links: int
    sha256: str
    added_at: datetime


@router.get("/crosswalks", url_name="crosswalks", response=list[CrosswalkOut])
def crosswalks(request: HttpRequest) -> Any:
    """The crosswalks that were brought in. Those that come with Schoolward hold as well."""
    viewer = viewer_of(request)
    check(viewer, "assessments.view")
    return queries.crosswalk_files(viewer)


@router.post("/crosswalks", url_name="crosswalk_add", response={200: CrosswalkOut, 201: CrosswalkOut})
def add_crosswalk(request: HttpRequest, file: File[UploadedFile | None] = None) -> Status[CrosswalkFile]:
    """Bring in a crosswalk: 201 for a new one, 200 where this very file is here already."""
    viewer = viewer_of(request)
    check(viewer, "assessments.instruments")
    if file is None:
        raise HttpError(422, "file: send the crosswalk's file in the form field file")
    try:
        added = actions.add_crosswalk(
            content=file.read(LARGEST + 1), name=file.name or "crosswalk.yaml", by=viewer, at=now(viewer.at)
        )
    except actions.AssessmentRefused as refusal:
        raise HttpError(422, f"file: {refusal}") from refusal
    return Status(201 if added.is_new else 200, added.row)
