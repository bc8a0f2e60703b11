"""Instruments over HTTP: the list, each file as it came in, and bringing one in."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import File, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from ninja.pagination import paginate

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.actions.instruments import LARGEST
from schoolward.domains.assessments.models import InstrumentVersion
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
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
def file(request: HttpRequest, version_id: RowNumber) -> HttpResponseBase:
    """The file as it came in."""
    viewer = viewer_of(request)
    check(viewer, "assessments.view")
    version = queries.versions(viewer).filter(pk=version_id).first()
    if version is None:
        raise HttpError(404, f"there is no version {version_id} that you may see")
    return file_response(version.file, name=version.file_name)
