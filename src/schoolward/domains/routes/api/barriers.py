"""Barriers over HTTP: the list, as GeoJSON, reporting and deciding, and what owners are asked."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Field, File, Query, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from ninja.pagination import paginate

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.api.routing import given_of, router, written
from schoolward.domains.routes.filters import OPEN
from schoolward.domains.routes.models import OPEN_BARRIERS, Barrier, Recommendation
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.files.queries import response as file_response
from schoolward.platform.ui.asking import Cents, RowNumber, Slices, Text

Degrees = Annotated[float, Field(ge=-180, le=180)]


class BarrierOut(Schema):
    """A barrier. Degrees are WGS 84."""

    id: int
    reference: str
    campus_id: int
    kind: str
    title: str
    description: str
    place: str
    longitude: float
    latitude: float
    owner: str
    severity: str
    time_of_day: str
    found_on: date
    state: str
    accepted_on: date | None
    closed_on: date | None
    has_photo: bool
    invented: bool

    @staticmethod
    def resolve_has_photo(barrier: Barrier) -> bool:
        """Whether a photograph is kept."""
        return barrier.photo_id is not None


class BarrierIn(Schema):
    """A report of a barrier. No names of people, and no one's home."""

    campus_id: RowNumber
    kind: Text
    title: Text
    place: Text
    longitude: Degrees
    latitude: Degrees
    description: Text = ""
    owner: Text = "unknown"
    severity: Text = "medium"
    time_of_day: Text = "always"
    found_on: date | None = None
    reference: Annotated[str, Field(max_length=40)] = ""


class BarrierChange(Schema):
    """What of a barrier is changed; what is left out stays as it is."""

    kind: Text | None = None
    title: Text | None = None
    description: Text | None = None
    place: Text | None = None
    longitude: Degrees | None = None
    latitude: Degrees | None = None
    owner: Text | None = None
    severity: Text | None = None
    time_of_day: Text | None = None


class MoveIn(Schema):
    """``accept``, ``decline`` or ``reopen``; the last two with a reason."""

    move: Text
    reason: Text = ""


class RecommendationOut(Schema):
    """What an owner is asked to do, its answer, and the work that came of it."""

    id: int
    barrier_id: int
    number: int
    countermeasure: str
    text: str
    owner: str
    estimate_cents: int | None
    sent_on: date
    answer: str
    answered_on: date | None
    answer_text: str
    work_id: int | None


class RecommendationIn(Schema):
    """A recommendation. Without an owner, that of the barrier is asked."""

    countermeasure: Text
    text: Text
    owner: Text = ""
    estimate_cents: Cents | None = None
    sent_on: date | None = None


class RecommendationChange(Schema):
    """What of a recommendation that waits for its answer is changed; what is left out stays as it is."""

    countermeasure: Text | None = None
    text: Text | None = None
    estimate_cents: Cents | None = None
    sent_on: date | None = None


class AnswerIn(Schema):
    """``agreed``, or ``refused`` with a reason in ``text``."""

    answer: Text
    text: Text = ""
    answered_on: date | None = None


class PointsOut(Schema):
    """A GeoJSON FeatureCollection (RFC 7946) of points."""

    type: str
    features: list[dict[str, Any]]


class Narrowed(Schema):
    """How barriers are narrowed."""

    state: str | None = Field(None, description="A state, or open for all that somebody has to do with.")
    campus_id: RowNumber | None = None
    owner: str | None = None
    severity: str | None = None


def _barriers(viewer: Viewer, asked: Narrowed) -> QuerySet[Barrier]:
    rows = queries.barriers(viewer).order_by("reference")
    if asked.state == OPEN:
        rows = rows.filter(state__in=OPEN_BARRIERS)
    elif asked.state is not None:
        rows = rows.filter(state=asked.state)
    same = {name: getattr(asked, name) for name in ("campus_id", "owner", "severity")}
    return rows.filter(**{name: value for name, value in same.items() if value is not None})


@router.get("/barriers", url_name="route_barriers", response=list[BarrierOut])
@paginate(Slices)
def barriers(request: HttpRequest, asked: Query[Narrowed]) -> QuerySet[Barrier]:
    """Barriers by reference."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return _barriers(viewer, asked)


@router.get("/barriers.geojson", url_name="route_barrier_points", response=PointsOut)
def points(request: HttpRequest, asked: Query[Narrowed]) -> dict[str, Any]:
    """Barriers as GeoJSON, as a city's engineer takes them into a map."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return queries.barrier_points(_barriers(viewer, asked))


@router.post("/barriers", url_name="route_barrier_report", response={201: BarrierOut})
def report(request: HttpRequest, sent: BarrierIn) -> Status[Barrier]:
    """Report a barrier."""
    viewer = viewer_of(request)
    check(viewer, "routes.report")
    return Status(201, written(actions.report_barrier, viewer, **sent.dict()))


@router.get("/barriers/{pk}", url_name="route_barrier", response=BarrierOut)
def barrier(request: HttpRequest, pk: RowNumber) -> Barrier:
    """One barrier."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return get_object_or_404(queries.barriers(viewer), pk=pk)


@router.patch("/barriers/{pk}", url_name="route_barrier_change", response=BarrierOut)
def change(request: HttpRequest, pk: RowNumber, sent: BarrierChange) -> Any:
    """Change what an open barrier says."""
    viewer = viewer_of(request)
    check(viewer, "routes.decide")
    get_object_or_404(queries.barriers(viewer), pk=pk)
    return written(actions.describe_barrier, viewer, barrier_id=pk, changes=given_of(sent))


@router.get("/barriers/{pk}/photo", url_name="route_barrier_photo", response={200: None})
def photo(request: HttpRequest, pk: RowNumber) -> HttpResponseBase:
    """A barrier's photograph, as it was taken."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    one = get_object_or_404(queries.barriers(viewer).select_related("photo"), pk=pk)
    if one.photo is None:
        raise HttpError(404, f"barrier {pk} has no photograph")
    return file_response(one.photo, name=one.photo_name)


@router.post("/barriers/{pk}/photo", url_name="route_barrier_photo_put", response=BarrierOut)
def put_photo(request: HttpRequest, pk: RowNumber, file: File[UploadedFile | None] = None) -> Any:
    """Give a barrier its photograph, or another, in the form field ``file``. Without people or license
    plates."""
    viewer = viewer_of(request)
    check(viewer, "routes.report")
    get_object_or_404(queries.barriers(viewer), pk=pk)
    if file is None:
        raise HttpError(422, "file: send the picture")
    return written(actions.add_photo, viewer, barrier_id=pk, photo=file, photo_name=file.name or "")


@router.post("/barriers/{pk}/move", url_name="route_barrier_move", response=BarrierOut)
def move(request: HttpRequest, pk: RowNumber, sent: MoveIn) -> Any:
    """Accept, decline or reopen. Nothing but verified work closes a barrier."""
    viewer = viewer_of(request)
    check(viewer, "routes.decide")
    get_object_or_404(queries.barriers(viewer), pk=pk)
    return written(actions.decide_barrier, viewer, barrier_id=pk, **sent.dict())


@router.get(
    "/barriers/{pk}/recommendations", url_name="route_recommendations", response=list[RecommendationOut]
)
def recommendations(request: HttpRequest, pk: RowNumber) -> QuerySet[Recommendation]:
    """What was asked about a barrier, oldest first."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    one = get_object_or_404(queries.barriers(viewer), pk=pk)
    return queries.recommendations(viewer).filter(barrier=one).order_by("number")


@router.post("/barriers/{pk}/recommendations", url_name="route_recommend", response={201: RecommendationOut})
def recommend(request: HttpRequest, pk: RowNumber, sent: RecommendationIn) -> Status[Recommendation]:
    """Recommend to the owner of an accepted barrier what to do."""
    viewer = viewer_of(request)
    check(viewer, "routes.decide")
    get_object_or_404(queries.barriers(viewer), pk=pk)
    return Status(201, written(actions.recommend, viewer, barrier_id=pk, **sent.dict()))


@router.patch("/recommendations/{pk}", url_name="route_recommendation_change", response=RecommendationOut)
def change_recommendation(request: HttpRequest, pk: RowNumber, sent: RecommendationChange) -> Any:
    """Correct a recommendation that waits for its answer."""
    viewer = viewer_of(request)
    check(viewer, "routes.decide")
    get_object_or_404(queries.recommendations(viewer), pk=pk)
    return written(actions.change_recommendation, viewer, recommendation_id=pk, changes=given_of(sent))


@router.post("/recommendations/{pk}/answer", url_name="route_answer", response=RecommendationOut)
def answer(request: HttpRequest, pk: RowNumber, sent: AnswerIn) -> Any:
    """Write down what the owner said."""
    viewer = viewer_of(request)
    check(viewer, "routes.decide")
    get_object_or_404(queries.recommendations(viewer), pk=pk)
    return written(actions.answer_recommendation, viewer, recommendation_id=pk, **sent.dict())


@router.post("/recommendations/{pk}/work", url_name="route_open_work", response=RecommendationOut)
def open_work(request: HttpRequest, pk: RowNumber) -> Any:
    """Turn a recommendation that its owner agreed to into work."""
    viewer = viewer_of(request)
    check(viewer, "routes.decide")
    get_object_or_404(queries.recommendations(viewer), pk=pk)
    return written(actions.open_work_for, viewer, recommendation_id=pk)
