"""Travel over HTTP: seasons, comparisons, tallies and parents' answers."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Schema, Status
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.analysis.travel import Share
from schoolward.domains.places.queries import campus_names
from schoolward.domains.routes import actions, queries
from schoolward.domains.routes.api.routing import router, written
from schoolward.domains.routes.models import ClassTally, Mode, ParentSurvey
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber, Slices, Text

Hands = Annotated[int, Field(ge=0, le=60)]


class ShareOut(Schema):
    """A share of trips on foot or by bike, from 0 to 1, with the ends of its 95 percent interval."""

    active: int
    trips: int
    classes: int
    value: float | None
    low: float | None
    high: float | None
    design_effect: float


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


class ComparisonOut(Schema):
    """Two times. Differences are shares, from -1 to 1; all is null where one is withheld or not collected."""

    withheld: bool
    invented: bool
    before: ShareOut | None
    after: ShareOut | None
    difference: float | None
    low: float | None
    high: float | None
    p_value: float | None
    is_clear: bool
    classes_in_both: int | None


class TallyOut(Schema):
    """Hands of one class on one day, one way."""

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


def _share(found: Share | None) -> dict[str, Any] | None:
    names = ("active", "trips", "classes", "value", "low", "high", "design_effect")
    return None if found is None else {name: getattr(found, name) for name in names}


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
                "share": _share(row.share),
            }
            for row in rows
        ],
        "modes": queries.by_mode(viewer, *queries.days_of_season(*chosen)) if chosen else {},
    }


class Times(Schema):
    """The two times, both ends included, and the site; all of the caller's sites without one."""

    before_from: date | None = None
    before_to: date | None = None
    after_from: date | None = None
    after_to: date | None = None
    campus_id: RowNumber | None = None


@router.get("/comparison", url_name="route_comparison", response=ComparisonOut)
def comparison(request: HttpRequest, asked: Query[Times]) -> dict[str, Any]:
    """Two times side by side, with classes as clusters."""
    viewer = viewer_of(request)
    check(viewer, "routes.view")
    first, second = (asked.before_from, asked.before_to), (asked.after_from, asked.after_to)
    if first[0] is None or first[1] is None or second[0] is None or second[1] is None:
        # Asked only now: whoever may not see it is not told what is wanting.
        raise HttpError(422, "before_from, before_to, after_from, after_to: give all four days")
    if first[1] < first[0] or second[1] < second[0]:
        raise HttpError(422, "before_to, after_to: the last day lies before the first")
    if second[0] <= first[1]:
        raise HttpError(422, "after_from: the second time begins before the first has ended")
    found = queries.two_times(
        viewer,
        (first[0], first[1]),
        (second[0], second[1]),
        campus_ids=None if asked.campus_id is None else [asked.campus_id],
    )
    made = found.comparison
    names = ("difference", "low", "high", "p_value")
    return {
        "withheld": found.withheld,
        "invented": found.invented,
        "before": _share(made.before) if made else None,
        "after": _share(made.after) if made else None,
        **{name: getattr(made, name) if made else None for name in names},
        "is_clear": bool(made and made.is_clear),
        "classes_in_both": made.in_both if made else None,
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
    """What parents answered in a season; counts under eleven are hidden with what would give them away."""
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
