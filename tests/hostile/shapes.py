"""Requests that no browser of ours would send: one line a kind, with what may come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.hostile.trying import FORM

BOUNDARY = "multipart/form-data; boundary=b"
OK, REFUSED = (200, 301, 302, 304), (400, 403, 404, 405, 413, 429)
EITHER = OK + REFUSED


def part(name: str, text: str = "x", head: str = "") -> bytes:
    """One part of a form that is sent in parts."""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{head}\r\n\r\n{text}\r\n'.encode()


@dataclass(frozen=True, slots=True)
class Shape:
    """One request, sent as ``who`` (the name of a walker); ``is_checked`` with the token of forms wanted."""

    name: str
    method: str
    path: str
    comes: tuple[int, ...]
    body: bytes = b""
    kind: str = FORM
    who: str = "visitor"
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    is_checked: bool = False


_SIGN_IN, _NAME, _VERIFY = "/accounts/sign-in/", "/accounts/name/", "/verify/"
_PHONE = b"phone=13800000000"
SHAPES = (
    # bodies
    Shape("JSON for a form", "POST", _SIGN_IN, EITHER, b'{"phone": "13800000000"}', "application/json"),
    Shape("XML for a form", "POST", _SIGN_IN, EITHER, b"<a/>", "application/xml"),
    Shape("text for a form", "POST", _SIGN_IN, EITHER, _PHONE, "text/plain"),
    Shape("a kind nobody knows", "POST", _SIGN_IN, EITHER, _PHONE, "x/\x7f; a=b; c"),
    Shape(
        "a form said to be GB18030",
        "POST",
        _SIGN_IN,
        EITHER,
        "phone=一".encode("gb18030"),
        f"{FORM}; charset=gb18030",
    ),
    Shape(
        "a form said to be UTF-16",
        "POST",
        _SIGN_IN,
        EITHER,
        "phone=1".encode("utf-16"),
        f"{FORM}; charset=utf-16",
    ),
    Shape("a form said to be nonsense", "POST", _SIGN_IN, EITHER, _PHONE, f"{FORM}; charset=nonsense"),
    Shape("a form said to be base64", "POST", _SIGN_IN, EITHER, _PHONE, f"{FORM}; charset=base64"),
    Shape("parts without a boundary", "POST", _SIGN_IN, EITHER, part("phone"), "multipart/form-data"),
    Shape(
        "parts with a boundary that is none",
        "POST",
        _SIGN_IN,
        EITHER,
        part("phone"),
        "multipart/form-data; boundary=\x01é",
    ),
    Shape(
        "parts with another boundary",
        "POST",
        _SIGN_IN,
        EITHER,
        part("phone"),
        "multipart/form-data; boundary=c",
    ),
    Shape("parts that break off", "POST", _SIGN_IN, EITHER, part("phone")[:-9], BOUNDARY),
    Shape(
        "parts in a code they are not in",
        "POST",
        _SIGN_IN,
        EITHER,
        part("phone", "%%%", "\r\nContent-Transfer-Encoding: base64") + b"--b--",
        BOUNDARY,
    ),
    Shape(
        "a file where a word is asked",
        "POST",
        _NAME,
        EITHER,
        part("name", "x", '; filename="a.txt"') + b"--b--",
        BOUNDARY,
        "person",
    ),
    Shape(
        "a file named as a path with lines",
        "POST",
        _VERIFY,
        EITHER,
        part("file", "x", '; filename="../../a\\r\\nX: y"') + b"--b--",
        BOUNDARY,
    ),
    Shape(
        "a thousand parts",
        "POST",
        _SIGN_IN,
        REFUSED,
        b"".join(part(f"p{n}") for n in range(1000)) + b"--b--",
        BOUNDARY,
    ),
    Shape(
        "a part with an endless head",
        "POST",
        _SIGN_IN,
        EITHER,
        part("phone", "x", "; a=" + "b" * 50_000) + b"--b--",
        BOUNDARY,
    ),
    Shape("five thousand fields", "POST", _SIGN_IN, REFUSED, b"&".join(b"f%d=1" % n for n in range(5000))),
    Shape("one field three hundred times", "POST", _NAME, EITHER, b"&".join([b"name=a"] * 300), who="person"),
    Shape("a field twice", "POST", _SIGN_IN, EITHER, b"phone=13800000000&phone=13900000000"),
    Shape("fields without names", "POST", _SIGN_IN, EITHER, b"=&==&&=x&%00=1"),
    Shape(
        "fields as other languages nest them",
        "POST",
        _SIGN_IN,
        EITHER,
        b"phone[]=1&phone[a][b]=2&__proto__[x]=1",
    ),
    Shape("a body larger than any form", "POST", _SIGN_IN, REFUSED, b"a=" + b"b" * 300_000),
    Shape("a length that is no number", "POST", _SIGN_IN, REFUSED, _PHONE, headers={"CONTENT_LENGTH": "abc"}),
    Shape("a length below nothing", "POST", _SIGN_IN, REFUSED, _PHONE, headers={"CONTENT_LENGTH": "-5"}),
    Shape("a length in other digits", "POST", _SIGN_IN, REFUSED, _PHONE, headers={"CONTENT_LENGTH": "１７"}),
    Shape("a length that is too short", "POST", _SIGN_IN, EITHER, _PHONE, headers={"CONTENT_LENGTH": "3"}),
    Shape("an empty body", "POST", _NAME, EITHER, who="person"),
    # tokens of forms
    Shape("no token", "POST", _NAME, (403,), b"name=a", who="person", is_checked=True),
    Shape(
        "another's token",
        "POST",
        _NAME,
        (403,),
        b"name=a&csrfmiddlewaretoken=" + b"a" * 64,
        who="person",
        cookies={"csrftoken": "b" * 32},
        is_checked=True,
    ),
    Shape(
        "a token that is none",
        "POST",
        _NAME,
        (403,),
        b"name=a&csrfmiddlewaretoken=%00",
        who="person",
        cookies={"csrftoken": "\0"},
        is_checked=True,
    ),
    Shape(
        "a right token from another site",
        "POST",
        _NAME,
        (403,),
        b"name=a&csrfmiddlewaretoken=" + b"a" * 32,
        who="person",
        cookies={"csrftoken": "a" * 32},
        headers={"HTTP_ORIGIN": "https://evil.example"},
        is_checked=True,
    ),
    Shape(
        "a right token from nowhere",
        "POST",
        _NAME,
        (403,),
        b"name=a&csrfmiddlewaretoken=" + b"a" * 32,
        who="person",
        cookies={"csrftoken": "a" * 32},
        headers={"HTTP_ORIGIN": "null"},
        is_checked=True,
    ),
    Shape(
        "no token where files are handed in",
        "POST",
        _VERIFY,
        (403,),
        part("number") + b"--b--",
        BOUNDARY,
        is_checked=True,
    ),
    # methods
    Shape("PUT", "PUT", _NAME, (405,), b"name=a", who="person"),
    Shape("DELETE", "DELETE", "/policies/", (405,)),
    Shape("PATCH", "PATCH", "/cases/", (405,), who="officer"),
    Shape("TRACE", "TRACE", "/", (405,), headers={"HTTP_X_WORD": "evil"}),
    Shape("CONNECT", "CONNECT", "/", (405,)),
    Shape("a method nobody knows", "FOO", "/accounts/", (405,), who="person"),
    Shape("a method in small letters", "post", _NAME, EITHER, b"name=a", who="person"),
    Shape("HEAD where only forms go", "HEAD", "/accounts/recovery-codes/", (405,), who="person"),
    Shape("GET where only forms go", "GET", "/accounts/recovery-codes/", (405,), who="person"),
    Shape("OPTIONS", "OPTIONS", "/accounts/", EITHER, who="person"),
    Shape(
        "a method hidden in a header",
        "GET",
        "/accounts/recovery-codes/",
        (405,),
        who="person",
        headers={"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
    ),
    Shape("a method hidden in a field", "POST", "/policies/", (405,), b"_method=GET"),
    # where a request says that it goes to, and where it comes from
    Shape("a host that is not ours", "GET", "/policies/", (400,), headers={"HTTP_HOST": "evil.example"}),
    Shape("a host that is no name", "GET", "/", (400,), headers={"HTTP_HOST": "a b<script>\\"}),
    Shape(
        "a host with a strange port", "GET", "/", (400,), headers={"HTTP_HOST": "testserver:80@evil.example"}
    ),
    Shape("no host", "GET", "/", (400,), headers={"HTTP_HOST": "", "SERVER_NAME": "evil.example"}),
    Shape(
        "a host handed on by nobody",
        "GET",
        "/policies/",
        (200,),
        headers={"HTTP_X_FORWARDED_HOST": "evil.example"},
    ),
    Shape("a scheme handed on by nobody", "GET", "/", (200,), headers={"HTTP_X_FORWARDED_PROTO": "https"}),
    Shape(
        "an address handed on by nobody",
        "GET",
        "/",
        (200,),
        headers={"HTTP_X_FORWARDED_FOR": "127.0.0.1, ::1"},
    ),
    Shape(
        "another page in a header",
        "GET",
        "/accounts/",
        (302,),
        headers={"HTTP_X_ORIGINAL_URL": "/", "HTTP_X_REWRITE_URL": "/"},
    ),
    Shape(
        "a name in a header",
        "GET",
        "/accounts/",
        (302,),
        headers={"REMOTE_USER": "admin", "HTTP_AUTHORIZATION": "Basic YTpi"},
    ),
    # addresses
    Shape("two slashes and a host", "GET", "//evil.example/policies", EITHER),
    Shape("two slashes, encoded", "GET", "/%2fevil.example/policies", EITHER),
    Shape("a backslash and a host", "GET", "/\\evil.example/policies", EITHER),
    Shape("a form without its last slash", "POST", "/accounts/sign-in", EITHER, _PHONE),
    Shape("out of the files", "GET", "/static/../../../../etc/passwd", (404,)),
    Shape("out of the files, encoded", "GET", "/static/%2e%2e/%2e%2e/etc/passwd", (404,)),
    Shape("out of the files by a backslash", "GET", "/static/..\\..\\settings.py", (404,)),
    Shape("a file of the house", "GET", "/.git/config", (404,)),
    Shape("secrets of the house", "GET", "/.env", (404,)),
    Shape("the desk of other sites", "GET", "/wp-login.php", (404,)),
    Shape("the desk of Django", "GET", "/admin/", (404,)),
    Shape("an endless address", "GET", "/" + "a" * 20_000, (404,)),
    Shape("an endless question", "GET", "/policies/?q=" + "a" * 60_000, EITHER),
    Shape(
        "five thousand questions", "GET", "/policies/?" + "&".join(f"a{n}=1" for n in range(5000)), REFUSED
    ),
    Shape(
        "questions as other languages nest them",
        "GET",
        "/policies/?page[]=1&q[a]=b&;q=c;d=e&__proto__=x",
        EITHER,
    ),
    Shape("a page beyond the last", "GET", "/policies/?page=99999999999999999999", EITHER),
    Shape("a page below the first", "GET", "/policies/?page=-1", EITHER),
    Shape("NUL in an address", "GET", "/policies/%00/", (404,)),
    # headers and cookies
    Shape("a thousand cookies", "GET", "/", OK, cookies={f"c{n}": "v" for n in range(1000)}),
    Shape("a session somebody made up", "GET", "/accounts/", (302,), cookies={"sessionid": "a" * 32}),
    Shape("a session that is a path", "GET", "/accounts/", (302,), cookies={"sessionid": "../../etc/passwd"}),
    Shape(
        "answers nobody gave",
        "GET",
        "/matching/results/",
        EITHER,
        cookies={"answers": '{"facts": {"a": [[]]}}'},
    ),
    Shape("ranges without end", "GET", "/", OK, headers={"HTTP_RANGE": "bytes=" + "0-1," * 500}),
    Shape(
        "a time that never was",
        "GET",
        "/sw.js",
        OK,
        headers={"HTTP_IF_NONE_MATCH": '"' * 999, "HTTP_IF_MODIFIED_SINCE": "never"},
    ),
    Shape(
        "a language that is none", "GET", "/", OK, headers={"HTTP_ACCEPT_LANGUAGE": "x" * 5000 + ";q=1e999"}
    ),
    Shape(
        "part of a page for whom it is not",
        "GET",
        "/accounts/",
        (302,),
        headers={"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "javascript:alert(7)"},
    ),
)
