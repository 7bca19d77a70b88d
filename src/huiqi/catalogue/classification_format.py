"""Reads a 分型 preset (catalogue/classification/*.yaml), the city's own thresholds put into its leaves."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from huiqi.catalogue.classification import HOUSEHOLD_TYPE, Level, Mark, Parameter, Preset
from huiqi.catalogue.fields import FaultList, Fields
from huiqi.catalogue.reading import read_yaml
from huiqi.core.rules.conditions import Condition, Leaf, Op, parse_condition
from huiqi.core.rules.errors import RuleError, shown
from huiqi.core.rules.facts import FactDictionary

CONDITION_KEYS = frozenset({"applies_to", "gate", "levels", "default"})
PRESET_KEYS = CONDITION_KEYS | {"id", "version", "title", "effective_from", "notes", "parameters"}
PARAMETER_KEYS = frozenset({"label", "default", "unit", "mark"})
LEVEL_KEYS = frozenset({"type", "condition"})
P1_FILE = Path("classification") / "p1.yaml"

# Stands in for a faulty tree until the faults are raised.
_STAND_IN: Condition = Leaf("", Op.EXISTS, value=True)


def load_preset(file: Path, dictionary: FactDictionary, settings: Mapping[str, int] | None = None) -> Preset:
    """Read one preset; ``settings`` replace the defaults of parameters by id.

    Raises CatalogueError with every fault: unknown or unused parameters, unknown types and facts.
    """
    return parse_preset(read_yaml(file), dictionary, str(file), settings)


def parse_preset(
    raw: object, dictionary: FactDictionary, file: str = "", settings: Mapping[str, int] | None = None
) -> Preset:
    """Read one preset from plain data."""
    faults = FaultList(file)
    preset = _Reader(raw, dictionary, faults, settings or {}).read()
    faults.raise_any()
    return preset


class _Reader:
    def __init__(
        self, raw: object, dictionary: FactDictionary, faults: FaultList, settings: Mapping[str, int]
    ) -> None:
        self.dictionary, self.faults, self.settings = dictionary, faults, settings
        self.fields = Fields(raw, "", faults, required=PRESET_KEYS)
        self.parameters = self._parameters()
        self.used: set[str] = set()

    def read(self) -> Preset:
        fields = self.fields
        preset = Preset(
            id=fields.text("id"),
            version=fields.whole("version", minimum=1) or 1,
            title=fields.text("title"),
            effective_from=fields.day("effective_from") or date.max,
            notes=fields.texts("notes"),
            parameters=tuple(self.parameters.values()),
            applies_to=self._condition(fields, "applies_to"),
            gate=self._condition(fields, "gate"),
            levels=tuple(self._levels()),
            default=self._type(fields, "default"),
        )
        types = [*(level.type for level in preset.levels), preset.default]
        if len(types) < 2 or len(set(types)) < len(types):
            self.faults.add("levels", "至少要有一个类型，且不能重复，也不能与 default 相同")
        for unused in sorted(self.parameters.keys() - self.used):
            self.faults.add(f"parameters/{unused}", "没有条件用到这个参数。请删去，或在条件里引用")
        for unknown in sorted(self.settings.keys() - self.parameters.keys()):
            self.faults.add(f"parameters/{unknown}", "预设里没有这个参数。请核对名称")
        return preset

    def _parameters(self) -> dict[str, Parameter]:
        raw = self.fields.raw("parameters")
        if not isinstance(raw, Mapping):
            self.faults.add("parameters", f"应是“名称: 内容”的对照表，现在是 {shown(raw)}")
            return {}
        return {str(each): self._parameter(str(each), entry) for each, entry in raw.items()}

    def _parameter(self, parameter_id: str, raw: object) -> Parameter:
        fields = Fields(raw, f"parameters/{parameter_id}", self.faults, required=PARAMETER_KEYS)
        default = fields.whole("default", minimum=0)
        if default is None:
            self.faults.add(fields.at("default"), "参数要有默认值，请写整数")
        return Parameter(
            id=parameter_id,
            label=fields.text("label"),
            unit=fields.text("unit"),
            default=default or 0,
            value=self.settings.get(parameter_id, default or 0),
            mark=fields.member("mark", Mark),
        )

    def _levels(self) -> list[Level]:
        levels = []
        for path, raw in self.fields.mappings("levels"):
            fields = Fields(raw, path, self.faults, required=LEVEL_KEYS)
            levels.append(Level(self._type(fields, "type"), self._condition(fields, "condition")))
        return levels

    def _type(self, fields: Fields, key: str) -> str:
        code = fields.text(key)
        known = [choice.code for choice in self.dictionary[HOUSEHOLD_TYPE].choices]
        if code and code not in known:
            self.faults.add(fields.at(key), f"没有 {shown(code)} 这种类型，只能写 {'、'.join(known)}")
        return code

    def _condition(self, fields: Fields, key: str) -> Condition:
        def parse(raw: Any, path: str) -> Condition:
            return parse_condition(self._filled(raw, path), self.dictionary, path)

        return fields.rule_part(key, parse, _STAND_IN)

    def _filled(self, raw: Any, path: str) -> Any:
        """The same tree with every ``{parameter: id}`` replaced by its number; read_yaml bounds the depth."""
        if isinstance(raw, list):
            return [self._filled(each, f"{path}[{number}]") for number, each in enumerate(raw)]
        if not isinstance(raw, Mapping):
            return raw
        if set(raw) == {"parameter"}:
            return self._value_of(str(raw["parameter"]), path)
        return {key: self._filled(each, f"{path}/{key}") for key, each in raw.items()}

    def _value_of(self, parameter_id: str, path: str) -> int:
        if parameter_id not in self.parameters:
            raise RuleError(path, f"parameters 里没有 {shown(parameter_id)}，请补上或改正名称")
        self.used.add(parameter_id)
        return self.parameters[parameter_id].value
