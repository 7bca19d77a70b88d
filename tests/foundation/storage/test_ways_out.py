"""However an encrypted value leaves the program, its mask leaves; the text leaves by `reveal()` alone."""

import copy
import csv
import inspect
import io
import json
import logging
import pickle
import pprint
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import F, Max, TextField, Value
from django.db.models.functions import Concat
from django.forms.models import model_to_dict
from django.http import JsonResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.views.debug import ExceptionReporter

from huiqi.foundation.storage.fields import Kind, Sealed, UnboundError
from tests.foundation.storage.people import Person, key_file, tables_made

TEXTS = {
    "name": "刘德𬱖",
    "phone": "13800001234",
    "card": "41080219900101123X",
    "account": "6222021702001234567",
    "note": "家里欠了三万元",
}
SHOWN = {
    "name": "刘**",
    "phone": "138****1234",
    "card": "410*************3X",
    "account": "***4567",
    "note": "***",
}


@pytest.fixture(autouse=True)
def tables(db, settings, tmp_path: Path) -> Iterator[None]:
    key_file(settings, tmp_path)
    with tables_made():
        yield


@pytest.fixture(params=["just made", "just saved", "read"])
def person(request):
    made = Person(**TEXTS)
    if request.param != "just made":
        made.save()
    return Person.objects.get() if request.param == "read" else made


def leaks(shown: object) -> list[str]:
    """The texts that stand in what was shown, also as JSON and Python write them."""
    text = shown.decode("utf-8", "backslashreplace") if isinstance(shown, bytes) else str(shown)
    return [
        secret
        for secret in TEXTS.values()
        if secret in text or json.dumps(secret)[1:-1] in text or ascii(secret)[1:-1] in text
    ]


def table_of(person) -> str:
    file = io.StringIO()
    csv.writer(file).writerow([getattr(person, name) for name in TEXTS])
    return file.getvalue()


def logged(person) -> str:
    file = io.StringIO()
    log = logging.Logger("ways-out")
    log.addHandler(logging.StreamHandler(file))
    log.error("%s %r %s %s", person.phone, person.phone, person, vars(person))
    return file.getvalue()


def broken_with(person) -> BaseException:
    phone, everything = person.phone, vars(person)
    try:
        return phone / len(everything)
    except TypeError as error:
        return error


def error_page(person) -> str:
    error = broken_with(person)
    return ExceptionReporter(
        RequestFactory().get("/"), type(error), error, error.__traceback__
    ).get_traceback_html()


WAYS: dict[str, Callable[..., object]] = {
    "str": lambda person: [str(getattr(person, name)) for name in TEXTS],
    "repr": lambda person: [repr(getattr(person, name)) for name in TEXTS],
    "format": lambda person: f"{person.phone} {person.name!r:>30} {person.note:>20} {person.card!a}",
    "percent": lambda person: "%s %r %a" % (person.phone, person.name, person.note),  # noqa: UP031
    "join": lambda person: ",".join(getattr(person, name) for name in TEXTS) + person.phone[:],
    "bytes": lambda person: [getattr(person, name).encode() for name in TEXTS],
    "json": lambda person: json.dumps({name: getattr(person, name) for name in TEXTS}, ensure_ascii=False),
    "django json": lambda person: json.dumps([person.phone, person.note], cls=DjangoJSONEncoder),
    "json response": lambda person: JsonResponse({"phone": person.phone}).content,
    "yaml": lambda person: yaml.dump([str(person.phone)]) + repr(yaml.dump({"vars": str(vars(person))})),
    "csv": table_of,
    "pprint": lambda person: pprint.pformat([vars(person), person.phone]),
    "vars": lambda person: [vars(person), person.__dict__, list(vars(person).values())],
    "model_to_dict": model_to_dict,
    "value_to_string": lambda person: [field.value_to_string(person) for field in person._meta.fields],
    "template": lambda person: Template(
        "{{ p.phone }} {{ p.name|upper }} {{ p.note|safe }} {{ p|pprint }} {{ p.card|escapejs }}"
        "{{ p.account|json_script:'x' }}{{ p.phone.stored }}{{ p.phone.place }}"
    ).render(Context({"p": person})),
    "logs": logged,
    "traceback with locals": lambda person: "".join(
        traceback.TracebackException.from_exception(broken_with(person), capture_locals=True).format()
    ),
    "error page": error_page,
    "pickle": lambda person: (
        [pickle.dumps(vars(person), protocol) for protocol in range(2, 6)]
        + [pickle.dumps(person.phone, protocol) for protocol in range(6)]
    ),
    "copy": lambda person: [
        copy.copy(person.phone),
        copy.deepcopy(person.phone),
        copy.deepcopy(vars(person)),
    ],
    "inspect": lambda person: [value for _, value in inspect.getmembers(person.phone) if not callable(value)],
    "hash": lambda person: [hash(person.phone), sys.getsizeof(person.phone), dir(person.phone)],
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_way_out_shows_the_text(way: Callable[..., object], person) -> None:
    assert leaks(way(person)) == []


def test_each_kind_shows_its_mask_and_reveals_its_text(person) -> None:
    assert {name: str(getattr(person, name)) for name in TEXTS} == SHOWN
    assert {name: getattr(person, name).reveal() for name in TEXTS} == TEXTS


def test_every_method_of_a_text_works_on_the_mask(person) -> None:
    """Found by reflection, so that a method of a later Python is tried too."""
    arguments = [(), ("a",), ("a", "b"), (3,), (30,), ({},), (["a", "b"],)]
    tried = 0
    for name, text in TEXTS.items():
        sealed = getattr(person, name)
        for method in sorted(set(dir(str)) | set(dir(Sealed)) - {"reveal", "_opens"}):
            if method in {
                "reveal",
                "_opens",
                "__class__",
                "__new__",
                "__init__",
                "__setattr__",
                "__delattr__",
            }:
                continue
            for given in arguments:
                try:
                    told = getattr(sealed, method)(*given)
                    told = list(told) if isinstance(told, Iterator) else told
                except (TypeError, ValueError, AttributeError, LookupError):
                    continue
                tried += 1
                assert text not in str(told), method
    assert tried > 200


@pytest.mark.parametrize("ask", ["values", "values_list", "flat", "aggregate", "annotate", "concat", "dates"])
def test_no_question_to_the_database_answers_with_the_text(ask: str) -> None:
    Person.objects.create(**TEXTS)
    rows = Person.objects
    told = {
        "values": lambda: list(rows.values()),
        "values_list": lambda: list(rows.values_list(*TEXTS)),
        "flat": lambda: list(rows.values_list("phone", flat=True)),
        "aggregate": lambda: rows.aggregate(most=Max("phone")),
        "annotate": lambda: list(rows.annotate(other=F("phone")).values()),
        "concat": lambda: list(
            rows.annotate(other=Concat(Value("x"), "phone", output_field=TextField())).values_list("other")
        ),
        "dates": lambda: list(rows.in_bulk().values()),
    }[ask]()
    assert leaks(told) == []
    assert leaks(json.dumps(told, default=str)) == []


def test_what_values_gives_cannot_be_opened() -> None:
    Person.objects.create(**TEXTS)
    for value in Person.objects.values_list(*TEXTS).get():
        assert str(value) == "***"
        with pytest.raises(UnboundError):
            value.reveal()


@pytest.mark.parametrize("form", ["json", "jsonl", "xml", "yaml", "python"])
def test_an_export_holds_masks(form: str) -> None:
    Person.objects.create(**TEXTS)
    told = str(serializers.serialize(form, Person.objects.all()))
    assert leaks(told) == []
    assert "138****1234" in told


def test_the_log_of_sql_holds_no_text() -> None:
    with CaptureQueriesContext(connection) as queries:
        Person.objects.create(**TEXTS)
        Person.objects.get(phone_index=TEXTS["phone"])
    assert len(queries) == 2
    assert leaks(queries.captured_queries) == []


def test_what_was_pickled_is_a_mask_and_is_never_saved_as_one() -> None:
    Person.objects.create(**TEXTS)
    again = Person.objects.get()
    vars(again).update(pickle.loads(pickle.dumps(vars(Person.objects.get()))))  # noqa: S301 - our own
    assert leaks(vars(again)) == []
    with pytest.raises(UnboundError):
        again.phone.reveal()
    with pytest.raises(UnboundError), transaction.atomic():
        again.save()
    assert Person.objects.get().phone.reveal() == TEXTS["phone"]


def test_an_error_while_encrypting_hides_the_text_from_error_pages(settings) -> None:
    settings.HUIQI_KEYS = Path("/proc/nothing/keys.json")
    person = Person(**TEXTS)
    try:
        person.save()
    except Exception as error:  # noqa: BLE001 - whatever it is, it goes to the page
        page = ExceptionReporter(None, type(error), error, error.__traceback__).get_traceback_text()
    assert "密钥文件" in page
    assert leaks(page) == []


def test_a_fresh_value_has_its_mask_at_once() -> None:
    assert str(Sealed.fresh("13800001234", Kind.PHONE)) == "138****1234"
    assert repr(Sealed.fresh("13800001234", Kind.PHONE)) == "<sealed 138****1234>"
