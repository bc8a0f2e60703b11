"""Pages about people and their access, under ``/people/``."""

from django.urls import path

from schoolward.domains.people.views import accounts, agencies, contacts, numbers, own

app_name = "people"
urlpatterns = [
    path("", contacts.PeopleList.as_view(), name="list"),
    path("new", contacts.edit, name="create"),
    path("<int:pk>/edit", contacts.edit, name="edit"),
    path("roles", contacts.roles, name="roles"),
    path("me", own.me, name="me"),
    path("me/tokens/new", own.create_token, name="token_create"),
    path("me/tokens/<int:pk>/revoke", own.revoke_token, name="token_revoke"),
    path("me/leave-everywhere", own.leave_everywhere, name="leave_everywhere"),
    path("numbers", numbers.NumberList.as_view(), name="numbers"),
    path("numbers/new", numbers.edit, name="number_new"),
    path("numbers/<int:pk>/edit", numbers.edit, name="number_edit"),
    path("numbers/<int:pk>/remove", numbers.remove, name="number_remove"),
    path("agencies", agencies.AgencyList.as_view(), name="agencies"),
    path("agencies/new", agencies.open_new, name="agency_create"),
    path("agencies/<slug:key>/edit", agencies.edit, name="agency_edit"),
    path("agencies/<slug:key>/revoke", agencies.revoke, name="agency_revoke"),
    path("accounts", accounts.AccountList.as_view(), name="accounts"),
    path("accounts/new", accounts.create, name="account_create"),
    path("accounts/<int:pk>", accounts.account, name="account"),
    path("accounts/<int:pk>/memberships/new", accounts.add_membership, name="membership_create"),
    path("accounts/<int:pk>/invite", accounts.invite, name="account_invite"),
    path("accounts/<int:pk>/close", accounts.close, name="account_close"),
    path("accounts/<int:pk>/reopen", accounts.reopen, name="account_reopen"),
    path("accounts/<int:pk>/unlock", accounts.unlock, name="account_unlock"),
    path("accounts/<int:pk>/end-sessions", accounts.end_sessions, name="account_end_sessions"),
    path("accounts/<int:pk>/reset-second-factor", accounts.reset_second_factor, name="account_reset_factor"),
    path("memberships/<int:pk>/end", accounts.end_membership, name="membership_end"),
    path("memberships/<int:pk>/confirm", accounts.confirm, name="membership_confirm"),
    path("review", accounts.review, name="review"),
]
