"""Bit planes: one bit a business, 64 businesses a word, the first business in the lowest bit.

A plane is a one-dimensional uint64 array of ``words_for(rows)`` words. Bits after the last row are padding;
every plane made here keeps them clear.
"""

import sys

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

WORD_BITS = 64

Plane = NDArray[np.uint64]
Bools = NDArray[np.bool_]

if sys.byteorder != "little":  # packed bytes are read as words; on a big-endian machine bits would move
    raise ImportError("huiqi.population needs a little-endian machine")


def words_for(rows: int) -> int:
    """How many words hold ``rows`` bits."""
    return -(-rows // WORD_BITS)


def full_plane(rows: int) -> Plane:
    """A plane with every row set and the padding clear."""
    plane = np.full(words_for(rows), ~np.uint64(0))
    if rows % WORD_BITS:
        plane[-1] = np.uint64((1 << rows % WORD_BITS) - 1)
    return plane


def pack(flags: NDArray[np.bool_] | NDArray[np.uint8]) -> Plane:
    """Pack one flag (zero or not) a row; ``flags`` may be a stack, rows last."""
    packed = np.packbits(flags, axis=-1, bitorder="little")
    if packed.shape[-1] % 8:
        padded = np.zeros((*packed.shape[:-1], words_for(flags.shape[-1]) * 8), np.uint8)
        padded[..., : packed.shape[-1]] = packed
        packed = padded
    return packed.view(np.uint64)


def unpack(plane: Plane, rows: int) -> NDArray[np.uint8]:
    """The first ``rows`` bits as 0 or 1 a row; ``plane`` may be a stack of planes, rows last."""
    return np.unpackbits(plane.view(np.uint8), axis=-1, count=rows, bitorder="little")


def count(planes: Plane) -> NDArray[np.int64]:
    """How many bits are set in each plane of a stack."""
    counted: NDArray[np.int64] = np.bitwise_count(planes).sum(axis=-1, dtype=np.int64)
    return counted


def plane_of_bitmap(bitmap: pa.Buffer | None, offset: int, rows: int) -> Plane:
    """The plane of an Arrow bitmap; no bitmap means that every bit is set."""
    if bitmap is None:
        return full_plane(rows)
    first = offset // 8
    data = np.frombuffer(bitmap, np.uint8)[first : (offset + rows + 7) // 8]
    if offset % 8 == 0:
        plane = np.zeros(words_for(rows) * 8, np.uint8)
        plane[: len(data)] = data
        words = plane.view(np.uint64)
        return np.bitwise_and(words, full_plane(rows), out=words)
    bits = np.unpackbits(data, bitorder="little")[offset % 8 :][:rows]
    return pack(bits)
