"""Saying what awards may buy and what works need, over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.errors import HttpError

from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.api.finding import award_of, done, line_of, work_of
from schoolward.domains.funding.api.shapes import (
    FactOut,
    LinkOut,
    OfferedOut,
    OptionOut,
    link_out,
    option_out,
)
from schoolward.domains.places import queries as places
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import Cents, Text

router = Router()


class ScopeIn(Schema):
    """What an award may buy in a plan. No trades are all trades, no sites all sites (short names).

    ``lines``: trades of single lines, by their codes; a line that is not named buys what the award may.
    """

    takes_part: bool
    reason: Text
    trades: list[Text] = []
    sites: list[Text] = []
    lines: dict[Text, list[Text]] = {}


class ScopeOut(Schema):
    """What an award may buy in a plan, as it was said."""

    award: str
    takes_part: bool
    trades: list[str]
    sites: list[str]
    lines: dict[str, list[str]]
    reason: str
    by_name: str


class FactIn(Schema):
    """A fact instead of a default: ``category``, ``lead_days``, ``benefit`` or ``bundle``."""

    fact: Text
    value: Text
    reason: Text


class FactName(Schema):
    """Which fact goes back to its default."""

    fact: Text


class LinkIn(Schema):
    """How a work is tied to another: ``requires``, ``conflicts`` or ``alternative``."""

    work: Text
    other: Text
    kind: Text
    reason: Text


class OptionIn(Schema):
    """What a work costs, and if wanted brings, where a fund pays it."""

    work: Text
    fund: Text
    cost_cents: Cents
    reason: Text
    benefit: float | None = None


class BundleIn(Schema):
    """Works that are paid together or not at all."""

    works: list[Text]
    bundle: Text
    reason: Text


@router.post("/scopes/{award}", url_name="funding_scope", response=ScopeOut)
def scope(request: HttpRequest, award: str, sent: ScopeIn) -> dict[str, Any]:
    """Say whether an award takes part in plans, and for which trades and sites."""
    check(viewer_of(request), "funding.plan")
    found = award_of(request, award)
    slugs = set(sent.sites)
    campuses = dict(places.campuses().filter(slug__in=slugs).values_list("slug", "pk"))
    if unknown := sorted(slugs - campuses.keys()):
        raise HttpError(422, f"sites: there is no site {unknown[0]!r}")
    made = done(
        request,
        actions.set_scope,
        award_id=found.pk,
        takes_part=sent.takes_part,
        trades=sent.trades,
        line_trades=sent.lines,
        campus_ids=list(campuses.values()),
        reason=sent.reason,
    )
    return {
        "award": found.key,
        "takes_part": made.takes_part,
        "trades": list(made.trade_list),
        "sites": sorted(campuses),
        "lines": made.line_trades,
        "reason": made.reason,
        "by_name": made.by_name,
    }


@router.post("/candidates/{reference}/facts", url_name="funding_fact", response=FactOut)
def say_fact(request: HttpRequest, reference: str, sent: FactIn) -> Any:
    """Say a fact of a work instead of its default, with a reason."""
    check(viewer_of(request), "funding.describe")
    return done(request, actions.say_fact, work_id=work_of(request, reference).pk, **sent.dict())


@router.post("/candidates/{reference}/defaults", url_name="funding_default", response={204: None})
def unsay_fact(request: HttpRequest, reference: str, sent: FactName) -> Status[None]:
    """Go back to the default of a fact."""
    check(viewer_of(request), "funding.describe")
    done(request, actions.unsay_fact, work_id=work_of(request, reference).pk, fact=sent.fact)
    return Status(204, None)


@router.get("/bundles", url_name="funding_bundles", response=list[OfferedOut])
def offered_bundles(request: HttpRequest) -> list[dict[str, Any]]:
    """Candidates that one trade could do in one area in one go, and that are in no bundle yet."""
    viewer = viewer_of(request)
    check(viewer, "funding.view")
    return [OfferedOut.of(one) for one in queries.offered_bundles(viewer, on=today(viewer.at))]


@router.post("/bundles", url_name="funding_bundle", response=list[FactOut])
def bundle(request: HttpRequest, sent: BundleIn) -> Any:
    """Say of several works that they are paid together or not at all."""
    check(viewer_of(request), "funding.describe")
    numbers = [work_of(request, reference).pk for reference in sent.works]
    return done(request, actions.bundle_works, work_ids=numbers, bundle=sent.bundle, reason=sent.reason)


@router.post("/links", url_name="funding_link", response={201: LinkOut})
def link(request: HttpRequest, sent: LinkIn) -> Status[Any]:
    """Say that a work needs another, cannot be done beside it, or takes its place."""
    check(viewer_of(request), "funding.describe")
    first, other = work_of(request, sent.work), work_of(request, sent.other)
    made = done(
        request,
        actions.link_works,
        work_id=first.pk,
        other_id=other.pk,
        kind=sent.kind,
        reason=sent.reason,
    )
    return Status(201, link_out(made))


@router.post("/links/{link_id}/remove", url_name="funding_link_remove", response={204: None})
def unlink(request: HttpRequest, link_id: int) -> Status[None]:
    """Take back that two works are tied."""
    viewer = viewer_of(request)
    check(viewer, "funding.describe")
    if not queries.links(viewer).filter(pk=link_id).exists():
        raise HttpError(404, f"there is no tie {link_id} that you may see")
    done(request, actions.unlink_works, link_id=link_id)
    return Status(204, None)


@router.post("/options", url_name="funding_option", response=OptionOut)
def price(request: HttpRequest, sent: OptionIn) -> Any:
    """Say what a work costs where a fund pays it. From then on only such funds may pay it."""
    check(viewer_of(request), "funding.describe")
    item, line = work_of(request, sent.work), line_of(request, sent.fund)
    made = done(
        request,
        actions.price_work,
        work_id=item.pk,
        line_id=line.pk,
        cost_cents=sent.cost_cents,
        benefit=sent.benefit,
        reason=sent.reason,
    )
    return option_out(made)


@router.post("/options/{option_id}/remove", url_name="funding_option_remove", response={204: None})
def unprice(request: HttpRequest, option_id: int) -> Status[None]:
    """Take back the price of a work at a fund."""
    viewer = viewer_of(request)
    check(viewer, "funding.describe")
    if not queries.options(viewer).filter(pk=option_id).exists():
        raise HttpError(404, f"there is no price {option_id} that you may see")
    done(request, actions.unprice_work, option_id=option_id)
    return Status(204, None)
