"""Addresses of the log, and of who looked at what is one's own."""

from django.urls import path

from huiqi.foundation.audit import pages

app_name = "audit"
urlpatterns = [
    path("looks/", pages.looks_at_me, name="looks_at_me"),
    path("looks/organisation/", pages.looks_at_us, name="looks_at_us"),
    path("audit/", pages.log_page, name="log"),
    path("audit/export/", pages.export, name="export"),
    path("audit/<int:entry_id>/", pages.entry_page, name="entry"),
]
