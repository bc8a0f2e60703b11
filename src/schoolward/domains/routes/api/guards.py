"""Posts of crossing guards over HTTP: where and when somebody is to stand, and who does."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date, time
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Schema, Status
from ninja.pagination import paginate

from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.api.barriers import PointsOut
from schoolward.domains.routes.api.routing import router, written
from schoolward.domains.routes.models import GuardAssignment, GuardPost
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber, Slices, Text

Guards = Annotated[int, Field(ge=1, le=10)]


class PostOut(Schema):
    """A guard's post. Who stands there is not told here."""

    id: int
    reference: str
    crossing_id: int
    agency_id: int
    morning_begins: time | None
    morning_ends: time | None
    afternoon_begins: time | None
    afternoon_ends: time | None
    guards: int
    valid_from: date
    valid_to: date | None
    invented: bool


class PostIn(Schema):
    """A post as a whole: both ends of the morning's hours, of the afternoon's, or of both. No names in the
    note."""

    agency_id: RowNumber
    morning_begins: time | None = None
    morning_ends: time | None = None
    afternoon_begins: time | None = None
    afternoon_ends: time | None = None
    guards: Guards = 1
    valid_from: date
    valid_to: date | None = None
    note: Annotated[str, Field(max_length=200)] = ""


class NewPostIn(PostIn):
    """A post to be set up; it gets a reference where it is given none."""

    reference: Annotated[str, Field(max_length=40)] = ""


class AssignmentOut(Schema):
    """Guards at a post: an account, or a number whom only their agency knows."""

    id: int
    post_id: int
    account: str | None
    guards: int
    shift: str
    valid_from: date
    valid_to: date | None

    @staticmethod
    def resolve_account(made: GuardAssignment) -> str | None:
        """The account's name."""
        return made.account.name if made.account is not None else None


class AssignmentIn(Schema):
    """Who stands at a post. ``shift`` is ``morning``, ``afternoon`` or ``both``."""

    valid_from: date
    valid_to: date | None = None
    account_id: RowNumber | None = None
    guards: Guards = 1
    shift: Text = "both"


class EndIn(Schema):
    """The last day of an assignment."""

    last_day: date


def _posts(viewer: Viewer, on: date | None) -> QuerySet[GuardPost]:
    rows = queries.posts(viewer) if on is None else queries.posts_on(viewer, on)
    return rows.order_by("reference")


@router.get("/posts", url_name="route_posts", response=list[PostOut])
@paginate(Slices)
def posts(request: HttpRequest, on: date | None = None) -> QuerySet[GuardPost]:
    """Posts of guards by reference; those that exist on a day."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return _posts(viewer, on)


@router.get("/posts.geojson", url_name="route_post_points", response=PointsOut)
def points(request: HttpRequest, on: date | None = None) -> dict[str, Any]:
    """Posts as GeoJSON, at their crossings. Who stands there is not told."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return queries.guard_points(_posts(viewer, on))


@router.post("/crossings/{pk}/posts", url_name="route_post_set", response={201: PostOut})
def set_up(request: HttpRequest, pk: RowNumber, sent: NewPostIn) -> Status[GuardPost]:
    """Set up a post at a crossing."""
    viewer = viewer_of(request)
    check(viewer, "routes.manage")
    get_object_or_404(queries.crossings(viewer), pk=pk)
    return Status(201, _kept(viewer, sent, crossing_id=pk))


@router.get("/posts/{pk}", url_name="route_post", response=PostOut)
def post(request: HttpRequest, pk: RowNumber) -> GuardPost:
    """One post."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    return get_object_or_404(queries.posts(viewer), pk=pk)


@router.put("/posts/{pk}", url_name="route_post_change", response=PostOut)
def change(request: HttpRequest, pk: RowNumber, sent: PostIn) -> Any:
    """Change a post's hours, days or agency."""
    viewer = viewer_of(request)
    check(viewer, "routes.manage")
    one = get_object_or_404(queries.posts(viewer), pk=pk)
    return _kept(viewer, sent, crossing_id=one.crossing_id, post_id=pk)


def _kept(viewer: Viewer, sent: PostIn, **named: Any) -> Any:
    values = sent.dict()
    told = {name: values.pop(name) for name in ("agency_id", "reference") if name in values}
    return written(actions.keep_post, viewer, values=values, **told, **named)


@router.get("/posts/{pk}/assignments", url_name="route_assignments", response=list[AssignmentOut])
def assignments(request: HttpRequest, pk: RowNumber) -> QuerySet[GuardAssignment]:
    """Who stands at a post, for those who run guards."""
    viewer = viewer_of(request)
    check(viewer, "routes.lead")
    one = get_object_or_404(queries.posts(viewer), pk=pk)
    return queries.assignments(viewer).filter(post=one).order_by("valid_from", "pk")


@router.post("/posts/{pk}/assignments", url_name="route_assign", response={201: AssignmentOut})
def assign(request: HttpRequest, pk: RowNumber, sent: AssignmentIn) -> Status[GuardAssignment]:
    """Put guards at a post."""
    viewer = viewer_of(request)
    check(viewer, "routes.manage")
    get_object_or_404(queries.posts(viewer), pk=pk)
    return Status(201, written(actions.assign_guard, viewer, post_id=pk, **sent.dict()))


@router.post("/assignments/{pk}/end", url_name="route_assignment_end", response=AssignmentOut)
def end(request: HttpRequest, pk: RowNumber, sent: EndIn) -> Any:
    """Say on which day an assignment ends."""
    viewer = viewer_of(request)
    check(viewer, "routes.manage")
    get_object_or_404(queries.assignments(viewer), pk=pk)
    return written(actions.end_assignment, viewer, assignment_id=pk, **sent.dict())
