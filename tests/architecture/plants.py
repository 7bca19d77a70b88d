"""Violations to plant in a copy of the tree: each names the contract or the rule that must see it."""

from dataclasses import dataclass, field

HOUSE = "src/huiqi"
FLOORS = "Floors: a room uses only what stands below it"
CORE = "Inside core"
FOUNDATION = "Foundation stands in one order"
SERIES = "Series stand on each other in one order"
POLICY = "Inside 惠政策"
FURNITURE = "Every app is furnished alike"
DOORS = "Others come in by actions and queries only"
TABLES = "Only a room's own actions and queries touch its tables"
DECISIONS = "What a function decides is pure"
NO_DJANGO = "The population run and the catalogue files know no Django"
CLOCK = "Only the ways in read the clock"
CIRCLES = "No circles"


@dataclass(frozen=True, slots=True)
class Plant:
    """A violation in words, who must catch it, and the text to add to which file (made where absent)."""

    sentence: str
    caught_by: str
    place: str
    text: str
    more: dict[str, str] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, str]:
        return {f"{HOUSE}/{place}": text for place, text in {self.place: self.text, **self.more}.items()}


LIBRARY, MATCHING = "services/policy/library", "services/policy/matching"
CALCULATOR = "services/policy/calculator"
AGAINST_CONTRACTS = (
    Plant("core imports a floor above it", FLOORS, "core/standards/extra.py", "import huiqi.catalogue.paths"),
    Plant("the catalogue imports the population", FLOORS, "catalogue/extra.py", "import huiqi.population"),
    Plant("the population imports the foundation", FLOORS, "population/extra.py", "import huiqi.foundation"),
    Plant(
        "the foundation imports a service",
        FLOORS,
        "foundation/clock/queries.py",
        "import huiqi.services.policy.library.queries",
    ),
    Plant("a service imports the portal", FLOORS, f"{LIBRARY}/queries.py", "import huiqi.portal"),
    Plant("the portal imports the demo city", FLOORS, "portal/extra.py", "import huiqi.demo"),
    Plant("the demo city imports the command line", FLOORS, "demo/extra.py", "import huiqi.cli"),
    Plant("a room nobody planned stands on a floor", FLOORS, "extra/__init__.py", "NOTHING = 0"),
    Plant("the standards import the rules", CORE, "core/standards/extra.py", "import huiqi.core.rules"),
    Plant("core gets a room nobody planned", CORE, "core/extra/__init__.py", "NOTHING = 0"),
    Plant(
        "two foundation rooms of one floor lean on each other",
        FOUNDATION,
        "foundation/storage/domain.py",
        "import huiqi.foundation.look.queries",
    ),
    Plant(
        "the foundation gets a room nobody planned", FOUNDATION, "foundation/extra/__init__.py", "NOTHING = 0"
    ),
    Plant(
        "a series leans on one above it",
        SERIES,
        f"{LIBRARY}/queries.py",
        "import huiqi.services.filing.honours.queries",
        {
            f"services/filing/{name}": ""
            for name in ("__init__.py", "honours/__init__.py", "honours/queries.py")
        },
    ),
    Plant(
        "the library leans on matching",
        POLICY,
        f"{LIBRARY}/queries.py",
        "import huiqi.services.policy.matching.queries",
    ),
    Plant(
        "matching leans on the calculator",
        POLICY,
        f"{MATCHING}/queries/extra.py",
        "import huiqi.services.policy.calculator.queries",
    ),
    Plant("core's money leans on its rules", CORE, "core/money/extra.py", "import huiqi.core.rules.facts"),
    Plant(
        "actions import pages",
        FURNITURE,
        f"{LIBRARY}/actions.py",
        "import huiqi.services.policy.library.pages",
    ),
    Plant(
        "queries import actions",
        FURNITURE,
        f"{LIBRARY}/queries.py",
        "import huiqi.services.policy.library.actions",
    ),
    Plant(
        "models import queries",
        FURNITURE,
        f"{LIBRARY}/models.py",
        "import huiqi.services.policy.library.queries",
    ),
    Plant(
        "what a function decides imports what it keeps",
        FURNITURE,
        f"{LIBRARY}/domain.py",
        "import huiqi.services.policy.library.models",
    ),
    Plant("an app gets a file of another kind", FURNITURE, f"{LIBRARY}/service.py", "NOTHING = 0"),
    Plant(
        "a function reaches past another's doors",
        DOORS,
        f"{MATCHING}/queries.py",
        "import huiqi.services.policy.library.domain",
    ),
    Plant(
        "a function imports another's package instead of its doors",
        DOORS,
        f"{MATCHING}/queries.py",
        "from huiqi.services.policy.library import NOTHING",
    ),
    Plant(
        "the portal imports a function's pages",
        DOORS,
        "portal/extra.py",
        "import huiqi.services.policy.library.pages",
    ),
    Plant(
        "the command line imports a function's urls",
        DOORS,
        "cli/extra.py",
        "import huiqi.services.policy.library.urls",
    ),
    Plant(
        "the calculator goes past matching's forms to its pages",
        DOORS,
        f"{CALCULATOR}/queries.py",
        "import huiqi.services.policy.matching.pages",
    ),
    Plant(
        "one function's tables are read by another",
        DOORS,
        f"{MATCHING}/queries.py",
        "import huiqi.services.policy.library.models",
    ),
    Plant(
        "the portal reaches into the tables",
        TABLES,
        "portal/extra.py",
        "import huiqi.services.policy.library.models",
    ),
    Plant(
        "a page reaches past its own queries to the tables",
        TABLES,
        f"{LIBRARY}/pages.py",
        "def rows():\n    from huiqi.services.policy.library import models\n    return models",
    ),
    Plant("core imports Django", DECISIONS, "core/rules/extra.py", "from django.utils import timezone"),
    Plant(
        "what a function decides imports Django",
        DECISIONS,
        f"{MATCHING}/domain.py",
        "from django.db import models",
    ),
    Plant("the population imports Django", NO_DJANGO, "population/extra.py", "import django"),
    Plant(
        "the catalogue imports Django", NO_DJANGO, "catalogue/extra.py", "from django.conf import settings"
    ),
    Plant(
        "an action reads the clock",
        CLOCK,
        f"{MATCHING}/actions.py",
        "from huiqi.foundation.clock import queries",
    ),
    Plant(
        "a query reads the clock", CLOCK, f"{MATCHING}/queries.py", "import huiqi.foundation.clock.queries"
    ),
    Plant(
        "two modules import each other",
        CIRCLES,
        "core/rules/extra.py",
        "import huiqi.core.rules.other",
        {"core/rules/other.py": "import huiqi.core.rules.extra"},
    ),
)
AGAINST_RULES = (
    Plant(
        "core imports a library",
        "core_uses_only_the_standard_library",
        "core/rules/extra.py",
        "import numpy",
    ),
    Plant(
        "core reads the day",
        "core_knows_no_clock_no_chance_and_no_files",
        "core/rules/extra.py",
        "from datetime import date as day\nTODAY = day.today()",
    ),
    Plant(
        "core opens a file",
        "core_knows_no_clock_no_chance_and_no_files",
        "core/standards/extra.py",
        "TEXT = open('table.csv').read()",
    ),
    Plant(
        "core throws dice",
        "core_knows_no_clock_no_chance_and_no_files",
        "core/standards/extra.py",
        "from random import choice",
    ),
    Plant(
        "an action reads the time past the clock room",
        "only_the_clock_room_reads_the_time",
        f"{MATCHING}/actions.py",
        "from django.utils import timezone as tz\nMOMENT = tz.now",
    ),
    Plant(
        "a table stamps its rows by itself",
        "only_the_clock_room_reads_the_time",
        f"{LIBRARY}/models.py",
        "stamped = dict(auto_now_add=True)",
    ),
    Plant(
        "a service throws dice",
        "only_the_demo_city_uses_chance",
        f"{MATCHING}/domain.py",
        "import numpy as np\nDICE = np.random.default_rng()",
    ),
    Plant(
        "code is imported by its name in a string",
        "code_is_never_reached_by_a_string",
        f"{MATCHING}/queries.py",
        "import importlib as door\nmodels = door.import_module('huiqi.services.policy.library.models')",
    ),
    Plant(
        "another's table is asked for by its label",
        "code_is_never_reached_by_a_string",
        f"{MATCHING}/queries.py",
        "from django.apps import apps\nItem = apps.get_model('library', 'Item')",
    ),
    Plant(
        "a file grows over 400 lines",
        "files_stay_under_400_lines",
        "catalogue/extra.py",
        "LINE = 0\n" * 401,
    ),
    Plant(
        "a function grows over 40 lines",
        "functions_stay_under_40_lines",
        "catalogue/extra.py",
        "def load():\n" + "    line = 0\n" * 41,
    ),
    Plant("a module is called helpers", "no_module_has_an_empty_name", "catalogue/helpers.py", "NOTHING = 0"),
    Plant("a note to oneself stays", "nothing_is_left_lying_about", "catalogue/extra.py", "# TODO: later"),
    Plant(
        "a path of somebody's machine stays",
        "nothing_is_left_lying_about",
        "catalogue/extra.py",
        "PLACE = '/home/someone/items'",
    ),
    Plant(
        "a function's table points at another function's by a string",
        "foreign_keys_point_down",
        f"{LIBRARY}/models.py",
        "from django.db import models\nrow = models.ForeignKey('matching.Match', models.CASCADE)",
    ),
    Plant(
        "a foundation table points up at a service's",
        "foreign_keys_point_down",
        "foundation/storage/models.py",
        "from django.db.models import ForeignKey\nrow = ForeignKey(on_delete=None, to='library.Item')",
    ),
    Plant(
        "a query hands out an open queryset",
        "queries_hand_out_no_open_querysets",
        f"{LIBRARY}/queries.py",
        "def rows() -> 'models.QuerySet[object]': ...",
    ),
    Plant(
        "a function shows another's template",
        "rooms_use_only_their_own_templates",
        f"{MATCHING}/templates/matching/extra.html",
        '{% extends "library/extra.html" %}',
        {f"{LIBRARY}/templates/library/extra.html": ""},
    ),
    Plant(
        "a function uses another's component",
        "rooms_use_only_their_own_templates",
        f"{MATCHING}/templates/matching/extra.html",
        "<c-extra-card />",
        {f"{LIBRARY}/templates/cotton/extra_card.html": ""},
    ),
    Plant(
        "a page names a template that does not exist",
        "rooms_use_only_their_own_templates",
        f"{MATCHING}/queries.py",
        "TEMPLATE = 'matching/gone.html'",
    ),
    Plant(
        "a template is left that nobody shows",
        "every_template_is_used",
        f"{LIBRARY}/templates/library/extra.html",
        "<p></p>",
    ),
)
