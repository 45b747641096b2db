"""The engine and a scorer written apart from it agree on every field, over tens of thousands of sheets."""

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

import independent_scorer
import ocop
from ocop.criteria.catalog import PACKAGED

DATA = Path(ocop.__file__).parent / "data" / "editions"
SHEETS_PER_SET = int(os.environ.get("OCOP_TEST_SHEETS", "1500"))


def _document(*path: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(DATA.joinpath(*path).read_text("utf-8"))
    return loaded


def _ours(sheet: ocop.ScoreSheet) -> dict[str, Any]:
    score = ocop.score(sheet)
    return {
        "total": score.total,
        "part_totals": dict(score.part_totals),
        "star_by_points": int(score.star_by_points),
        "unmet_minimums": [(each.criterion, each.option, int(each.star)) for each in score.unmet_minimums],
        "star": None if score.star is None else int(score.star),
        "outcome": score.outcome.value,
    }


@pytest.mark.parametrize("set_id", PACKAGED.set_ids())
def test_every_field_agrees_on_random_sheets(set_id: str) -> None:
    edition_id, _, slug = set_id.partition("/")
    set_document = _document(edition_id, "sets", f"{slug}.json")
    edition_document = _document(edition_id, "edition.json")
    rng = random.Random(set_id)  # noqa: S311
    for _ in range(SHEETS_PER_SET):
        choices, findings = independent_scorer.random_sheet(set_document, rng)
        expected = independent_scorer.score(set_document, edition_document, choices, findings)
        assert _ours(ocop.ScoreSheet(set_id, choices, findings)) == expected


def test_all_stars_and_outcomes_occur() -> None:
    seen: set[Any] = set()
    for set_id in PACKAGED.set_ids():
        edition_id, _, slug = set_id.partition("/")
        set_document = _document(edition_id, "sets", f"{slug}.json")
        rng = random.Random(7)  # noqa: S311
        for _ in range(200):
            choices, findings = independent_scorer.random_sheet(set_document, rng)
            score = ocop.score(ocop.ScoreSheet(set_id, choices, findings))
            seen |= {score.star, score.outcome}
    assert seen == {None, *ocop.Star, *ocop.Outcome} - {ocop.Outcome.NOT_REACHED}
