"""Pages that enter in ledgers: each is one form and one action."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.analysis.grants.checking import transfer_limit
from schoolward.domains.grants import actions
from schoolward.domains.grants.forms import (
    CorrectBudgetForm,
    EntryForm,
    EvidenceForm,
    PurposeForm,
    ReasonForm,
    ReleaseForm,
    TransferForm,
    entry_label,
)
from schoolward.domains.grants.forms.fields import in_dollars
from schoolward.domains.grants.hooks import lacking_on, set_aside
from schoolward.domains.grants.models import Purpose
from schoolward.domains.grants.queries import transferred_unapproved
from schoolward.domains.grants.views.choosing import lines_with_what_is_left
from schoolward.domains.grants.views.finding import award_or_404, entry_or_404
from schoolward.domains.grants.views.managing import page_of
from schoolward.domains.grants.views.saving import kept
from schoolward.domains.grants.wording import dollars, line_lacks, set_aside_by_line
from schoolward.platform.access.policy import visible
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.files.actions import store_file
from schoolward.platform.files.store import FileTooLarge, FileTypeRefused
from schoolward.platform.ui.form_pages import FORM, add_refusal, confirm_page, form_page, sent

ASKED = gettext_lazy("A rule blocks it, so somebody else is asked to decide.")


def page_of_entry(pk: int) -> str:
    """The address of an entry."""
    return reverse("grants:entry", args=[pk])


@FORM
@requires("grants.post")
def entry_new(request: HttpRequest, key: str) -> HttpResponse:
    """Make an entry; where a rule blocks it, ask a second person if a reason is given."""
    viewer = viewer_of(request)
    award = award_or_404(viewer, key)
    form = EntryForm(sent(request), award=award, initial={"on": today(viewer.at)})
    if form.is_valid():
        try:
            made = actions.post(new=form.new_entry(), by=viewer, at=now(viewer.at))
        except actions.RuleBlocks as blocked:
            ask = partial(actions.ask_to_post, new=form.new_entry(), blocked=blocked)
            if _is_asked(form, blocked, partial(ask, by=viewer, at=now(viewer.at))):
                messages.success(request, ASKED)
                return redirect("grants:requests")
        except actions.GrantRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Entered. Say what it was for, and add what proves it."))
            lacks = lacking_on(viewer, line_id=made.line_id, on=today(viewer.at))
            if lacks:
                messages.warning(request, line_lacks(made.line, lacks))
            return redirect(page_of_entry(made.pk))
    return form_page(
        request,
        form,
        title=_("Make an entry: %(title)s") % {"title": award.title},
        lead=" ".join(
            (
                _("It is judged by the rules of the award. Entries are never changed, only taken back."),
                set_aside_by_line(award.lines.all(), set_aside(viewer, on=today(viewer.at))),
            )
        ).strip(),
        button=_("Enter"),
        back=page_of(award),
    )


def _is_asked(form: forms.Form, blocked: actions.RuleBlocks, ask: Callable[..., object]) -> bool:
    """Ask a second person, where a reason is given; else say at the form what is wrong."""
    reason = form.cleaned_data["override_reason"]
    if not reason.strip():
        add_refusal(form, blocked)
        return False
    try:
        ask(reason=reason)
    except actions.GrantRefused as refusal:
        add_refusal(form, refusal)
        return False
    return True


@FORM
@requires("grants.post")
def transfer(request: HttpRequest, key: str) -> HttpResponse:
    """Move money between lines, or ask a second person to let it by."""
    viewer = viewer_of(request)
    award = award_or_404(viewer, key)
    form = TransferForm(sent(request), lines=lines_with_what_is_left(award))
    if form.is_valid():
        arguments = {"award_id": award.pk, **form.arguments()}
        try:
            actions.transfer(**arguments, by=viewer, at=now(viewer.at))
        except actions.RuleBlocks as blocked:
            ask = partial(actions.ask_to_transfer, arguments=arguments, blocked=blocked)
            if _is_asked(form, blocked, partial(ask, by=viewer, at=now(viewer.at))):
                messages.success(request, ASKED)
                return redirect("grants:requests")
        except actions.GrantRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Moved."))
            return redirect(page_of(award))
    limited = transfer_limit(award.as_terms())
    limit = (
        _("Without approval %(limit)s may move between categories in sum: %(percent)s percent of the budget.")
        % {"limit": dollars(limited[0]), "percent": limited[1]}
        if limited is not None
        else _("Nothing limits transfers between categories of this award.")
    )
    moved = _("%(moved)s moved so far without the funder's approval.") % {
        "moved": dollars(transferred_unapproved(award))
    }
    return form_page(
        request,
        form,
        title=_("Transfer: %(title)s") % {"title": award.title},
        lead=f"{limit} {moved}",
        button=_("Move"),
        back=page_of(award),
    )


@FORM
@requires("grants.post")
def reverse_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry back."""
    viewer = viewer_of(request)
    entry = entry_or_404(viewer, pk)
    form = ReasonForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.reverse(entry_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Taken back by a counter-entry of today."),
        back=page_of_entry(pk),
        title=_("Take back: %(entry)s") % {"entry": entry_label(entry)},
        lead=_("The entry stays, and a counter-entry takes it back with what it was for."),
        button=_("Take it back"),
    )


@FORM
@requires("grants.post")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Lower an obligation by what will not be needed."""
    viewer = viewer_of(request)
    entry = entry_or_404(viewer, pk)
    form = ReleaseForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.release(obligation_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Released. The line has it again."),
        back=page_of_entry(pk),
        title=_("Release: %(entry)s") % {"entry": entry_label(entry)},
        lead=_("%(left)s of it is neither paid nor released.")
        % {"left": dollars(actions.left_of_obligation(entry))},
        button=_("Release"),
    )


@FORM
@requires("grants.link")
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what proves an entry."""
    viewer = viewer_of(request)
    entry = entry_or_404(viewer, pk)
    form = EvidenceForm(sent(request), request.FILES or None)

    def act() -> None:
        upload = form.cleaned_data["file"]
        stored = None
        if upload is not None:
            try:
                stored = store_file(upload, name=upload.name, by=viewer, at=now(viewer.at))
            except (FileTooLarge, FileTypeRefused) as problem:
                raise actions.GrantRefused(str(problem), field="file") from problem
        actions.add_evidence(
            entry_id=pk,
            text=form.cleaned_data["text"],
            file=stored,
            file_name=upload.name[-255:] if upload is not None else "",
            by=viewer,
            at=now(viewer.at),
        )

    return kept(
        request,
        form,
        act,
        said=_("Added."),
        back=page_of_entry(pk),
        title=_("Evidence: %(entry)s") % {"entry": entry_label(entry)},
        lead=_("The audit pack lists it beside the entry."),
        button=_("Add"),
    )


@FORM
@requires("grants.link")
def link_purpose(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a part of an expenditure was for, or of an obligation will be."""
    viewer = viewer_of(request)
    entry = entry_or_404(viewer, pk)
    left = entry.amount_cents - sum(entry.purposes.values_list("amount_cents", flat=True))
    form = PurposeForm(sent(request), viewer=viewer, initial={"amount_cents": f"{left / 100:.2f}"})

    def act() -> None:
        target = form.target()
        actions.link_purpose(
            entry_id=pk,
            kind=target.kind,
            target=target.target,
            title=target.title,
            amount_cents=form.cleaned_data["amount_cents"],
            by=viewer,
            at=now(viewer.at),
        )

    return kept(
        request,
        form,
        act,
        said=_("Linked."),
        back=page_of_entry(pk),
        title=_("What it was for: %(entry)s") % {"entry": entry_label(entry)},
        lead=_("%(left)s of it has no purpose yet. Name one thing; a cost may be split.")
        % {"left": dollars(left)},
        button=_("Link"),
    )


@FORM
@requires("grants.post")
def budget_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Set right what was first budgeted for a line."""
    viewer = viewer_of(request)
    entry = entry_or_404(viewer, pk)
    form = CorrectBudgetForm(sent(request), initial={"amount_cents": in_dollars(entry.amount_cents)})
    return kept(
        request,
        form,
        lambda: actions.correct_budget(entry_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Set right. Both entries stay in the ledger, with the reason."),
        back=page_of_entry(pk),
        title=_("Set right: %(entry)s") % {"entry": entry_label(entry)},
        lead=_(
            "For a first budget that was mistyped. It is taken back and entered anew; what the line has "
            "spent stays. Money between lines is a transfer, and what the funder changed an amendment."
        ),
        button=_("Set right"),
    )


@FORM
@requires("grants.link")
def unlink_purpose(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was said of a purpose."""
    viewer = viewer_of(request)
    purpose = get_object_or_404(visible(Purpose.objects.select_related("entry"), viewer), pk=pk)
    if request.method == "POST":
        try:
            actions.take_purpose_back(purpose_id=pk, by=viewer, at=now(viewer.at))
        except actions.GrantRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Taken back. Both rows stay in the record."))
        return redirect(page_of_entry(purpose.entry_id))
    return confirm_page(
        request,
        title=_("Take back the link to “%(title)s”") % {"title": purpose.title},
        consequences=_("The money then has no purpose until another is named."),
        button=_("Take it back"),
        back=page_of_entry(purpose.entry_id),
    )
