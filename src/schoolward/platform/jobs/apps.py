"""Start-up of jobs: every ``tasks.py`` is read, so that the worker knows the jobs and their schedules."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Fills the registry of scheduled jobs."""

    name = "schoolward.platform.jobs"

    def ready(self) -> None:
        autodiscover_modules("tasks")
