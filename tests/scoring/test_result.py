import json
import pickle
import subprocess
import sys

import pytest
from hypothesis import given

import ocop
from ocop.model.stars import Level, Star
from ocop.testing import score_sheets

EXAMPLE = "docs/examples/tea-capped.json"


def test_the_example_is_four_stars_by_points_and_three_by_its_minimums() -> None:
    score = ocop.score(ocop.load(EXAMPLE))
    assert (score.total, dict(score.part_totals)) == (77, {"A": 34, "B": 16, "C": 27})
    assert (score.star_by_points, score.star) == (Star.FOUR, Star.THREE)
    assert [(u.criterion, u.option, u.star) for u in score.unmet_minimums if u.star == 4] == [
        ("3.4", "b", 4),
        ("5.1", "e", 4),
    ]


@pytest.mark.parametrize(
    ("name", "level", "potential"),
    [
        ("tea-capped", Level.PROVINCE, False),
        ("tea", Level.PROVINCE, False),
        ("bottled-water-stopped", None, False),
    ],
)
def test_who_recognises_it(name: str, level: Level | None, potential: bool) -> None:
    score = ocop.score(ocop.load(f"docs/examples/{name}.json"))
    assert (score.recognised_by, score.potential_five_stars) == (level, potential)


def test_five_stars_are_potential_until_the_ministry_decides_and_one_star_is_nobodys() -> None:
    tea = ocop.criteria_set("qd26-2026/tea")
    five = ocop.score(ocop.ScoreSheet(tea.id, {c.code: c.options[-1].letter for c in tea.criteria}))
    assert (five.recognised_by, five.potential_five_stars) == (Level.MINISTRY, True)
    one = ocop.score(ocop.ScoreSheet(tea.id, {c.code: None for c in tea.criteria}))
    assert (one.star, one.recognised_by) == (Star.ONE, None)


@given(score_sheets())
def test_equal_sheets_have_equal_scores_and_digests_and_survive_pickling(sheet: ocop.ScoreSheet) -> None:
    score = ocop.score(sheet)
    again = pickle.loads(pickle.dumps(score))  # noqa: S301
    assert again == score
    assert again.digest == score.digest == ocop.score(sheet).digest


def test_the_digest_changes_with_any_answer() -> None:
    sheet = ocop.load(EXAMPLE)
    assert ocop.score(sheet).digest != ocop.score(sheet.with_choices({"1.3": "c"})).digest


def test_the_digest_is_pinned() -> None:
    assert ocop.score(ocop.load(EXAMPLE)).digest == (
        "sha256:68ac95a7d4b47ce60a0ee12db05b2869f1027c7b19b04913ea08a07c9d1d1b5d"
    )


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "424242", "TZ": "America/Los_Angeles", "LANG": "vi_VN.UTF-8"},
    ],
)
def test_bytes_and_explanation_do_not_depend_on_the_environment(environment: dict[str, str]) -> None:
    code = (
        "import ocop, sys\n"
        f"score = ocop.score(ocop.load({EXAMPLE!r}))\n"
        "text = ocop.dumps(score, canonical=True) + score.explain('vi') + score.explain('en') + score.digest\n"
        "sys.stdout.buffer.write(text.encode('utf-8'))\n"
    )
    import os

    path = {key: os.environ[key] for key in ("PYTHONPATH", "PATH", "SYSTEMROOT") if key in os.environ}
    done = subprocess.run([sys.executable, "-c", code], env={**path, **environment}, capture_output=True, check=True)
    score = ocop.score(ocop.load(EXAMPLE))
    expected = ocop.dumps(score, canonical=True) + score.explain("vi") + score.explain("en") + score.digest
    assert done.stdout.decode("utf-8") == expected


def test_the_canonical_export_is_sorted_and_has_both_digests() -> None:
    score = ocop.score(ocop.load(EXAMPLE))
    text = ocop.dumps(score, canonical=True)
    document = json.loads(text)
    assert text == json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert document["criteria_set"] == {"id": "qd26-2026/tea", "digest": score.criteria_set.digest}
    assert document["sheet_digest"].startswith("sha256:")
