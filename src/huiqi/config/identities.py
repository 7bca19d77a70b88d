"""Which provider of identities the site asks: the operator decides, the roof puts it in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huiqi.foundation.accounts.adapters.oidc import Arrangement, Provider


class Identities:
    """Sets ``request.identity_provider``: one for the whole process, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        named = settings.HUIQI_OIDC
        self.provider = Provider(Arrangement(**named)) if named else None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.identity_provider = self.provider
        return self.get_response(request)
