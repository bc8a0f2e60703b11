"""Where the API is mounted. Below it every answer is JSON, also to what is not there."""

from django.urls import URLPattern, path, re_path

from schoolward.api.assembly import build
from schoolward.api.problems import explains_methods, not_found
from schoolward.api.views import Documentation

api = build()
mounted = api.urls
for pattern in mounted[0]:
    if isinstance(pattern, URLPattern) and pattern.callback is not None:
        pattern.callback = explains_methods(pattern.callback)

urlpatterns = [
    path("v1/docs", Documentation.as_view(api=api), name="api_docs"),
    path("v1/", mounted),
    re_path(r"^(?P<url>.*)", not_found, name="api_not_found"),
]
