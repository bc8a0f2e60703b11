"""What is too long for a page to wait for: the papers of all sites."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.jobs.definition import JobContext, JobRefused, job
from schoolward.reports.batches import fill_batch
from schoolward.reports.errors import CannotPrint
from schoolward.reports.models import Batch


@job(title=gettext_lazy("Make the papers of all sites"), attempts=2, one_transaction=False)
def make_batch(context: JobContext, *, batch_id: int) -> dict[str, int]:
    """Make one batch; whoever asked for it is judged anew.

    It takes minutes, and in one transaction nobody else could write on SQLite for as long: each reading is
    noted by itself, and the file is kept together with the note that the job is done.
    """
    batch = Batch.objects.get(pk=batch_id)
    try:
        made = fill_batch(
            batch,
            by=context.by,
            at=context.at,
            told=context.progress,
            kept=lambda sites: context.succeed({"sites": sites}),
        )
    except AccessDenied as error:
        raise JobRefused(_("The role that asked for this may not read these papers any more.")) from error
    except CannotPrint as error:
        raise JobRefused(str(error)) from error
    return {"sites": made}
