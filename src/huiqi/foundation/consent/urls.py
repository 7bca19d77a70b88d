"""Addresses of consents."""

from django.urls import path

from huiqi.foundation.consent import pages

app_name = "consent"
urlpatterns = [
    path("", pages.consents, name="consents"),
    path("new/", pages.give_page, name="give"),
    path("held/", pages.held, name="held"),
    path("ask/", pages.ask_page, name="ask"),
    path("ask/<uuid:ask_id>/", pages.made_page, name="ask_made"),
    path("asked/<uuid:ask_id>/", pages.asked_page, name="asked"),
    path("asked/<uuid:ask_id>/decline/", pages.decline_page, name="decline"),
    path("<uuid:consent_id>/", pages.consent_page, name="consent"),
    path("<uuid:consent_id>/revoke/", pages.revoke_page, name="revoke"),
]
