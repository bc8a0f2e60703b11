"""Imports too long for a page to wait for."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from schoolward.platform.demo.clock import now
from schoolward.platform.exchange import actions, forgetting
from schoolward.platform.exchange.models import ImportRun
from schoolward.platform.jobs.definition import JobContext, job
from schoolward.platform.jobs.schedule import Every

# Two: a worker that is killed in the middle leaves nothing behind, and the next one starts the file anew.
ATTEMPTS = 2


@job(title=_("Preview an import"), attempts=ATTEMPTS)
def preview_import(context: JobContext, *, run_id: int) -> None:
    """Read a large file and keep the report of what it would do."""
    brought = ImportRun.objects.select_related("file").get(pk=run_id)
    actions.preview(brought=brought, by=context.by, at=now(context.at), progress=context.progress)


@job(title=_("Apply an import"), attempts=ATTEMPTS)
def apply_import(context: JobContext, *, run_id: int) -> None:
    """Apply a large file that was previewed."""
    brought = ImportRun.objects.get(pk=run_id)
    actions.apply(brought=brought, by=context.by, at=now(context.at), progress=context.progress)


@job(title=_("Empty imports about young people"), every=Every.HOUR, after=timedelta(minutes=20))
def forget_imports(context: JobContext, *, period: str) -> dict[str, int]:
    """Remove the files of imports about young people, and what their rows said, after some hours."""
    before = context.at - forgetting.KEPT_FOR
    return {"emptied": forgetting.forget(by=context.by, at=context.at, before=before)}
