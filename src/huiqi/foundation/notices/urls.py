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
]
