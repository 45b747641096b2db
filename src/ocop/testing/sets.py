"""Small sound criteria sets for property tests."""

from collections.abc import Callable
from itertools import pairwise
from string import ascii_lowercase
from typing import Any

from hypothesis import strategies as st

from ocop.criteria.catalog import PACKAGED
from ocop.criteria.edition import Edition
from ocop.criteria.model import CriteriaSet, Criterion, Effect, Option, Part, Rule, Section
from ocop.model.stars import Star
from ocop.text import NO_LABEL, Label

Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def criteria_sets(draw: Draw, edition: str = "qd26-2026") -> CriteriaSet:
    """Return a strategy for small criteria sets that `ocop.lint` finds sound.

    They have the parts and maxima of `edition`, a handful of criteria with zero to three star minimums, now and then
    one with two cases, one that is a minimum as a whole, one that depends on another, and rules with findings and a
    derived stop.

    Args:
        edition: the id of the edition that they belong to.

    >>> from hypothesis import given
    >>> import ocop
    >>> @given(criteria_sets())
    ... def is_sound(criteria_set):
    ...     assert ocop.lint(criteria_set).ok
    >>> is_sound()
    """
    the_edition: Edition = PACKAGED.edition(edition)
    parts: list[Part] = []
    number = 0
    for part in the_edition.parts:
        sections: list[Section] = []
        for points in _shares(draw, part.max_points):
            number += 1
            below = _shares(draw, points)
            criteria = [_criterion(draw, f"{number}.{place}", most) for place, most in enumerate(below, 1)]
            sections.append(
                Section(str(number), f"section-{number}", points, tuple(criteria), _label(f"section {number}"))
            )
        parts.append(Part(part.code, part.slug, part.max_points, tuple(sections), _label(f"part {part.code}")))
    made = CriteriaSet(f"{edition}/made-up", the_edition, 99, tuple(parts), label=_label("made-up set"))
    return CriteriaSet(made.id, the_edition, 99, made.parts, _rules(draw, made), label=made.label)


def _label(text: str) -> Label:
    return Label(f"{text} (vi)", text)


def _shares(draw: Draw, total: int) -> list[int]:
    """Cut `total` points into one to three shares of at least one point."""
    cuts = draw(st.lists(st.integers(1, total - 1), max_size=2, unique=True)) if total > 1 else []
    edges = [0, *sorted(cuts), total]
    return [after - before for before, after in pairwise(edges)]


def _criterion(draw: Draw, code: str, most: int) -> Criterion:
    slug = f"criterion-{code.replace('.', '-')}"
    if draw(st.integers(0, 5)):
        options = _options(draw, slug, most, None, 0)
    else:
        first = _options(draw, slug, draw(st.integers(0, most)), "a", 0)
        options = [*first, *_options(draw, slug, most, "b", len(first))]
    whole = None
    if all(option.minimum_for is None for option in options) and draw(st.booleans()):
        whole = Star.FOUR
    return Criterion(code, slug, most, tuple(options), _label(f"criterion {code}"), whole)


def _options(draw: Draw, slug: str, most: int, case: str | None, start: int) -> list[Option]:
    """Draw one to four options with points up to `most`, and ascending minimums on some of them."""
    points = [*sorted(draw(st.lists(st.integers(0, most), max_size=3))), most]
    stars = sorted(
        draw(st.lists(st.sampled_from([Star.THREE, Star.FOUR, Star.FIVE]), max_size=len(points), unique=True))
    )
    marked = sorted(draw(st.permutations(range(len(points))))[: len(stars)])
    minimums = dict(zip(marked, stars, strict=True))
    case_label = NO_LABEL if case is None else _label(f"case {case}")
    return [
        Option(
            ascii_lowercase[start + place],
            f"option-{start + place}",
            each,
            minimums.get(place),
            case,
            _label(f"option {start + place} of {slug}"),
            case_label,
        )
        for place, each in enumerate(points)
    ]


def _rules(draw: Draw, made: CriteriaSet) -> tuple[Rule, ...]:
    rules = [
        Rule(Effect.CHOOSE_ONE_CASE, criterion=criterion.code)
        for criterion in made.criteria
        if criterion.options[0].case is not None
    ]
    codes = [criterion.code for criterion in made.criteria]
    for effect in (Effect.DISQUALIFIED, Effect.NOT_EVALUATED, Effect.REQUIRED, Effect.EVALUATION_STOPS):
        if draw(st.booleans()):
            rules.append(Rule(effect, f"cause-{effect.value}", label=_label(f"cause of {effect.value}")))
    if draw(st.booleans()):
        stops = tuple(draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True)))
        rules.append(Rule(Effect.EVALUATION_STOPS, "zero-points", criteria=stops, label=_label("zero points")))
    if len(codes) > 1 and draw(st.booleans()):
        needy, needed = draw(st.permutations(codes))[:2]
        rules.append(Rule(Effect.APPLIES_ONLY_IF, "needs", needy, needed, label=_label("needs the other")))
    return tuple(rules)
