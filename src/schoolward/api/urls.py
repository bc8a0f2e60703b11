"""Where the API is mounted."""

from django.urls import path

from schoolward.api.assembly import build
from schoolward.api.views import Documentation

api = build()

urlpatterns = [
    path("v1/docs", Documentation.as_view(api=api), name="api_docs"),
    path("v1/", api.urls),
]
