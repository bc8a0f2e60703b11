"""Posts and who pays them, over HTTP."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.errors import HttpError

from schoolward.analysis.grants.parts import in_hundredths, percent
from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.api.finding import award_of, done, form_of, one_of, refused
from schoolward.domains.grants.api.shapes import PositionOut, PostFundingOut
from schoolward.domains.grants.forms import FundingForm, PositionForm
from schoolward.domains.grants.models import Position, PositionFunding
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import Cents, Text, cleaned

router = Router()


class PositionIn(Schema):
    """A post, not the person in it. ``initiative``: the short name of what it serves."""

    title: Text
    annual_cents: Cents
    starts: date
    ends: date | None = None
    initiative: Text = ""


class PostFundingIn(Schema):
    """Who pays which part: an award by its short name, or another source. ``part``: 25, 33.33 or 1/3."""

    part: Text
    start: date
    end: date
    award: Text = ""
    local_source: Text = ""


def _position(request: HttpRequest, key: str) -> Position:
    rows = queries.positions(viewer_of(request)).filter(key=key)
    found: Position = one_of(rows, f"position {key!r}")
    return found


def _told(request: HttpRequest, rows: Any, on: date | None = None) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(post.position, name) for name in ("key", "title", "annual_cents", "program")},
            "funding": [PostFundingOut.of(one) for one in post.position.funding.all()],
            "secured_to": post.cliff.secured_to,
            "share_after": in_hundredths(post.cliff.share_after),
            "spans": [
                {
                    "start": span.start,
                    "end": span.end,
                    "share": in_hundredths(span.share),
                    "part": percent(span.share),
                    "sources": list(span.sources),
                }
                for span in post.spans
            ],
        }
        for post in queries.posts(rows, on=on or today(viewer_of(request).at))
    ]


@router.get("/positions", url_name="grant_positions", response=list[PositionOut])
def positions(request: HttpRequest, as_of: date | None = None) -> list[dict[str, Any]]:
    """Posts and who pays them, the nearest cliff first."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return _told(request, queries.positions(viewer), as_of)


@router.post("/positions", url_name="grant_position_add", response={201: PositionOut})
def add(request: HttpRequest, sent: PositionIn) -> Status[Any]:
    """Enter a post."""
    check(viewer_of(request), "grants.manage")
    made = done(request, actions.add_position, **_said(request, sent))
    return Status(201, _told(request, [_position(request, made.key)])[0])


@router.put("/positions/{key}", url_name="grant_position_change", response=PositionOut)
def change(request: HttpRequest, key: str, sent: PositionIn) -> dict[str, Any]:
    """Change what is said of a post; its short name stays."""
    check(viewer_of(request), "grants.manage")
    found = _position(request, key)
    done(request, actions.change_position, position_id=found.pk, changes=_said(request, sent))
    return _told(request, [_position(request, key)])[0]


def _said(request: HttpRequest, sent: PositionIn) -> dict[str, Any]:
    form = PositionForm(form_of(sent), viewer=viewer_of(request))
    cleaned(form)
    try:
        return form.arguments()
    except actions.GrantRefused as refusal:
        raise refused(refusal) from refusal


@router.post("/positions/{key}/funding", url_name="grant_position_fund", response={201: PostFundingOut})
def fund(request: HttpRequest, key: str, sent: PostFundingIn) -> Status[Any]:
    """Say that a source pays a part of a post."""
    check(viewer_of(request), "grants.manage")
    found = _position(request, key)
    made = done(request, actions.fund_position, position_id=found.pk, **_part(request, sent))
    return Status(201, PostFundingOut.of(made))


def _funding(request: HttpRequest, funding_id: int) -> PositionFunding:
    rows = visible(PositionFunding.objects.filter(pk=funding_id), viewer_of(request))
    found: PositionFunding = one_of(rows, f"funding {funding_id}")
    return found


@router.put("/positions/funding/{funding_id}", url_name="grant_funding_change", response=PostFundingOut)
def change_funding(request: HttpRequest, funding_id: int, sent: PostFundingIn) -> dict[str, Any]:
    """Set right who pays which part of a post, and when."""
    check(viewer_of(request), "grants.manage")
    found = _funding(request, funding_id)
    made = done(request, actions.change_funding, funding_id=found.pk, **_part(request, sent))
    return PostFundingOut.of(made)


@router.post("/positions/funding/{funding_id}/remove", url_name="grant_funding_remove", response={204: None})
def remove_funding(request: HttpRequest, funding_id: int) -> Status[None]:
    """Take back a source that was entered wrongly."""
    check(viewer_of(request), "grants.manage")
    done(request, actions.remove_funding, funding_id=_funding(request, funding_id).pk)
    return Status(204, None)


def _part(request: HttpRequest, sent: PostFundingIn) -> dict[str, Any]:
    awards = [award_of(request, sent.award)] if sent.award else []
    values = form_of(sent, percent=sent.part, award_id=awards[0].pk if awards else None)
    form = FundingForm(values, awards=awards)
    try:
        cleaned(form)
    except HttpError as error:
        raise HttpError(422, str(error).replace("percent:", "part:")) from error
    return form.arguments()
