"""Start-up of places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Campuses and schools."""

    name = "schoolward.domains.places"
    label = "places"
    verbose_name = "Places"
