"""Address of the switch."""

from django.urls import path

from huiqi.foundation.look import pages

app_name = "look"
urlpatterns = [path("", pages.switch, name="modes")]
