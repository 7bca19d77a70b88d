"""A visitor without a browser: asks for pages and fills the first form, as the noodle shop in 温县 would."""

import re
import urllib.request
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.cookiejar import CookieJar
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_OPEN_FOR_DAYS = 913  # thirty months


@dataclass
class Visitor:
    """Keeps cookies from page to page."""

    home: str
    cookies: CookieJar = field(default_factory=CookieJar)

    def get(self, address: str) -> bytes:
        return self._open(urllib.request.Request(self.home + address))  # noqa: S310

    def answer_the_form(self) -> None:
        """温县, 个体工商户, 正餐服务, open for two and a half years."""
        form = self.get("/matching/").decode()
        token = _TOKEN.search(form)
        if token is None:
            raise ValueError("the form has no token")
        answers = {
            "csrfmiddlewaretoken": token[1],
            "region_code": "410825",
            "entity_type": "individual_business",
            "industry_code": "H6210",
            "established_on": (date.today() - timedelta(days=_OPEN_FOR_DAYS)).isoformat(),  # noqa: DTZ011
            "results": "1",
        }
        page = self._open(urllib.request.Request(f"{self.home}/matching/", urlencode(answers).encode()))  # noqa: S310
        if "answers" not in {each.name for each in self.cookies} or b'id="eligible"' not in page:
            raise ValueError("the form did not lead to results")

    @property
    def header(self) -> str:
        """All cookies as one header, for a tool that keeps none."""
        return "; ".join(f"{each.name}={each.value}" for each in self.cookies)

    def _open(self, request: urllib.request.Request) -> bytes:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        with opener.open(request, timeout=30) as answer:
            body: bytes = answer.read()
        return body
