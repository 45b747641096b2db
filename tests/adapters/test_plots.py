"""The pictures say what the results say: bars as long as the points, every name and mark there, and nothing else."""

import importlib
import os
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from attrs import evolve, frozen

import ocop
from ocop.errors import ConversionError, MissingExtraError
from ocop.model.stars import Star
from ocop.programme.judge import Status
from ocop.programme.measure import Measurement
from ocop.programme.portfolio import Portfolio
from ocop.programme.programmes import programme
from ocop.programme.progress import Progress
from ocop.scoring.council import Agreement
from ocop.scoring.ranking import Ranking
from ocop.text import Label

mpl = pytest.importorskip("matplotlib", reason="the extra plots is not installed")
from matplotlib import rc_context  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.colors import to_hex  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from matplotlib.patches import Rectangle  # noqa: E402

from ocop.adapters import plots  # noqa: E402
from ocop.adapters.plots import canvas, words  # noqa: E402

TEA = ocop.criteria_set("qd26-2026/tea")
BLUE, SKY, ORANGE, VERMILLION, GREY = "#0072b2", "#56b4e9", "#e69f00", "#d55e00", "#808080"
HOSTILE = "<img src=x onerror=alert(1)> ]]> $\\frac$ $$ =1+1 \u202e\x00\x0b\t茶 🍵 --> & \" '" + "W" * 10_000
ANY = Any  # what matplotlib gives back


def score(name: str) -> ocop.Score:
    return ocop.score(ocop.load(f"docs/examples/{name}.json"))


def upgraded(found: ocop.Score) -> ocop.Score:
    after = ocop.plan_upgrade(found.sheet, Star.FIVE).after
    assert after
    return after


def council(count: int = 3, **rules: Any) -> ocop.CouncilScore:
    record = ocop.load("docs/examples/tea-council.json")
    return ocop.score_council(record.sheets[:count], ocop.CouncilRules(**rules))


def drawn(seed: int, product: str, evaluator: str = "") -> ocop.Score:
    """Return the score of a tea that is filled in at random."""
    rng = random.Random(seed)  # noqa: S311
    choices = {
        each.code: each.letters[-1] if each.code.startswith("5") else rng.choice(each.letters) for each in TEA.criteria
    }
    return ocop.score(ocop.ScoreSheet(TEA.id, choices, product=product, evaluator=evaluator))


def large_council(members: int, name: str = "Thành viên") -> ocop.CouncilScore:
    sheets = [drawn(seed, "Chè", f"{name[:40]} {seed}").sheet for seed in range(members)]
    return ocop.score_council([evolve(sheet, product=name) for sheet in sheets])


def progress(on: date = date(2023, 12, 31), portfolio: Portfolio | None = None) -> Progress:
    return programme("binh-duong-2021-2025").progress(portfolio or Portfolio(), on)


def named(found: Progress, name: str) -> Progress:
    """Return progress in which a programme, its targets and the portfolio have a name."""
    targets = [evolve(each, target=evolve(each.target, label=Label(name, name))) for each in found.targets]
    return evolve(
        found, programme=evolve(found.programme, name=Label(name, name)), portfolio=name, targets=tuple(targets[:5])
    )


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def labels(ax: Axes, axis: str) -> list[str]:
    return [label.get_text() for label in getattr(ax, f"get_{axis}ticklabels")()]


def legend(ax: Axes) -> list[str]:
    found: ANY = ax.get_legend()
    return [found.get_title().get_text(), *(text.get_text() for text in found.get_texts())]


def title(ax: Axes) -> list[str]:
    return ax.get_title("left").splitlines()


def all_texts(ax: Axes) -> list[str]:
    figure: ANY = ax.figure
    return [each.get_text() for each in figure.findobj(lambda each: hasattr(each, "get_text"))]


def every_picture(lang: Any = "vi", product: str = "Chè xanh Đồi Sương (ví dụ)") -> dict[str, Axes]:
    one = drawn(1, product)
    before, after = ocop.rank([one, score("tea")]), ocop.rank([drawn(2, product), drawn(3, "Mới")])
    many = large_council(2, product)
    return {
        "parts": plots.plot_parts(one, lang=lang),
        "parts of a council": plots.plot_parts(many, lang=lang),
        "waterfall": plots.plot_waterfall(one, lang=lang),
        "minimums": plots.plot_minimums(one, lang=lang),
        "minimums of a council": plots.plot_minimums(many, lang=lang),
        "minimums of a set": plots.plot_minimums(TEA, lang=lang),
        "council": plots.plot_council(many, lang=lang),
        "slope": plots.plot_slope(before, after, lang=lang),
        "progress": plots.plot_progress(named(progress(), product), lang=lang),
    }


@frozen
class Gallery:
    """One of each picture, drawn once for several tests."""

    pictures: dict[str, Axes]
    svgs: dict[str, str]
    before: dict[str, Any]
    """The settings of matplotlib before anything was drawn."""
    after: dict[str, Any]


@pytest.fixture(scope="module")
def gallery() -> Gallery:
    before = dict.copy(mpl.rcParams)
    pictures = every_picture()
    svgs = {name: plots.to_svg(ax) for name, ax in pictures.items()}
    return Gallery(pictures, svgs, before, dict.copy(mpl.rcParams))


# Parts


def test_a_bar_is_as_long_as_its_points() -> None:
    ax = plots.plot_parts(score("tea"))
    maxima, points = ([bar.get_width() for bar in container] for container in ax.containers)
    assert maxima == [40, 25, 35]
    assert points == [35, 18, 28]
    assert texts(ax) == ["35 trên 40", "18 trên 25", "28 trên 35"]
    assert title(ax) == ["Chè đinh Đồi Sương (ví dụ)", "81 trên 100 điểm · 4 sao ★★★★"]
    assert labels(ax, "y")[1:] == ["Phần B – Khả năng tiếp thị", "Phần C – Chất lượng sản phẩm"]
    bars: ANY = ax.containers[1]
    assert {to_hex(bar.get_facecolor()) for bar in bars} == {BLUE}


def test_a_council_is_drawn_by_its_means_and_told_exactly() -> None:
    ax = plots.plot_parts(council(), lang="en")
    bars: ANY = ax.containers[1]
    assert [bar.get_width() for bar in bars] == [104 / 3, 52 / 3, 80 / 3]
    assert texts(ax) == ["34 2/3 of 40", "17 1/3 of 25", "26 2/3 of 35"]
    assert title(ax)[1] == "mean 78 2/3 of 100 points · 3 stars ★★★ (by points: 4 stars)"


def test_a_product_without_a_star_says_why() -> None:
    ax = plots.plot_parts(score("bottled-water-stopped"))
    assert " ".join(title(ax)[1:]) == "59 trên 100 điểm · không xếp sao: việc đánh giá dừng lại giữa chừng"
    for outcome in ocop.Outcome:
        if outcome is not ocop.Outcome.RANKED:
            assert words.say("en", outcome.value).startswith("no star: ")


def test_a_product_without_a_name_is_called_so() -> None:
    assert title(plots.plot_parts(drawn(1, "")))[0] == "(sản phẩm không tên)"


# Waterfall


def test_each_bar_begins_where_the_last_one_ended() -> None:
    found = score("tea-capped")
    ax = plots.plot_waterfall(found, lang="en")
    bars: list[Rectangle] = [bar for container in ax.containers for bar in container]
    *steps, total = bars
    assert [bar.get_width() for bar in steps] == [found.points_of(each) for each in TEA.criteria]
    assert [bar.get_x() for bar in steps[1:]] == [bar.get_x() + bar.get_width() for bar in steps[:-1]]
    assert (total.get_x(), total.get_width()) == (0, 77)
    assert texts(ax)[:5] == ["★", "★★", "★★★", "★★★★", "★★★★★"]
    assert texts(ax)[5:7] == ["3/3", "1/2"]
    assert texts(ax)[-1] == "77"
    assert labels(ax, "x") == ["0", "30", "50", "70", "90", "100"]
    assert labels(ax, "y")[0] == "1.1 Origin of inputs"
    assert labels(ax, "y")[-1] == "Total"


def test_parts_differ_by_more_than_colour() -> None:
    ax = plots.plot_waterfall(score("tea"))
    bars: list[Any] = [bar for container in ax.containers for bar in container]
    looks = {(to_hex(bar.get_facecolor()), bar.get_hatch()) for bar in bars[:-1]}
    assert len(looks) == len({hatch for _, hatch in looks}) == len({color for color, _ in looks}) == 3
    assert legend(ax)[1:] == [
        "Phần A – Sản phẩm và sức mạnh cộng đồng",
        "Phần B – Khả năng tiếp thị",
        "Phần C – Chất lượng sản phẩm",
    ]


def test_the_waterfall_of_a_council_ends_at_the_mean() -> None:
    ax = plots.plot_waterfall(council())
    assert texts(ax)[-1] == "78 2/3"
    assert labels(ax, "y")[-1] == "Điểm trung bình"
    # The points in "Story": 3, 5 and 3.
    assert "3 2/3 trên 5" in texts(ax)
    assert "3 2/3 of 5" in texts(plots.plot_waterfall(council(), lang="en"))
    assert "3/3" in texts(ax)


# Minimums


def test_the_ladder_marks_what_blocks() -> None:
    found = score("tea-capped")
    ax = plots.plot_minimums(found, lang="en")
    assert labels(ax, "x") == ["3 stars\n★★★", "4 stars\n★★★★", "5 stars\n★★★★★"]
    codes = [label.split()[0] for label in labels(ax, "y")]
    places = {text.get_position(): text.get_text() for text in ax.texts}
    for row, code in enumerate(codes[:-1]):
        minimums = TEA.criterion(code).minimums
        for column, star in enumerate((3, 4, 5)):
            text = places.get((column, row))
            unmet = [each for each in found.unmet_minimums if (each.criterion, each.star) == (code, star)]
            if star not in minimums:
                assert text is None
            elif not unmet:
                assert text == f"✓ {found.sheet.choices[code]}"
            else:
                mark = "✖" if star <= 4 else "○"
                assert text == f"{mark} {found.sheet.choices[code]} → {unmet[0].option}"
    assert places[(1, codes.index("3.4"))] == "✖ a → b"
    assert texts(ax)[-3:] == ["✓ ≥ 50", "✓ ≥ 70", "○ ≥ 90"]
    blocking: ANY = [each for each in ax.patches if to_hex(each.get_facecolor()) == VERMILLION]
    assert {each.get_y() + 0.42 for each in blocking} == {codes.index("3.4"), codes.index("5.1")}
    assert all(to_hex(each.get_edgecolor()) == "#000000" and each.get_linewidth() > 1 for each in blocking)
    assert legend(ax)[1:] == [
        "✓ met",
        "✖ not met, blocks the star by points",
        "○ not met, needed for a higher star",
    ]


def test_no_option_is_a_dash() -> None:
    sheet = ocop.load("docs/examples/tea.json").with_choices({"2.2": None})
    assert "✖ – → c" in texts(plots.plot_minimums(ocop.score(sheet)))


def test_the_ladder_of_a_council_counts_votes() -> None:
    ax = plots.plot_minimums(council(), lang="en")
    assert [text for text in texts(ax) if text.startswith("✖")] == ["✖ e 1/3"]
    assert "✓ b 2/3" in texts(ax)
    assert legend(ax)[0].startswith("b 2/3: needs option b or better;")


def test_where_means_decide_the_ladder_shows_means() -> None:
    ax = plots.plot_minimums(council(minimum_by=Agreement.MEAN_POINTS), lang="en")
    assert "✖ e Ø 3 2/3" in texts(ax)
    assert legend(ax)[0].startswith("b Ø 1.5:")


def test_the_ladder_of_a_set_says_what_is_needed() -> None:
    ax = plots.plot_minimums(TEA)
    assert title(ax) == ["Chè tươi, chè chế biến", "Quyết định 26/2026/QĐ-TTg, Phụ lục II, bộ số 11"]
    wanted = [
        "/".join(option.letter for option in options) for each in TEA.criteria for options in each.minimums.values()
    ]
    assert texts(ax) == [*wanted, "≥ 50", "≥ 70", "≥ 90"]
    assert len(legend(ax)) == 1


def test_a_set_without_minimums_says_so() -> None:
    bare = evolve(TEA, parts=tuple(_bare(part) for part in TEA.parts))
    ax = plots.plot_minimums(bare)
    assert texts(ax) == ["Bộ tiêu chí này không có yêu cầu tối thiểu."]
    assert "star minimums" in texts(plots.plot_minimums(bare, lang="en"))[0]


def _bare(node: Any) -> Any:
    """Return a part, a section or a criterion without its minimums."""
    if hasattr(node, "items"):
        return evolve(node, items=tuple(_bare(item) for item in node.items))
    return evolve(node, options=tuple(evolve(option, minimum_for=None) for option in node.options))


def test_several_ticks_are_named_together() -> None:
    from ocop.adapters.plots.minimums import _chosen

    sheet: Any = type("Sheet", (), {"choices": {"1.1": ("a", "c"), "1.2": ()}})
    found: Any = type("Found", (), {"sheet": sheet})
    assert _chosen(found, TEA.criterion("1.1")) == "a+c"
    assert _chosen(found, TEA.criterion("1.2")) == "–"


# Council


def test_the_heat_map_holds_the_points_of_each_member() -> None:
    found = council()
    ax = plots.plot_council(found)
    assert labels(ax, "x") == ["An", "Bình", "Chi", "Chênh"]
    heat, spread = (each.get_array() for each in ax.collections)
    assert heat is not None
    assert spread is not None
    points = [[each.points_of(criterion) for each in found.scores] for criterion in TEA.criteria]
    tops = [criterion.max_points for criterion in TEA.criteria]
    assert heat.tolist() == [[number / top for number in row] for row, top in zip(points, tops, strict=True)]
    assert spread.tolist() == [[(max(row) - min(row)) / top] for row, top in zip(points, tops, strict=True)]
    assert texts(ax)[:6] == ["3", "3", "3", "1", "1", "1"]
    assert texts(ax)[-4:] == ["77", "78", "81", "4"]
    assert title(ax)[-1] == "tổng điểm chênh nhau 4 (cho phép 10)"


def test_numbers_are_black_on_light_and_white_on_dark_cells() -> None:
    ax = plots.plot_council(council())
    colors = [text.get_color() for text in ax.texts[:6]]
    assert colors == ["white"] * 3 + ["black"] * 3


def test_a_second_scoring_is_announced() -> None:
    assert title(plots.plot_council(council(max_spread=3), lang="en"))[-1].endswith("(3 allowed): second scoring due")


def test_a_council_of_one_lies_nowhere_apart() -> None:
    ax = plots.plot_council(council(1), lang="en")
    assert labels(ax, "x") == ["An", "Spread"]
    assert texts(ax)[-2:] == ["77", "0"]
    nameless = ocop.score_council([ocop.load("docs/examples/tea.json")])
    nameless = ocop.score_council([evolve(nameless.record.sheets[0], evaluator="")])
    assert labels(plots.plot_council(nameless), "x") == ["(không\ntên)", "Chênh"]


def test_of_a_large_council_the_first_are_drawn_and_the_rest_counted() -> None:
    ax = plots.plot_council(large_council(500), lang="en")
    assert labels(ax, "x") == [*(f"Thành viên {number}" for number in range(24)), "Spread"]
    assert legend(ax)[0].splitlines()[0] == "476 more members are not drawn."
    assert {label.get_rotation() for label in ax.get_xticklabels()} == {90}
    assert plots.to_svg(ax).startswith("<svg ")


@pytest.mark.parametrize("count", [3, 12])
def test_names_that_would_look_the_same_get_numbers(count: int) -> None:
    long = "Nguyễn Thị Hoàng Phương Uyên Minh Châu"
    alike = [drawn(seed, "Chè", f"{long} Quỳnh Anh Thư Vân Khánh Trâm {seed}").sheet for seed in range(count)]
    found = labels(plots.plot_council(ocop.score_council(alike)), "x")[:-1]
    assert [name.partition(" ")[0] for name in found] == [f"{number}." for number in range(1, count + 1)]
    assert all(name.endswith("…") for name in found)
    apart = [evolve(sheet, evaluator=f"{seed} {sheet.evaluator}") for seed, sheet in enumerate(alike)]
    found = labels(plots.plot_council(ocop.score_council(apart)), "x")[:-1]
    assert [name.split()[:2] for name in found] == [[str(seed), "Nguyễn"] for seed in range(count)]


# Slope


def test_a_line_joins_the_places_of_a_product() -> None:
    first, second, third = (drawn(seed, f"Chè {seed}") for seed in (1, 2, 3))
    before = ocop.rank([first, second, third])
    after = ocop.rank([second, upgraded(third), drawn(9, "Chè mới")])
    ax = plots.plot_slope(before, after, titles=("2025", "2026"))
    moved = {move.product: move for move in before.diff(after)}
    assert len(ax.lines) == 2
    assert texts(ax)[:2] == ["2025", "2026"]
    rank = after.of("Chè 3").rank
    gained = before.of("Chè 3").rank - rank
    assert f"{rank}. Chè 3 ▲{gained}" in texts(ax)
    assert f"{before.of('Chè 1').rank}. Chè 1 (không còn)" in texts(ax)
    assert f"{after.of('Chè mới').rank}. Chè mới (mới)" in texts(ax)
    assert moved["Chè 1"].after is None


def test_up_down_and_the_same_differ_by_more_than_colour() -> None:
    low, same, high = sorted((drawn(seed, f"Chè {seed}") for seed in (4, 5, 6)), key=lambda each: each.total)
    before = ocop.rank([low, same])
    ax = plots.plot_slope(before, before, lang="en")
    assert texts(ax)[2:] == [
        text for place in before for text in (f"{place.rank}. {place.product}", f"{place.rank}. {place.product} =")
    ]
    better = upgraded(low)
    ax = plots.plot_slope(ocop.rank([low, high]), ocop.rank([better, high]))
    looks = {each.get_linestyle(): (to_hex(each.get_color()), each.get_marker()) for each in ax.lines}
    assert looks == {"-": (BLUE, "^"), "--": (VERMILLION, "v")}
    assert legend(ax)[1:] == ["▲ lên", "▼ xuống", "= giữ nguyên"]
    assert legend(ax)[0] == ""


def test_of_500_products_the_first_are_drawn_and_the_rest_counted() -> None:
    before = ocop.rank([drawn(seed, f"Sản phẩm {seed}") for seed in range(500)])
    after = ocop.rank([drawn(seed + 1000 * (seed % 2), f"Sản phẩm {seed}") for seed in range(500)])
    ax = plots.plot_slope(before, after, top=10, lang="en")
    shown = {place.product for ranking in (before, after) for place in list(ranking)[:10]}
    named = {match[1] for text in texts(ax) if (match := re.match(r"\d+\. (Sản phẩm \d+)", text))}
    assert named == shown
    assert legend(ax)[0] == f"The first 10 of each round are drawn; {500 - len(shown)} more products are not."
    for side in ("left", "right"):
        heights = [text.get_position()[1] for text in ax.texts[2:] if text.get_horizontalalignment() == side]
        assert len(heights) == len(set(heights)), "two names on one line"


def test_500_products_can_be_drawn() -> None:
    before = ocop.rank([drawn(seed, f"Sản phẩm {seed}") for seed in range(500)])
    after = ocop.rank([drawn(seed + 500, f"Sản phẩm {seed}") for seed in range(500)])
    ax = plots.plot_slope(before, after, top=500)
    assert len(ax.texts) == 2 + 2 * 500
    assert len(ax.lines) == 500
    assert legend(ax)[0] == ""


def test_products_of_one_name_are_told_apart() -> None:
    tea, water = score("tea"), score("bottled-water-stopped")
    same = ocop.score(evolve(water.sheet, product=tea.sheet.product, choices=dict.fromkeys(water.sheet.choices)))
    scores = [tea, ocop.score(evolve(score("community-tourism").sheet, product="Chè"))]
    twin = evolve(scores[0].sheet, product="Chè")
    both = ocop.rank([ocop.score(twin), scores[1]])
    assert same.star is None
    ax = plots.plot_slope(both, both)
    assert sorted(texts(ax)[2::2]) == ["1. Chè (qd26-2026/community-tourism)", "2. Chè (qd26-2026/tea)"]
    from ocop.adapters.plots.slope import _label

    assert _label(("Chè", "qd26-2026/tea", "68-24781-3-2026"), True) == "Chè (qd26-2026/tea, 68-24781-3-2026)"


def test_empty_rankings_say_so() -> None:
    empty: Ranking[Any] = Ranking()
    assert texts(plots.plot_slope(empty, empty)) == ["Không có sản phẩm nào được xếp thứ hạng."]
    ax = plots.plot_slope(empty, ocop.rank([drawn(1, "")]), lang="en")
    assert texts(ax) == ["Before", "After", "1. (unnamed) (new)"]


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"top": 0}, "top must be 1 or more; got 0"),
        ({"top": 1.5}, "top must be 1 or more; got 1.5"),
        ({"titles": ("2025",)}, 'titles must be two texts; got ["2025"]'),
        ({"titles": (2025, 2026)}, "titles must be two texts; got [2025, 2026]"),
    ],
)
def test_a_slope_refuses_what_it_cannot_draw(how: Any, message: str) -> None:
    with pytest.raises(ConversionError, match=f"^{re.escape(message)}$"):
        plots.plot_slope(Ranking(), Ranking(), **how)


# Progress


def bars_of(ax: Axes, row: int) -> list[Any]:
    """Return the bars of a target, without its frame."""
    every: list[Any] = [bar for container in ax.containers for bar in container]
    return [bar for bar in every if abs(bar.get_y() + bar.get_height() / 2 - row) < 0.01 and bar.get_height() < 0.5]


def made(**changes: Any) -> Progress:
    """Return progress whose first target, 380 recognitions, stands as told."""
    found = progress()
    measured = Measurement(**{name: changes.pop(name) for name in ("value", "least", "most") if name in changes})
    return evolve(found, targets=(evolve(found.targets[0], measured=measured, **changes),))


def test_a_bar_is_the_share_of_the_target() -> None:
    found = made(value=190, status=Status.BEHIND, due=Fraction(228))
    unit = found.targets[0].target.unit
    ax = plots.plot_progress(found)
    (bar,) = bars_of(ax, 0)
    assert bar.get_width() == 0.5
    assert (to_hex(bar.get_facecolor()), bar.get_hatch()) == (ORANGE, "////")
    assert [each.get_xdata() for each in ax.lines] == [[0.6], [0.6]]
    assert texts(ax) == [f"▼ chậm tiến độ\n190 · chỉ tiêu: ít nhất 380 {unit.vi}"]
    assert title(ax) == ["Chương trình OCOP tỉnh Bình Dương 2021–2025", "Ngày 2023-12-31: 0 trên 1 chỉ tiêu đạt"]
    assert labels(ax, "x") == ["0 %", "50 %", "100 %"]


@pytest.mark.parametrize(
    ("status", "color", "mark"),
    [
        (Status.MET, BLUE, "✓ met"),
        (Status.ON_COURSE, SKY, "▶ on course"),
        (Status.BEHIND, ORANGE, "▼ behind"),
        (Status.MISSED, VERMILLION, "✖ missed"),
        (Status.UNKNOWN, GREY, "? unknown"),
    ],
)
def test_each_status_has_a_colour_and_a_mark(status: Status, color: str, mark: str) -> None:
    ax = plots.plot_progress(made(value=38, status=status), lang="en")
    (bar,) = bars_of(ax, 0)
    assert to_hex(bar.get_facecolor()) == color
    assert texts(ax)[0].splitlines()[0] == mark


def test_a_bar_that_is_too_long_is_cut_with_a_mark() -> None:
    ax = plots.plot_progress(made(value=3800, status=Status.MET))
    (bar,) = bars_of(ax, 0)
    assert bar.get_width() == 1.2
    assert texts(ax)[0] == "»"
    assert ax.texts[0].get_color() == "white"


def test_missing_data_leave_a_range() -> None:
    found = made(least=95, most=190, status=Status.UNKNOWN)
    unit = found.targets[0].target.unit
    ax = plots.plot_progress(found, lang="en")
    sure, between = bars_of(ax, 0)
    assert (sure.get_width(), between.get_x(), between.get_width()) == (0.25, 0.25, 0.25)
    assert (sure.get_hatch(), between.get_hatch()) == (None, "----")
    assert texts(ax)[0].splitlines()[1] == f"95 … 190 · target: at least 380 {unit.en}"
    assert "possible range, as data are missing" in legend(ax)


def test_nothing_known_has_no_bar() -> None:
    ax = plots.plot_progress(progress(), lang="en")
    assert not any(bars_of(ax, row) for row in range(16))
    assert {text.splitlines()[0] for text in texts(ax)} == {"? unknown"}
    assert len(labels(ax, "y")) == 16


def test_shares_flags_and_ranges_are_written_in_their_form() -> None:
    found = progress()
    targets = [
        evolve(each, measured=Measurement(value=value))
        for each, value in zip(
            found.targets, [9, 9, Fraction(189, 1000), *[None] * 8, True, None, 1, False], strict=False
        )
    ]
    ax = plots.plot_progress(evolve(found, targets=tuple(targets)), lang="en")
    standings = [text.splitlines()[-1] for text in texts(ax) if text != "»"]
    assert standings[2] == "18.9 % · target: at least 10 %"
    assert standings[11] == "yes · target: there is one"
    assert standings[14] == "no · target: done"
    yearly = programme("hai-duong-2018-2030").progress(Portfolio(), date(2022, 6, 30))
    assert any("–" in text for text in texts(plots.plot_progress(yearly)))


def test_a_target_of_nothing_is_reached() -> None:
    found = made(value=0, status=Status.MET)
    target = evolve(found.targets[0].target, value=0)
    ax = plots.plot_progress(evolve(found, targets=(evolve(found.targets[0], target=target),)))
    assert bars_of(ax, 0)[0].get_width() == 1


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_target_of_ours_is_cut(lang: Any) -> None:
    for each in ocop.programmes():
        for text in texts(plots.plot_progress(each.progress(Portfolio(), each.start), lang=lang)):
            assert not text.endswith("…"), (each.id, text)


def test_a_programme_without_targets_says_so() -> None:
    ax = plots.plot_progress(evolve(progress(), targets=()))
    assert texts(ax) == ["Chương trình này không có chỉ tiêu."]


# What holds for all


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_glyph_is_missing_and_nothing_lies_outside(lang: Any, gallery: Gallery) -> None:
    # A missing glyph, or a layout that finds no room, is a warning, which the tests' settings make an error.
    for name, ax in (gallery.pictures if lang == "vi" else every_picture(lang)).items():
        figure: ANY = ax.figure
        figure.draw_without_rendering()
        whole = figure.bbox.padded(2)
        for each in figure.findobj(lambda each: hasattr(each, "get_text")):
            box = each.get_window_extent()
            inside = whole.x0 <= box.x0 and box.x1 <= whole.x1 and whole.y0 <= box.y0 and box.y1 <= whole.y1
            assert not each.get_text() or inside, (name, each)


def test_every_word_of_ours_can_be_drawn() -> None:
    known = canvas._glyphs()
    spoken = [text for label in words.TEXTS.values() for text in (label.vi, label.en)]
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    for text in [*spoken, letters, letters.upper(), "✓✖○★▲▼▶→≥Ø»…–·₫"]:
        assert {ord(each) for each in text} <= known, text


def test_hostile_names_are_only_text() -> None:
    for name, ax in every_picture("vi", HOSTILE).items():
        svg = plots.to_svg(ax)
        root = Tree.fromstring(svg)  # noqa: S314
        tags = {each.tag.rpartition("}")[2] for each in root.iter()}
        assert tags <= {"svg", "title", "defs", "g", "path", "use", "clipPath", "rect", "pattern"}, name
        assert "<img" not in svg
        assert "]]>" not in svg
        for text in all_texts(ax):
            assert text.replace("\n", "").isprintable(), name
            assert len(text) < 400, name
    shown = title(plots.plot_parts(drawn(1, HOSTILE)))
    assert shown[0].startswith("<img src=x onerror=alert(1)> ]]> $\\frac$ $$ =1+1 \ufffd \ufffd")
    assert shown[1].endswith("…")


def test_dollars_are_no_mathematics_and_no_tex() -> None:
    for ax in (plots.plot_parts(drawn(1, "$x^2$")), plots.plot_council(large_council(2, "$\\alpha$"))):
        figure: ANY = ax.figure
        for each in figure.findobj(lambda each: hasattr(each, "get_parse_math")):
            assert not each.get_text() or (not each.get_parse_math() and not each.get_usetex())


def test_an_unknown_language_is_refused() -> None:
    wrong: Any = "fr"
    for ax in (None, Figure().add_subplot()):
        with pytest.raises(ValueError, match="lang must be one of 'vi', 'en'; got 'fr'"):
            plots.plot_parts(score("tea"), ax, lang=wrong)


@pytest.mark.parametrize(
    ("name", "count", "expected"),
    [
        ("plot_parts", 1, "a Score or a CouncilScore"),
        ("plot_waterfall", 1, "a Score or a CouncilScore"),
        ("plot_minimums", 1, "a Score, a CouncilScore or a CriteriaSet"),
        ("plot_council", 1, "a CouncilScore"),
        ("plot_slope", 2, "a Ranking"),
        ("plot_progress", 1, "a Progress"),
    ],
)
def test_what_is_no_result_is_refused(name: str, count: int, expected: str) -> None:
    with pytest.raises(ConversionError, match=f'^expected {expected}; got "tea"$'):
        getattr(plots, name)(*["tea"] * count)


def test_what_is_no_axes_is_refused() -> None:
    wrong: Any = "ax"
    with pytest.raises(ConversionError, match=r"^expected an Axes of matplotlib in a figure; got builtins\.str$"):
        plots.plot_parts(score("tea"), wrong)
    ax = Figure().add_subplot()
    ax.remove()
    with pytest.raises(ConversionError, match="expected an Axes of matplotlib in a figure"):
        plots.to_svg(ax)


def test_no_setting_changes(gallery: Gallery) -> None:
    assert gallery.before == gallery.after


def test_pyplot_stays_out() -> None:
    code = (
        "import ocop, sys; from ocop.adapters import plots;"
        "plots.to_svg(plots.plot_parts(ocop.score(ocop.load('docs/examples/tea.json'))));"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


SETTINGS: dict[Any, Any] = {
    "font.family": ["serif"],
    "text.color": "red",
    "axes.facecolor": "black",
    "savefig.facecolor": "green",
    "svg.fonttype": "none",
    "xtick.color": "white",
    "hatch.linewidth": 5,
    "figure.dpi": 50,
    "axes.titlesize": 30,
    "axes.formatter.use_locale": True,
}


def test_a_picture_of_ours_heeds_no_setting(gallery: Gallery) -> None:
    with rc_context(SETTINGS):
        changed = {name: plots.to_svg(ax) for name, ax in every_picture().items()}
    assert changed == gallery.svgs


def test_the_same_picture_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import ocop, hashlib; from ocop.adapters import plots; c = ocop.load('docs/examples/tea-council.json');"
        "s = plots.to_svg(plots.plot_minimums(ocop.score_council(c)));"
        "print(hashlib.sha256(s.encode()).hexdigest())"
    )
    seeds = [
        {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": f"{seed}000", "TZ": zone}
        for seed, zone in (("1", "UTC"), ("2", "Asia/Saigon"))
    ]
    found = {subprocess.check_output([sys.executable, "-c", code], env={**os.environ, **each}) for each in seeds}
    assert len(found) == 1


def test_svg_is_drawn_in_threads_as_well() -> None:
    before = dict.copy(mpl.rcParams)
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: plots.to_svg(plots.plot_parts(score("tea"))), range(8)))
    assert len(found) == 1
    assert dict.copy(mpl.rcParams) == before


def test_svg_stands_by_itself_and_beside_others() -> None:
    first, second = plots.to_svg(plots.plot_parts(score("tea"))), plots.to_svg(plots.plot_waterfall(score("tea")))
    for svg in (first, second):
        assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"<script|<style|<text|<!--|<!DOCTYPE|font-family|\bid=\"\"", svg)
        names = re.findall(r' id="([^"]+)"', svg)
        used = re.findall(r'(?:url\(|href=")#([^)"]+)', svg)
        assert len(names) == len(set(names))
        assert set(names) == set(used)
        assert "<title>Chè đinh Đồi Sương (ví dụ)\n81 trên 100 điểm" in svg
    assert not set(re.findall(r' id="([^"]+)"', first)) & set(re.findall(r' id="([^"]+)"', second))


def test_a_picture_shows_itself_in_a_notebook() -> None:
    ax = plots.plot_parts(score("tea"))
    figure: ANY = ax.figure
    assert figure._repr_svg_() == plots.to_svg(ax)


# In a figure of the caller's


def test_an_ax_of_the_callers_keeps_its_figure_and_its_font() -> None:
    with rc_context({"font.family": ["DejaVu Serif"], "text.color": "#123456"}):
        figure = Figure(figsize=(12, 9), layout="constrained")
        left, right = figure.subplots(1, 2)
        assert plots.plot_parts(score("tea"), left) is left
        assert plots.plot_council(council(), right) is right
        assert plots.plot_slope(ocop.rank([score("tea")]), Ranking(), ax=figure.add_subplot(3, 3, 9)) is not None
    # Behind the caller's font stands one that has the stars, which DejaVu Serif lacks: no warning came.
    assert {tuple(text.get_fontfamily()) for text in left.texts} == {("DejaVu Serif", "DejaVu Sans")}
    assert {text.get_color() for text in left.texts} == {"#123456"}
    whole, parts = plots.to_svg(right), plots.to_svg(left)
    assert whole.count("<g>") == parts.count("<g>"), "the picture is the whole figure"
    assert "<title>Chè đinh" in parts
    assert "<title>Chè xanh" in whole


def test_a_font_of_the_callers_may_know_more_letters() -> None:
    ax = Figure().add_subplot()
    # With the default font, matplotlib says that a letter is missing.
    with pytest.warns(UserWarning, match="CJK"):
        plots.plot_parts(drawn(1, "茶"), ax)
    assert title(ax)[0] == "茶"


def test_a_figure_of_the_callers_may_hold_links_and_odd_titles() -> None:
    ax = Figure().add_subplot()
    ax.set_title("a\x0bb")
    ax.text(0, 0, "x", url="#elsewhere")
    with pytest.warns(UserWarning, match="Glyph 11"):
        svg = plots.to_svg(ax)
    assert "<title>a b</title>" in svg
    assert 'href="#elsewhere"' in svg
    assert "<title>" not in plots.to_svg(Figure().add_subplot())


def test_grades_of_a_province_go_by_their_own_names() -> None:
    class Grade(int):
        label = Label("Hạng Vàng", "Gold")

    assert words.star_name(Grade(2), "vi") == "Hạng Vàng"
    assert words.star_name(Grade(2), "en") == "Gold"
    assert words.star_name(1, "en") == "1 star"


@pytest.mark.parametrize(
    ("text", "width", "lines", "fitted"),
    [
        ("Chè", 100, 1, "Chè"),
        ("", 100, 1, ""),
        ("một hai ba bốn", 40, 2, "một hai\nba bốn"),
        ("một hai ba bốn", 40, 1, "một h…"),
        ("W" * 12, 40, 2, "WWWW\nWWW…"),
        ("hai " + "W" * 6, 40, 3, "hai\nWWWW\nWW"),
        ("WW", 1, 1, "W…"),
    ],
)
def test_text_is_wrapped_and_cut_by_its_width(text: str, width: float, lines: int, fitted: str) -> None:
    with canvas.opened(None, "vi", 5, 5) as page:
        assert page.fit(text, width, lines) == fitted


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for name in [name for name in sys.modules if name.startswith("ocop.adapters.plots")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(MissingExtraError, match=r"pip install 'ocop\[plots\]'"):
        importlib.import_module("ocop.adapters.plots")
