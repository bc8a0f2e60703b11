"""Start-up of the structure, whose ``migrate`` takes the place of Django's."""

from django.apps import AppConfig


class StructureConfig(AppConfig):
    """Stands before Django's own commands."""

    name = "schoolward.platform.structure"
