"""Pictures of results, drawn with matplotlib (extra ``plots``).

Each function takes a result and, optionally, an ``ax`` to draw into, and returns the Axes:

- `plot_parts`: the points of each part against its maximum
- `plot_waterfall`: criterion by criterion to the total, before the bands of the stars
- `plot_minimums`: the ladder of star minimums: what is met, and what blocks
- `plot_council`: the points of each member in each criterion, and how far they lie apart
- `plot_slope`: who rose and who fell from one ranking to the next
- `plot_progress`: how far a programme is from each of its targets

Without an ``ax``, a figure is made that ignores matplotlib's settings: the same result gives the same picture. With an
``ax`` the figure, its fonts and its style are the caller's. Neither uses pyplot nor changes a setting. `to_svg` returns
the picture as text for a web page.

Colours are those of Okabe and Ito, which colour-blind people can tell apart; and nothing is said by colour alone.

>>> import ocop
>>> ax = plot_parts(ocop.score(ocop.load("docs/examples/tea.json")), lang="en")
>>> [text.get_text() for text in ax.texts]
['35 of 40', '18 of 25', '28 of 35']
"""

from importlib.util import find_spec

from ocop.errors import MissingExtraError

if find_spec("matplotlib") is None:
    raise MissingExtraError("plots")

from ocop.adapters.plots.council import plot_council
from ocop.adapters.plots.minimums import plot_minimums
from ocop.adapters.plots.points import plot_parts, plot_waterfall
from ocop.adapters.plots.progress import plot_progress
from ocop.adapters.plots.slope import plot_slope
from ocop.adapters.plots.svg import to_svg

__all__ = ["plot_council", "plot_minimums", "plot_parts", "plot_progress", "plot_slope", "plot_waterfall", "to_svg"]
