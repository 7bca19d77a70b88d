"""How a mistake is told: one Chinese sentence on standard error, exit code 2, no traceback."""

from typing import Any, NoReturn

import click

from huiqi.catalogue.problems import CatalogueError
from huiqi.catalogue.standards import StandardsError
from huiqi.core.rules.errors import RuleError
from huiqi.population.reading.errors import BusinessesError

MISTAKE = 2


class Mistake(click.ClickException):
    """Something the user can mend."""

    exit_code = MISTAKE

    def show(self, file: Any = None) -> None:
        """Print the sentence and nothing else."""
        del file
        click.echo(f"错误：{self.format_message()}", err=True)


def refuse(message: str) -> NoReturn:
    """End the command with a mistake."""
    raise Mistake(message)


class PlainErrors(click.Group):
    """A group of commands whose mistakes are told as sentences."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command; anything that is not a mistake of the user keeps its traceback."""
        try:
            return super().invoke(ctx)
        except (BusinessesError, CatalogueError, RuleError, StandardsError) as mistake:
            raise Mistake(str(mistake)) from mistake
