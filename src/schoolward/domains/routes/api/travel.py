"""Travel over HTTP: seasons, tallies and parents' answers."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Schema, Status
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.domains.places.queries import campus_names
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.api.comparing import ShareOut, share_of
from schoolward.domains.routes.api.routing import router, written
from schoolward.domains.routes.models import ClassTally, Mode, ParentSurvey
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber, Slices, Text

Hands = Annotated[int, Field(ge=0, le=60)]


class SiteSeasonOut(Schema):
    """A season at a site. ``share`` is null where it is withheld."""

    campus_id: int
    site: str
    classes: int
    share: ShareOut | None


class SeasonOut(Schema):
    """A season: sites, and trips by mode. A mode that is null is hidden: fewer than eleven, or next to such.

    ``season`` and ``sites`` are empty where no class has tallied.
    """

    season: str
    seasons: list[str]
    sites: list[SiteSeasonOut]
    modes: dict[str, int | None]


class TallyOut(Schema):
    """Hands of one class on one day, one way. One that is set aside counts no more: a later one stands."""

    id: int
    campus_id: int
    class_label: str
    grade: str
    enrolled: int
    day: date
    direction: str
    weather: str
    walk: int
    bike: int
    school_bus: int
    family_vehicle: int
    carpool: int
    transit: int
    other: int
    is_set_aside: bool
    invented: bool


class TallyIn(Schema):
    """A tally. Sent again for the same class, day and direction, it corrects itself. No names."""

    campus_id: RowNumber
    class_label: Text
    grade: Text
    enrolled: Hands
    day: date
    direction: Text
    weather: Text
    walk: Hands = 0
    bike: Hands = 0
    school_bus: Hands = 0
    family_vehicle: Hands = 0
    carpool: Hands = 0
    transit: Hands = 0
    other: Hands = 0


class TallyCorrectionIn(TallyIn):
    """A tally as it should have been sent. ``replace`` takes away another that stands at its new place."""

    replace: bool = False


class SurveyIn(Schema):
    """A parent's short form: no name, no address, no class."""

    campus_id: RowNumber
    day: date
    grade: Text
    distance: Text
    mode: Text
    allowed: Text
    changes: list[Text] = []
    number: Text = ""


class SurveyKept(Schema):
    """The number under which a form is kept."""

    number: str


class AnswerRow(Schema):
    """A site's counts in the order of the answers; null where hidden. Site 0 stands for all."""

    campus_id: int
    site: str
    counts: list[int | None]
    forms: int | None


class QuestionOut(Schema):
    """One question of the parents' form."""

    key: str
    answers: list[str]
    rows: list[AnswerRow]


def _season(asked: str | None, seasons: list[Any]) -> Any:
    told = {f"{year}-{season.value}": (year, season) for year, season in seasons}
    if asked is None:
        return seasons[0] if seasons else None
    if asked not in told:
        raise HttpError(422, f"season: one of {', '.join(told) or 'none yet'}")
    return told[asked]


@router.get("/travel", url_name="route_travel", response=SeasonOut)
def travel(request: HttpRequest, season: str | None = None) -> dict[str, Any]:
    """A season, such as ``2012-spring``; the newest where none is asked for."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    seasons = queries.seasons(viewer, most=20)
    chosen = _season(season, seasons)
    names = campus_names()
    rows = queries.by_site(viewer, *chosen) if chosen else []
    return {
        "season": f"{chosen[0]}-{chosen[1].value}" if chosen else "",
        "seasons": [f"{year}-{half.value}" for year, half in seasons],
        "sites": [
            {
                "campus_id": row.campus_id,
                "site": names[row.campus_id],
                "classes": row.classes,
                "share": share_of(row.share),
            }
            for row in rows
        ],
        "modes": queries.by_mode(viewer, *queries.days_of_season(*chosen)) if chosen else {},
    }


@router.get("/tallies", url_name="route_tallies", response=list[TallyOut])
@paginate(Slices)
def tallies(
    request: HttpRequest, campus_id: RowNumber | None = None, day: date | None = None
) -> QuerySet[ClassTally]:
    """Tallies, the newest first; of one site or day. For those who tally or answer for the numbers."""
    viewer = viewer_of(request)
    check(viewer, "routes.tally")
    rows = queries.tallies(viewer)
    if campus_id is not None:
        rows = rows.filter(campus_id=campus_id)
    return rows if day is None else rows.filter(day=day)


@router.post("/tallies", url_name="route_tally", response={201: TallyOut})
def tally(request: HttpRequest, sent: TallyIn) -> Status[ClassTally]:
    """Send a tally. Safe to be sent twice."""
    viewer = viewer_of(request)
    check(viewer, "routes.tally")
    given = sent.dict()
    counts = {mode: given.pop(mode) for mode in Mode.values}
    return Status(201, written(actions.keep_tally, viewer, counts=counts, **given))


@router.get("/tallies/{pk}", url_name="route_tally_one", response=TallyOut)
def one_tally(request: HttpRequest, pk: RowNumber) -> ClassTally:
    """One tally."""
    viewer = viewer_of(request)
    check(viewer, "routes.tally")
    return get_object_or_404(queries.tallies(viewer), pk=pk)


@router.put("/tallies/{pk}", url_name="route_tally_correct", response=TallyOut)
def correct_tally(request: HttpRequest, pk: RowNumber, sent: TallyCorrectionIn) -> ClassTally:
    """Correct a tally, also in its site, class, day and direction: it moves there. Where another stands
    already, 422 says so, until ``replace`` takes that one away."""
    viewer = viewer_of(request)
    check(viewer, "routes.tally")
    get_object_or_404(queries.tallies(viewer), pk=pk)
    given = sent.dict()
    counts = {mode: given.pop(mode) for mode in Mode.values}
    made: ClassTally = written(actions.keep_tally, viewer, tally_id=pk, counts=counts, **given)
    return made


@router.delete("/tallies/{pk}", url_name="route_tally_remove", response={204: None})
def remove_tally(request: HttpRequest, pk: RowNumber) -> Status[None]:
    """Take a tally away that was sent for the wrong class or day. That it was there is kept."""
    viewer = viewer_of(request)
    check(viewer, "routes.tally")
    get_object_or_404(queries.tallies(viewer), pk=pk)
    written(actions.remove_tally, viewer, tally_id=pk)
    return Status(204, None)


@router.get("/surveys", url_name="route_surveys", response=list[QuestionOut])
def surveys(request: HttpRequest, season: str | None = None) -> list[dict[str, Any]]:
    """What parents answered in a season; counts under eleven are hidden with what would give them
    away. A site's forms count in groups of eleven, as they come in; the rest wait."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    chosen = _season(season, queries.survey_seasons())
    told = queries.answers(viewer, *chosen).questions if chosen else ()
    return [
        {
            "key": one.key,
            "answers": list(one.answers),
            "rows": [
                {"campus_id": site, "site": name, "counts": list(counts), "forms": total}
                for site, name, counts, total in one.rows
            ],
        }
        for one in told
    ]


@router.post("/surveys", url_name="route_survey", response={201: SurveyKept})
def survey(request: HttpRequest, sent: SurveyIn) -> Status[ParentSurvey]:
    """Send a parent's form."""
    viewer = viewer_of(request)
    check(viewer, "routes.survey")
    return Status(201, written(actions.keep_survey, viewer, **sent.dict()))
