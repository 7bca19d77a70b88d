"""The curve of the questionnaire as an SVG, drawn by hand."""

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 56, 56
INK, MUTED, LINE = "#1b2430", "#5b6776", "#e8ecf2"
MEDIAN, P10 = "#05603a", "#1a5fd0"
BARS = ((8, 0.70), (12, 0.80))  # questions, share at p10

_HEAD = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" \
font-family="sans-serif" font-size="14" fill="{INK}">
<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>"""


def draw(curve: Sequence[tuple[float, float]], businesses: int) -> str:
    """``curve[k]``: the share settled after k questions at p10 and in the median."""
    last = len(curve) - 1

    def x(questions: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * questions / last

    def y(share: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)

    title = f"答 k 题以后有结论的比例（演示城市 {businesses:,} 户，本地且在期内的事项）"
    parts = [_HEAD, _text(LEFT, 28, title, size=16)]
    for fifth in range(6):
        height = y(fifth / 5)
        parts.append(f'<path d="M{LEFT} {height:.1f}H{WIDTH - RIGHT}" stroke="{LINE}"/>')
        parts.append(_text(LEFT - 8, height + 5, f"{fifth * 20}%", "end", fill=MUTED))
    parts += [_text(x(k), HEIGHT - 34, str(k), "middle", fill=MUTED) for k in range(0, last + 1, 2)]
    axis = "题数 k（0：只填了营业执照上的 4 项）"
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, axis, "middle"))
    for place, colour, label in ((1, MEDIAN, "中位数"), (0, P10, "p10：九成的户在这条线以上")):
        points = " ".join(f"{x(k):.1f},{y(shares[place]):.1f}" for k, shares in enumerate(curve))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        end = y(curve[last][place]) + (-10 if place else 40)
        parts.append(_text(WIDTH - RIGHT, end, label, anchor="end", fill=colour))
    for questions, share in BARS:
        reached = curve[questions][0]
        parts.append(
            f'<path d="M{x(questions) - 12:.1f} {y(share):.1f}h24" stroke="#912018" stroke-width="2"/>'
            f'<circle cx="{x(questions):.1f}" cy="{y(reached):.1f}" r="4" fill="{P10}"/>'
        )
        words = f"{questions} 题 {reached:.0%}（要求 {share:.0%}）"
        parts.append(_text(x(questions) + 8, y(share) + 22, words, fill="#912018"))
    return "\n".join([*parts, "</svg>", ""])


def _text(x: float, y: float, words: str, anchor: str = "start", *, fill: str = INK, size: int = 14) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}" font-size="{size}">'
        f"{escape(words)}</text>"
    )
