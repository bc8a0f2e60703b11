"""Addresses of grants. What is no award's short name stands first (``actions.keys.RESERVED``)."""

from django.urls import path

from schoolward.domains.grants import views

app_name = "grants"
urlpatterns = [
    path("", views.AwardList.as_view(), name="list"),
    path("new/", views.award_new, name="award_new"),
    path("grants.ics", views.calendar, name="calendar"),
    path("reports/", views.ReportList.as_view(), name="reports"),
    path("reports/<int:pk>/sent/", views.report_sent, name="report_sent"),
    path("requests/", views.requests, name="requests"),
    path("requests/<int:pk>/decide/", views.decide, name="decide"),
    path("alerts/<int:pk>/seen/", views.alert_seen, name="alert_seen"),
    path("accounts/", views.AccountList.as_view(), name="accounts"),
    path("accounts/<int:pk>/remove/", views.unmap, name="account_unmap"),
    path("entries/<int:pk>/", views.entry, name="entry"),
    path("entries/<int:pk>/take-back/", views.reverse_entry, name="entry_reverse"),
    path("entries/<int:pk>/release/", views.release, name="entry_release"),
    path("entries/<int:pk>/evidence/", views.add_evidence, name="entry_evidence"),
    path("entries/<int:pk>/purpose/", views.link_purpose, name="entry_purpose"),
    path("entries/evidence/<int:pk>/file/", views.evidence_file, name="evidence_file"),
    path("purposes/<int:pk>/take-back/", views.unlink_purpose, name="purpose_take_back"),
    path("positions/", views.positions, name="positions"),
    path("positions/new/", views.position_new, name="position_new"),
    path("positions/<slug:key>/funding/", views.fund, name="position_fund"),
    path("positions/funding/<int:pk>/remove/", views.funding_remove, name="funding_remove"),
    path("opportunities/", views.OpportunityList.as_view(), name="opportunities"),
    path("opportunities/new/", views.opportunity_new, name="opportunity_new"),
    path("opportunities/<slug:key>/", views.opportunity, name="opportunity"),
    path("opportunities/<slug:key>/decide/", views.choose, name="choose"),
    path("opportunities/<slug:key>/apply/", views.begin, name="begin"),
    path("applications/<int:pk>/parts/new/", views.part_new, name="part_new"),
    path("applications/parts/<int:pk>/file/", views.part_file, name="part_file"),
    path("applications/<int:pk>/sign/", views.sign, name="sign"),
    path("applications/<int:pk>/sent/", views.submit, name="submit"),
    path("applications/<int:pk>/answer/", views.answer, name="answer"),
    path("<slug:key>/", views.award, name="award"),
    path("<slug:key>/edit/", views.award_edit, name="award_edit"),
    path("<slug:key>/lines/new/", views.line_new, name="line_new"),
    path("<slug:key>/ledger/", views.LedgerPage.as_view(), name="ledger"),
    path("<slug:key>/entries/new/", views.entry_new, name="entry_new"),
    path("<slug:key>/transfer/", views.transfer, name="transfer"),
    path("<slug:key>/amend/", views.amend, name="amend"),
    path("<slug:key>/close/", views.close, name="close"),
    path("<slug:key>/financial-report/", views.financial_report, name="financial_report"),
]
