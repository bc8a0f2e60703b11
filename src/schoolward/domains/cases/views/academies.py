"""Pages of academies: cohorts, a cohort's students, a student's hours, approvals, and what it came to."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.cases.actions import academies as actions
from schoolward.domains.cases.forms.program_work import (
    AcademyDayForm,
    CohortForm,
    HoursForm,
    LeaveForm,
    MemberForm,
    StaffForm,
)
from schoolward.domains.cases.program_work import program_work
from schoolward.domains.cases.queries import academies as queries
from schoolward.domains.cases.views.centre import has_purpose
from schoolward.domains.cases.views.saving import acting, kept, pressed
from schoolward.platform.access.models import Account, Membership
from schoolward.platform.access.permissions import may
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.form_pages import FORM, sent


@require_safe
@requires("academies.view")
def cohort_list(request: HttpRequest) -> HttpResponse:
    """The cohorts, and how many entries wait for the viewer's approval."""
    viewer = viewer_of(request)
    context = {
        "cohorts": queries.cohorts(viewer),
        "mine": queries.runs(viewer),
        "taught": queries.teaches(viewer),
        "waiting": len(queries.to_approve(viewer)) if may(viewer, "academies.approve") else 0,
        "has_purpose": has_purpose(viewer),
        "may_keep": may(viewer, "academies.keep"),
        "may_count": may(viewer, "cases.results"),
    }
    return render(request, "academies/cohorts.html", context)


def _cohort(viewer: Viewer, pk: int, *, running: bool = False) -> queries.CohortPage:
    page = queries.cohort_page(viewer, pk, today(viewer.at))
    if page is None or (running and not page.runs_it):
        raise Http404
    return page


def _member(viewer: Viewer, pk: int, *, running: bool = False, logging: bool = False) -> queries.MemberPage:
    """A student; ``running`` for whoever runs the cohort, ``logging`` for whoever teaches it as well."""
    page = queries.member_page(viewer, pk, today(viewer.at))
    if page is None or (running and not page.runs_it):
        raise Http404
    if logging and not (page.runs_it or page.teaches_it):
        raise Http404
    return page


@require_safe
@requires("academies.view")
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """A cohort with its students by name."""
    viewer = viewer_of(request)
    page = _cohort(viewer, pk)
    context = {
        "page": page,
        "has_purpose": has_purpose(viewer),
        "may_keep": page.runs_it and may(viewer, "academies.keep"),
        "may_log": (page.runs_it or page.teaches_it) and may(viewer, "academies.log"),
        "may_note_day": page.runs_it and may(viewer, "academies.log"),
    }
    return render(request, "academies/cohort.html", context)


@FORM
@requires("academies.keep")
def cohort_new(request: HttpRequest) -> HttpResponse:
    """Open a cohort."""
    viewer = viewer_of(request)
    keys = {row.program for row in program_work().service_goals}
    form = CohortForm(sent(request), viewer=viewer, day=today(viewer.at), keys=keys)
    return kept(
        request,
        form,
        lambda: actions.open_cohort(**form.cleaned_data, **acting(viewer)),
        said=_("Opened. Take its students in next."),
        back=reverse("academies:list"),
        title=_("Open a cohort"),
        button=_("Open it"),
    )


@FORM
@requires("academies.keep")
def staff(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody else run the cohort too."""
    viewer = viewer_of(request)
    page = _cohort(viewer, pk, running=True)
    own = Q(agency=page.cohort.agency_id, role__in=(Role.PROGRAM_COORDINATOR, Role.PROVIDER))
    held = Membership.objects.filter(own | Q(role=Role.SCHOOL_RESOURCE_OFFICER))
    there = [one.account_id for one in page.staff]
    people = Account.objects.filter(pk__in=held.values("account"), is_active=True).exclude(pk__in=there)
    form = StaffForm(sent(request), people=people.order_by("name", "pk").values_list("pk", "name"))
    return kept(
        request,
        form,
        lambda: actions.add_staff(cohort_id=pk, **form.cleaned_data, **acting(viewer)),
        said=_("Added."),
        back=reverse("academies:cohort", args=[pk]),
        title=_("Who runs or teaches it too"),
        button=_("Add"),
        lead=_(
            "Of the own agency they see its students and their hours, and approve what you write down. An "
            "officer teaches it: sees what students are called and their hours, and writes hours down."
        ),
    )


@require_POST
@requires("academies.keep")
def staff_end(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    """Somebody does not run it any more."""
    viewer = viewer_of(request)
    _cohort(viewer, pk, running=True)
    return pressed(
        request,
        lambda: actions.end_staff(cohort_id=pk, account_id=account, **acting(viewer)),
        said=_("They do not run it any more."),
        back=reverse("academies:cohort", args=[pk]),
    )


@FORM
@requires("academies.keep")
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a student in."""
    viewer = viewer_of(request)
    page = _cohort(viewer, pk, running=True)
    form = MemberForm(sent(request), initial={"joined_on": page.cohort.entered_on})
    return kept(
        request,
        form,
        lambda: form.asking(lambda: actions.join(cohort_id=pk, **form.arguments(), **acting(viewer))),
        said=_("Taken in."),
        back=reverse("academies:cohort", args=[pk]),
        title=_("A student joins"),
        button=_("Take them in"),
        lead=str(page.cohort),
        what_next=_("A whole class comes in at once by the table “Students of academies”."),
    )


@FORM
@requires("academies.log")
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came on a uniform day, to a competition or on a visit."""
    viewer = viewer_of(request)
    page = _cohort(viewer, pk, running=True)
    members = [(row.member, row.called) for row in page.rows if row.member.left_on is None]
    form = AcademyDayForm(sent(request), members=members, initial={"on": today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.note_day(cohort_id=pk, **form.cleaned_data, **acting(viewer)),
        said=_("Written down."),
        back=reverse("academies:cohort", args=[pk]),
        title=_("Who came?"),
        button=_("Save"),
        lead=str(page.cohort),
        what_next=_("The same day again sets it right."),
    )


@require_safe
@requires("academies.view")
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """A student: hours of service and days."""
    viewer = viewer_of(request)
    page = _member(viewer, pk)
    context = {
        "page": page,
        "row": page.row,
        "may_keep": page.runs_it and may(viewer, "academies.keep") and page.row.member.left_on is None,
        "may_log": (page.runs_it or page.teaches_it) and may(viewer, "academies.log"),
    }
    return render(request, "academies/member.html", context)


@FORM
@requires("academies.keep")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """A student has completed it, or leaves."""
    viewer = viewer_of(request)
    page = _member(viewer, pk, running=True)
    form = LeaveForm(sent(request), initial={"left_on": today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.leave(member_id=pk, **form.cleaned_data, **acting(viewer)),
        said=_("Written down."),
        back=reverse("academies:cohort", args=[page.cohort.pk]),
        title=_("Completed, or leaves"),
        button=_("Save"),
        lead=page.row.called,
    )


@FORM
@requires("academies.log")
def hours(request: HttpRequest, pk: int) -> HttpResponse:
    """Write hours of service down. Sent twice, they count once."""
    viewer = viewer_of(request)
    page = _member(viewer, pk, logging=True)
    form = HoursForm(sent(request), initial={"on": today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.log_hours(member_id=pk, **form.arguments(), **acting(viewer)),
        said=_("Written down. They count once somebody else approves them."),
        back=reverse("academies:member", args=[pk]),
        title=_("Hours of service"),
        button=_("Write them down"),
        lead=page.row.called,
        what_next=_("Somebody else who runs the cohort, or the lead of its site, approves them."),
    )


@require_safe
@requires("academies.approve")
def waiting(request: HttpRequest) -> HttpResponse:
    """Hours that wait for the viewer's approval, those that wait longest first."""
    viewer = viewer_of(request)
    context = {"rows": queries.to_approve(viewer), "has_purpose": has_purpose(viewer)}
    return render(request, "academies/waiting.html", context)


@require_POST
@requires("academies.approve")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve hours, or say that they do not count."""
    viewer = viewer_of(request)
    if all(row.hours.pk != pk for row in queries.to_approve(viewer)):
        raise Http404
    approve = request.POST.get("approve") == "yes"
    return pressed(
        request,
        lambda: actions.decide_hours(hours_id=pk, approve=approve, **acting(viewer)),
        said=_("Approved.") if approve else _("Noted: they do not count."),
        back=reverse("academies:waiting"),
    )


@require_safe
@requires("cases.results")
def completion(request: HttpRequest) -> HttpResponse:
    """What became of each cohort, as numbers."""
    viewer = viewer_of(request)
    found = queries.completion_table(viewer, today(viewer.at))
    return render(request, "academies/completion.html", {"found": found})
