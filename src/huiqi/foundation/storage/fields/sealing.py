"""Encrypting one text for one place and opening it there; and the keyed digest that finds it again."""

import base64
import json
import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.views.decorators.debug import sensitive_variables

from huiqi.foundation.storage.fields.errors import DamagedError
from huiqi.foundation.storage.fields.keyring import ID_LENGTH, Cipher, Key, current_key, keyring

FORM = "hq1"
KEY_AT = len(FORM) + 1
_NONCE_BYTES, _TAG_BYTES = 12, 16
_KEY_BYTES = {Cipher.AES: 32, Cipher.SM4: 16}
# A lone surrogate, as JSON can bring one, is no Unicode text, yet must come back as it was.
_ENCODING = ("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value lives; it opens nowhere else. ``row`` is what its row is told apart by."""

    table: str
    column: str
    row: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}（{self.row}）"

    def bound(self, key_id: str) -> bytes:
        """What is authenticated beside the text."""
        return json.dumps([FORM, key_id, self.table, self.column, self.row]).encode()


@sensitive_variables()
def seal(text: str, place: Place) -> str:
    """Encrypt with the current key: ``hq1:key id:base64(nonce, ciphertext, tag)``, never the same twice."""
    key = current_key()
    nonce = os.urandom(_NONCE_BYTES)
    encryptor = _cipher(key, modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place.bound(key.id))
    body = encryptor.update(text.encode(*_ENCODING)) + encryptor.finalize()
    return f"{prefix_of(key.id)}{base64.urlsafe_b64encode(nonce + body + encryptor.tag).decode()}"


@sensitive_variables()
def unseal(stored: str, place: Place) -> str:
    """Open what was sealed for this place; MissingKeyError, DamagedError."""
    form, _, rest = stored.partition(":")
    key_id, _, coded = rest.partition(":")
    if form != FORM or len(key_id) != ID_LENGTH:
        raise DamagedError(place)
    key = keyring().named(key_id)
    try:
        return _opened(key, base64.b64decode(coded, altchars=b"-_", validate=True), coded, place)
    except (InvalidTag, ValueError) as failure:
        raise DamagedError(place) from failure


@sensitive_variables()
def _opened(key: Key, body: bytes, coded: str, place: Place) -> str:
    if base64.urlsafe_b64encode(body).decode() != coded:
        raise ValueError  # another way of writing the same bytes is a change too
    nonce, tag = body[:_NONCE_BYTES], body[-_TAG_BYTES:]
    decryptor = _cipher(key, modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(place.bound(key.id))
    return (decryptor.update(body[_NONCE_BYTES:-_TAG_BYTES]) + decryptor.finalize()).decode(*_ENCODING)


def prefix_of(key_id: str) -> str:
    """How everything encrypted with a key begins."""
    return f"{FORM}:{key_id}:"


@sensitive_variables()
def digest(text: str, key: Key, table: str, column: str) -> str:
    """The blind index of a text: equal for equal texts of one column under one key, and nothing else."""
    inner = hashes.SM3() if key.cipher is Cipher.SM4 else hashes.SHA256()
    code = HMAC(_derived(key.secret, f"index:{table}.{column}", 32), inner)
    code.update(text.encode(*_ENCODING))
    return f"{key.id}:{base64.urlsafe_b64encode(code.finalize()).decode().rstrip('=')}"


def _cipher(key: Key, mode: modes.GCM) -> BlockCipher[modes.GCM]:
    secret = _derived(key.secret, f"field:{key.cipher}", _KEY_BYTES[key.cipher])
    return BlockCipher(algorithms.SM4(secret) if key.cipher is Cipher.SM4 else algorithms.AES(secret), mode)


@lru_cache(maxsize=256)
def _derived(secret: bytes, purpose: str, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=None, info=f"huiqi:{purpose}".encode()).derive(secret)
