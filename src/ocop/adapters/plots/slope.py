"""Who rose and who fell from one ranking to the next."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ocop.adapters.plots.canvas import BLUE, GREY, VERMILLION, Canvas, Look, opened
from ocop.adapters.plots.words import refused, say
from ocop.errors import ConversionError, shortened
from ocop.scoring.ranking import Ranking
from ocop.text import Language

_LOOKS: Final[dict[str, Look]] = {
    "rose": {"color": BLUE, "linestyle": "-", "marker": "^"},
    "fell": {"color": VERMILLION, "linestyle": "--", "marker": "v"},
    "stayed": {"color": GREY, "linestyle": ":", "marker": "s"},
}
_Key = tuple[str, str, str | None]


def plot_slope(
    before: Ranking[Any],
    after: Ranking[Any],
    ax: Axes | None = None,
    *,
    top: int = 15,
    titles: tuple[str, str] | None = None,
    lang: Language = "vi",
) -> Axes:
    """Draw a line for each product from its place in one ranking to its place in a later one.

    Drawn are the first `top` products of each ranking, and the picture says how many are not. They stand evenly, in
    their order; the ranks are written beside their names. `titles` name the two rankings.

    Raises:
        ConversionError: for what is no ranking, a `top` below 1, `titles` that are no two texts, or an `ax` that is no
            Axes.
        ValueError: for an unknown language.

    >>> import ocop
    >>> first, second = (ocop.score(ocop.load(f"docs/examples/{name}.json")) for name in ("tea", "tea-capped"))
    >>> better = ocop.plan_upgrade(second.sheet, ocop.Star.FIVE).after
    >>> ax = plot_slope(ocop.rank([first, second]), ocop.rank([first, better]), lang="en")
    >>> [text.get_text() for text in ax.texts if text.get_horizontalalignment() == "left"]
    ['After', '1. Chè xanh Đồi Sương (ví dụ) ▲1', '2. Chè đinh Đồi Sương (ví dụ) ▼1']
    """
    for ranking in (before, after):
        if not isinstance(ranking, Ranking):
            raise refused(ranking, "a Ranking")
    if not isinstance(top, int) or top < 1:
        raise ConversionError(f"top must be 1 or more; got {shortened(top)}")
    if titles is not None and not (len(titles) == 2 and all(isinstance(title, str) for title in titles)):
        raise ConversionError(f"titles must be two texts; got {shortened(titles)}")
    left, right = _ranks(before), _ranks(after)
    shown = set([*left][:top]) | set([*right][:top])
    olds, news = _sides(left, shown), _sides(right, shown)
    lines = max(len(olds), len(news), 1)
    with opened(ax, lang, 10.5, 1.9 + 0.27 * lines, labels=0) as canvas:
        canvas.title(say(lang, "slope"))
        if not shown:
            canvas.message(say(lang, "none-ranked"))
            return canvas.ax
        for x, title in enumerate(titles or (say(lang, "before"), say(lang, "after"))):
            canvas.put(x, -1, canvas.fit(title, canvas.width * 0.3, bold=True), ha="left" if x else "right", bold=True)
        repeated = Counter(name for name, _, _ in shown)
        for key in [*news, *(key for key in olds if key not in news)]:
            label = _label(key, repeated[key[0]] > 1) or say(lang, "unnamed")
            _draw(canvas, label, olds.get(key), news.get(key))
        canvas.ax.set(xlim=(-1.1, 2.1), ylim=(lines - 0.4, -1.6))
        canvas.xticks([], [])
        canvas.yticks([], [])
        canvas.frame()
        handles = [Line2D([], [], label=say(lang, name), **look) for name, look in _LOOKS.items()]
        left_out = len(left.keys() | right.keys()) - len(shown)
        canvas.legend(handles, *([say(lang, "top", top, left_out)] if left_out else []))
        return canvas.ax


@frozen
class _Side:
    """Where a product stands in one of the rankings."""

    rank: int
    height: int
    """Its line in the picture, from the top."""


def _ranks(ranking: Ranking[Any]) -> dict[_Key, int]:
    """Return the rank of each product, in their order: what moved since nothing was ranked."""
    moves = Ranking[Any]().diff(ranking)
    return {(move.product, move.criteria_set, move.product_code): move.after or 0 for move in moves}


def _sides(ranks: Mapping[_Key, int], shown: set[_Key]) -> dict[_Key, _Side]:
    kept = [key for key in ranks if key in shown]
    return {key: _Side(ranks[key], height) for height, key in enumerate(kept)}


def _label(key: _Key, repeated: bool) -> str:
    """Return a product's name, with its set and code where several have the name."""
    name, set_id, code = key
    if not repeated:
        return name
    return f"{name} ({set_id}, {code})" if code else f"{name} ({set_id})"


def _draw(canvas: Canvas, label: str, old: _Side | None, new: _Side | None) -> None:
    """Draw one product: its name on the sides where it is ranked, and a line where it is on both."""
    if old is None or new is None:
        change = f" ({say(canvas.lang, 'new' if old is None else 'gone')})"
    else:
        gained = old.rank - new.rank
        look = _LOOKS["rose" if gained > 0 else "fell" if gained < 0 else "stayed"]
        canvas.ax.plot([0, 1], [old.height, new.height], linewidth=1.6, markersize=5, **look)
        change = f" ▲{gained}" if gained > 0 else f" ▼{-gained}" if gained < 0 else " ="
    if old is not None:
        _name(canvas, -0.04, old, label, change if new is None else "", "right")
    if new is not None:
        _name(canvas, 1.04, new, label, change, "left")


def _name(canvas: Canvas, x: float, side: _Side, label: str, change: str, align: str) -> None:
    text = canvas.fit(f"{side.rank}. {label}", max(canvas.width * 0.34 - 70, 40))
    canvas.put(x, side.height, text + change, ha=align)
