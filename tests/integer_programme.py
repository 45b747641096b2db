"""The least effort to a star told another way: as an integer programme, which scipy solves by branch and bound.

Used by the tests of the planner, and by the benchmarks as its baseline.
"""

import random
from collections.abc import Mapping

import ocop
from ocop.criteria.model import CriteriaSet, Criterion, Effect
from ocop.model.stars import Star


def steps(criterion: Criterion, old: str | None, new: str) -> int:
    """The default effort, told another way."""
    case = criterion.option(new).case
    letters = [option.letter for option in criterion.options if option.case == case]
    start = letters.index(old) if old in letters else -1
    return abs(letters.index(new) - start)


def chosen(sheet: ocop.ScoreSheet, criterion: Criterion) -> str | None:
    choice = sheet.choices[criterion.code]
    assert not isinstance(choice, tuple)
    return choice


def no_worse(criterion: Criterion, old: str | None) -> list[str]:
    if old is None:
        return list(criterion.letters)
    now = criterion.option(old)
    return [
        option.letter
        for option in criterion.options
        if option != now
        and (
            option.points >= now.points
            or (option.case == now.case and criterion.options.index(option) > criterion.options.index(now))
        )
    ]


def random_sheet(the_set: CriteriaSet, chance: random.Random) -> ocop.ScoreSheet:
    lift = chance.choice([0, 0, 1, 2, 5])
    choices: dict[str, str | None] = {}
    for each in the_set.criteria:
        top = max(each.options, key=lambda option: option.points).letter
        choices[each.code] = chance.choice([None, *each.letters, *[top] * lift])
    for rule in the_set.rules:
        if rule.effect is Effect.APPLIES_ONLY_IF:
            needy, needed = str(rule.criterion), str(rule.depends_on)
            letter = choices[needed]
            if letter is None or not the_set.criterion(needed).option(letter).points:
                choices[needy] = None
    return ocop.ScoreSheet(the_set.id, choices)


def integer_programme(the_set: CriteriaSet, sheet: ocop.ScoreSheet, to: Star, rates: Mapping[str, int]) -> int | None:
    """The least effort by branch and bound, or None."""
    import numpy as np
    from scipy import optimize

    answers = []
    for each in the_set.criteria:
        old = chosen(sheet, each)
        for letter in dict.fromkeys((old, *no_worse(each, old))):
            points = 0 if letter is None else each.option(letter).points
            cost = 0 if letter == old else steps(each, old, str(letter)) * rates.get(each.code, 1)
            answers.append((each.code, points, cost, min(each.unmet(letter), default=6) > to))
    allowed = [float(met) for *_, met in answers]
    rows = [[float(code == each.code) for code, *_ in answers] for each in the_set.criteria]
    low, high = [1.0] * len(rows), [1.0] * len(rows)
    rows.append([float(points) for _, points, *_ in answers])
    low.append(float(the_set.edition.band(to).floor))
    high.append(np.inf)
    for rule in the_set.rules:
        for code in rule.criteria:
            rows.append([float(code == each and points > 0) for each, points, *_ in answers])
            low.append(1.0)
            high.append(1.0)
        if rule.effect is Effect.APPLIES_ONLY_IF:
            sign = {rule.depends_on: 1.0, rule.criterion: -1.0}
            rows.append([sign.get(each, 0.0) if points else 0.0 for each, points, *_ in answers])
            low.append(0.0)
            high.append(1.0)
    result = optimize.milp(
        np.array([float(cost) for _, _, cost, _ in answers]),
        constraints=optimize.LinearConstraint(np.array(rows), np.array(low), np.array(high)),
        bounds=optimize.Bounds(0, np.array(allowed)),
        integrality=np.ones(len(answers)),
    )
    return round(result.fun) if result.success else None
