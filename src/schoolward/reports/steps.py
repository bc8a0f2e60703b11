"""The steps of an edition's life by the names that pages and the API know them by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.viewer import Viewer
from schoolward.reports.actions import approve, publish, return_to_draft, submit
from schoolward.reports.models import Edition, State


@dataclass(frozen=True)
class StepKind:
    """What a step does, who may take it, and what its words are: a note, or the reason for going back.

    ``waits`` is what an edition that waits for this step asks of the one who may take it.
    """

    action: Callable[..., Edition]
    permission: str
    words: str = "note"
    waits: str | Promise = ""

    def take(self, edition: Edition, words: str, *, by: Viewer) -> Edition:
        """Take the step. Raises what the action raises."""
        return self.action(edition=edition, by=by, at=by.at, **{self.words: words})


STEPS: dict[str, StepKind] = {
    "submit": StepKind(submit, "reports.edit", waits=_("Finish the draft")),
    "approve": StepKind(approve, "reports.approve", waits=_("Read and approve")),
    "publish": StepKind(publish, "reports.publish", waits=_("Publish")),
    "return": StepKind(return_to_draft, "reports.edit", words="reason"),
}
NEXT = {State.DRAFT: "submit", State.REVIEW: "approve", State.APPROVED: "publish"}
