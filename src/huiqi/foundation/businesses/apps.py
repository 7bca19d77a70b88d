from django.apps import AppConfig


class BusinessesConfig(AppConfig):
    name = "huiqi.foundation.businesses"
    label = "businesses"
