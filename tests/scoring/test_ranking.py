import pickle
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve, field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import ocop
from ocop.errors import ConversionError, OcopError, UnknownIdError
from ocop.model.products import ProductCode
from ocop.model.stars import Star
from ocop.scoring.council import CouncilScore, score_council
from ocop.scoring.ranking import METHODS, TIE_BREAKS, Method, Move, Ranking, rank
from ocop.scoring.result import Outcome, Score
from ocop.testing import score_sheets
from ocop.text import nfc

TEA = ocop.criteria_set("qd26-2026/tea")
WATER = ocop.criteria_set("qd26-2026/bottled-water")
SETS = (TEA.id, WATER.id, "qd26-2026/community-tourism")


def example(name: str, product: str | None = None) -> Score:
    sheet: ocop.ScoreSheet = ocop.load(f"docs/examples/{name}.json")
    return ocop.score(sheet if product is None else evolve(sheet, product=product))


@frozen
class Record:
    """The part of a council's record that a ranking reads."""

    sheets: tuple[ocop.ScoreSheet, ...]


@frozen
class Council:
    """A council's result, as far as a ranking reads it."""

    record: Record
    mean: Any
    part_means: dict[str, Any] = field(factory=dict)
    star: Star | None = Star.FOUR
    criteria_set: Any = TEA
    outcome: Outcome = Outcome.RANKED
    digest: str = "sha256:0"


def council(product: str, mean: Any, star: Star | None = Star.FOUR, /, the_set: Any = TEA, **more: Any) -> Council:
    """Return a result; `more` are the means of parts, and other fields."""
    parts = {name: more.pop(name) for name in [*more] if len(name) == 1}
    code = more.pop("code", None)
    sheet = ocop.ScoreSheet(the_set.id, {}, product=product)
    coded = evolve(sheet, product_code=None if code is None else ProductCode.parse(code))
    return Council(Record((sheet, coded)), mean, parts, star, the_set, **more)


def shown(ranking: Ranking[Any]) -> list[tuple[int, str]]:
    return [(place.rank, place.product) for place in ranking]


# Order and methods


@pytest.mark.parametrize(
    ("method", "ranks"), [("competition", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3]), ("ordinal", [1, 2, 3, 4])]
)
def test_methods(method: Method, ranks: list[int]) -> None:
    ranking = rank([council("d", 70), council("c", 75), council("b", 75), council("a", 80)], method)
    assert shown(ranking) == [*zip(ranks, "abcd", strict=True)]
    assert (ranking.method, len(ranking)) == (method, 4)


def test_the_star_comes_before_the_total() -> None:
    tea, capped = example("tea-capped", "capped").sheet, example("tea-capped", "lower")
    choices = {c.code: c.options[-1].letter for c in TEA.criteria} | {"3.4": "a"}
    high = ocop.score(tea.with_choices(choices))
    four = ocop.score(capped.sheet.with_choices({"3.4": "b", "5.1": "e"}))
    assert (high.total, high.star, four.total, four.star) == (99, Star.THREE, 80, Star.FOUR)
    assert shown(rank([high, four])) == [(1, "lower"), (2, "capped")]


def test_the_default_tie_breaks_are_quality_then_strength_then_marketing() -> None:
    scores = [
        council("c", 80, A=30, B=20, C=30),
        council("a", 80, A=30, B=20, C=31),
        council("d", 80, A=30, B=19, C=30),
        council("b", 80, A=31, B=19, C=30),
    ]
    assert TIE_BREAKS == ("part-C", "part-A", "part-B")
    assert shown(rank(scores)) == [(1, "a"), (2, "b"), (3, "c"), (4, "d")]
    assert shown(rank(scores, by=["part-B"])) == [(1, "a"), (1, "c"), (3, "b"), (3, "d")]
    assert shown(rank(scores, by=())) == [(1, "a"), (1, "b"), (1, "c"), (1, "d")]


def test_means_are_compared_exactly() -> None:
    mean, step = Fraction(236, 3), Fraction(1, 1000000)
    scores = [council("low", mean), council("high", mean + step), council("same", Fraction(472, 6))]
    assert shown(rank(scores)) == [(1, "high"), (2, "low"), (2, "same")]
    parts = [council("low", mean, C=mean / 3), council("high", mean, C=mean / 3 + step)]
    assert shown(rank(parts)) == [(1, "high"), (2, "low")]
    # Two numbers that no float tells apart.
    tiny = Fraction(1, 10**30)
    assert float(mean + tiny) == float(mean)
    assert shown(rank([council("low", mean), council("high", mean + tiny)])) == [(1, "high"), (2, "low")]


def test_scores_and_councils_are_ranked_together() -> None:
    tea = example("tea")
    parts = {code: Fraction(points) for code, points in tea.part_totals.items()}
    scores: list[Score | Council] = [
        tea,
        council("Trà", Fraction(81), **parts),
        council("Z", Fraction(163, 2), **parts),
    ]
    ranking = rank(scores)
    assert shown(ranking) == [(1, "Z"), (2, "Chè đinh Đồi Sương (ví dụ)"), (2, "Trà")]
    assert ranking.places[0].keys == {
        "star": 4,
        "total": Fraction(163, 2),
        "part-C": 28,
        "part-A": 35,
        "part-B": 18,
    }


def test_real_councils_are_ranked_by_their_exact_means() -> None:
    sheet = example("tea").sheet
    lower = sheet.with_choices({"6.2.3": "c"})
    names = ("An", "Bình", "Chi")

    def result(product: str, *sheets: ocop.ScoreSheet) -> CouncilScore:
        members = zip(sheets, names, strict=False)
        return score_council([evolve(each, product=product, evaluator=name) for each, name in members])

    scores = [result("a", sheet, lower, lower), result("b", sheet, sheet, lower), result("c", lower, sheet)]
    assert shown(rank(scores)) == [(1, "b"), (2, "c"), (3, "a")]
    assert rank(scores, "ordinal", group="criteria-set").of("a").keys["total"] == Fraction(239, 3)
    twice = [result("x", sheet, lower), result("y", lower, sheet)]
    assert shown(rank(twice)) == [(1, "x"), (1, "y")]
    mixed: list[CouncilScore | Score] = [*scores, ocop.score(sheet)]
    assert next(place.product for place in rank(mixed)) == sheet.product


@pytest.mark.parametrize("changes", [{"mean": 80.5}, {"mean": "80"}, {"mean": 80, "part_means": {"A": 30.5}}])
def test_floats_and_text_are_no_points(changes: dict[str, Any]) -> None:
    with pytest.raises(ConversionError, match=r"expected an integer or a Fraction for '(total|part-A)'; got"):
        rank([evolve(council("a", 1), **changes)])


def test_a_part_that_only_some_have_is_passed_over() -> None:
    scores = [council("a", 80, C=20, A=30), council("b", 80, C=30), council("c", 80, A=31, D=1)]
    ranking = rank(scores, by=("part-C", "part-A", "part-D"))
    assert shown(ranking) == [(1, "a"), (1, "b"), (1, "c")]
    assert ranking.by == ("part-C", "part-A", "part-D")
    assert [set(place.keys) for place in ranking] == [{"star", "total"}] * 3


def test_a_part_that_only_an_unranked_score_lacks_is_compared() -> None:
    scores = [council("a", 80, C=20), council("b", 80, C=30), council("c", 80, None)]
    assert shown(rank(scores)) == [(1, "b"), (2, "a")]


# The last resort of "ordinal"


def test_ordinal_parts_ties_by_code_points_not_by_locale() -> None:
    names = ["Đ", "a", "B", "E\u0301", "É b", "z", "Ế"]
    ranking = rank([council(name, 80) for name in names], "ordinal")
    assert [place.product for place in ranking] == sorted(map(nfc, names))
    assert [place.rank for place in ranking] == list(range(1, 8))
    assert ranking.by == (*TIE_BREAKS, "product-code", "product")
    assert ranking.places[0].keys["product"] == "B"


def test_ordinal_parts_one_name_in_two_sets_by_the_digest_and_then_by_the_set() -> None:
    tea, water = council("x", 80, digest="sha256:2"), council("x", 80, the_set=WATER, digest="sha256:1")
    assert [p.criteria_set for p in rank([tea, water], "ordinal")] == [WATER.id, TEA.id]
    same = [evolve(each, digest="sha256:0") for each in (tea, water)]
    for pair in (same, same[::-1]):
        ranking = rank(pair, "ordinal")
        assert [(p.rank, p.criteria_set) for p in ranking] == [(1, WATER.id), (2, TEA.id)]
    assert [p.rank for p in rank(same)] == [1, 1]


def test_the_product_may_come_before_a_part() -> None:
    scores = [council("b", 80, C=30), council("a", 80, C=20)]
    ranking = rank(scores, "ordinal", by=("product", "part-C"))
    assert shown(ranking) == [(1, "a"), (2, "b")]
    assert ranking.by == ("product", "part-C", "product-code")
    assert list(ranking.places[0].keys) == ["star", "total", "product", "part-C"]


def test_ordinal_parts_ties_by_product_codes_in_natural_order_before_names() -> None:
    two, twelve, none = (
        council("c", 80, code="68-24781-2-2026"),
        council("a", 80, code="68-24781-12-2026"),
        council("b", 80),
    )
    also_none, better = council("0", 80), council("z", 81)
    for scores in ([two, twelve, none, also_none, better], [better, also_none, none, twelve, two]):
        ranking = rank(scores, "ordinal")
        assert shown(ranking) == [(1, "z"), (2, "c"), (3, "a"), (4, "0"), (5, "b")]
        assert [place.keys["product-code"] for place in ranking] == ["", "68-24781-2-2026", "68-24781-12-2026", "", ""]
    assert shown(rank([two, twelve, none])) == [(1, "a"), (1, "b"), (1, "c")]


def test_a_code_is_passed_over_where_nobody_has_one_and_may_be_asked_for_earlier() -> None:
    assert "product-code" not in rank([council("a", 80), council("b", 80)], "ordinal").places[0].keys
    first, second = council("a", 80, C=30, code="68-24781-2-2026"), council("b", 80, C=20, code="68-24781-1-2026")
    assert shown(rank([first, second], "ordinal")) == [(1, "a"), (2, "b")]
    assert shown(rank([first, second], "ordinal", by=("product-code", "part-C"))) == [(1, "b"), (2, "a")]
    with pytest.raises(ConversionError, match="by knows 'part-A', 'part-B', 'part-C'; got \"product-code\""):
        rank([first], by=("product-code",))


def test_two_products_of_one_name_and_set_are_told_apart_by_their_codes() -> None:
    one, two = council("x", 80, code="68-24781-1-2026"), council("x", 75, code="68-24781-2-2026")
    ranking = rank([two, one])
    assert ranking.of("68-24781-2-2026").rank == 2
    with pytest.raises(ConversionError, match="or its code: qd26-2026/tea, 68-24781-1-2026, qd26-2026/tea, 68-24781-2"):
        ranking.of("x")
    assert "x (qd26-2026/tea, 68-24781-1-2026)" in ranking.text("en")
    assert ranking.diff(rank([two])) == (
        Move("x", 2, 1, TEA.id, "68-24781-2-2026"),
        Move("x", 1, None, TEA.id, "68-24781-1-2026"),
    )
    with pytest.raises(ConversionError, match="expected one score of each product; got several of 'x'"):
        rank([one, evolve(one, mean=70)])
    with pytest.raises(UnknownIdError):
        rank([council("x", 80)]).of("None")


# Refusals


def test_unknown_names_are_refused_with_the_known_ones_and_the_nearest() -> None:
    anything: Any = rank
    with pytest.raises(
        ConversionError,
        match=r"^method knows 'competition', 'dense', 'ordinal'; got \"denze\"; did you mean 'dense'\?$",
    ):
        anything([], "denze")
    with pytest.raises(ConversionError, match=r"^by knows 'part-A', 'part-B', 'part-C'; got \"part-c\"; .*'part-C'\?$"):
        rank([], by=("part-A", "part-c"))
    with pytest.raises(ConversionError, match=r"'part-D', 'product-code', 'product'; got 7$"):
        anything([council("a", 1, None, D=1)], "ordinal", (7,))
    with pytest.raises(ConversionError, match=r"^group knows 'criteria-set'; got \"criteria_set\"; did you mean"):
        anything([], group="criteria_set")
    assert issubclass(ConversionError, OcopError)
    assert issubclass(ConversionError, ValueError)


def test_the_product_is_a_tie_break_of_ordinal_only() -> None:
    with pytest.raises(ConversionError, match="by knows 'part-A', 'part-B', 'part-C'; got \"product\""):
        rank([], by=("product",))


def test_a_tie_break_named_twice() -> None:
    with pytest.raises(ConversionError, match="by names 'part-A' twice"):
        rank([], by=("part-A", "part-B", "part-A"))


@pytest.mark.parametrize("by", ["part-A", None, {"part-A"}, 3])
def test_tie_breaks_must_come_in_an_order(by: Any) -> None:
    with pytest.raises(ConversionError, match="by must be a tuple of names"):
        rank([], by=by)


@pytest.mark.parametrize("thing", [None, 3, "tea", SimpleNamespace(sheet=SimpleNamespace(product="x"))])
def test_what_is_no_score(thing: Any) -> None:
    with pytest.raises(ConversionError, match="expected a score; got"):
        rank([thing])


def test_a_sheet_is_no_score() -> None:
    sheets: list[Any] = [example("tea").sheet]
    with pytest.raises(ConversionError, match='expected a score; got "ScoreSheet'):
        rank(sheets)


def test_two_scores_of_one_product_are_refused_in_any_order() -> None:
    scores = [
        council("Phu\u0301", 80),
        council("Phú", 70, None),
        council("a", 80),
        council("z", 80),
        council("z", 81),
        council("a", 80, the_set=WATER),
    ]
    for mixed in (scores, scores[::-1], random.Random(1).sample(scores, len(scores))):  # noqa: S311
        with pytest.raises(ConversionError) as caught:
            rank(mixed)
        assert str(caught.value) == "expected one score of each product; got several of 'Phú' in 'qd26-2026/tea'"


def test_one_name_in_two_sets_is_two_products() -> None:
    ranking = rank([council("a", 80), council("a", 81, the_set=WATER)])
    assert [(p.rank, p.criteria_set) for p in ranking] == [(1, WATER.id), (2, TEA.id)]


# Unranked, empty


def test_what_has_no_star_is_listed_apart_by_name() -> None:
    scores = [council("b", 90, None), council("c", 50), council("a", 95, None, outcome=Outcome.STOPPED)]
    ranking = rank(scores)
    assert shown(ranking) == [(1, "c")]
    assert ranking.unranked == (scores[2], scores[0])


def test_no_scores_give_an_empty_ranking() -> None:
    empty: Ranking[Score] = rank([])
    assert empty == Ranking()
    assert (list(empty), len(empty), empty.unranked, empty.diff(rank([]))) == ([], 0, (), ())
    assert rank(iter([]), "ordinal", group="criteria-set").places == ()


# Groups


def test_groups_are_ranked_each_for_itself_in_the_order_of_their_keys() -> None:
    scores = [council("a", 70), council("b", 80), council("c", 75, the_set=WATER), council("d", 60, the_set=WATER)]
    ranking = rank(scores, group="criteria-set")
    assert [(place.group, place.rank, place.product) for place in ranking] == [
        (WATER.id, 1, "c"),
        (WATER.id, 2, "d"),
        (TEA.id, 1, "b"),
        (TEA.id, 2, "a"),
    ]
    assert [place.group for place in rank(scores)] == [None] * 4


def test_a_callable_groups_by_text_or_integers() -> None:
    scores = [council("a2025", 70), council("b2026", 80), council("c2025", 75), council("d999", 60)]

    def year(score: Council) -> int:
        return int(score.record.sheets[0].product[1:])

    assert [(p.group, p.rank, p.product) for p in rank(scores, group=year)] == [
        ("2025", 1, "c2025"),
        ("2025", 2, "a2025"),
        ("2026", 1, "b2026"),
        ("999", 1, "d999"),
    ]
    assert {p.group for p in rank(scores, group=lambda _: "Phu\u0301")} == {"Phú"}


def test_another_key_of_a_group_is_refused() -> None:
    nothing: Any = lambda _: None  # noqa: E731
    with pytest.raises(ConversionError, match="a group's key must be text or an integer; got null"):
        rank([council("a", 1)], group=nothing)


def test_parts_are_compared_in_the_groups_that_have_them() -> None:
    scores = [council("a", 80, C=1), council("b", 80, C=2), council("c", 80, the_set=WATER)]
    assert [p.rank for p in rank(scores, group="criteria-set")] == [1, 1, 2]
    assert [p.rank for p in rank(scores)] == [1, 1, 1]


# Looking up, comparing


def test_the_place_of_a_product() -> None:
    ranking = rank([council("Phú", 80), council("x", 70), council("x", 60, the_set=WATER), council("u", 1, None)])
    assert ranking.of("Phu\u0301").rank == 1
    assert ranking.of("x", WATER.id).rank == 3
    with pytest.raises(
        ConversionError, match=r"several products are named 'x'.*: qd26-2026/bottled-water, qd26-2026/tea"
    ):
        ranking.of("x")
    with pytest.raises(UnknownIdError, match="there is no ranked product 'phu'; did you mean 'Phú'"):
        rank([council("Phú", 80)]).of("phu")
    for product, the_set in (("u", None), ("Phú", WATER.id)):
        with pytest.raises(UnknownIdError) as caught:
            ranking.of(product, the_set)
        assert caught.value.hint is None


def test_moves_by_the_later_rank_then_the_product() -> None:
    before = rank([council("a", 90), council("b", 80), council("c", 70), council("d", 60), council("u", 1, None)])
    after = rank([council("b", 95), council("a", 85), council("e", 85), council("d", 60), council("c", 1, None)])
    assert before.diff(after) == (
        Move("b", 2, 1, TEA.id),
        Move("a", 1, 2, TEA.id),
        Move("e", None, 2, TEA.id),
        Move("c", 3, None, TEA.id),
    )
    assert before.diff(before) == ()
    assert after.diff(before)[0] == Move("a", 2, 1, TEA.id)


def test_one_name_in_two_sets_moves_as_two_products() -> None:
    first, second = council("x", 80), council("x", 70, the_set=WATER)
    assert rank([first, second]).diff(rank([first])) == (Move("x", 2, None, WATER.id),)
    assert rank([]).diff(rank([evolve(first, mean=70), second])) == (
        Move("x", None, 1, WATER.id),
        Move("x", None, 1, TEA.id),
    )


def test_a_ranking_is_frozen_hashable_and_picklable() -> None:
    ranking = rank([example("tea"), example("tea-capped"), example("bottled-water-stopped")])
    again = pickle.loads(pickle.dumps(ranking))  # noqa: S301
    assert again == ranking
    assert hash(again) == hash(ranking)
    with pytest.raises(AttributeError):
        ranking.method = "dense"  # type: ignore[misc]


# Text


def test_the_text_in_both_languages() -> None:
    names = ("tea", "tea-capped", "fresh-produce", "bottled-water-stopped")
    ranking = rank([example(name) for name in names], group="criteria-set")
    assert ranking.text() == ranking.text("vi") == (
        "qd26-2026/fresh-produce\n"
        "Thứ hạng  Sản phẩm                      Sao  Điểm  Phần C  Phần A  Phần B\n"
        "       1  Bưởi da xanh Cồn Gió (ví dụ)    3    50      18      23       9\n"
        "\n"
        "qd26-2026/tea\n"
        "Thứ hạng  Sản phẩm                      Sao  Điểm  Phần C  Phần A  Phần B\n"
        "       1  Chè đinh Đồi Sương (ví dụ)      4    81      28      35      18\n"
        "       2  Chè xanh Đồi Sương (ví dụ)      3    77      27      34      16\n"
        "\n"
        "Không xếp thứ hạng:\n"
        "  - Nước suối Khe Trong (ví dụ): việc đánh giá dừng lại giữa chừng"
    )  # fmt: skip
    assert max(map(len, ranking.text("en").splitlines())) <= 80


def test_the_text_of_means_repeated_names_and_missing_names() -> None:
    scores = [
        council("x", Fraction(239, 3), A=Fraction(1, 2), B=7),
        council("x", Fraction(80), the_set=WATER, A=Fraction(0), B=Fraction(8)),
        council("", 70, None),
        council("y\n\u202ez", 1, None, outcome=Outcome.DISQUALIFIED),
    ]
    assert rank(scores, "ordinal", by=("part-A", "part-C")).text("en") == (
        "Rank  Product                      Stars  Points  Part A\n"
        "   1  x (qd26-2026/bottled-water)      4      80       0\n"
        "   2  x (qd26-2026/tea)                4  79 2/3     0.5\n"
        "\n"
        "Not ranked:\n"
        "  - (unnamed): ranked\n"
        "  - y z: dossier disqualified"
    )


def test_a_part_that_a_group_lacks_is_blank_there() -> None:
    scores = [council("a", 80, C=1), council("c", 80, the_set=WATER)]
    assert rank(scores, group="criteria-set").text("en") == (
        "qd26-2026/bottled-water\n"
        "Rank  Product  Stars  Points  Part C\n"
        "   1  c            4      80\n"
        "\n"
        "qd26-2026/tea\n"
        "Rank  Product  Stars  Points  Part C\n"
        "   1  a            4      80       1"
    )


def test_the_text_without_places() -> None:
    assert rank([]).text("en") == "No product is ranked."
    assert rank([council("a", 1, None, outcome=Outcome.NOT_ELIGIBLE)]).text() == (
        "Không có sản phẩm nào được xếp thứ hạng.\n\nKhông xếp thứ hạng:\n  - a: không thuộc diện được đánh giá"
    )


def test_another_language_is_refused() -> None:
    other: Any = "fr"
    with pytest.raises(ValueError, match="lang must be one of"):
        rank([]).text(other)


# Against a slow oracle, in any order

Group = Callable[[Any], Any] | None


def better(one: Any, other: Any, by: Sequence[str], names: bool) -> bool:
    """Return whether `one` is strictly better: the plain rule, two products at a time."""
    if one.star != other.star:
        return bool(one.star > other.star)
    if one.total != other.total:
        return bool(one.total > other.total)
    for name in by:
        mine, yours = one.part_totals[name[-1]], other.part_totals[name[-1]]
        if mine != yours:
            return bool(mine > yours)
    return names and (one.sheet.product, one.digest) < (other.sheet.product, other.digest)


def oracle(scores: list[Any], method: str, by: Sequence[str], group: Group) -> dict[tuple[str, str], int]:
    """Return the ranks, counted for each product by itself."""
    ranks: dict[tuple[str, str], int] = {}
    for score in scores:
        if score.star is None:
            continue
        rivals = [each for each in scores if each.star is not None and (group is None or group(each) == group(score))]
        above = [each for each in rivals if better(each, score, by, method == "ordinal")]
        if method == "dense":  # of those above that tie, only the first counts
            above = [
                each
                for place, each in enumerate(above)
                if all(better(each, a, by, False) or better(a, each, by, False) for a in above[:place])
            ]
        ranks[score.criteria_set.id, score.sheet.product] = 1 + len(above)
    return ranks


@st.composite
def pools(draw: Callable[[st.SearchStrategy[Any]], Any]) -> list[Score]:
    """Draw scores of differently named products, many of which tie: some sheets come again under another name."""
    sheets = draw(st.lists(st.sampled_from(SETS).flatmap(score_sheets), min_size=1, max_size=3))
    drawn = draw(st.lists(st.sampled_from(sheets), max_size=6))
    names = draw(
        st.lists(st.text("abĐế\u0301 ", max_size=3).map(nfc), min_size=len(drawn), max_size=len(drawn), unique=True)
    )
    return [ocop.score(evolve(sheet, product=name)) for sheet, name in zip(drawn, names, strict=True)]


def of_set(score: Score) -> str:
    return score.criteria_set.id


def of_star(score: Score) -> int:
    return int(score.star or 0)


keys = st.lists(st.sampled_from(TIE_BREAKS), unique=True).map(tuple)
groupings: st.SearchStrategy[Any] = st.sampled_from([None, of_set, of_star])


@settings(max_examples=60)
@given(pools(), st.sampled_from(METHODS), keys, groupings)
def test_ranks_are_those_of_the_oracle(scores: list[Score], method: Method, by: tuple[str, ...], group: Any) -> None:
    ranking = rank(scores, method, by, group)
    assert {(p.criteria_set, p.product): p.rank for p in ranking} == oracle(scores, method, by, group)
    assert len(ranking) + len(ranking.unranked) == len(scores)
    assert {each.outcome for each in ranking.unranked} <= set(Outcome) - {Outcome.RANKED}
    if group is of_set:
        assert ranking == rank(scores, method, by, "criteria-set")


@settings(max_examples=40)
@given(st.lists(score_sheets(), max_size=5, unique_by=lambda sheet: sheet.product), st.sampled_from(METHODS))
def test_drawn_sheets_rank_as_the_oracle_says(sheets: list[ocop.ScoreSheet], method: Method) -> None:
    scores = [ocop.score(sheet) for sheet in sheets]
    ranking = rank(scores, method)
    assert {(p.criteria_set, p.product): p.rank for p in ranking} == oracle(scores, method, TIE_BREAKS, None)
    for lang in ocop.text.LANGUAGES:
        assert len(ranking.text(lang).splitlines()) >= len(ranking) + 1 or not scores


@settings(max_examples=60)
@given(st.data(), pools(), st.sampled_from(METHODS), keys, groupings)
def test_the_order_of_the_input_changes_nothing(
    data: st.DataObject, scores: list[Score], method: Method, by: tuple[str, ...], group: Any
) -> None:
    mixed = data.draw(st.permutations(scores))
    first, second = rank(scores, method, by, group), rank(iter(mixed), method, by, group)
    assert first == second
    assert [p.product for p in first] == [p.product for p in second]
    assert first.text("en") == second.text("en")
    assert first.diff(second) == ()


@settings(max_examples=40)
@given(pools(), st.sampled_from(METHODS))
def test_a_group_ranks_as_it_would_alone(scores: list[Score], method: Method) -> None:
    ranking = rank(scores, method, group="criteria-set")
    for the_set in SETS:
        alone = rank([score for score in scores if of_set(score) == the_set], method)
        assert shown(alone) == [(p.rank, p.product) for p in ranking if p.group == the_set]


@settings(max_examples=40)
@given(pools(), pools())
def test_moves_lead_from_one_ranking_to_the_other(before: list[Score], after: list[Score]) -> None:
    one, two = rank(before), rank(after)
    ranks = {(p.product, p.criteria_set): p.rank for p in one}
    for move in one.diff(two):
        key = (move.product, move.criteria_set)
        assert ranks.pop(key, None) == move.before != move.after
        if move.after is not None:
            ranks[key] = move.after
    assert ranks == {(p.product, p.criteria_set): p.rank for p in two}
