"""Action plans, and whom to call."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.forms import ContactForm, PlanForm
from schoolward.domains.alarms.models import ActionPlan, CallContact
from schoolward.domains.alarms.views.keeping.saving import KEEP, kept
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, confirm_page, is_done, sent


@FORM
@requires(KEEP)
def plan_new(request: HttpRequest) -> HttpResponse:
    """Write a plan."""
    form = PlanForm(sent(request), viewer=viewer_of(request), initial={"signal_kind": "burglary"})
    return _plan(request, form, _("Write a plan"))


@FORM
@requires(KEEP)
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a plan; one that cases follow ends, and a new one takes its place."""
    plan: ActionPlan = get_object_or_404(queries.plans(viewer_of(request)), pk=pk)
    steps = "\n".join(
        f"{'' if step.is_required else '? '}{step.kind}: {step.text}" for step in plan.steps.order_by("order")
    )
    initial = {
        "signal_kind": plan.signal_kind,
        "campus_id": plan.campus_id,
        "title": plan.title,
        "steps": steps,
    }
    form = PlanForm(sent(request), viewer=viewer_of(request), initial=initial)
    form.fields["signal_kind"].disabled = form.fields["campus_id"].disabled = True
    return _plan(request, form, _("Change the plan"))


def _plan(request: HttpRequest, form: PlanForm, title: str) -> HttpResponse:
    viewer = viewer_of(request)
    return kept(
        request,
        form,
        lambda: actions.keep_plan(by=viewer, at=viewer.at, **form.cleaned_data),
        title=title,
        back=reverse("alarms:plans"),
        what_next=_("It holds for cases that are opened from now on; open ones go on with theirs."),
    )


@FORM
@requires(KEEP)
def contact_new(request: HttpRequest) -> HttpResponse:
    """Add a contact to a site's call list."""
    form = ContactForm(
        sent(request), viewer=viewer_of(request), initial={"campus_id": request.GET.get("site"), "order": 1}
    )
    return _contact(request, form, _("Add a contact"))


@FORM
@requires(KEEP)
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a contact. Site and place stay."""
    contact: CallContact = get_object_or_404(queries.contacts(viewer_of(request)), pk=pk)
    initial = {
        name: getattr(contact, name) for name in ("campus_id", "order", "title", "phone", "wait_seconds")
    } | {"member": "" if contact.member is None else contact.member.email}
    form = ContactForm(sent(request), viewer=viewer_of(request), initial=initial)
    form.fields["campus_id"].disabled = form.fields["order"].disabled = True
    return _contact(
        request, form, _("Change the contact"), remove=reverse("alarms:contact_remove", args=[pk])
    )


def _contact(request: HttpRequest, form: ContactForm, title: str, *, remove: str = "") -> HttpResponse:
    viewer = viewer_of(request)

    def write() -> object:
        return actions.keep_contact(by=viewer, at=viewer.at, **form.cleaned_data)

    back = reverse("alarms:contacts")
    if is_done(form, write, actions.AlarmRefused):
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {"form": form, "title": title, "cancel_url": back, "remove_url": remove}
    return render(request, "alarms/kept_form.html", context, status=422 if form.is_bound else 200)


@FORM
@requires(KEEP)
def contact_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a contact off the list."""
    viewer = viewer_of(request)
    contact: CallContact = get_object_or_404(queries.contacts(viewer), pk=pk)
    if request.method == "POST":
        actions.remove_contact(contact_id=pk, by=viewer, at=viewer.at)
        messages.success(request, _("Taken off the list."))
        return redirect("alarms:contacts")
    return confirm_page(
        request,
        title=_("Take %(who)s off the list?") % {"who": contact.title},
        consequences=_("What was called stays in the history of cases."),
        back=reverse("alarms:contacts"),
        button=_("Take it away"),
    )
