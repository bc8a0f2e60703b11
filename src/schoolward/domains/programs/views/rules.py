"""Pages on which a rule is contested, and answered for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.forms import (
    ContestAnswerForm,
    ContestForm,
)
from schoolward.domains.programs.views.saving import kept
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.form_pages import FORM, pressed, sent


@FORM
@requires("programs.contest")
def contest(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a rule is wrong."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.rules(viewer), pk=pk)
    form = ContestForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.contest_rule(rule_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Sent. The lead or the accountability office answers, and the answer stands on this page."),
        back=reverse("programs:detail", args=[found.program.key]),
        title=_("This rule is wrong: %(title)s, version %(version)d")
        % {"title": found.program.title, "version": found.version},
        lead=_("Everybody who sees the rule can read what you write."),
        button=_("Send"),
    )


@require_POST
@requires("programs.manage")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a version back that is not in force yet."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.rules(viewer), pk=pk)
    return pressed(
        request,
        lambda: actions.take_back_rule(rule_id=pk, by=viewer, at=now(viewer.at)),
        refused=actions.ProgramRefused,
        said=_("Taken back. The version before it goes on."),
        back=reverse("programs:detail", args=[found.program.key]),
    )


@FORM
@requires("programs.answer")
def contest_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what was said against a rule."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.contests(viewer), pk=pk)
    form = ContestAnswerForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.answer_contest(contest_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Answered."),
        back=reverse("programs:detail", args=[found.rule.program.key]),
        title=_("Answer: %(title)s") % {"title": found.rule.program.title},
        lead=f"{found.get_ground_display()}: {found.argument}",
        button=_("Answer"),
    )
