"""A machine as a drawing: text in the language of Mermaid, which Git hosts and editors draw."""

from huiqi.core.workflow.machines import Machine


def mermaid(machine: Machine) -> str:
    """The machine as a Mermaid state diagram; the same machine always gives the same text."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {state.id}: {_plain(state.label)}" for state in machine.states]
    lines.append(f"    [*] --> {machine.initial.id}")
    for each in machine.transitions:
        who = "、".join(machine.words.roles[role] for role in each.roles)
        label = _plain(f"{machine.words.actions[each.action]}（{who}）")
        lines.append(f"    {each.state} --> {each.target}: {label}")
    lines += [f"    {state.id} --> [*]" for state in machine.states if state.is_final]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Without what would end a label: Mermaid reads a colon, a semicolon, a hash and a line's end."""
    return "".join(" " if mark in ":;#\n" else mark for mark in text)
