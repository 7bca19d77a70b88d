"""Addresses of the front door."""

from django.urls import path

from huiqi.portal import device, finding, health, homes, pages

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("home/", homes.own_home, name="own_home"),
    path("audit/find/", finding.find_party, name="find_party"),
    path("health/", health.health_page, name="health_page"),
    path("closing/", pages.closing, name="closing"),
    path("services/", pages.services, name="services"),
    path("about/", pages.about, name="about"),
    path("offline/", device.offline, name="offline"),
    path("manifest.webmanifest", device.manifest, name="manifest"),
    path("sw.js", device.worker, name="worker"),
    path("healthz", health.healthz, name="healthz"),
]
