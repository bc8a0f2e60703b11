"""Grants over HTTP: awards and how they stand, their ledgers, entries, reports and positions."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.actions import NewEntry
from schoolward.domains.grants.calendars import calendar_of
from schoolward.domains.grants.models import Award, Entry, ReportDue
from schoolward.domains.grants.queries import Standing
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import Cents, RowNumber, Slices, Text
from schoolward.protocols.icalendar import MEDIA_TYPE

router = Router()


class BalancesOut(Schema):
    """The balances in cents. ``unliquidated``: obligated and not paid."""

    budgeted: int
    obligated: int
    unliquidated: int
    expended: int
    drawn: int
    matched: int


class LapseOut(Schema):
    """What will lapse, in cents, with the ends of its 80 percent interval."""

    days_left: int
    unspent: int
    expected: int
    low: int
    high: int


class AwardOut(Schema):
    """An award as it stands on a day. ``elapsed`` and ``spent`` are shares from 0 to 1."""

    key: str
    title: str
    funder_name: str
    funder: str
    number: str
    aln: str
    amount_cents: int
    awarded_on: date
    start: date
    end: date
    match_required_cents: int
    closed_on: date | None
    invented_ledger: bool
    on: date
    balances: BalancesOut
    elapsed: float
    spent: float
    lapse: LapseOut | None


class EntryOut(Schema):
    """An entry of a ledger, in signed cents."""

    id: int
    kind: str
    line: str | None
    amount_cents: int
    on: date
    incurred_on: date
    description: str
    document: str
    payee: str
    external_id: str
    obligation: int | None = Field(None, alias="obligation_id")
    reverses: int | None = Field(None, alias="reverses_id")
    invented: bool

    @staticmethod
    def resolve_line(entry: Entry) -> str | None:
        """The line's code."""
        return entry.line.code if entry.line else None


class EntryIn(Schema):
    """An entry to make. ``line`` is the code of a budget line; draws and match have none."""

    kind: Text
    amount_cents: Annotated[Cents, Field(strict=True)]
    on: date
    description: Text
    line: Text | None = None
    incurred_on: date | None = None
    document: Text = ""
    payee: Text = ""
    external_id: Text = ""
    match_kind: Text = ""
    adds_to_local_money: bool = False
    agreement: Text = ""
    obligation: RowNumber | None = None


class ReportOut(Schema):
    """A report that is owed."""

    award: str
    kind: str
    start: date
    end: date
    due: date
    is_final: bool
    submitted_on: date | None

    @staticmethod
    def resolve_award(report: ReportDue) -> str:
        """The award's short name."""
        return report.award.key


class SpanOut(Schema):
    """Days on which the same sources pay the same part; ``share`` in hundredths of a percent."""

    start: date
    end: date
    share: int
    sources: list[str]


class PositionOut(Schema):
    """A post: until when it is paid in full, and every span of its pay."""

    key: str
    title: str
    annual_cents: int
    program: str
    secured_to: date | None
    share_after: int
    spans: list[SpanOut]


class LineOut(Schema):
    """A line of the financial report."""

    code: str
    title: str
    cents: int


def _out(stood: Standing) -> dict[str, Any]:
    award, lapse = stood.award, stood.lapse
    computed = {"on", "balances", "elapsed", "spent", "lapse"}
    return {
        **{name: getattr(award, name) for name in AwardOut.model_fields if name not in computed},
        "on": stood.on,
        "balances": {name: getattr(stood.balances, name) for name in BalancesOut.model_fields},
        "elapsed": round(stood.elapsed, 6),
        "spent": round(stood.spent, 6),
        "lapse": None if lapse is None else {name: getattr(lapse, name) for name in LapseOut.model_fields},
    }


def _found(request: HttpRequest, key: str) -> Award:
    award = queries.awards(viewer_of(request)).filter(key=key).first()
    if award is None:
        raise HttpError(404, f"there is no award {key!r}")
    return award


@router.get("", url_name="grants", response=list[AwardOut])
def awards(request: HttpRequest, as_of: date | None = None) -> list[dict[str, Any]]:
    """All awards, and how each stands at the end of ``as_of`` (today if not given)."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return [_out(one) for one in queries.standings(queries.awards(viewer), on=as_of or today(viewer.at))]


@router.get("/reports", url_name="grant_reports", response=list[ReportOut])
@paginate(Slices)
def reports(request: HttpRequest, open: bool = True) -> QuerySet[ReportDue]:
    """Reports that are owed, the earliest due first; with ``open=false`` those that were sent, too."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    rows = queries.reports_due(viewer)
    return rows.filter(submitted_on__isnull=True) if open else rows


@router.get("/positions", url_name="grant_positions", response=list[PositionOut])
def positions(request: HttpRequest, as_of: date | None = None) -> list[dict[str, Any]]:
    """Posts and who pays them, the nearest cliff first."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    posts = queries.posts(queries.positions(viewer), on=as_of or today(viewer.at))
    return [
        {
            **{name: getattr(post.position, name) for name in ("key", "title", "annual_cents", "program")},
            "secured_to": post.cliff.secured_to,
            "share_after": post.cliff.share_after,
            "spans": [
                {"start": s.start, "end": s.end, "share": s.share, "sources": list(s.sources)}
                for s in post.spans
            ],
        }
        for post in posts
    ]


@router.get("/calendar.ics", url_name="grant_calendar")
def calendar(request: HttpRequest) -> HttpResponse:
    """What is due, as a calendar (RFC 5545): reports, ends of periods, last days to pay."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    made = calendar_of(viewer, on=today(viewer.at), at=viewer.at, root=request.build_absolute_uri("/"))
    return HttpResponse(made, content_type=MEDIA_TYPE)


@router.get("/{key}", url_name="grant", response=AwardOut)
def award(request: HttpRequest, key: str, as_of: date | None = None) -> dict[str, Any]:
    """One award as it stands on a day."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return _out(queries.standing(_found(request, key), on=as_of or today(viewer.at)))


@router.get("/{key}/entries", url_name="grant_entries", response=list[EntryOut])
@paginate(Slices)
def entries(request: HttpRequest, key: str, kind: str | None = None) -> QuerySet[Entry]:
    """The ledger of an award, the oldest entry first."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    rows = queries.entries(viewer).filter(award=_found(request, key)).order_by("on", "pk")
    return rows if kind is None else rows.filter(kind=kind)


@router.post("/{key}/entries", url_name="grant_entry_new", response={201: EntryOut})
def post_entry(request: HttpRequest, key: str, sent: EntryIn) -> Status[Any]:
    """Make an entry. What a rule blocks is answered with 422, the rule and the way out."""
    viewer = viewer_of(request)
    check(viewer, "grants.post")
    award = _found(request, key)
    values = sent.dict()
    code, obligation = values.pop("line"), values.pop("obligation")
    line = award.lines.filter(code=code).first() if code else None
    if code and line is None:
        raise HttpError(422, f"line: the award has no line {code!r}")
    new = NewEntry(award.pk, line_id=line.pk if line else None, obligation_id=obligation, **values)
    try:
        entry = actions.post(new=new, by=viewer, at=now(viewer.at))
    except actions.GrantRefused as refusal:
        raise HttpError(422, f"{refusal.field}: {refusal}" if refusal.field else str(refusal)) from refusal
    return Status(201, entry)


@router.get("/{key}/financial-report", url_name="grant_financial_report", response=list[LineOut])
def financial_report(request: HttpRequest, key: str, until: date | None = None) -> list[Any]:
    """The lines of the SF-425, cumulative to the end of ``until`` (today if not given)."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return list(queries.financial_report(_found(request, key), until=until or today(viewer.at)))
