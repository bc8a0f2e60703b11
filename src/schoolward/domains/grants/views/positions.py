"""Pages of posts: the timeline of who pays them, and keeping that."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.charts import cliff_chart
from schoolward.domains.grants.forms import FundingForm, PositionForm
from schoolward.domains.grants.purposes import initiative_keys
from schoolward.domains.grants.views.finding import funding_or_404, position_or_404
from schoolward.domains.grants.views.saving import kept
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, confirm_page, sent

SOON_MONTHS = 6


@require_safe
@requires("grants.view")
def positions(request: HttpRequest) -> HttpResponse:
    """Every post, who pays it until when, and which cliff is the nearest."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    posts = [post for post in queries.posts(queries.positions(viewer), on=day) if not post.is_over]
    near = [post for post in posts if post.months < SOON_MONTHS and not post.cliff.is_beyond]
    programs: dict[str, float] = {}
    for post in posts:
        title = post.position.program_title or _("No program")
        programs[title] = min(post.months, programs.get(title, post.months))
    context = {
        "posts": posts,
        "programs": sorted(programs.items(), key=lambda pair: pair[1]),
        "chart": cliff_chart(posts, on=day) if posts else "",
        "lead": ngettext(
            "%(count)s of %(all)s posts is not paid in full six months from now.",
            "%(count)s of %(all)s posts are not paid in full six months from now.",
            len(near),
        )
        % {"count": len(near), "all": len(posts)}
        if posts
        else "",
        "may_manage": may(viewer, "grants.manage"),
        "on": day,
    }
    return render(request, "grants/positions.html", context)


@FORM
@requires("grants.manage")
def position_new(request: HttpRequest) -> HttpResponse:
    """Enter a post."""
    viewer = viewer_of(request)
    form = PositionForm(sent(request), viewer=viewer)

    return kept(
        request,
        form,
        lambda: actions.add_position(by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Entered. Say next who pays it."),
        back=reverse("grants:positions"),
        title=_("Enter a post"),
        lead=_("A post is not a person: no name is kept here."),
        button=_("Enter"),
    )


@FORM
@requires("grants.manage")
def position_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is said of a post."""
    viewer = viewer_of(request)
    position = position_or_404(viewer, key)
    number = position.program.rpartition(":")[2]
    serves = initiative_keys(viewer).get(int(number), "") if number else ""
    form = PositionForm(sent(request), viewer=viewer, initial=PositionForm.initial_of(position, serves))
    return kept(
        request,
        form,
        lambda: actions.change_position(
            position_id=position.pk, changes=form.arguments(), by=viewer, at=now(viewer.at)
        ),
        said=_("Saved."),
        back=reverse("grants:positions"),
        title=_("Change: %(title)s") % {"title": position.title},
        lead=_("A post is not a person: no name is kept here. What it was before stays on record."),
        button=_("Save"),
    )


@FORM
@requires("grants.manage")
def fund(request: HttpRequest, key: str) -> HttpResponse:
    """Say who pays a part of a post."""
    viewer = viewer_of(request)
    position = position_or_404(viewer, key)
    awards = list(queries.awards(viewer).filter(closed_on__isnull=True))
    form = FundingForm(sent(request), awards=awards)
    return kept(
        request,
        form,
        lambda: actions.fund_position(
            position_id=position.pk, by=viewer, at=now(viewer.at), **form.arguments()
        ),
        said=_("Entered."),
        back=reverse("grants:positions"),
        title=_("Who pays: %(title)s") % {"title": position.title},
        lead=_("An award pays within its period, and all sources together no more than the whole."),
        button=_("Enter"),
    )


@FORM
@requires("grants.manage")
def funding_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Set right who pays which part of a post, and when."""
    viewer = viewer_of(request)
    funding = funding_or_404(viewer, pk)
    awards = list(queries.awards(viewer).filter(Q(closed_on__isnull=True) | Q(pk=funding.award_id)))
    form = FundingForm(sent(request), awards=awards, initial=FundingForm.initial_of(funding))
    return kept(
        request,
        form,
        lambda: actions.change_funding(funding_id=pk, by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Saved."),
        back=reverse("grants:positions"),
        title=_("Change who pays: %(title)s") % {"title": funding.position.title},
        lead=_("Where dates or percentages were mistyped or have changed. What it was stays on record."),
        button=_("Save"),
    )


@FORM
@requires("grants.manage")
def funding_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a source that was entered wrongly."""
    viewer = viewer_of(request)
    funding = funding_or_404(viewer, pk)
    if request.method == "POST":
        actions.remove_funding(funding_id=pk, by=viewer, at=now(viewer.at))
        return redirect("grants:positions")
    return confirm_page(
        request,
        title=_("Remove %(source)s from %(post)s")
        % {"source": funding.source_name, "post": funding.position},
        consequences=_("The post is then not paid from it. The audit keeps what stood here."),
        button=_("Remove"),
        back=reverse("grants:positions"),
    )
