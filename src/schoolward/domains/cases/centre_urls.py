"""The attendance center, under ``/centre/``. Addresses hold numbers, never a name."""

from django.urls import path

from schoolward.domains.cases.views import centre, truancy

app_name = "centre"
urlpatterns = [
    path("", centre.desk, name="desk"),
    path("deliveries/", centre.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/take-back/", centre.delivery_take_back, name="delivery_take_back"),
    path("intake/", centre.intake, name="intake"),
    path("visits/<int:pk>/", centre.visit, name="visit"),
    path("visits/<int:pk>/cause/", centre.cause, name="cause"),
    path("visits/<int:pk>/contact/", centre.contact, name="contact"),
    path("visits/<int:pk>/steps/", centre.steps, name="steps"),
    path("visits/<int:pk>/steps/<int:step>/done/", centre.step_done, name="step_done"),
    path("visits/<int:pk>/release/", centre.release, name="release"),
    path("visits/<int:pk>/release/correct/", centre.release_correct, name="release_correct"),
    path("visits/<int:pk>/notice/", centre.notice, name="notice"),
    path("visits/<int:pk>/follow-ups/<int:look>/", centre.follow_up, name="follow_up"),
    path("results/", centre.results, name="results"),
    path("truancy/", truancy.due, name="truancy_due"),
    path("truancy/<int:pk>/", truancy.student, name="truancy"),
    path("truancy/<int:pk>/done/", truancy.deed, name="deed"),
    path("truancy/<int:pk>/contract/", truancy.contract, name="contract"),
    path("truancy/<int:pk>/contract/<int:contract>/", truancy.contract_close, name="contract_close"),
]
