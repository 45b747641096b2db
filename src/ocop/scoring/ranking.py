"""The ranking of products by their scores: who is first, who shares a place, who moved.

The decision ranks a product by its own points and minimums alone; it is silent on ranking products against each other.
All that is compared here beyond the star is therefore a choice of this library, and named: `method`, `by`, `group`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any, Final, Generic, Literal, Protocol, TypeVar

from attrs import field, frozen

from ocop.criteria.model import CriteriaSet
from ocop.display import Shown
from ocop.errors import ConversionError, UnknownIdError, nearest, shortened
from ocop.model.products import ProductCode
from ocop.model.stars import Grade, Rank
from ocop.scoring.explain import exactly
from ocop.scoring.result import Outcome
from ocop.text import FrozenDict, Label, Language, checked_language, nfc

Method = Literal["competition", "dense", "ordinal"]
METHODS: Final[tuple[Method, ...]] = ("competition", "dense", "ordinal")
"""How ranks are counted where products tie: 1, 2, 2, 4; or 1, 2, 2, 3; or 1, 2, 3, 4."""
TIE_BREAKS: Final = ("part-C", "part-A", "part-B")
"""What is compared after the star and the total: first the points for quality."""

_PRODUCT: Final = "product"
_CODE: Final = "product-code"
_NAMES: Final = (_CODE, _PRODUCT)
_PART: Final = "part-"

_TEXTS: Final = {
    "rank": Label("Thứ hạng", "Rank"),
    "product": Label("Sản phẩm", "Product"),
    "star": Label("Sao", "Stars"),
    "class": Label("Hạng", "Class"),
    "total": Label("Điểm", "Points"),
    "part": Label("Phần {}", "Part {}"),
    "practice": Label("(chấm thử)", "(practice)"),
    "unnamed": Label("(không tên)", "(unnamed)"),
    "none": Label("Không có sản phẩm nào được xếp thứ hạng.", "No product is ranked."),
    "unranked": Label("Không xếp thứ hạng:", "Not ranked:"),
    "not-eligible": Label("không thuộc diện được đánh giá", "not eligible for evaluation"),
    "disqualified": Label("hồ sơ bị loại", "dossier disqualified"),
    "stopped": Label("việc đánh giá dừng lại giữa chừng", "evaluation stopped on the way"),
    "not-reached": Label("không đạt", "not reached"),
}


class Scored(Protocol):
    """What can be ranked: the score of a sheet, or the result of a council.

    Besides what is named here, it has a `sheet`, or a `record` with `sheets`; a `total` and `part_totals`, or a `mean`
    and `part_means`, which then count.
    """

    @property
    def criteria_set(self) -> CriteriaSet: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def star(self) -> Rank | None: ...
    @property
    def digest(self) -> str: ...


S = TypeVar("S", bound=Scored)
"""The kind of scores in a ranking."""


@frozen
class Place(Generic[S]):
    """The place of one product."""

    rank: int
    """From 1 within the group."""
    score: S = field(repr=False)
    group: str | None
    """The group's key as text; None where all are ranked together."""
    keys: FrozenDict[str, int | Fraction | str]
    """What was compared, by name, in this order: ``star``, ``total``, and each tie-break that the whole group has; a
    product without a code, beside others with one, has the code ``""``."""

    @property
    def product(self) -> str:
        """The product's name."""
        return _product(self.score)

    @property
    def criteria_set(self) -> str:
        """The id of the criteria set. With the product's name, it tells which product this is."""
        return self.score.criteria_set.id


@frozen
class Move:
    """A product whose rank is another in a later ranking."""

    product: str
    before: int | None
    """The earlier rank; None where it was not ranked, or absent."""
    after: int | None
    """The later rank; None where it is not ranked, or absent."""
    criteria_set: str
    """The id of the criteria set: two products may have one name in two sets."""
    product_code: str | None = None
    """The product's code, where its sheet has one: two products of a set may have one name."""


@frozen
class Ranking(Shown, Generic[S]):
    """Products in the order of their scores. `rank` makes it; the order of the scores given changes nothing.

    >>> import ocop
    >>> capped, stopped = (ocop.load(f"docs/examples/{name}.json") for name in ("tea-capped", "bottled-water-stopped"))
    >>> print(rank([ocop.score(stopped), ocop.score(capped)]).text("en"))
    Rank  Product                     Stars  Points  Part C  Part A  Part B
       1  Chè xanh Đồi Sương (ví dụ)      3      77      27      34      16
    <BLANKLINE>
    Not ranked:
      - Nước suối Khe Trong (ví dụ): evaluation stopped on the way
    """

    places: tuple[Place[S], ...] = ()
    """By group, then by rank; products that share a rank stand by name."""
    unranked: tuple[S, ...] = ()
    """The scores without a star, by the product's name: disqualified, stopped, not eligible, not reached."""
    method: Method = "competition"
    by: tuple[str, ...] = TIE_BREAKS
    """The tie-breaks asked for; a part is compared only within groups that all have it."""

    def __iter__(self) -> Iterator[Place[S]]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def of(self, product: str, criteria_set: str | None = None) -> Place[S]:
        """Return the place of the product of that name or product code.

        `criteria_set` is needed only where two sets have the name.

        Raises:
            UnknownIdError: where no such product is ranked.
            ConversionError: where several products have the name.
        """
        name = nfc(product)
        found = [each for each in self if name in _called(each.score) and criteria_set in (None, each.criteria_set)]
        if not found:
            others = {each.product for each in self} - {name}
            raise UnknownIdError("ranked product", product, nearest(product, sorted(others)))
        if len(found) > 1:
            names = ", ".join(sorted(_apart(each.score) for each in found))
            raise ConversionError(
                f"several products are named {product!r}; name its criteria set as well, or its code: {names}"
            )
        return found[0]

    def diff(self, other: "Ranking[Any]") -> tuple[Move, ...]:
        """Return what moves from this ranking to the later `other`: by the later rank, then the product's name.

        Ranks alone are compared, those within groups as well; what is in no place of `other` comes last.
        """
        before, after = ({_identity(each.score): each.rank for each in ranking} for ranking in (self, other))
        moves = [Move(key[0], before.get(key), after.get(key), key[1], key[2] or None) for key in before | after]
        moved = [move for move in moves if move.before != move.after]
        return tuple(sorted(moved, key=_later_rank))

    def text(self, lang: Language = "vi") -> str:
        """Return the ranking as a plain table, in Vietnamese or English; names are never cut.

        A mean is printed exactly: ``76 2/3``. A name that comes more than once is followed by its criteria set, and its
        code where it has one.

        Raises:
            ValueError: for another language.
        """
        return "\n".join(_lines(self, checked_language(lang))).rstrip()

    def to_json(self) -> dict[str, Any]:
        """Return the ranking as JSON-like values: a row for each product; an exact mean as text, ``"239/3"``.

        >>> import ocop
        >>> found = rank([ocop.score(ocop.load("docs/examples/tea.json"))]).to_json()
        >>> found["places"][0]["rank"], found["places"][0]["keys"]["total"], found["unranked"]
        (1, 81, [])
        """
        return {
            "method": self.method,
            "by": list(self.by),
            "places": [_row(place.score, place) for place in self],
            "unranked": [_row(score) for score in self.unranked],
        }


def rank(
    scores: Iterable[S],
    method: Method = "competition",
    by: Sequence[str] = TIE_BREAKS,
    group: Literal["criteria-set"] | Callable[[S], str | int] | None = None,
    *,
    allow_practice: bool = False,
) -> Ranking[S]:
    """Return the products of `scores` in order: the higher star first, then the higher total, then the tie-breaks.

    Totals and means are compared exactly. Products without a star are listed apart. Products are told apart by name,
    criteria set and code.

    Args:
        scores: scores of sheets, results of councils, or both; one for each product.
        method: how ranks are counted where products are equal in all that is compared. With ``"competition"`` they
            share a rank: 1, 2, 2, 4; with ``"dense"`` too: 1, 2, 2, 3. With ``"ordinal"`` the product codes part them,
            in their natural order, products without one after the others; then the names, by code points; and then
            the scores' digests.
        by: the tie-breaks: ``"part-A"`` and the like, for the points of a part, and with ``"ordinal"``
            ``"product-code"`` and ``"product"``, which are the last in any case. A part that not all of a group have,
            and a code that none has, are passed over.
        group: ranks each group for itself, in the order of their keys as text: ``"criteria-set"``, or a callable that
            returns a score's key.
        allow_practice: whether results of practice sheets are taken.

    Raises:
        ConversionError: for an unknown method, tie-break or group, two scores of one product, what is no score, or the
            result of a practice sheet.

    References:
        Decision 26/2026/QĐ-TTg, Article 3, for the star. It is silent on ranking products: the rest is a choice.

    >>> import ocop
    >>> scores = [ocop.score(ocop.load(f"docs/examples/{name}.json")) for name in ("tea-capped", "tea")]
    >>> [(place.rank, place.product, place.score.total) for place in rank(scores)]
    [(1, 'Chè đinh Đồi Sương (ví dụ)', 81), (2, 'Chè xanh Đồi Sương (ví dụ)', 77)]
    """
    if method not in METHODS:
        raise _not_one_of("method", method, METHODS)
    if not (group is None or group == "criteria-set" or callable(group)):
        raise _not_one_of("group", group, ("criteria-set",))
    pool = sorted(scores, key=_identity)  # the order of the input ends here
    for first, second in pairwise(map(_identity, pool)):
        if first == second:
            raise ConversionError(f"expected one score of each product; got several of {first[0]!r} in {first[1]!r}")
    points = [_points(score) for score in pool]
    practice = [_product(score) for score in pool if _is_practice(score)]
    if practice and not allow_practice:
        raise ConversionError(f"practice sheets are not ranked unless allow_practice is set: {shortened(practice)}")
    breaks = _tie_breaks(by, method, {name for each in points for name in each if name.startswith(_PART)})
    groups: dict[str | None, list[tuple[S, dict[str, int | Fraction]]]] = {}
    for score, found in zip(pool, points, strict=True):
        if score.star is not None:
            groups.setdefault(_key(group, score), []).append((score, found))
    ordered = sorted(groups.items(), key=lambda item: item[0] or "")
    places = [place for key, entries in ordered for place in _placed(key, entries, method, breaks)]
    return Ranking(tuple(places), tuple(score for score in pool if score.star is None), method, breaks)


def _not_one_of(name: str, got: object, known: Sequence[str]) -> ConversionError:
    hint = nearest(got, known)
    text = f"{name} knows {', '.join(map(repr, known))}; got {shortened(got)}"
    return ConversionError(f"{text}; did you mean {hint!r}?" if hint else text)


def _sheets(score: Any) -> Sequence[Any]:
    sheet = getattr(score, "sheet", None)
    found: Sequence[Any] = score.record.sheets if sheet is None else (sheet,)
    return found


def _product(score: Any) -> str:
    return nfc(_sheets(score)[0].product)


def _code(score: Any) -> ProductCode | None:
    codes = (getattr(sheet, "product_code", None) for sheet in _sheets(score))
    return next((code for code in codes if code is not None), None)


def _called(score: Scored) -> tuple[str, ...]:
    """Return the product's name, and its code where it has one."""
    code = _code(score)
    return (_product(score),) if code is None else (_product(score), str(code))


def _later_rank(move: Move) -> tuple[bool, int, str, str, str]:
    return move.after is None, move.after or 0, move.product, move.criteria_set, move.product_code or ""


def _apart(score: Scored) -> str:
    """Return what tells a product from another of its name."""
    code = _code(score)
    return score.criteria_set.id if code is None else f"{score.criteria_set.id}, {code}"


def _identity(score: Scored) -> tuple[str, str, str]:
    """Return the product's name, the id of its set, and its code or "": no two products share all three."""
    try:
        return _product(score), score.criteria_set.id, str(_code(score) or "")
    except AttributeError:
        raise ConversionError(f"expected a score; got {shortened(score)}") from None


def _points(score: Any) -> dict[str, int | Fraction]:
    """Return the total, or the mean, and the points of each part."""
    mean, parts = getattr(score, "mean", None), getattr(score, "part_means", None)
    found = {"total": score.total if mean is None else mean}
    found |= {_PART + code: points for code, points in (score.part_totals if parts is None else parts).items()}
    for name, value in found.items():
        if not isinstance(value, (int, Fraction)):
            raise ConversionError(f"expected an integer or a Fraction for {name!r}; got {shortened(value)}")
    return found


def _tie_breaks(by: object, method: Method, parts: set[str]) -> tuple[str, ...]:
    """Return the names in `by`, and those of the product that come last without being named."""
    if not isinstance(by, (tuple, list)):
        raise ConversionError(f"by must be a tuple of names; got {shortened(by)}")
    last = _NAMES if method == "ordinal" else ()
    known = [*sorted({*TIE_BREAKS, *parts}), *last]
    for place, name in enumerate(by):
        if name not in known:
            raise _not_one_of("by", name, known)
        if name in by[:place]:
            raise ConversionError(f"by names {name!r} twice")
    return (*by, *(name for name in last if name not in by))


def _key(group: Any, score: Scored) -> str | None:
    """Return the key of the group to which `score` belongs, as text."""
    if group is None:
        return None
    key = group(score) if callable(group) else score.criteria_set.id
    if not isinstance(key, (str, int)):
        raise ConversionError(f"a group's key must be text or an integer; got {shortened(key)}")
    return nfc(str(key))


def _placed(
    group: str | None, entries: list[tuple[S, dict[str, int | Fraction]]], method: Method, breaks: tuple[str, ...]
) -> Iterator[Place[S]]:
    """Yield the places of one group, whose entries come in the order of `_identity`."""
    codes = [_code(score) for score, _ in entries]
    given = {_PRODUCT, _CODE} if any(codes) else {_PRODUCT}
    shared = [name for name in breaks if name in given or all(name in points for _, points in entries)]
    names = Counter(_product(score) for score, _ in entries)
    rows: list[tuple[tuple[Any, ...], FrozenDict[str, Any], S]] = []
    for (score, points), code in zip(entries, codes, strict=True):
        product = _product(score)
        values: dict[str, Any] = {"star": score.star, **points, _PRODUCT: product, _CODE: str(code or "")}
        keys = FrozenDict({name: values[name] for name in ("star", "total", *shared)})
        order = (
            (code is None, code) if name == _CODE else value if isinstance(value, str) else -value
            for name, value in keys.items()
        )
        rows.append(((*order, product, score.digest if names[product] > 1 else ""), keys, score))
    rows.sort(key=lambda row: row[0])
    placed = last = 0
    for _, tied in groupby(rows, key=lambda row: row[1]):
        last = last + 1 if method == "dense" else placed + 1
        for _, keys, score in tied:
            placed += 1
            yield Place(placed if method == "ordinal" else last, score, group, keys)


def _is_practice(score: Scored) -> bool:
    return bool(getattr(score, "is_practice", False))


def _lines(ranking: Ranking[Any], lang: Language) -> Iterator[str]:
    """Yield the lines of the table: a block for each group, then what is not ranked."""
    say = {name: label.get(lang) for name, label in _TEXTS.items()}
    names = Counter(_product(score) for score in (*(place.score for place in ranking), *ranking.unranked))

    def name(score: Scored) -> str:
        shown = _printable(_product(score)) or say["unnamed"]
        shown = f"{shown} {say['practice']}" if _is_practice(score) else shown
        return f"{shown} ({_apart(score)})" if names[_product(score)] > 1 else shown

    def star(found: Rank | None) -> str:
        return found.label.get(lang) if isinstance(found, Grade) else str(found)

    classes = any(isinstance(place.score.star, Grade) for place in ranking)
    parts = [key for key in ranking.by if key not in _NAMES and any(key in place.keys for place in ranking)]
    heads = (say["part"].format(key.removeprefix(_PART)) for key in parts)
    table = [[say["rank"], say["product"], say["class" if classes else "star"], say["total"], *heads]]
    for place in ranking:
        numbers = (_number(place, key) for key in ("total", *parts))
        table.append([str(place.rank), name(place.score), star(place.score.star), *numbers])
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    head, *lines = (
        "  ".join([row[0].rjust(widths[0]), row[1].ljust(widths[1]), *map(str.rjust, row[2:], widths[2:])]).rstrip()
        for row in table
    )
    for group, members in groupby(zip(ranking, lines, strict=True), key=lambda member: member[0].group):
        yield from (head,) if group is None else (_printable(group), head)
        yield from (line for _, line in members)
        yield ""
    if not lines:
        yield from (say["none"], "")
    if ranking.unranked:
        yield say["unranked"]
    for score in ranking.unranked:
        yield f"  - {name(score)}: {say.get(score.outcome.value, score.outcome.value)}"


def _printable(text: str) -> str:
    """Return `text` on one line."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _number(place: Place[Any], key: str) -> str:
    """Return the points compared under `key`, and nothing where the place has none."""
    value = place.keys.get(key)
    return exactly(value) if isinstance(value, (int, Fraction)) else ""


def _row(score: Scored, place: Place[Any] | None = None) -> dict[str, Any]:
    """Return a product as JSON-like values, without what it has not."""
    code = _code(score)
    row = {
        "product": _product(score),
        "criteria_set": score.criteria_set.id,
        "digest": score.digest,
        "product_code": None if code is None else str(code),
        "group": place and place.group,
        "rank": place and place.rank,
        "outcome": score.outcome.value if place is None else None,
        "keys": place and {name: _json_number(key) for name, key in place.keys.items()},
    }
    return {name: value for name, value in row.items() if value is not None}


def _json_number(key: int | Fraction | str) -> int | str:
    """Return a whole number as it is, and any other fraction as text."""
    if not isinstance(key, Fraction):
        return key
    return int(key) if key.denominator == 1 else str(key)
