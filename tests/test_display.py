"""Results show themselves, in a language that is chosen for showing alone."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

import ocop
from ocop.display import Shown, display_language, set_display_language

SCORE = ocop.score(ocop.load("docs/examples/tea-capped.json"))


@pytest.fixture(autouse=True)
def _default() -> Iterator[None]:
    yield
    set_display_language(None)


def test_the_default_is_vietnamese_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANG", "LC_ALL", "LANGUAGE"):
        monkeypatch.setenv(name, "en_GB.UTF-8")
    assert display_language() == "vi"
    assert display_language("en") == "en"


def test_a_language_is_chosen_and_taken_back() -> None:
    set_display_language("en")
    assert display_language("vi") == "en"
    assert "3 stars" in SCORE._repr_html_()
    set_display_language(None)
    assert "3 sao" in SCORE._repr_html_()


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="lang must be one of 'vi', 'en'; got 'fr'"):
        set_display_language("fr")


def test_the_choice_changes_no_text_and_no_digest() -> None:
    before = SCORE.explain(), SCORE.digest
    set_display_language("en")
    assert (SCORE.explain(), ocop.score(SCORE.sheet).digest) == before


@pytest.mark.parametrize(
    "result",
    [
        SCORE,
        SCORE.sheet,
        SCORE.criteria_set,
        SCORE.criteria_set.edition,
        ocop.score_council([SCORE.sheet]),
        ocop.rank([SCORE]),
        ocop.plan_upgrade(SCORE.sheet),
        ocop.Report(),
    ],
    ids=lambda result: type(result).__name__,
)
def test_what_shows_itself(result: Any) -> None:
    assert isinstance(result, Shown)
    bundle = result._repr_mimebundle_(include=None, exclude=None)
    assert list(bundle) == ["text/plain", "text/html"]
    assert bundle["text/html"] == result._repr_html_()
    assert bundle["text/plain"]
    assert not hasattr(result, "__dict__")


def test_results_do_not_load_what_draws_them() -> None:
    code = "import sys, ocop; ocop.score; ocop.rank; print('ocop.adapters.html' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"
