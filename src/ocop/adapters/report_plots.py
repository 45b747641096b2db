"""The pictures of a report, where the extra ``plots`` is installed."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

from ocop.adapters.html_words import Say
from ocop.adapters.markup import Html, tag

FIGURES: Final = {
    "ocop.scoring.result.Score": ("plot_minimums", "plot_waterfall"),
    "ocop.scoring.council.CouncilScore": ("plot_minimums", "plot_waterfall", "plot_council"),
    "ocop.programme.progress.Progress": ("plot_progress",),
}
"""By the full name of a class, the functions of `ocop.adapters.plots` whose pictures of it a report shows."""


def figures_of(result: object, say: Say) -> Iterator[Html]:
    """Yield the pictures of a result; none without matplotlib, since the tables say the same."""
    kind = type(result)
    names = FIGURES.get(f"{kind.__module__}.{kind.__qualname__}", ())
    try:
        plots: Any = import_module("ocop.adapters.plots") if names else None
    except ImportError:  # of which MissingExtraError is a kind
        return
    for name in names:
        # The picture comes as an element of its own, with every text in it escaped or drawn.
        yield tag("figure", Html(plots.to_svg(getattr(plots, name)(result, lang=say.lang))))
