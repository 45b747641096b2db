import copy
import json
import shutil
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import ocop
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import DocumentError, UnknownIdError
from ocop.procedure.facts import ExportMarket, Facts, MarketArea
from ocop.procedure.known import FACTS, known_facts
from ocop.procedure.ties import Joined, Truth, read_ties, ties

EDITION = Path(ocop.__file__).parent / "data" / "editions" / "qd26-2026"
PRINTED: Mapping[str, set[tuple[str, ...]]] = {"taste": {("bad", "good"), ("bad", "fair", "better")}}
ALWAYS = {"fact": "agents", "at_least": 0}


def one(when: Any) -> Any:
    """Return the condition that `when` describes, read as that of a criterion's only option."""
    data = {"criteria": {"taste": [{"option": "good", "when": when}]}}
    return read_ties(data, {"taste": {("good",)}}, "test")["taste"][0].when


def codes(data: Any) -> list[tuple[str, str]]:
    with pytest.raises(DocumentError) as caught:
        read_ties(data, PRINTED, "test")
    return [(problem.code, problem.pointer) for problem in caught.value.report.problems]


def wrong(when: Any) -> list[tuple[str, str]]:
    found = codes({"criteria": {"taste": [{"option": "good", "when": when}]}})
    return [(code, where.removeprefix("/criteria/taste/0")) for code, where in found]


class TestConditions:
    @pytest.mark.parametrize(
        ("when", "holds"),
        [
            ({"fact": "agents", "at_least": 5}, True),
            ({"fact": "agents", "at_least": 6}, False),
            ({"fact": "agents", "more_than": 5}, False),
            ({"fact": "agents", "more_than": 4}, True),
            ({"fact": "agents", "under": 5}, False),
            ({"fact": "agents", "under": 6}, True),
            ({"fact": "agents", "at_most": 5}, True),
            ({"fact": "agents", "at_most": 4}, False),
            ({"fact": "agents", "is": 5}, True),
            ({"fact": "agents", "at_least": 5, "under": 6}, True),
            ({"fact": "agents", "at_least": 5, "under": 5}, False),
            ({"fact": "linkage-output-share", "is": "3/4"}, True),
            ({"fact": "linkage-output-share", "more_than": "3/4"}, False),
            ({"fact": "linkage-output-share", "more_than": 0}, True),
            ({"fact": "linkage-output-share", "under": 1}, True),
            ({"fact": "origin-sign", "is": True}, False),
            ({"fact": "origin-sign", "is": False}, True),
            ({"fact": "market", "is": "province"}, True),
            ({"fact": "market", "one_of": ["commune", "province"]}, True),
            ({"fact": "market", "one_of": ["commune"]}, False),
            ({"fact": "export-markets", "includes": "other"}, True),
            ({"fact": "export-markets", "includes": "high-standard"}, False),
        ],
    )
    def test_each_comparison(self, when: dict[str, Any], holds: bool) -> None:
        facts = Facts(
            agents=5,
            linkage_output_share=Fraction(3, 4),
            origin_sign=False,
            market=MarketArea.PROVINCE,
            export_markets=(ExportMarket.OTHER,),
        )
        assert one(when).truth(known_facts(None, None, facts)) == Truth(holds, (when["fact"],))
        assert one(when).truth(known_facts(None, None, Facts())) == Truth(None, (when["fact"],))

    @pytest.mark.parametrize(
        ("left", "right", "all_of", "any_of"),
        [
            (True, True, True, True),
            (True, False, False, True),
            (False, False, False, False),
            (True, None, None, True),
            (None, True, None, True),
            (False, None, False, None),
            (None, None, None, None),
        ],
    )
    def test_three_values(
        self, left: bool | None, right: bool | None, all_of: bool | None, any_of: bool | None
    ) -> None:
        known = known_facts(None, None, Facts(export_contract=left, modern_trade_contract=right))
        values = {"export-contract": left, "modern-trade-contract": right}
        parts = [{"fact": slug, "is": True} for slug in values]
        for key, expected in (("all", all_of), ("any", any_of)):
            deciding = tuple(slug for slug, value in values.items() if value is expected)
            assert one({key: parts}).truth(known) == Truth(expected, deciding)

    def test_conditions_nest(self) -> None:
        when = one({"any": [{"all": [ALWAYS, {"fact": "origin-sign", "is": True}]}, ALWAYS]})
        assert isinstance(when, Joined)
        assert when.truth(known_facts(None, None, Facts(agents=1))) == Truth(True, ("agents",))


class TestWrongData:
    @pytest.mark.parametrize(
        ("data", "code", "where"),
        [
            ([], "value-not-object", ""),
            ({}, "key-missing", ""),
            ({"criteria": {}, "more": 1}, "key-unknown", "/more"),
            ({"criteria": []}, "value-not-object", "/criteria"),
            ({"criteria": {"tast": []}}, "tie-criterion-unknown", "/criteria/tast"),
            ({"criteria": {"taste": {}}}, "value-not-list", "/criteria/taste"),
            ({"criteria": {"taste": []}}, "list-too-short", "/criteria/taste"),
            ({"criteria": {"taste": ["good"]}}, "value-not-object", "/criteria/taste/0"),
            ({"criteria": {"taste": [{"when": ALWAYS}]}}, "key-missing", "/criteria/taste/0"),
            ({"criteria": {"taste": [{"option": "good"}]}}, "key-missing", "/criteria/taste/0"),
            (
                {"criteria": {"taste": [{"option": "god", "when": ALWAYS}]}},
                "tie-option-unknown",
                "/criteria/taste/0/option",
            ),
            (
                {"criteria": {"taste": [{"option": [], "when": ALWAYS}]}},
                "tie-option-unknown",
                "/criteria/taste/0/option",
            ),
            ({"criteria": {"taste": [{"remark": 1, "when": ALWAYS}]}}, "value-not-text", "/criteria/taste/0/remark"),
            (
                {"criteria": {"taste": [{"remark": "r", "option": "good", "when": ALWAYS}]}},
                "key-unknown",
                "/criteria/taste/0/option",
            ),
        ],
    )
    def test_form(self, data: Any, code: str, where: str) -> None:
        assert codes(data) == [(code, where)]

    @pytest.mark.parametrize(
        ("when", "code", "where"),
        [
            ([], "value-not-object", "/when"),
            ({}, "key-missing", "/when"),
            ({"all": [ALWAYS], "any": [ALWAYS]}, "key-unknown", "/when/any"),
            ({"all": []}, "list-too-short", "/when/all"),
            ({"any": [ALWAYS, 5]}, "value-not-object", "/when/any/1"),
            ({"fact": "agent", "is": 1}, "tie-fact-unknown", "/when/fact"),
            ({"fact": ["agents"], "is": 1}, "tie-fact-unknown", "/when/fact"),
            ({"fact": "agents"}, "tie-comparison-missing", "/when"),
            ({"fact": "agents", "above": 1}, "tie-comparison-unknown", "/when/above"),
            ({"fact": "origin-sign", "at_least": 1}, "tie-comparison-unknown", "/when/at_least"),
            ({"fact": "market", "includes": "commune"}, "tie-comparison-unknown", "/when/includes"),
            ({"fact": "export-markets", "is": "other"}, "tie-comparison-unknown", "/when/is"),
            ({"fact": "agents", "is": 1.0}, "tie-value-unknown", "/when/is"),
            ({"fact": "agents", "is": True}, "tie-value-unknown", "/when/is"),
            ({"fact": "agents", "is": -1}, "tie-value-unknown", "/when/is"),
            ({"fact": "agents", "is": "1/2"}, "tie-value-unknown", "/when/is"),
            ({"fact": "origin-sign", "is": 1}, "tie-value-unknown", "/when/is"),
            ({"fact": "local-inputs-share", "under": 0.5}, "tie-value-unknown", "/when/under"),
            ({"fact": "local-inputs-share", "under": "50%"}, "tie-value-unknown", "/when/under"),
            ({"fact": "market", "is": "abroad"}, "tie-value-unknown", "/when/is"),
            ({"fact": "market", "one_of": "commune"}, "value-not-list", "/when/one_of"),
            ({"fact": "market", "one_of": ["commune", "abroad"]}, "tie-value-unknown", "/when/one_of/1"),
            ({"fact": "export-markets", "includes": "asia"}, "tie-value-unknown", "/when/includes"),
        ],
    )
    def test_conditions(self, when: Any, code: str, where: str) -> None:
        assert wrong(when) == [(code, where)]

    def test_all_problems_come_at_once(self) -> None:
        data = {
            "criteria": {
                "tast": [],
                "taste": [
                    {"option": "good", "when": {"any": [{"fact": "x", "is": 1}, {"fact": "agents", "is": "x"}]}},
                    {"option": "fine", "when": ALWAYS},
                ],
            }
        }
        assert [code for code, _ in codes(data)] == [
            "tie-criterion-unknown",
            "tie-fact-unknown",
            "tie-value-unknown",
            "tie-option-unknown",
        ]

    @pytest.mark.parametrize(
        "options",
        [
            ["good", "better", "fair"],
            ["better", "fair", "bad"],
            ["bad", "fair", "better", "good"],
            ["good", "better", "fair", "bad", "bad"],
        ],
    )
    def test_options_left_out_repeated_or_out_of_order(self, options: list[str]) -> None:
        data = {"criteria": {"taste": [{"option": slug, "when": ALWAYS} for slug in options]}}
        assert codes(data) == [("tie-options-differ", "/criteria/taste")]

    def test_options_of_every_print_the_best_first(self) -> None:
        entries = [{"option": slug, "when": ALWAYS} for slug in ["better", "fair", "good", "bad"]]
        entries.insert(1, {"remark": "odd", "when": ALWAYS})
        found = read_ties({"criteria": {"taste": entries}}, PRINTED, "test")["taste"]
        assert [(entry.option, entry.remark) for entry in found] == [
            ("better", None), (None, "odd"), ("fair", None), ("good", None), ("bad", None),
        ]  # fmt: skip

    def test_a_problem_says_what_would_be_right(self) -> None:
        data = {"criteria": {"taste": [{"option": "good", "when": {"fact": "agent", "at_least": 5}}]}}
        with pytest.raises(DocumentError) as caught:
            read_ties(data, PRINTED, "one/facts.json")
        assert caught.value.report.text("en") == (
            "one/facts.json: 1 problem\n"
            "  /criteria/taste/0/when/fact: There is no such fact."
            ' Got: "agent". Did you mean agents? [tie-fact-unknown]'
        )

    def test_texts_of_the_others(self) -> None:
        data = {
            "criteria": {
                "taste": [
                    {"option": "good", "when": {"fact": "agents"}},
                    {"option": "good", "when": {"fact": "agents", "over": 1}},
                    {"option": "good", "when": {"fact": "origin-sign", "is": 1}},
                    {"option": "god", "when": ALWAYS},
                ],
                "smell": [],
            }
        }
        with pytest.raises(DocumentError) as caught:
            read_ties(data, PRINTED, "test")
        assert [problem.message.en for problem in caught.value.report.problems] == [
            "The condition on agents compares it with nothing",
            "The fact agents cannot be compared in this way",
            "The fact origin-sign has no such value",
            "The criterion taste has no such option in any set",
            "No set of the edition has such a criterion",
        ]


class TestPackaged:
    def test_every_edition_with_a_tie_can_be_read(self) -> None:
        assert ties("qd26-2026") is ties("qd26-2026")

    def test_it_names_only_what_exists_and_leaves_no_option_out(self) -> None:
        """What reading checks, checked once more by other means, for all sets."""
        tied = ties("qd26-2026")
        seen = set()
        for criteria_set in PACKAGED.sets("qd26-2026"):
            for criterion in criteria_set.criteria:
                if criterion.slug in tied:
                    seen.add(criterion.slug)
                    mine = [option.slug for option in criterion.options]
                    entries = [entry.option for entry in tied[criterion.slug] if entry.option in mine]
                    assert entries[::-1] == mine, (criteria_set.id, criterion.code)
        assert seen == tied.keys()
        printed = {
            f"{criterion.slug}/{option.slug}"
            for each in PACKAGED.sets("qd26-2026")
            for criterion in each.criteria
            for option in criterion.options
        }
        assert {f"{slug}/{e.option}" for slug, entries in tied.items() for e in entries if e.option} <= printed

    def test_the_criteria_that_the_annex_ties_to_a_fact(self) -> None:
        everywhere = {"organisation-type", "legal-representative", "local-labour", "business-growth"}
        everywhere |= {"intellectual-property"}
        goods = {"production-linkage", "distribution-area", "global-market-opportunity"}
        for criteria_set in PACKAGED.sets("qd26-2026"):
            slugs = {criterion.slug for criterion in criteria_set.criteria} & ties("qd26-2026").keys()
            own = slugs - everywhere - goods
            assert everywhere <= slugs
            if criteria_set.slug == "community-tourism":
                assert slugs == everywhere | {"promotion-linkage"}
            else:
                assert goods <= slugs
                assert own in ({"input-origin"}, {"product-origin"}), criteria_set.id

    def test_every_remark_has_words(self) -> None:
        remarks = {entry.remark for entries in ties("qd26-2026").values() for entry in entries if entry.remark}
        words = PACKAGED.labels("qd26-2026").tables["suggestions"]
        assert words.keys() == remarks | {"options-not-tied", "profits-not-comparable"}
        assert all(label.vi and label.en for label in words.values())

    def test_facts_have_types(self) -> None:
        assert {slug for slug, of in FACTS.items() if of.sensitive} == {
            "legal-representative", "profit-up-last-year", "profit-up-year-before",
        }  # fmt: skip


class TestCatalogs:
    @pytest.fixture
    def catalog(self, tmp_path: Path) -> Catalog:
        shutil.copytree(EDITION, tmp_path / "qd26-2026")
        return Catalog(str(tmp_path))

    def test_another_catalog_has_ties_of_its_own(self, catalog: Catalog, tmp_path: Path) -> None:
        path = tmp_path / "qd26-2026" / "facts.json"
        data = json.loads(path.read_text("utf-8"))
        data["criteria"] = {"local-labour": data["criteria"]["local-labour"]}
        path.write_text(json.dumps(data), "utf-8")
        assert list(ties("qd26-2026", catalog)) == ["local-labour"]
        assert len(ties("qd26-2026")) > 1

    def test_a_wrong_one_is_refused_by_name(self, catalog: Catalog, tmp_path: Path) -> None:
        path = tmp_path / "qd26-2026" / "facts.json"
        data = copy.deepcopy(json.loads(path.read_text("utf-8")))
        del data["criteria"]["local-labour"][0]
        path.write_text(json.dumps(data), "utf-8")
        with pytest.raises(DocumentError, match=r"qd26-2026/facts\.json: 1 problem\n.*tie-options-differ"):
            ties("qd26-2026", catalog)

    def test_an_edition_without_a_tie(self, catalog: Catalog, tmp_path: Path) -> None:
        (tmp_path / "qd26-2026" / "facts.json").unlink()
        with pytest.raises(UnknownIdError, match="no tie of facts to choices of the edition 'qd26-2026'"):
            ties("qd26-2026", catalog)

    @pytest.mark.parametrize("edition_id", ["qd26-2027", "../qd26-2026", ""])
    def test_an_unknown_edition(self, edition_id: str) -> None:
        with pytest.raises(UnknownIdError, match="there is no edition"):
            ties(edition_id)
