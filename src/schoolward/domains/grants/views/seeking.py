"""Pages of opportunities and applications."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.filters import OpportunityFilter
from schoolward.domains.grants.forms import (
    AnswerForm,
    ApplicationForm,
    ChoiceForm,
    OpportunityForm,
    PartForm,
    SubmitForm,
)
from schoolward.domains.grants.models import (
    SIGNERS,
    Application,
    ApplicationPart,
    Choice,
    Opportunity,
    Outcome,
)
from schoolward.domains.grants.tables import OpportunityTable
from schoolward.domains.grants.views.finding import application_or_404, opportunity_or_404
from schoolward.domains.grants.views.saving import kept
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.files.actions import store_file
from schoolward.platform.files.queries import response as file_response
from schoolward.platform.files.store import FileTooLarge, FileTypeRefused
from schoolward.platform.ui.form_pages import FORM, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage

SIGNATURES_GONE = gettext_lazy("Signatures given before are gone: what was signed has changed.")


class OpportunityList(ListPage):
    """Money that could be had, and what came of it."""

    title = gettext_lazy("Grant opportunities")
    permission = "grants.view"
    table_class = OpportunityTable
    filterset_class = OpportunityFilter

    def queryset(self, viewer: Viewer) -> QuerySet[Opportunity]:
        return queries.opportunities(viewer)

    def lead(self) -> str:
        day = today(self.viewer.at)
        count = queries.opportunities(self.viewer).filter(closes__gte=day, choice=Choice.OPEN).count()
        return ngettext("%d waits for a decision.", "%d wait for a decision.", count) % count

    def actions(self) -> list[Action]:
        if not may(self.viewer, "grants.seek"):
            return []
        return [Action(_("Enter an opportunity"), reverse("grants:opportunity_new"))]

    def empty(self) -> Empty:
        return Empty(_("No opportunity yet"), _("Enter one with its deadline, its match and who may apply."))


def page_of_opportunity(opportunity: Opportunity) -> str:
    """The address of an opportunity."""
    return reverse("grants:opportunity", args=[opportunity.key])


@require_safe
@requires("grants.view")
def opportunity(request: HttpRequest, key: str) -> HttpResponse:
    """One opportunity, the decision on it, and its application."""
    viewer = viewer_of(request)
    found = opportunity_or_404(viewer, key)
    application = queries.applications(viewer).filter(opportunity=found).first()
    may_seek = may(viewer, "grants.seek")
    drafting = application is not None and application.outcome == Outcome.DRAFTING
    signed = {one.role: one for one in application.signatures.all()} if application else {}
    context = {
        "opportunity": found,
        "application": application,
        "budget": sum(part.amount_cents or 0 for part in application.parts.all()) if application else 0,
        "award": getattr(application, "award", None),
        "lacks": actions.what_submitting_lacks(application) if drafting and application else [],
        "signers": [(role.label, signed.get(role)) for role in SIGNERS],
        "days_left": (found.closes - today(viewer.at)).days,
        "may_choose": may_seek and application is None,
        "may_begin": may_seek and application is None and found.choice == Choice.GO,
        "may_write": may_seek and drafting,
        "may_take_up": may_seek and application is not None and application.outcome == Outcome.WITHDRAWN,
        "may_change": may_seek
        and (application is None or application.outcome in (Outcome.DRAFTING, Outcome.WITHDRAWN)),
        "may_sign": drafting and may_seek and viewer.role in SIGNERS and viewer.role not in signed,
        "may_answer": may_seek
        and application is not None
        and application.outcome in (Outcome.DRAFTING, Outcome.SUBMITTED),
        "may_enter_award": application is not None
        and application.outcome == Outcome.AWARDED
        and getattr(application, "award", None) is None
        and may(viewer, "grants.manage"),
    }
    return render(request, "grants/opportunity.html", context)


@FORM
@requires("grants.seek")
def opportunity_new(request: HttpRequest) -> HttpResponse:
    """Enter an opportunity."""
    viewer = viewer_of(request)
    form = OpportunityForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.add_opportunity(by=viewer, at=now(viewer.at), **form.arguments()),
        said=_("Entered. Decide next whether to try for it."),
        back=reverse("grants:opportunities"),
        title=_("Enter an opportunity"),
        lead=_("Its deadline stands in the calendar until it is decided on."),
        button=_("Enter"),
    )


@FORM
@requires("grants.seek")
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Go or no go."""
    viewer = viewer_of(request)
    found = opportunity_or_404(viewer, key)
    form = ChoiceForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.choose(opportunity_id=found.pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Decided."),
        back=page_of_opportunity(found),
        title=_("Decide: %(title)s") % {"title": found.title},
        lead=_("After a go, begin the application."),
        button=_("Decide"),
    )


@FORM
@requires("grants.seek")
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Begin an application."""
    viewer = viewer_of(request)
    found = opportunity_or_404(viewer, key)
    form = ApplicationForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.begin_application(
            opportunity_id=found.pk, by=viewer, at=now(viewer.at), **form.arguments()
        ),
        said=_("Begun. Add its budget and its letters."),
        back=page_of_opportunity(found),
        title=_("Apply: %(title)s") % {"title": found.title},
        lead=_("It goes out with a budget that adds up, letters for a match, and two signatures."),
        button=_("Begin"),
    )


@FORM
@requires("grants.seek")
def part_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a budget line, a letter or a document."""
    viewer = viewer_of(request)
    application = application_or_404(viewer, pk)
    was_signed = application.signatures.exists()
    form = PartForm(sent(request), request.FILES or None)

    def act() -> None:
        values = dict(form.cleaned_data)
        upload = values.pop("file")
        stored = None
        if upload is not None:
            try:
                stored = store_file(upload, name=upload.name, by=viewer, at=now(viewer.at))
            except (FileTooLarge, FileTypeRefused) as problem:
                raise actions.GrantRefused(str(problem), field="file") from problem
        actions.add_part(
            application_id=pk,
            file=stored,
            file_name=upload.name[-255:] if upload is not None else "",
            by=viewer,
            at=now(viewer.at),
            **values,
        )

    return kept(
        request,
        form,
        act,
        said=_("Added. %(signatures)s") % {"signatures": SIGNATURES_GONE} if was_signed else _("Added."),
        back=page_of_opportunity(application.opportunity),
        title=_("Add to the application: %(title)s") % {"title": application},
        button=_("Add"),
    )


@require_safe
@requires("grants.view")
def part_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A document of an application."""
    found = get_object_or_404(
        visible(ApplicationPart.objects.select_related("file"), viewer_of(request)), pk=pk, file__isnull=False
    )
    if found.file is None:
        raise Http404
    return file_response(found.file, name=found.file_name or found.file.first_name)


@require_POST
@requires("grants.seek")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign an application."""
    viewer = viewer_of(request)
    application = application_or_404(viewer, pk)
    try:
        actions.sign(application_id=pk, by=viewer, at=now(viewer.at))
    except actions.GrantRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Signed."))
    return redirect(page_of_opportunity(application.opportunity))


def _dated(request: HttpRequest, pk: int) -> tuple[Viewer, Application]:
    viewer = viewer_of(request)
    return viewer, application_or_404(viewer, pk)


@FORM
@requires("grants.seek")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an application went out."""
    viewer, application = _dated(request, pk)
    form = SubmitForm(sent(request), initial={"submitted_on": today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.submit(application_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("It is out."),
        back=page_of_opportunity(application.opportunity),
        title=_("Sent: %(title)s") % {"title": application},
        button=_("It went out"),
    )


@FORM
@requires("grants.seek")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what the funder answered."""
    viewer, application = _dated(request, pk)
    form = AnswerForm(sent(request), initial={"decided_on": today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.answer(application_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Entered."),
        back=page_of_opportunity(application.opportunity),
        title=_("Answer: %(title)s") % {"title": application},
        lead=_("After an award, enter its period and terms."),
        button=_("Enter"),
    )
