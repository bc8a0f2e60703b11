"""Pages of diversion: the caseload, a case with the rule behind each answer, offers by group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.analysis.school_days import school_year
from schoolward.domains.cases.actions import diversion as actions
from schoolward.domains.cases.diversion_rules import diversion_rules
from schoolward.domains.cases.forms.diversion import (
    EndForm,
    FactsForm,
    NoOfferForm,
    OpenForm,
    ProofForm,
    SignForm,
    StepForm,
)
from schoolward.domains.cases.models import DiversionCase
from schoolward.domains.cases.not_kept import NOT_KEPT
from schoolward.domains.cases.queries import diversion as queries
from schoolward.domains.cases.queries.diversion_by_group import STAGES
from schoolward.domains.cases.queries.diversion_by_group import by_group as by_group_until
from schoolward.domains.cases.views.centre import has_purpose
from schoolward.platform.access.permissions import may
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, kept, pressed, sent


@require_safe
@requires("diversion.view")
def caseload(request: HttpRequest) -> HttpResponse:
    """What the law asks after completion, then the cases without an end, by the day of referral."""
    viewer = viewer_of(request)
    rows = queries.caseload(viewer)
    undecided = sum(case.decided_on is None for case, _youth in rows)
    context = {
        "rows": rows,
        "undecided": undecided,
        "duties": queries.duties(viewer, today(viewer.at)),
        "has_purpose": has_purpose(viewer),
    }
    return render(request, "diversion/caseload.html", context)


@require_safe
@requires("diversion.view")
def of_youth(request: HttpRequest, pk: int) -> HttpResponse:
    """A young person's cases."""
    viewer = viewer_of(request)
    found = queries.of_youth(viewer, pk)
    if found is None:
        raise Http404
    context = {"youth": found[0], "cases": found[1], "may_keep": may(viewer, "diversion.keep")}
    return render(request, "diversion/of_youth.html", context)


@FORM
@requires("diversion.keep")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a case."""
    viewer = viewer_of(request)
    if queries.of_youth(viewer, pk) is None:
        raise Http404
    form = OpenForm(sent(request))
    made: list[DiversionCase] = []
    if is_done(
        form,
        lambda: made.append(
            actions.open_case(youth_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data)
        ),
        Refusal,
    ):
        return redirect("diversion:facts", made[0].pk)
    return form_page(
        request,
        form,
        title=_("Diversion instead of a case"),
        button=_("Open"),
        back=reverse("diversion:of_youth", args=[pk]),
        what_next=_("Next: say what the rules ask for."),
    )


@require_safe
@requires("diversion.view")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: every rule's answer, the contract, the clocks."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    page = _found(viewer, pk)
    context = {
        "page": page,
        "case": page.case,
        "youth": page.youth,
        "clocks": [(clock, clock.is_late(day)) for clock in page.clocks],
        "on": day,
        "may_keep": may(viewer, "diversion.keep"),
    }
    return render(request, "diversion/case.html", context)


@FORM
@requires("diversion.keep")
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is known."""
    viewer = viewer_of(request)
    page = _found(viewer, pk)
    form = FactsForm(sent(request), initial=FactsForm.initial_of(page.case))
    return _kept(
        request,
        form,
        lambda: actions.set_facts(case_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        pk,
        _("What the rules ask for"),
    )


@require_POST
@requires("diversion.keep")
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide by the rules: offer it to whoever is eligible."""
    viewer = viewer_of(request)
    _found(viewer, pk)
    return _pressed(request, lambda: actions.decide(case_id=pk, by=viewer, at=now(viewer.at)), pk)


@FORM
@requires("diversion.keep")
def no_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep why an eligible youth is not offered diversion."""
    viewer = viewer_of(request)
    _found(viewer, pk)
    form = NoOfferForm(sent(request))
    return _kept(
        request,
        form,
        lambda: actions.decide(case_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        pk,
        _("Eligible, and not offered"),
    )


@require_POST
@requires("diversion.keep")
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The family did not take the offer."""
    viewer = viewer_of(request)
    _found(viewer, pk)
    return _pressed(request, lambda: actions.decline(case_id=pk, by=viewer, at=now(viewer.at)), pk)


@FORM
@requires("diversion.keep")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract was signed."""
    viewer = viewer_of(request)
    _found(viewer, pk)
    form = SignForm(sent(request), initial={"signed_on": today(viewer.at)})
    return _kept(
        request,
        form,
        lambda: actions.sign(case_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        pk,
        _("The contract was signed"),
    )


@FORM
@requires("diversion.keep")
def proof(request: HttpRequest, pk: int, term: int) -> HttpResponse:
    """A term was shown to be done."""
    viewer = viewer_of(request)
    page = _found(viewer, pk)
    row = next((one for one in page.terms if one.pk == term), None)
    if row is None:
        raise Http404
    form = ProofForm(sent(request), initial={"amount": 1, "on": today(viewer.at)})
    return _kept(
        request,
        form,
        lambda: actions.prove(
            term_id=term,
            amount=form.cleaned_data["amount"],
            on=form.cleaned_data["on"],
            receipt=form.cleaned_data["receipt"] or uuid4(),
            by=viewer,
            at=now(viewer.at),
        ),
        pk,
        _("Proof: %(term)s") % {"term": row.get_kind_display()},
    )


@FORM
@requires("diversion.keep")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it ended."""
    viewer = viewer_of(request)
    _found(viewer, pk)
    form = EndForm(sent(request))
    return _kept(
        request,
        form,
        lambda: actions.end(case_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        pk,
        _("How did it end?"),
    )


@FORM
@requires("diversion.keep")
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """A step towards the seal."""
    viewer = viewer_of(request)
    _found(viewer, pk)
    form = StepForm(sent(request), initial={"on": today(viewer.at)})
    return _kept(
        request,
        form,
        lambda: actions.sealing_step(case_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        pk,
        _("Towards the seal"),
    )


@require_safe
@requires("diversion.rules")
def rules(request: HttpRequest) -> HttpResponse:
    """The rules, edition by edition, for whoever wants to contest one."""
    context = {"rules": diversion_rules(), "editions": reversed(diversion_rules().editions)}
    return render(request, "diversion/rules.html", context)


@require_safe
@requires("diversion.rules")
def by_group(request: HttpRequest) -> HttpResponse:
    """Who was eligible, offered, signed and completed, by group, in the school year."""
    viewer = viewer_of(request)
    first, last = school_year(today(viewer.at))
    before = first.replace(year=first.year - 1)
    found = by_group_until(viewer, before, last, on=today(viewer.at))
    context = {"found": found, "first": before, "stages": STAGES, "not_kept": NOT_KEPT}
    return render(request, "diversion/by_group.html", context)


def _found(viewer: Viewer, pk: int) -> queries.CasePage:
    page = queries.case_page(viewer, pk, today(viewer.at))
    if page is None:
        raise Http404
    return page


def _kept(
    request: HttpRequest, form: forms.Form, write: Callable[[], Any], pk: int, title: str
) -> HttpResponse:
    return kept(
        request,
        form,
        write,
        refused=Refusal,
        said=_("Saved."),
        back=reverse("diversion:case", args=[pk]),
        title=title,
        button=_("Save"),
    )


def _pressed(request: HttpRequest, write: Callable[[], Any], pk: int) -> HttpResponse:
    return pressed(
        request, write, refused=Refusal, said=_("Saved."), back=reverse("diversion:case", args=[pk])
    )
