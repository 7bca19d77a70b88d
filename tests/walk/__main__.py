"""The whole walk and its slips on a database of its own, in figures: `python -m tests.walk`."""

import logging
import os
import sys
import tempfile

MOST_TOLD = 20


def main() -> int:
    """Print what was tried, what surprised, and how many slips were seen; 0 where all is as it should be."""
    import django  # noqa: PLC0415 - the settings read the environment

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from tests.walk.mutants import MUTANTS, mutated  # noqa: PLC0415 - after setup
    from tests.walk.reading import difference, expected  # noqa: PLC0415
    from tests.walk.recipes import MISSING, addresses, recipes  # noqa: PLC0415
    from tests.walk.walking import walk  # noqa: PLC0415
    from tests.walk.world import build  # noqa: PLC0415

    setup_test_environment()
    logging.disable(logging.CRITICAL)  # of each refusal a line
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    call_command("migrate", verbosity=0)
    known, rights = recipes(), expected()
    surprises = [MISSING.format(name=name) for name in addresses() if name not in known]
    surprises += [difference()] if difference() else []
    with transaction.atomic():
        world = build(known.values())
        steps = [
            each for name in addresses() if name in known for each in walk(name, known[name], world, rights)
        ]
        surprises += [each for each in steps if each]
        for each in surprises[:MOST_TOLD]:
            print(each, file=sys.stderr)  # noqa: T201 - a command
        seen = 0
        for mutant in MUTANTS:
            with mutated(mutant):
                seen += any(each for page in mutant.pages for each in walk(page, known[page], world, rights))
        transaction.set_rollback(True)
    print(f"{len(steps)} combinations, {len(surprises)} surprises, {seen} of {len(MUTANTS)} slips seen")  # noqa: T201
    return 0 if not surprises and seen == len(MUTANTS) else 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="huiqi-walk-") as data:
        os.environ.update(
            HUIQI_DATA=data,
            HUIQI_MODE="test",
            HUIQI_DATABASE_URL="sqlite://:memory:",
            DJANGO_SETTINGS_MODULE="huiqi.config.settings",
        )
        raise SystemExit(main())
