"""Class days with a parent, under ``/classes/``. Addresses hold numbers, never a name."""

from django.urls import path

from schoolward.domains.cases.views import seats

app_name = "classes"
urlpatterns = [
    path("", seats.classes, name="list"),
    path("<int:pk>/", seats.class_page, name="class"),
    path("referrals/<int:pk>/seat/", seats.ask, name="ask"),
    path("seats/<int:pk>/confirm/", seats.confirm, name="confirm"),
    path("seats/<int:pk>/give-back/", seats.free, name="free"),
    path("seats/<int:pk>/who-came/", seats.settle, name="settle"),
    path("seats/<int:pk>/certificate/", seats.certificate, name="certificate"),
    path("seats/<int:pk>/due/<int:duty>/", seats.duty, name="duty"),
]
