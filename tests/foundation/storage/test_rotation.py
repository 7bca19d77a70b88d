"""Keys are counted, replaced and removed without losing a value, whatever happens meanwhile."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Q

from huiqi.foundation.storage.fields import MissingKeyError, SealError, keyring
from huiqi.foundation.storage.fields.encrypted import Stored
from huiqi.foundation.storage.fields.rotation import (
    check_keys,
    forget_key,
    keys_in_use,
    rotate,
    sealed_columns,
)
from tests.foundation.storage.people import TABLES, Letter, Person, key_file, raw, tables_made

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
ROOT = Path(__file__).parents[3]
COLUMNS = sealed_columns(TABLES)


@pytest.fixture
def keys(settings, tmp_path: Path, db) -> Iterator[Path]:
    """Seven people, two letters, and one key."""
    path = key_file(settings, tmp_path)
    with tables_made():
        Person.objects.bulk_create(
            Person(name=f"刘{n}", phone=f"1380000000{n}", note=None if n else "") for n in range(7)
        )
        Letter.objects.create(form_key="a", contact="13900000000")
        Letter.objects.create(form_key="b")
        yield path


def everything() -> list[tuple[str, str]]:
    return sorted((person.name.reveal(), person.phone.reveal()) for person in Person.objects.all())


EVERYTHING = [(f"刘{n}", f"1380000000{n}") for n in range(7)]


def test_every_encrypted_field_is_found() -> None:
    found = {(column.model.__name__, column.field.name, len(column.indexes)) for column in COLUMNS}
    assert found == {
        ("Person", "name", 0),
        ("Person", "phone", 1),
        ("Person", "card", 0),
        ("Person", "account", 0),
        ("Person", "note", 0),
        ("Letter", "contact", 0),
    }
    for column in sealed_columns(apps.get_models()):
        assert not column.model.check()


def test_values_are_counted_under_their_key(keys: Path) -> None:
    current = keyring.keyring().current
    assert keys_in_use(COLUMNS) == {current: 15}


def test_a_rotation_moves_everything_to_a_new_key(keys: Path) -> None:
    (old,) = keyring.keyring().keys
    told = list(rotate(COLUMNS, NOW, batch=3))
    assert (told[0].done, told[0].left) == (0, 15)
    assert (told[-1].done, told[-1].left, told[-1].stuck) == (15, 0, 0)
    current = keyring.keyring().current
    assert current != old
    assert keys_in_use(COLUMNS) == {current: 15}
    assert everything() == EVERYTHING
    assert Person.objects.get(phone_index="13800000003").name.reveal() == "刘3"
    assert all(index.startswith(current) for index in raw(Person, "phone_index") if index)
    assert raw(Person, "note").count(None) == 6
    assert raw(Person, "note").count("") == 1


def test_a_rotation_broken_off_goes_on_under_the_same_new_key(keys: Path) -> None:
    broken = rotate(COLUMNS, NOW, batch=3)
    next(broken)
    next(broken)
    broken.close()
    assert len(keys_in_use(COLUMNS)) == 2
    assert everything() == EVERYTHING
    assert Person.objects.filter(phone_index__in=[phone for _, phone in EVERYTHING]).count() == 7
    told = list(rotate(COLUMNS, NOW, batch=100))
    assert told[0].left == 12
    assert told[-1].left == 0
    assert len(keyring.keyring().keys) == 2


def test_what_was_saved_while_a_batch_was_being_encrypted_stays(keys: Path) -> None:
    for _ in rotate(COLUMNS, NOW, batch=2):
        person = Person.objects.order_by("pk").last()
        person.name = "改过的"
        person.save()
    assert "改过的" in [name for name, _ in everything()]
    assert sorted(keys_in_use(COLUMNS)) == [keyring.keyring().current]


def test_a_value_that_does_not_open_stays_as_it_is_and_is_told(keys: Path) -> None:
    one, two = Person.objects.order_by("pk")[:2]
    Person.objects.filter(pk=one.pk).update(name=Stored(two.name.stored))
    told = list(rotate(COLUMNS, NOW, batch=2))[-1]
    assert (told.done, told.left, told.stuck) == (14, 1, 1)
    assert Person.objects.values_list("name", flat=True).get(pk=one.pk).stored == two.name.stored
    ((old, count),) = [(key, n) for key, n in keys_in_use(COLUMNS).items() if n == 1]
    with pytest.raises(SealError, match=f"还有 {count} 处内容用密钥 {old} 加密"):
        forget_key(COLUMNS, old, LATER)


def test_the_first_rotation_of_all_only_makes_the_first_key(settings, tmp_path: Path, db) -> None:
    key_file(settings, tmp_path)
    with tables_made():
        list(rotate(COLUMNS, NOW))
    assert len(keyring.keyring().keys) == 1


def test_another_cipher_comes_with_the_next_key(keys: Path, settings) -> None:
    settings.HUIQI_CIPHER = "sm4-gcm"
    assert everything() == EVERYTHING
    list(rotate(COLUMNS, NOW))
    ring = keyring.keyring()
    assert [key.cipher for key in ring.keys.values()] == ["aes-256-gcm", "sm4-gcm"]
    assert everything() == EVERYTHING
    assert Person.objects.get(phone_index="13800000003").name.reveal() == "刘3"


def test_an_old_key_goes_only_when_nothing_needs_it_any_more(keys: Path) -> None:
    (old,) = keyring.keyring().keys
    with pytest.raises(SealError, match=f"还有 15 处内容用密钥 {old} 加密"):
        forget_key(COLUMNS, old, LATER)
    list(rotate(COLUMNS, NOW))
    with pytest.raises(SealError, match="不到 1 小时"):
        forget_key(COLUMNS, old, NOW + timedelta(minutes=59))
    current = keyring.keyring().current
    Person.objects.all().delete()
    Letter.objects.all().delete()
    with pytest.raises(SealError, match="正在使用，不能删除"):
        forget_key(COLUMNS, current, LATER)
    with pytest.raises(SealError, match="没有密钥 nonesuch"):
        forget_key(COLUMNS, "nonesuch", LATER)
    forget_key(COLUMNS, old, LATER)
    assert list(keyring.keyring().keys) == [current]


def test_an_index_alone_keeps_its_key_too(keys: Path) -> None:
    (old,) = keyring.keyring().keys
    list(rotate(COLUMNS, NOW))
    person = Person.objects.first()
    field = Person._meta.get_field("phone_index")
    Person.objects.filter(pk=person.pk).update(
        phone_index=field.digests(person.phone, [keyring.keyring().named(old)])[0]
    )
    with pytest.raises(SealError, match="还有 1 处"):
        forget_key(COLUMNS, old, LATER)
    list(rotate(COLUMNS, NOW))
    assert not Person.objects.filter(Q(phone_index__sealed_under=old)).exists()
    assert len(keyring.keyring().keys) == 2


def test_a_database_whose_key_is_missing_is_not_started_with_another(keys: Path) -> None:
    (lost,) = keyring.keyring().keys
    backup = keys.read_bytes()
    keys.unlink()
    with pytest.raises(MissingKeyError, match=f"缺少密钥 {lost}"):
        check_keys(COLUMNS)
    assert not keys.exists()
    with pytest.raises(MissingKeyError):
        list(rotate(COLUMNS, NOW))
    assert not keys.exists()
    keys.write_bytes(backup)
    check_keys(COLUMNS)
    assert keys.read_bytes() == backup


def typed(folder: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        command(*words), env=site(folder), cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.foundation.storage.rotating", *words]


def site(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
    return {**kept, "HUIQI_MODE": "demo", "HUIQI_DATA": str(folder)}


def test_a_rotation_that_is_killed_is_finished_by_the_next_one(tmp_path: Path) -> None:
    assert typed(tmp_path, "make", "45") == (0, "")
    killed = subprocess.Popen(
        command("rotate"),
        env=site(tmp_path),
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with killed:
        for line in ("0 90", "10 80", "20 70"):
            assert killed.stdout.readline().strip() == line
            killed.stdin.write("\n")
            killed.stdin.flush()
        killed.kill()
    told = json.loads((tmp_path / "field-keys.json").read_text())
    old, current = (key["id"] for key in told["keys"])
    assert told["current"] == current
    code, said = typed(tmp_path, "keys")
    assert code == 0
    assert f"{old}  AES-256-GCM  旧的，还要用" in said
    code, said = typed(tmp_path, "keys", "rotate")
    assert (code, f"新内容用密钥 {current}" in said) == (0, True)
    code, said = typed(tmp_path, "keys")
    assert f"{old}  AES-256-GCM  旧的，可以删除  0 处内容" in said
    assert f"{current}  AES-256-GCM  正在用  90 处内容" in said
    assert typed(tmp_path, "keys", "remove", current) == (
        2,
        f"错误：还有 90 处内容用密钥 {current} 加密，不能删除。请先执行 huiqi keys rotate\n",
    )
    assert typed(tmp_path, "keys", "remove", old)[0] == 0
    assert old not in typed(tmp_path, "keys")[1]


def test_the_command_line_names_a_key_that_is_missing_and_serves_nothing(tmp_path: Path) -> None:
    assert typed(tmp_path, "make", "2") == (0, "")
    path = tmp_path / "field-keys.json"
    (lost,) = json.loads(path.read_text())["keys"]
    path.unlink()
    assert typed(tmp_path, "serve", "--port", "1") == (
        2,
        f"错误：缺少密钥 {lost['id']}，用它加密的内容打不开，也没有改动。请把备份的密钥文件放回 {path}\n",
    )
    code, said = typed(tmp_path, "keys")
    assert (code, f"{lost['id']}  缺少  4 处内容打不开" in said) == (0, True)
    assert not path.exists()
