"""An encrypted value opens in its own place with its own key, and nowhere else."""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from django.db import models, transaction
from django.db.models.functions import Upper
from django.forms import modelform_factory
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.foundation.storage.fields import (
    BlindIndexField,
    DamagedError,
    EncryptedTextField,
    KeyFileError,
    Kind,
    MissingKeyError,
    Sealed,
    SealError,
    UnboundError,
    keyring,
)
from huiqi.foundation.storage.fields.encrypted import Stored
from huiqi.foundation.storage.fields.sealing import Place, seal, unseal
from tests.foundation.storage.people import Letter, Person, key_file, raw, tables_made

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
HERE = Place("t", "c", "1")


@pytest.fixture(autouse=True, params=list(keyring.Cipher), ids=str)
def keys(request, settings, tmp_path: Path) -> Path:
    return key_file(settings, tmp_path, request.param)


@pytest.fixture
def tables(db) -> Iterator[None]:
    with tables_made():
        yield


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters()), st.text())
def test_any_text_comes_back_from_its_place_and_from_no_other(text: str, row: str) -> None:
    stored = seal(text, Place("t", "c", row))
    assert stored.isascii()
    assert unseal(stored, Place("t", "c", row)) == text
    for other in (Place("t", "c", f"{row}x"), Place("t", "d", row), Place("u", "c", row)):
        with pytest.raises(DamagedError, match="内容打不开"):
            unseal(stored, other)


def test_a_long_text_and_a_lone_surrogate_come_back_too() -> None:
    for text in ("面" * 1_000_000, "\ud800", "a\0b", "𬱖\U000e0100"):
        assert unseal(seal(text, HERE), HERE) == text


def test_no_two_encryptions_are_alike() -> None:
    assert len({seal("13800001234", HERE) for _ in range(100)}) == 100


def test_no_change_of_a_stored_value_goes_unseen() -> None:
    stored = seal("焦作", HERE)
    body = len("hq1:12345678:")
    for place in range(body, len(stored)):
        other = "A" if stored[place] != "A" else "B"
        changed = stored[:place] + other + stored[place + 1 :]
        with pytest.raises(DamagedError):
            unseal(changed, HERE)
    for changed in (
        "",
        "hq1",
        "hq1:",
        "hq2" + stored[3:],
        stored[:-4],
        stored[:20],
        "13800001234",
        f"{stored}!",
    ):
        with pytest.raises(DamagedError):
            unseal(changed, HERE)


@pytest.mark.usefixtures("tables")
def test_a_row_is_saved_by_one_insert_and_read_again(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        Person.objects.create(name="刘德", phone="13800001234")
    with django_assert_num_queries(1):
        person = Person.objects.get()
    assert (person.name.reveal(), person.phone.reveal()) == ("刘德", "13800001234")
    assert (str(person.name), str(person.phone)) == ("刘*", "138****1234")
    (stored,) = raw(Person, "phone")
    assert stored is not None
    assert stored.startswith(f"hq1:{keyring.keyring().current}:")
    assert "13800001234" not in stored


@pytest.mark.usefixtures("tables")
def test_nothing_and_an_empty_text_stay_apart() -> None:
    Person.objects.create(name="", note=None)
    Person.objects.create(name="x", note="")
    assert raw(Person, "note") in ([None, ""], ["", None])
    assert Person.objects.get(note__isnull=True).note is None
    empty = Person.objects.get(note="")
    assert (empty.note.reveal(), str(empty.note), bool(empty.note)) == ("", "", False)
    assert Person.objects.exclude(name="").get().pk == empty.pk


@pytest.mark.usefixtures("tables")
def test_a_value_moved_to_another_row_or_column_does_not_open() -> None:
    one, two = (Person.objects.create(name=name, note=f"{name} 的备注") for name in ("甲一", "乙二"))
    name, note = (
        Person.objects.values_list(column, flat=True).get(pk=one.pk).stored for column in ("name", "note")
    )
    Person.objects.filter(pk=two.pk).update(name=Stored(name))
    Person.objects.filter(pk=one.pk).update(name=Stored(note))
    for person in Person.objects.all():
        assert str(person.name) == "***"
        with pytest.raises(DamagedError, match="从别处挪来"):
            person.name.reveal()


@pytest.mark.usefixtures("tables")
def test_a_row_of_a_counted_table_is_bound_to_what_its_form_brought() -> None:
    Letter.objects.create(form_key="one", contact="13800001234")
    Letter.objects.bulk_create([Letter(form_key="two", contact="0391-3567890"), Letter(form_key="three")])
    assert [letter.contact.reveal() for letter in Letter.objects.order_by("id")] == [
        "13800001234",
        "0391-3567890",
        "",
    ]
    assert Letter.objects.exclude(contact="").update(contact="") == 2
    with pytest.raises(UnboundError, match="form_key"), transaction.atomic():
        Letter.objects.create(contact="13800001234")


@pytest.mark.usefixtures("tables")
def test_a_copied_row_is_encrypted_for_itself() -> None:
    copy = Person.objects.get(pk=Person.objects.create(name="刘德", note="甲").pk)
    copy.pk = uuid.uuid4()
    copy._state.adding = True
    copy.save()
    assert sorted(person.note.reveal() for person in Person.objects.all()) == ["甲", "甲"]


@pytest.mark.usefixtures("tables")
def test_saving_what_was_not_touched_changes_nothing_in_the_database() -> None:
    Person.objects.create(name="刘德", phone="13800001234")
    before = raw(Person, "phone")
    person = Person.objects.get()
    person.town = "博爱"
    person.save()
    assert raw(Person, "phone") == before
    person.refresh_from_db()
    assert person.phone.reveal() == "13800001234"


@pytest.mark.usefixtures("tables")
def test_a_column_left_out_is_fetched_when_it_is_asked_for() -> None:
    Person.objects.create(name="刘德", phone="13800001234")
    assert Person.objects.only("town").get().phone.reveal() == "13800001234"
    assert Person.objects.only("phone").get().phone.reveal() == "13800001234"


@pytest.mark.usefixtures("tables")
def test_what_is_not_encrypted_never_reaches_the_database() -> None:
    person = Person.objects.create(name="刘德", phone="13800001234")
    for change in ({"name": "王五"}, {"phone_index": "13800001234"}, {"name": Upper("town")}):
        with pytest.raises(UnboundError), transaction.atomic():
            Person.objects.update(**change)
    person.name = "王五"
    with pytest.raises(UnboundError, match="computed by the database"), transaction.atomic():
        Person.objects.bulk_update([person], ["name"])
    with pytest.raises(UnboundError, match="both phone and phone_index"), transaction.atomic():
        person.save(update_fields=["phone"])
    assert Person.objects.get().name.reveal() == "刘德"
    person.phone = "13900001234"
    person.save(update_fields=["phone", "phone_index"])
    assert Person.objects.get(phone_index="13900001234").phone.reveal() == "13900001234"


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("lookup", ["name", "name__contains", "name__gt", "name__in", "name__upper"])
def test_an_encrypted_text_cannot_be_looked_up(lookup: str) -> None:
    with pytest.raises((FieldError, UnboundError)):
        Person.objects.filter(**{lookup: "刘德"}).exists()


@pytest.mark.usefixtures("tables")
def test_a_whole_value_is_found_by_its_blind_index_however_it_is_written() -> None:
    person = Person.objects.create(name="刘德", phone="138 0000 1234")
    Person.objects.create(name="王五", phone="13900001234")
    Person.objects.create(name="无")
    for written in ("13800001234", "+86 138-0000-1234", "１３８００００１２３４", person.phone):
        assert Person.objects.get(phone_index=written).pk == person.pk
    assert Person.objects.filter(phone_index__in=["13800001234", "13900001234", "1"]).count() == 2
    assert not Person.objects.filter(phone_index="1380000").exists()
    assert not Person.objects.filter(phone_index="").exists()
    assert Person.objects.get(phone_index=None).name.reveal() == "无"
    with pytest.raises(FieldError):
        Person.objects.filter(phone_index__startswith="138").exists()
    (index, *_) = [told for told in raw(Person, "phone_index") if told]
    assert "13800001234" not in index


def test_an_index_differs_by_column_and_by_key() -> None:
    keyring.add_key(NOW)
    first, second = keyring.keyring().keys.values()
    told = {
        digest
        for field in (Person._meta.get_field("phone_index"),)
        for key in (first, second)
        for digest in field.digests("13800001234", [key])
    }
    assert len(told) == 2


@pytest.mark.usefixtures("tables")
def test_a_form_that_comes_back_with_the_mask_changes_nothing() -> None:
    person = Person.objects.create(name="刘德", phone="13800001234")
    form = modelform_factory(Person, fields=["name", "phone"])
    assert "13800001234" not in str(form(instance=person))
    changed = form({"name": "刘*", "phone": "13900005678"}, instance=person)
    assert changed.is_valid()
    changed.save()
    person = Person.objects.get()
    assert (person.name.reveal(), person.phone.reveal()) == ("刘德", "13900005678")


@pytest.mark.usefixtures("tables")
def test_a_missing_key_is_named_and_nothing_is_overwritten(keys: Path) -> None:
    Person.objects.create(name="刘德", phone="13800001234")
    before, lost = raw(Person, "phone"), keyring.keyring().current
    backup = keys.rename(keys.with_suffix(".backup"))
    person = Person.objects.get()
    assert str(person.phone) == "***"
    with pytest.raises(MissingKeyError, match=f"缺少密钥 {lost}.*请把备份的密钥文件放回 {keys}"):
        person.phone.reveal()
    with pytest.raises(SealError), transaction.atomic():
        person.save()
    assert raw(Person, "phone") == before
    backup.replace(keys)
    assert Person.objects.get().phone.reveal() == "13800001234"


def test_a_wrong_secret_under_the_right_id_opens_nothing(keys: Path) -> None:
    stored = seal("焦作", HERE)
    told = json.loads(keys.read_text())
    told["keys"][0]["secret"] = "A" * 43 + "="
    keys.write_text(json.dumps(told))
    with pytest.raises(DamagedError):
        unseal(stored, HERE)


def test_the_file_of_keys_is_made_once_and_read_by_its_owner_alone(keys: Path) -> None:
    assert not keys.exists()
    seal("焦作", HERE)
    assert keys.stat().st_mode & 0o777 == 0o600
    before = keys.read_bytes()
    keyring.make_keyring()
    seal("焦作", HERE)
    assert keys.read_bytes() == before
    assert [path.name for path in keys.parent.iterdir()] == [keys.name]
    assert json.loads(before)["keys"][0]["cipher"] in ("aes-256-gcm", "sm4-gcm")


def test_production_refuses_keys_that_others_may_read(keys: Path, settings) -> None:
    seal("焦作", HERE)
    settings.HUIQI_MODE = "production"
    seal("焦作", HERE)
    for mode in (0o644, 0o640, 0o604):
        keys.chmod(mode)
        with pytest.raises(KeyFileError, match=f"chmod 600 {keys}"):
            seal("焦作", HERE)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"keys": [], "current": ""}', '{"keys": [{"id": 1}]}']
)
def test_a_damaged_file_of_keys_is_never_written_over(keys: Path, text: str) -> None:
    keys.parent.mkdir()
    keys.write_text(text)
    with pytest.raises(KeyFileError, match=r"不完整.*不要删除它"):
        seal("焦作", HERE)
    with pytest.raises(KeyFileError):
        keyring.add_key(NOW)
    assert keys.read_text() == text


def test_a_key_shows_no_secret() -> None:
    seal("焦作", HERE)
    ring = keyring.keyring()
    (key,) = ring.keys.values()
    assert "secret=" not in repr(ring)
    assert repr(key.secret) not in repr(ring)


def test_a_field_that_could_not_be_opened_again_is_refused_at_the_start() -> None:
    with isolate_apps("huiqi.foundation.storage"):

        class Counted(models.Model):
            text = EncryptedTextField()
            lost = EncryptedTextField(bound_to="nothing")
            loose = EncryptedTextField(bound_to="town", unique=True)
            town = models.CharField(max_length=5)
            town_index = BlindIndexField(of="town")

            class Meta:
                app_label = "storage"

            def __str__(self) -> str:
                return self.town

        told = [problem.id for problem in Counted.check() if problem.id.startswith("huiqi.")]
        assert sorted(told) == ["huiqi.E001", "huiqi.E002", "huiqi.E002", "huiqi.E003", "huiqi.E004"]
    assert not [problem for table in (Person, Letter) for problem in table.check()]


def test_a_migration_makes_the_same_field_again() -> None:
    field = EncryptedTextField(kind=Kind.PHONE, bound_to="form_key", sealed_as="old_table.old_column")
    _, _, args, options = field.deconstruct()
    assert options == {"kind": "phone", "bound_to": "form_key", "sealed_as": "old_table.old_column"}
    assert EncryptedTextField(*args, **options).home == ("old_table", "old_column")
    _, _, args, options = BlindIndexField(of="phone").deconstruct()
    assert BlindIndexField(*args, **options).of == "phone"


def test_a_value_without_its_row_does_not_open() -> None:
    with pytest.raises(UnboundError, match="instance"):
        Sealed(stored=seal("焦作", HERE)).reveal()
