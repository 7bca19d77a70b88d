"""The `doors` contract: others come into a room by its doors only."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules


class DoorsContract(Contract):  # type: ignore[misc]
    """Every import that reaches a room from outside must land on one of its doors.

    `rooms` are module expressions; `doors` are names directly inside a room; `side_doors` are exceptions
    written "importer -> name". The room's own package is no door: what it needs to show, its doors show.
    """

    rooms = fields.ListField(subfield=fields.ModuleExpressionField())
    doors = fields.SetField(subfield=fields.StringField())
    side_doors = fields.SetField(subfield=fields.StringField(), required=False, default=frozenset())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        rooms = {
            module.name for module in module_expressions_to_modules(graph, self.rooms, as_packages=False)
        }
        broken = [line for room in sorted(rooms) for line in self._forced_entries(graph, room)]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(f"- {line}", bold=False)

    def _forced_entries(self, graph: ImportGraph, room: str) -> list[str]:
        inside = {room, *graph.find_descendants(room)}
        return [
            f"{importer} -> {imported}"
            for imported in sorted(inside)
            for importer in sorted(graph.find_modules_that_directly_import(imported) - inside)
            if not self._may_enter(importer, imported[len(room) + 1 :].partition(".")[0])
        ]

    def _may_enter(self, importer: str, entrance: str) -> bool:
        if entrance in self.doors:
            return True
        exceptions = (line.partition(" -> ") for line in self.side_doors)
        return any(
            entrance == door and f"{importer}.".startswith(f"{outsider}.") for outsider, _, door in exceptions
        )
