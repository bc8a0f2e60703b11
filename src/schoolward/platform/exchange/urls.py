"""Where the pages of imports are mounted: ``/imports/``."""

from django.urls import URLPattern, path, re_path

from schoolward.platform.exchange import views

app_name = "exchange"
_TABLE = r"^table/(?P<key>[a-z0-9-]+)"
urlpatterns: list[URLPattern] = [
    path("", views.list_exchanges, name="list"),
    path("table/<slug:key>/", views.create, name="create"),
    re_path(_TABLE + r"/template\.(?P<form>csv|xlsx)$", views.template, name="template"),
    re_path(_TABLE + r"/export\.(?P<form>csv|xlsx)$", views.export, name="export"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/status/", views.status, name="status"),
    path("<int:pk>/apply/", views.apply, name="apply"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/rejected.csv", views.rejected, name="rejected"),
]
