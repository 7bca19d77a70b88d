"""Encrypting a file in pieces, each authenticated, so that it is never whole in memory.

Every file has a key of its own, used for this file alone: a piece's nonce is its place in the file, and
whether it is the last. A piece moved, left out, cut off or changed does not open.
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PIECE_BYTES = 64 * 1024
_FORM = b"HQF1"
_TAG_BYTES = 16
_KEY_BYTES = {"aes": 32, "sm4": 16}


class DamagedFileError(ValueError):
    """A kept file was changed, cut off, or belongs to another key."""


def new_key(cipher: str) -> str:
    """A new key with the name of its cipher: ``aes`` or ``sm4``."""
    return f"{cipher}:{secrets.token_hex(_KEY_BYTES[cipher])}"


def sealed(pieces: Iterable[bytes], key: str) -> Iterator[bytes]:
    """Encrypt; ``pieces`` may be of any size."""
    yield _FORM
    place, waiting = 0, None
    for piece in _even(pieces):
        if waiting is not None:
            yield _sealed_piece(waiting, key, place, is_last=False)
            place += 1
        waiting = piece
    yield _sealed_piece(waiting or b"", key, place, is_last=True)


def unsealed(file: BinaryIO, key: str) -> Iterator[bytes]:
    """Decrypt piece by piece; DamagedFileError at the first that is not as it was written."""
    if file.read(len(_FORM)) != _FORM:
        raise DamagedFileError("not a file of ours")
    place, piece = 0, file.read(PIECE_BYTES + _TAG_BYTES)
    while piece:
        following = file.read(PIECE_BYTES + _TAG_BYTES)
        yield _opened_piece(piece, key, place, is_last=not following)
        place, piece = place + 1, following
    if place == 0:
        raise DamagedFileError("cut off")


def _even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= PIECE_BYTES:
            yield bytes(held[:PIECE_BYTES])
            del held[:PIECE_BYTES]
    if held:
        yield bytes(held)


def _sealed_piece(piece: bytes, key: str, place: int, *, is_last: bool) -> bytes:
    encryptor = Cipher(_algorithm(key), modes.GCM(_nonce(place, is_last))).encryptor()
    return encryptor.update(piece) + encryptor.finalize() + encryptor.tag


def _opened_piece(piece: bytes, key: str, place: int, *, is_last: bool) -> bytes:
    if len(piece) < _TAG_BYTES:
        raise DamagedFileError("cut off")
    body, tag = piece[:-_TAG_BYTES], piece[-_TAG_BYTES:]
    decryptor = Cipher(_algorithm(key), modes.GCM(_nonce(place, is_last), tag)).decryptor()
    try:
        return decryptor.update(body) + decryptor.finalize()
    except InvalidTag as failure:
        raise DamagedFileError(f"piece {place} is not as it was written") from failure


def _nonce(place: int, is_last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([is_last])


def _algorithm(key: str) -> algorithms.AES | algorithms.SM4:
    cipher, _, secret = key.partition(":")
    return (algorithms.SM4 if cipher == "sm4" else algorithms.AES)(bytes.fromhex(secret))
