from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "huiqi.portal"
    label = "portal"
