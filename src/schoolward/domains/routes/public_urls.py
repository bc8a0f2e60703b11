"""Addresses under ``/walk-to-school/``: for parents, without a sign-in, where the installation opens them."""

from django.urls import path

from schoolward.domains.routes.views import school_maps

app_name = "walk_to_school"
urlpatterns = [
    path("", school_maps.public_list, name="school_maps"),
    path("<slug:key>/", school_maps.public_map, name="school_map"),
    path("<slug:key>/map.pdf", school_maps.public_map_sheet, name="school_map_sheet"),
    path("<slug:key>/map.geojson", school_maps.public_map_data, name="school_map_data"),
]
