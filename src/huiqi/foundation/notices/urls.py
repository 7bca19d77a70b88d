"""Addresses of the messages."""

from django.urls import path

from huiqi.foundation.notices import pages

app_name = "notices"
urlpatterns = [
    path("", pages.own_list, name="list"),
    path("read/", pages.mark_read, name="mark_read"),
    path("choices/", pages.choices, name="choices"),
    path("choices/mail/", pages.mail, name="mail"),
    path("choices/mail/code/", pages.mail_code, name="mail_code"),
    path("announced/", pages.announced_list, name="announced"),
    path("announced/new/", pages.new, name="announce"),
    path("announced/<uuid:announcement_id>/", pages.announced_page, name="announcement"),
    path("announced/<uuid:announcement_id>/withdraw/", pages.withdraw_page, name="withdraw"),
]
