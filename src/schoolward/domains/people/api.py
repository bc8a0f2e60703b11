"""Contact cards and whom to call, over HTTP."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.errors import HttpError

from schoolward.domains.people.actions import UnfitNumber, keep_number
from schoolward.domains.people.actions.numbers import PERMISSION
from schoolward.domains.people.models import ResponseNumber, Serves, Use
from schoolward.domains.people.queries import people as visible_people
from schoolward.domains.people.queries import response_numbers
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import readable
from schoolward.platform.access.views import viewer_of

router = Router()
FIELDS = ("name", "position", "phone", "email")


class PersonOut(Schema):
    """A contact card. A field that the caller may not read is absent."""

    id: int
    agency: str
    invented: bool
    name: str | None = None
    position: str | None = None
    phone: str | None = None
    email: str | None = None


@router.get("", url_name="people", response=list[PersonOut], exclude_unset=True)
def people(request: HttpRequest) -> list[dict[str, Any]]:
    """Staff of the partnership."""
    viewer = viewer_of(request)
    check(viewer, "people.view")
    return [
        {
            "id": person.pk,
            "agency": person.agency.key,
            "invented": person.invented,
            **{name: getattr(person, name) for name in FIELDS if readable(person, name, viewer)},
        }
        for person in visible_people(viewer).filter(active=True)
    ]


class NumberOut(Schema):
    """Whom to call about ground of a jurisdiction. ``agency`` is the agency's short key."""

    id: int
    serves: str
    use: str
    agency: str
    title: str
    phone: str

    @staticmethod
    def resolve_agency(number: ResponseNumber) -> str:
        return str(number.agency.key)


class NumberIn(Schema):
    """A number to keep. What is kept for the same ground and use gives way to it."""

    serves: Serves
    use: Use
    agency: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]
    title: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")]
    phone: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]


@router.get("/numbers", url_name="response_numbers", response=list[NumberOut])
def numbers(request: HttpRequest) -> Any:
    """Whom the alarm desk calls: police by the jurisdiction of the site, and the guard desk."""
    viewer = viewer_of(request)
    check(viewer, "people.view")
    return response_numbers(viewer)


@router.post("/numbers", url_name="response_number_keep", response={200: NumberOut, 201: NumberOut})
def number_keep(request: HttpRequest, told: NumberIn) -> Status[ResponseNumber]:
    """Keep a number: 201 where there was none for this ground and use, 200 where one was changed."""
    viewer = viewer_of(request)
    check(viewer, PERMISSION)
    agency = agencies().filter(key=told.agency).first()
    if agency is None:
        raise HttpError(404, "there is no agency of this key")
    try:
        kept = keep_number(
            serves=told.serves,
            use=told.use,
            agency=agency,
            title=told.title,
            phone=told.phone,
            by=viewer,
            at=viewer.at,
        )
    except UnfitNumber as refusal:
        raise HttpError(422, str(refusal)) from refusal
    return Status(201 if kept.outcome == "created" else 200, kept.row)
