"""Addresses of the funding plan."""

from django.urls import path

from schoolward.domains.funding import views

app_name = "funding"
urlpatterns = [
    path("", views.funds, name="funds"),
    path("scopes/<slug:key>/", views.scope, name="scope"),
    path("candidates/", views.candidates, name="candidates"),
    path("candidates/bundle/", views.bundle, name="bundle"),
    path("candidates/<int:pk>/", views.candidate, name="candidate"),
    path("candidates/<int:pk>/say/<slug:fact>/", views.say, name="say"),
    path("candidates/<int:pk>/unsay/<slug:fact>/", views.unsay, name="unsay"),
    path("candidates/<int:pk>/tie/", views.tie, name="tie"),
    path("candidates/<int:pk>/price/", views.price, name="price"),
    path("ties/<int:pk>/remove/", views.untie, name="untie"),
    path("prices/<int:pk>/remove/", views.unprice, name="unprice"),
    path("plans/", views.PlanList.as_view(), name="plans"),
    path("plans/new/", views.plan_new, name="plan_new"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/ask/", views.ask, name="ask"),
    path("scenarios/<int:pk>/", views.scenario, name="scenario"),
    path("scenarios/<int:pk>/frontier/", views.frontier, name="frontier"),
    path("scenarios/<int:pk>/sites.geojson", views.points_on_map, name="points"),
    path("scenarios/<int:pk>/works.<slug:form>", views.works_file, name="works_file"),
    path("scenarios/<int:pk>/copy/", views.copy, name="copy"),
    path("scenarios/<int:pk>/lock/", views.lock, name="lock"),
    path("scenarios/<int:pk>/compute/", views.compute, name="compute"),
    path("scenarios/<int:pk>/approve/", views.approve, name="approve"),
    path("approved/", views.AllocationList.as_view(), name="allocations"),
    path("approved/<int:pk>/", views.approval, name="approval"),
    path("allocations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("of-work/<int:pk>/", views.work_panel, name="work_panel"),
    path("of-award/<slug:key>/", views.award_panel, name="award_panel"),
]
