"""The engine and a scorer written apart from it agree on every field, over tens of thousands of sheets.

Of the edition in force each set gets `SHEETS_PER_SET` sheets, of the older ones a fifth of that: what only they print,
minimums of a whole criterion and many cases, comes up in any ten.
"""

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

import independent_scorer
import ocop
from ocop.criteria.catalog import PACKAGED
from packaged import COMPLETE_IDS, INCOMPLETE_IDS, turns

DATA = Path(ocop.__file__).parent / "data" / "editions"
SHEETS_PER_SET = int(os.environ.get("OCOP_TEST_SHEETS", "1500"))


def _document(*path: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(DATA.joinpath(*path).read_text("utf-8"))
    return loaded


def _raw(set_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    edition_id, _, slug = set_id.partition("/")
    return _document(edition_id, "sets", f"{slug}.json"), _document(edition_id, "edition.json")


def _ours(sheet: ocop.ScoreSheet, allow_incomplete: bool = False) -> dict[str, Any]:
    score = ocop.score(sheet, allow_incomplete=allow_incomplete)
    return {
        "total": score.total,
        "part_totals": dict(score.part_totals),
        "star_by_points": int(score.star_by_points),
        "unmet_minimums": [(each.criterion, each.option, int(each.star)) for each in score.unmet_minimums],
        "star": None if score.star is None else int(score.star),
        "outcome": score.outcome.value,
    }


@pytest.mark.parametrize("set_id", COMPLETE_IDS)
def test_every_field_agrees_on_random_sheets(set_id: str) -> None:
    set_document, edition_document = _raw(set_id)
    rng = random.Random(set_id)  # noqa: S311
    for _ in range(turns(set_id, SHEETS_PER_SET)):
        choices, findings = independent_scorer.random_sheet(set_document, rng)
        expected = independent_scorer.score(set_document, edition_document, choices, findings)
        assert _ours(ocop.ScoreSheet(set_id, choices, findings)) == expected


@pytest.mark.parametrize("set_id", INCOMPLETE_IDS)
def test_incomplete_sets_agree_where_they_are_allowed_and_are_refused_where_not(set_id: str) -> None:
    set_document, edition_document = _raw(set_id)
    rng = random.Random(set_id)  # noqa: S311
    for _ in range(100):
        choices, findings = independent_scorer.random_sheet(set_document, rng)
        sheet = ocop.ScoreSheet(set_id, choices, findings)
        expected = independent_scorer.score(set_document, edition_document, choices, findings, allow_incomplete=True)
        assert _ours(sheet, allow_incomplete=True) == expected
    with pytest.raises(ValueError, match="not complete"):
        independent_scorer.score(set_document, edition_document, choices, findings)
    with pytest.raises(ocop.SheetError) as caught:
        ocop.score(sheet)
    assert caught.value.report.codes == ("set-incomplete",)


@pytest.mark.parametrize("edition_id", PACKAGED.edition_ids)
def test_the_drawn_sheets_meet_what_each_edition_prints(edition_id: str) -> None:
    """A comparison over sheets that never miss a minimum, or never tick a second case, would prove little."""
    stars, outcomes, whole_criteria, cases = set[Any](), set[str](), set[bool](), set[str]()
    for the_set in (each for each in PACKAGED.sets(edition_id) if each.complete):
        set_document, _ = _raw(the_set.id)
        rng = random.Random(7)  # noqa: S311
        for _ in range(100):
            choices, findings = independent_scorer.random_sheet(set_document, rng)
            score = ocop.score(ocop.ScoreSheet(the_set.id, choices, findings))
            stars.add(score.star)
            outcomes.add(score.outcome.value)
            for criterion in the_set.criteria:
                if criterion.minimum_for is not None:
                    whole_criteria.add(choices[criterion.code] is None)
                cases.update(option.case for option in criterion.chosen(choices[criterion.code]) if option.case)
    assert cases == {"a", "b"}
    if edition_id == "qd1048-2019":  # prints no rule that ends an evaluation
        assert (stars, outcomes, whole_criteria) == ({*ocop.Star}, {"ranked"}, set())
    else:
        assert stars == {None, *ocop.Star}
        assert outcomes == {"ranked", "not-eligible", "disqualified", "stopped"}
        assert whole_criteria == ({True, False} if edition_id == "qd148-2023" else set())
