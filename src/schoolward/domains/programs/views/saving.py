"""What the pages with a form share: saving, and what is refused."""

from functools import partial

from schoolward.domains.programs.actions import ProgramRefused
from schoolward.platform.ui import form_pages

kept = partial(form_pages.kept, refused=ProgramRefused)
