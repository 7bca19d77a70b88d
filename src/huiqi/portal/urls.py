"""Addresses of the front door."""

from django.urls import path

from huiqi.portal import device, pages

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("closing/", pages.closing, name="closing"),
    path("services/", pages.services, name="services"),
    path("about/", pages.about, name="about"),
    path("offline/", device.offline, name="offline"),
    path("manifest.webmanifest", device.manifest, name="manifest"),
    path("sw.js", device.worker, name="worker"),
    path("healthz", pages.health, name="health"),
]
