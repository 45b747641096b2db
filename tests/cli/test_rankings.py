import json
from pathlib import Path

import pytest

import ocop
from command_line import CAPPED, COUNCIL, EVIL, EXAMPLES, STOPPED, TEA, english, run, sheet

PRACTICE = str(EXAMPLES / "huong-tra-practice.json")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_text_is_that_of_the_ranking(lang: ocop.text.Language) -> None:
    result = run("rank", CAPPED, STOPPED, TEA, "--lang", lang)
    ranking = ocop.rank([ocop.score(ocop.load(name)) for name in (TEA, CAPPED, STOPPED)])
    assert result.exit_code == 0
    assert result.output.split() == ranking.text(lang).split()


def test_sheets_councils_and_scores_all_rank(tmp_path: Path) -> None:
    score = tmp_path / "score.json"
    score.write_text(ocop.dumps(ocop.score(ocop.load(STOPPED))), "utf-8")
    found = json.loads(run("rank", COUNCIL, TEA, str(score), "--json").output)
    assert [(each["rank"], each["product"], each["keys"]["total"]) for each in found["places"]] == [
        (1, "Chè đinh Đồi Sương (ví dụ)", 81),
        (2, "Chè xanh Đồi Sương (ví dụ)", "236/3"),
    ]
    first = found["places"][0]
    assert first["digest"] == ocop.score(ocop.load(TEA)).digest
    assert first["keys"] == {"star": 4, "total": 81, "part-C": 28, "part-A": 35, "part-B": 18}
    (last,) = found["unranked"]
    assert (last["outcome"], last["criteria_set"]) == ("stopped", "qd26-2026/bottled-water")
    assert [*last] == ["product", "criteria_set", "digest", "outcome"]
    assert (found["method"], found["by"], "moves" in found) == ("competition", ["part-C", "part-A", "part-B"], False)


def test_the_options_are_those_of_the_library(tmp_path: Path) -> None:
    twin = sheet(tmp_path / "twin.json", product="A", product_code="19-05818-3-2026")
    found = json.loads(run("rank", TEA, twin, "--method", "ordinal", "--by", "part-B", "--json").output)
    assert [(each["rank"], each.get("product_code")) for each in found["places"]] == [(1, "19-05818-3-2026"), (2, None)]
    assert found["by"] == ["part-B", "product-code", "product"]
    found = json.loads(run("rank", TEA, twin, "--method", "dense", "--group", "criteria-set", "--json").output)
    assert [(each["rank"], each["group"]) for each in found["places"]] == [(1, "qd26-2026/tea")] * 2


def test_the_lines_of_its_table_stay_whole(tmp_path: Path) -> None:
    long = sheet(tmp_path / "long.json", product="Chè " * 30 + EVIL)
    lines = english("rank", long).output.splitlines()
    assert (len(lines), len({len(line) for line in lines})) == (2, 1)


class TestMoves:
    def test_who_moved_is_told(self, tmp_path: Path) -> None:
        before = sheet(tmp_path / "before.json", CAPPED, choices=ocop.load(TEA).choices | {"1.1": "a"})
        result = english("rank", TEA, CAPPED, "--before", TEA, "--before", before, "--before", STOPPED)
        assert result.exit_code == 0
        assert "No rank changed" in result.output
        best = sheet(tmp_path / "best.json", product="Z")
        result = english("rank", TEA, best, "--before", TEA, "--before", CAPPED)
        moves = result.output[result.output.index("Ranks that changed") :].splitlines()
        assert moves[1:] == ["  - Z: – → 1", "  - Chè xanh Đồi Sương (ví dụ): 2 → –"]
        found = json.loads(run("rank", TEA, best, "--before", TEA, "--before", CAPPED, "--json").output)
        assert found["moves"][0] == {"product": "Z", "before": None, "after": 1, "criteria_set": "qd26-2026/tea"}

    def test_products_of_one_name_are_told_apart(self, tmp_path: Path) -> None:
        one = sheet(tmp_path / "1.json", product="", product_code="19-05818-3-2026")
        two = sheet(tmp_path / "2.json", product="")
        moves = english("rank", TEA, two, "--before", TEA, "--before", one).output.splitlines()[-2:]
        assert moves == [
            "  - (unnamed) (qd26-2026/tea): – → 1",
            "  - (unnamed) (qd26-2026/tea, 19-05818-3-2026): 1 → –",
        ]

    def test_a_name_stays_on_its_line(self, tmp_path: Path) -> None:
        best = sheet(tmp_path / "best.json", product=f"{EVIL}\n  - X: 1 → 2")
        assert "\n  - X" not in english("rank", best, "--before", TEA).output

    def test_what_is_wrong_with_an_earlier_file_is_told(self, tmp_path: Path) -> None:
        result = english("rank", TEA, "--before", str(tmp_path / "none.json"))
        assert (result.exit_code, "[file-not-found]" in result.output) == (1, True)


class TestRefused:
    def test_one_bad_file_leaves_no_ranking(self, tmp_path: Path) -> None:
        result = english("rank", TEA, str(tmp_path / "none.json"))
        assert result.exit_code == 1
        assert "[file-not-found]" in result.output
        assert "Rank" not in result.output

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            ((TEA, TEA), "expected one score of each product; got several of 'Chè đinh Đồi Sương (ví dụ)'"),
            ((PRACTICE,), "practice sheets are not ranked unless allow_practice is set"),
            ((TEA, "--by", "part-Z"), "by knows 'part-A', 'part-B', 'part-C'; got \"part-Z\""),
            ((TEA, "--by", "part-A", "--by", "part-A"), "by names 'part-A' twice"),
        ],
    )
    def test_what_cannot_be_ranked_is_one_message(self, words: tuple[str, ...], message: str) -> None:
        result = run("rank", *words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"Error: {message}")
        assert len(result.stderr.splitlines()) == 1

    def test_practice_may_be_allowed(self) -> None:
        result = english("rank", PRACTICE, "--allow-practice")
        assert (result.exit_code, "(practice)" in result.output) == (0, True)

    def test_notes_go_to_standard_error(self, tmp_path: Path) -> None:
        from workbooks import answer, edited, form

        path = tmp_path / "tea.xlsx"
        path.write_bytes(edited(form(("An", "Bình")), answer(ocop.load(TEA).choices)))
        result = english("rank", str(path), "--council", "--json")
        assert [each["keys"]["total"] for each in json.loads(result.stdout)["places"]] == [81]
        assert "[form-not-begun]" in result.stderr
