"""Saying of works what a plan needs to know: each page is one form and one action."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.forms import BundleForm, FactForm, PriceForm, TieForm
from schoolward.domains.funding.models import FactKind
from schoolward.domains.funding.queries import FOR_WORKS
from schoolward.domains.funding.views.finding import price_or_404, tie_or_404, work_or_404
from schoolward.domains.funding.views.saving import kept
from schoolward.domains.grants import queries as grants
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, confirm_page, is_done, sent


def page_of(work_id: int) -> str:
    """The address of a work as a plan sees it."""
    return reverse("funding:candidate", args=[work_id])


@FORM
@requires("funding.describe")
def say(request: HttpRequest, pk: int, fact: str) -> HttpResponse:
    """Say a fact of a work instead of its default."""
    viewer = viewer_of(request)
    item = work_or_404(viewer, pk)
    if fact not in FactKind.values:
        raise Http404
    before = queries.facts(viewer).filter(work=item, fact=fact).first()
    initial = {"value": before.value, "reason": before.reason} if before else {}
    form = FactForm(sent(request), fact=fact, initial=initial)
    return kept(
        request,
        form,
        lambda: actions.say_fact(work_id=pk, fact=fact, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Kept. It holds for plans that are made from now on."),
        back=page_of(pk),
        title=_("%(fact)s: %(work)s") % {"fact": FactKind(fact).label, "work": item},
        lead=_("What you say stands instead of the default, with your name and your reason beside it."),
        button=_("Save"),
    )


@FORM
@requires("funding.describe")
def unsay(request: HttpRequest, pk: int, fact: str) -> HttpResponse:
    """Go back to the default of a fact."""
    viewer = viewer_of(request)
    item = work_or_404(viewer, pk)
    if fact not in FactKind.values:
        raise Http404
    return _removed(
        request,
        lambda: actions.unsay_fact(work_id=pk, fact=fact, by=viewer, at=now(viewer.at)),
        title=_("Back to the default: %(fact)s of %(work)s") % {"fact": FactKind(fact).label, "work": item},
        consequences=_("What was said is taken back. The audit keeps it."),
        back=page_of(pk),
    )


@FORM
@requires("funding.describe")
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a work needs another, or excludes it."""
    viewer = viewer_of(request)
    item = work_or_404(viewer, pk)
    form = TieForm(sent(request), viewer=viewer)
    return kept(
        request,
        form,
        lambda: actions.link_works(work_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Kept. It holds for plans that are made from now on."),
        back=page_of(pk),
        title=_("What it depends on: %(work)s") % {"work": item},
        button=_("Save"),
    )


@FORM
@requires("funding.describe")
def untie(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that two works are tied."""
    viewer = viewer_of(request)
    row = tie_or_404(viewer, pk)
    return _removed(
        request,
        lambda: actions.unlink_works(link_id=pk, by=viewer, at=now(viewer.at)),
        title=_("Remove: %(work)s and %(other)s") % {"work": row.work, "other": row.other},
        consequences=_("Plans made from now on may choose each without regard to the other."),
        back=page_of(row.work_id),
    )


@FORM
@requires("funding.describe")
def price(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a work costs where one line pays it."""
    viewer = viewer_of(request)
    item = work_or_404(viewer, pk)
    rows = grants.lines(viewer).filter(award__closed_on__isnull=True, category__in=FOR_WORKS)
    lines = [(row.pk, f"{row.award.title}, {row}") for row in rows.select_related("award")]
    form = PriceForm(sent(request), lines=lines)
    return kept(
        request,
        form,
        lambda: actions.price_work(work_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Kept. It holds for plans that are made from now on."),
        back=page_of(pk),
        title=_("Price at one line: %(work)s") % {"work": item},
        lead=_("For work that costs less, or brings more, where one award pays it."),
        button=_("Save"),
    )


@FORM
@requires("funding.describe")
def unprice(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the price of a work at a line."""
    viewer = viewer_of(request)
    row = price_or_404(viewer, pk)
    return _removed(
        request,
        lambda: actions.unprice_work(option_id=pk, by=viewer, at=now(viewer.at)),
        title=_("Remove the price of %(work)s at %(line)s") % {"work": row.work, "line": row.line},
        consequences=_("Without any price by line, every line pays its estimate."),
        back=page_of(row.work_id),
    )


@FORM
@requires("funding.describe")
def bundle(request: HttpRequest) -> HttpResponse:
    """Say of several works that they are paid together or not at all."""
    viewer = viewer_of(request)
    offered = queries.offered_bundles(viewer, on=today(viewer.at))
    named = next((one for one in offered if one.word == request.GET.get("offer")), None)
    initial = {}
    if named is not None:
        initial = {"references": ", ".join(one.reference for one in named.candidates), "bundle": named.word}
    form = BundleForm(sent(request), viewer=viewer, initial=initial)

    def act() -> None:
        values = form.cleaned_data
        actions.bundle_works(
            work_ids=values["references"],
            bundle=values["bundle"],
            reason=values["reason"],
            by=viewer,
            at=now(viewer.at),
        )

    if is_done(form, act, actions.FundingRefused):
        messages.success(request, _("Bundled. It holds for plans that are made from now on."))
        return redirect("funding:candidates")
    context = {
        "form": form,
        "offered": offered,
        "title": _("Bundle works"),
        "lead": _("Works of a bundle are paid together or not at all, such as one trade's in one area."),
        "submit_label": _("Bundle"),
        "cancel_url": reverse("funding:candidates"),
    }
    return render(request, "funding/bundle.html", context, status=422 if form.is_bound else 200)


def _removed(
    request: HttpRequest, act: Callable[[], object], *, title: str, consequences: str, back: str
) -> HttpResponse:
    """Ask before something is taken back, and take it back."""
    if request.method != "POST":
        return confirm_page(request, title=title, consequences=consequences, button=_("Remove"), back=back)
    try:
        act()
    except actions.FundingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Removed."))
    return redirect(back)
