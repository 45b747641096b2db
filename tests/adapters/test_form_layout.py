import pytest

import ocop
from ocop.adapters import form_layout as layout
from ocop.model.stars import Grade, Star
from ocop.text import LANGUAGES, Label, Language, match_key

TEA = ocop.criteria_set("qd26-2026/tea")
TOURISM = ocop.criteria_set("qd26-2026/community-tourism")
every_language = pytest.mark.parametrize("lang", LANGUAGES)


MEDAL = Grade(2, "gold", Label("huy chương vàng", "gold medal"))


def test_a_star_is_named() -> None:
    assert [layout.stars_text(star, "en") for star in (Star.ONE, Star.THREE, MEDAL)] == [
        "1 star", "3 stars", "gold medal",
    ]  # fmt: skip
    assert layout.stars_text(MEDAL, "vi") == "huy chương vàng"


def test_options_have_their_letter_points_and_asterisks() -> None:
    assert list(layout.option_lines(TEA.criterion("1.5"), "en"))[2:] == [
        "c) Linkage contracts for over 75% of the volume sold (2 pt) ****",
        (
            "d) Linkage contracts for over 75% of the volume sold, carried out steadily for 12 months or more up to "
            "registration for OCOP assessment (3 pt) *****"
        ),
    ]


def test_cases_have_headings() -> None:
    lines = list(layout.option_lines(TOURISM.criterion("8"), "vi"))
    assert [line for line in lines if line.endswith(":")] == [
        "Trường hợp 1: dịch vụ du lịch do cộng đồng cung cấp:",
        "Trường hợp 2: điểm dịch vụ du lịch:",
    ]


@every_language
def test_every_line_of_every_set_stands_for_one_letter(lang: Language) -> None:
    for the_set in ocop.PACKAGED.sets():
        for criterion in the_set.criteria:
            known = layout.known_words(criterion)
            lines = [layout.option_line(option, lang) for option in criterion.options]
            assert [known[match_key(line)] for line in lines] == list(criterion.letters)
            assert "\n" not in "".join(lines)
            assert max(map(len, lines)) <= 255  # what Excel takes from a dropdown
            assert known["none"] is known["không"] is known[match_key(layout.say(layout.NONE, lang))] is None


def test_the_legend_names_the_stars_of_the_set() -> None:
    assert layout.legend_of(TEA, "en") == (
        "*** minimum for 3 stars; **** minimum for 4 stars; ***** minimum for 5 stars. "
        "Without it there is no such rank, whatever the total."
    )
    plain = ocop.CriteriaSet(TEA.id, TEA.edition, 1, (TEA.parts[1],))
    assert layout.legend_of(plain, "vi").startswith("*** yêu cầu tối thiểu của 3 sao")


def test_notes_and_findings_have_words() -> None:
    assert list(layout.notes_of(TEA, TEA.criterion("5.2"), "en")) == ["Note: applies only if the product has a story"]
    assert list(layout.notes_of(TEA, TEA.criterion("1.1"), "en")) == []
    assert list(layout.notes_of(TOURISM, TOURISM.criterion("8"), "vi")) == []
    ticks = ocop.Criterion("1", "x", 3, (ocop.Option("a", "y", 3),), additive=True)
    assert list(layout.notes_of(TEA, ticks, "en")) == [
        "Note: several options may be chosen, and their points add up; type the letters with commas between them: a, c"
    ]
    findings = dict(layout.findings_of(TEA, "en"))
    assert list(findings) == list(TEA.findings)
    assert findings["forged-dossier"] == "The dossier is forged"
    assert findings["unsafe-impurities"].endswith(" (criterion 6.1.1)")
    silent = ocop.CriteriaSet(
        TEA.id, TEA.edition, 1, TEA.parts, rules=(ocop.criteria.model.Rule(TEA.rules[0].effect, "x"),)
    )
    assert list(layout.findings_of(silent, "vi")) == [("x", "X")]


def test_keys() -> None:
    assert [layout.is_key(key) for key in ("product", "criterion:1.1", "finding:x", "titles", "")] == [
        *(True, True, True),
        *(False, False),
    ]
