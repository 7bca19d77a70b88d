"""The words of search: names that stay whole, how people say what documents write, and what says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.problems import CatalogueError
from huiqi.catalogue.reading import read_yaml

FILE = "synonyms.yaml"
_KEYS = {"version", "words", "skip", "synonyms"}


@dataclass(frozen=True, slots=True)
class SearchWords:
    """``words`` stay whole, ``skipped`` say nothing, ``synonyms`` lead from a word to those it means."""

    words: tuple[str, ...] = ()
    skipped: frozenset[str] = frozenset()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def whole(self) -> tuple[str, ...]:
        """Every word a segmenter must know, each once, in a fixed order."""
        meant = {word for words in self.synonyms.values() for word in words}
        return tuple(sorted({*self.words, *self.skipped, *self.synonyms, *meant}))


def load_search_words(folder: Path | None = None) -> SearchWords:
    """The words in ``synonyms.yaml`` of a catalogue folder, none where it has no such file; raises
    CatalogueError where the file is not of that shape.
    """
    file = (shipped_path() if folder is None else folder) / FILE
    return parse_search_words(read_yaml(file), str(file)) if file.is_file() else SearchWords()


def parse_search_words(raw: object, place: str) -> SearchWords:
    """Read the file's content; a word said in two lines would leave open which holds, and is refused."""
    if not isinstance(raw, dict) or not set(raw) <= _KEYS:
        raise CatalogueError.single(place, "", f"只能有这几项：{'、'.join(sorted(_KEYS))}")
    synonyms: dict[str, tuple[str, ...]] = {}
    lines = raw.get("synonyms", [])
    if not isinstance(lines, list):
        raise CatalogueError.single(place, "synonyms", "请写成列表")
    for number, line in enumerate(lines):
        path = f"synonyms[{number}]"
        if not isinstance(line, dict) or set(line) != {"say", "mean"}:
            raise CatalogueError.single(place, path, "每一行要有 say（人们怎么说）和 mean（文件怎么写）")
        meant = _words(line["mean"], place, f"{path}/mean")
        for said in _words(line["say"], place, f"{path}/say"):
            if said in synonyms:
                raise CatalogueError.single(place, f"{path}/say", f"“{said}”写了两次。请合并成一行")
            synonyms[said] = meant
    return SearchWords(
        _words(raw.get("words", []), place, "words"),
        frozenset(_words(raw.get("skip", []), place, "skip")),
        synonyms,
    )


def _words(raw: object, place: str, path: str) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise CatalogueError.single(place, path, "请写成词语的列表")
    # A plain scalar of digits reads as a number and would be a word nobody typed.
    wrong = [word for word in raw if not isinstance(word, str) or not word.isalnum()]
    if wrong:
        raise CatalogueError.single(place, path, f"“{wrong[0]}”不是一个词。只用汉字、字母和数字，数字加引号")
    return tuple(raw)
