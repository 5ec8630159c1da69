"""Draws what an analysis costs against the length of a thread, from the table of `cargo bench --bench cost`.

`cargo bench --bench cost | python -m training.cost > docs/cost.svg`. Both axes are logarithmic; the gray line is
what strictly linear cost would be, from the longest thread down.
"""

import math
import sys

WIDTH, HEIGHT, MARGIN = 560, 360, 56


def main() -> None:
    rows = [line.strip().strip("|").split("|") for line in sys.stdin if line.startswith("| ")]
    points = [(int(row[0]), float(row[3]) / 1e3 + float(row[4])) for row in rows[1:]]
    print(draw(points))


def draw(points: list[tuple[int, float]]) -> str:
    """The plot of (comments, seconds)."""
    left, right = (math.log10(points[at][0]) for at in (0, -1))
    low = math.floor(math.log10(min(seconds for _, seconds in points)))
    high = math.ceil(math.log10(max(seconds for _, seconds in points)))

    def x(comments: float) -> float:
        return MARGIN + (math.log10(comments) - left) / (right - left) * (WIDTH - 2 * MARGIN)

    def y(seconds: float) -> float:
        return HEIGHT - MARGIN - (math.log10(seconds) - low) / (high - low) * (HEIGHT - 2 * MARGIN)

    last, cost = points[-1]
    first = max(points[0][0], last * 10**low / cost)
    line = f'<line x1="{x(first):.1f}" y1="{y(cost * first / last):.1f}" x2="{x(last):.1f}" y2="{y(cost):.1f}" stroke="#999"/>'
    marks = [
        f'<circle cx="{x(comments):.1f}" cy="{y(seconds):.1f}" r="4" fill="#1f5fa8"/>'
        for comments, seconds in points
    ]
    across = [
        f'<text x="{x(10**power):.1f}" y="{HEIGHT - MARGIN + 20}" text-anchor="middle">{10**power:,}</text>'
        for power in range(math.ceil(left), math.floor(right) + 1)
    ]
    up = [
        f'<text x="{MARGIN - 8}" y="{y(10**power) + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
        for power in range(low, high + 1)
    ]
    edge = f'<path d="M{MARGIN} {MARGIN}V{HEIGHT - MARGIN}H{WIDTH - MARGIN}" fill="none" stroke="#333"/>'
    names = (
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">comments</text>'
        f'<text x="{MARGIN}" y="{MARGIN - 16}" text-anchor="middle">seconds</text>'
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="13" role="img"><title>Seconds of an analysis against comments of a thread</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    )
    return "\n".join([head, edge, line, *marks, *across, *up, names, "</svg>"])


if __name__ == "__main__":
    main()
