"""Where sites are mounted: ``/places/``."""

from django.urls import URLPattern, path

from schoolward.domains.places import views

app_name = "places"
urlpatterns: list[URLPattern] = [
    path("", views.SiteList.as_view(), name="list"),
    path("sites.geojson", views.geojson, name="geojson"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/edit/", views.edit, name="edit"),
    path("schools/<str:cds_code>/move/", views.move, name="move_school"),
    path("schools/<str:cds_code>/former-name/", views.former_name, name="former_name"),
]
