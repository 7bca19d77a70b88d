"""What is wrong with a catalogue file, in words a person can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the file, the path inside it (``conditions/all[2]/value``, may be empty) and what to do."""

    file: str
    path: str
    message: str

    def __str__(self) -> str:
        return "：".join(part for part in (self.file, self.path, self.message) if part)


class CatalogueError(ValueError):
    """A catalogue that cannot be used. Carries every problem found; nothing has been loaded."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def single(cls, file: str, path: str, message: str) -> CatalogueError:
        """The error of exactly one problem."""
        return cls([Problem(file, path, message)])


class NotPlainError(ValueError):
    """Text that is not in the strict part of YAML or JSON read here.

    ``line`` counts from 1, ``path`` is the place inside the value as far as it is known.
    """

    def __init__(self, line: int, path: str, message: str) -> None:
        super().__init__(message)
        self.line, self.path, self.message = line, path, message
