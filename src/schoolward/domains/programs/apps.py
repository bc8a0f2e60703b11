"""Start-up of programs."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Youth programs."""

    name = "schoolward.domains.programs"
    label = "programs"
    verbose_name = "Programs"
