"""Addresses of the front door."""

from django.urls import path

from huiqi.portal import pages

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("healthz", pages.health, name="health"),
]
