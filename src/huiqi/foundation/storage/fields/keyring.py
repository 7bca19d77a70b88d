"""The file of keys: which there are, and which of them encrypts what is new.

One JSON file, readable by its owner alone. Whoever has it and the database can read everything; whoever loses
it has lost what was encrypted.
"""

import base64
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from huiqi.foundation.storage.fields.errors import KeyFileError, MissingKeyError, SealError

ID_LENGTH = 8
_SECRET_BYTES = 32
REST = timedelta(hours=1)  # longer than anybody who still encrypts with the old key needs to save


class Cipher(StrEnum):
    """Authenticated encryption: AES by default, SM4 where a city must use 国密."""

    AES = "aes-256-gcm"
    SM4 = "sm4-gcm"


@dataclass(frozen=True, slots=True)
class Key:
    """One secret, from which each purpose gets its own key. ``replaced_at`` is None for a current one."""

    id: str
    cipher: Cipher
    secret: bytes = field(repr=False)
    replaced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys by their ids; ``current`` encrypts what is new. An empty ring opens nothing."""

    path: Path
    keys: Mapping[str, Key]
    current: str

    def named(self, key_id: str) -> Key:
        """Return the key; MissingKeyError where it is not in the ring."""
        try:
            return self.keys[key_id]
        except KeyError:
            raise MissingKeyError(key_id, self.path) from None


def keyring() -> Keyring:
    """The keys as the file has them now; an empty ring where there is no file.

    KeyFileError for a file that is not whole, and in production for one that others may read.
    """
    path = Path(settings.HUIQI_KEYS)
    try:
        status = path.stat()
    except FileNotFoundError:
        return Keyring(path, {}, "")
    except OSError as failure:
        raise KeyFileError(f"密钥文件 {path} 读不了（{failure.strerror}）。请检查权限。") from failure
    if settings.HUIQI_MODE == "production" and status.st_mode & 0o077:
        raise KeyFileError(f"密钥文件 {path} 别人也能读。请执行 chmod 600 {path} 再试。")
    return _read(path, (status.st_ino, status.st_mtime_ns, status.st_size))


def current_key() -> Key:
    """The key for what is new; made with its file where there is none yet."""
    ring = keyring()
    if not ring.keys:
        ring = make_keyring()
    return ring.named(ring.current)


def make_keyring() -> Keyring:
    """Make the file with a first key, unless there is one: several processes may start at once."""
    ring = keyring()
    if not ring.keys:
        first = _new_key()
        _write(Keyring(ring.path, {first.id: first}, first.id), is_new=True)
    return keyring()


def add_key(now: datetime) -> Key:
    """Make a new key and let it be the current one; the others stay and open what they closed."""
    ring = make_keyring()
    added = _new_key()
    keys = {**ring.keys, added.id: added}
    keys[ring.current] = replace(ring.keys[ring.current], replaced_at=now)
    _write(Keyring(ring.path, keys, added.id))
    return added


def remove_key(key_id: str, now: datetime) -> None:
    """Forget an old key for ever; the caller has seen that nothing is encrypted with it.

    SealError for the current key and for one that was current within the last hour: a page that is just
    being saved may still use it.
    """
    ring = keyring()
    if key_id not in ring.keys:
        raise SealError(f"没有密钥 {key_id}。有哪些密钥，请看 huiqi keys。")
    key = ring.keys[key_id]
    if key_id == ring.current:
        raise SealError(f"密钥 {key_id} 正在使用，不能删除。请先执行 huiqi keys rotate。")
    if key.replaced_at is not None and now - key.replaced_at < REST:
        raise SealError(f"密钥 {key_id} 换下来还不到 1 小时，可能还有人正在保存。请过 1 小时再删。")
    _write(
        Keyring(ring.path, {name: kept for name, kept in ring.keys.items() if name != key_id}, ring.current)
    )


def _new_key() -> Key:
    return Key(
        secrets.token_hex(ID_LENGTH // 2), Cipher(settings.HUIQI_CIPHER), secrets.token_bytes(_SECRET_BYTES)
    )


@lru_cache(maxsize=1)
def _read(path: Path, state: tuple[int, int, int]) -> Keyring:  # noqa: ARG001 - another state, another reading
    try:
        told = json.loads(path.read_text(encoding="ascii"))
        keys = {one["id"]: _key(one) for one in told["keys"]}
        ring = Keyring(path, keys, keys[told["current"]].id)
    except (OSError, ValueError, LookupError, TypeError) as failure:  # what is not base64 is a ValueError
        raise KeyFileError(
            f"密钥文件 {path} 不完整。请把备份放回去；不要删除它，删了就再也打不开。"
        ) from failure
    return ring


def _key(told: dict[str, Any]) -> Key:
    replaced_at = datetime.fromisoformat(told["replaced_at"]) if told["replaced_at"] else None
    secret = base64.b64decode(told["secret"], validate=True)
    if len(secret) != _SECRET_BYTES or len(told["id"]) != ID_LENGTH:
        raise ValueError(told["id"])
    return Key(told["id"], Cipher(told["cipher"]), secret, replaced_at)


def _write(ring: Keyring, *, is_new: bool = False) -> None:
    """Whole or not at all, and on the disk before it is used; a new file never over another's."""
    told = {
        "current": ring.current,
        "keys": [
            {
                "id": key.id,
                "cipher": key.cipher,
                "secret": base64.b64encode(key.secret).decode(),
                "replaced_at": key.replaced_at.isoformat() if key.replaced_at else "",
            }
            for key in ring.keys.values()
        ],
    }
    try:
        ring.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=ring.path.parent, prefix=ring.path.name)  # 0600
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(told, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            with suppress(FileExistsError):
                ring.path.hardlink_to(name)
            Path(name).unlink()
        else:
            Path(name).replace(ring.path)
        _keep_on_disk(ring.path.parent)
    except OSError as failure:
        raise KeyFileError(
            f"密钥文件 {ring.path} 写不了（{failure.strerror}）。请检查权限和磁盘空间。"
        ) from failure


def _keep_on_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
