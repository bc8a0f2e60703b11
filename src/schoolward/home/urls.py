"""Addresses of the pages that span domains."""

from django.urls import path

from schoolward.home.views import about, measures, morning, overview, search, trace
from schoolward.home.views import map as map_views

app_name = "home"
urlpatterns = [
    path("", morning.morning, name="morning"),
    path("overview", overview.overview_page, name="overview"),
    path("map", map_views.map_page, name="map"),
    path("map/incidents.geojson", map_views.incident_points, name="map_incidents"),
    path("map/sites.geojson", map_views.site_points, name="map_sites"),
    path("search", search.search_page, name="search"),
    path("measures", measures.measure_list, name="measures"),
    path("measures/<str:key>", measures.measure_page, name="measure"),
    path("measures/<str:key>/months", measures.measure_months, name="measure_months"),
    path("measures/<str:key>/sites", measures.measure_sites, name="measure_sites"),
    path("trace/<str:key>", trace.trace, name="trace"),
    path("trace/<str:key>/records.csv", trace.trace_csv, name="trace_csv"),
    path("help", about.help_page, name="help"),
    path("about", about.about, name="about"),
]
