import json
import pickle
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import ocop
from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.criteria import catalog as catalogs
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import ConversionError, UnknownIdError
from ocop.model.stars import Level
from ocop.procedure.dossier_rules import DossierPart, DossierRules, dossier_rules
from ocop.procedure.evidence import Claim, EvidenceItem, EvidenceKind, Medium, evidence_kinds
from ocop.procedure.kinds import DossierKind

EDITION = "qd26-2026"
FOLDER = Path(catalogs.__file__).parents[1] / "data" / "editions" / EDITION
RULES = dossier_rules(EDITION)
SETS = tuple(PACKAGED.sets(EDITION))
KINDS = {kind.slug: kind for kind in RULES.evidence}

LOOKED_AT_OR_TASTED = {
    "appearance-and-evenness", "body", "colour", "colour-and-body", "colour-and-ripeness",
    "completeness-and-cleanness", "convenience", "effectiveness", "evenness", "fineness", "form-for-its-kind",
    "impurities", "infusion-colour", "infusion-smell", "infusion-smell-and-taste", "infusion-taste",
    "integrated-values", "leaf-shape-and-colour", "product-design", "product-features", "sensory-indicators", "shape",
    "shape-and-body", "size-and-evenness", "size-and-shape", "smell", "smell-and-taste", "state-and-shape",
    "styling-and-art", "taste", "unique-design", "uniqueness",
}  # fmt: skip
"""Judged by the samples."""
ON_THE_PACKAGE = {"bilingual-label", "packaging", "user-instructions"}
"""Read from the samples."""
TOLD_IN_THE_FORMS = {"production-capacity", "value-added"}
"""Form 02 lists no paper for them."""
REPORTED_BY_THE_COMMUNE = {"product-idea-origin", "tourism-idea-origin"}
SEEN_ON_SITE = {
    "amenities", "architecture-and-landscape", "heritage-protection", "location", "management-rules",
    "new-rural-area", "service-completeness", "service-coordination", "service-goods", "service-quality",
    "tourism-product-quality", "visitor-attractions", "visitor-experience",
}  # fmt: skip
"""Those of the tourism set."""


class TestData:
    def test_the_kinds_are_those_of_form_02(self) -> None:
        assert [(kind.item, kind.slug) for kind in RULES.evidence] == [
            (1, "business-registration"),
            (2, "production-eligibility"),
            (3, "input-origin"),
            (3, "linkage-contracts"),
            (4, "environment-file"),
            (5, "labour-list"),
            (6, "growth-papers"),
            (7, "intellectual-property"),
            (8, "market-development"),
            (9, "promotion"),
            (10, "product-story"),
            (11, "quality-declaration"),
            (12, "test-report"),
            (13, "barcode-traceability"),
            (14, "quality-management"),
            (15, "awards"),
        ]

    def test_what_states_its_last_day_is_dated(self) -> None:
        assert all(kind.dated for kind in RULES.evidence if kind.expires)

    def test_every_slug_named_exists(self) -> None:
        criteria = {criterion.slug for each in SETS for criterion in each.criteria}
        options = {(each.slug, option.slug) for a_set in SETS for each in a_set.criteria for option in each.options}
        causes = {rule.cause for each in SETS for rule in each.rules}
        for claim in RULES.claims:
            assert claim.criterion in criteria
            assert {(claim.criterion, option) for option in claim.options} <= options
            assert claim.evidence
            assert set(claim.evidence) <= KINDS.keys()
            assert claim.cause is None or claim.cause in causes
        for kind in RULES.evidence:
            assert set(kind.causes) <= causes
        for point in RULES.commune_points:
            assert set(point.criteria) <= criteria
        for update in RULES.updates:
            assert set(update.criteria) <= criteria

    def test_every_criterion_of_every_set_has_a_paper_or_is_known_to_need_none(self) -> None:
        without = LOOKED_AT_OR_TASTED | ON_THE_PACKAGE | TOLD_IN_THE_FORMS | REPORTED_BY_THE_COMMUNE | SEEN_ON_SITE
        supported = {claim.criterion for claim in RULES.claims}
        assert not supported & without
        found = {criterion.slug for each in SETS for criterion in each.criteria}
        assert found == supported | without

    def test_what_the_commune_reports_on_is_in_its_points(self) -> None:
        assert {slug for point in RULES.commune_points for slug in point.criteria} >= REPORTED_BY_THE_COMMUNE

    def test_what_is_seen_on_site_is_of_the_tourism_set_alone(self) -> None:
        others = {criterion.slug for each in SETS[:-1] for criterion in each.criteria}
        assert not SEEN_ON_SITE & others

    def test_every_kind_but_awards_supports_some_criterion(self) -> None:
        assert [kind.slug for kind in RULES.evidence if not kind.criteria] == ["awards"]

    def test_every_rule_on_evidence_has_a_claim_in_its_criterion(self) -> None:
        for each in SETS:
            for rule in each.rules:
                if rule.effect.value == "evidence":
                    slug = each.criterion(str(rule.criterion)).slug
                    claims = [claim for claim in RULES.claims if claim.criterion == slug]
                    wanted = {
                        "food-safety-test-report": "test-report",
                        "export-contracts-or-certificates-or-market-studies": "market-development",
                    }
                    assert any(wanted[str(rule.cause)] in claim.evidence for claim in claims)

    def test_who_always_needs_what(self) -> None:
        needed = {
            slug: [each.number for each in SETS if kind.needed_by(each)]
            for slug, kind in KINDS.items()
            if any(kind.needed_by(each) for each in SETS)
        }
        assert needed == {
            "business-registration": list(range(1, 27)),
            "production-eligibility": list(range(1, 21)),
            "quality-declaration": [18, 19, 20],
        }

    def test_the_parts_and_where_they_begin(self) -> None:
        needed = {
            level: {part.value for part in DossierPart if RULES.part(part, level)}
            for level in (Level.COMMUNE, Level.PROVINCE, Level.MINISTRY)
        }
        subject = {"registration", "self-assessment"}
        assert needed[Level.COMMUNE] == subject
        assert needed[Level.PROVINCE] == subject | {"commune-report", "proposal", "samples"}
        assert needed[Level.MINISTRY] == needed[Level.PROVINCE]
        forms = {each.part.value: each.form for each in RULES.parts if each.form}
        assert forms == {"registration": "01", "self-assessment": "02", "commune-report": "03"}

    def test_what_a_re_evaluation_updates(self) -> None:
        def needed(slug: str) -> list[str]:
            found = ocop.criteria_set(f"{EDITION}/{slug}")
            return [update.slug for update in RULES.updates if update.needed_by(found)]

        everything = [update.slug for update in RULES.updates]
        assert everything == [
            "inputs", "technology", "packaging", "labels", "quality-declaration", "periodic-tests",
            "markets", "output", "revenue",
        ]  # fmt: skip
        assert needed("tea") == everything
        assert needed("community-tourism") == ["markets", "output", "revenue"]
        assert needed("ornamental-plants") == ["inputs", "technology", "labels", "markets", "output", "revenue"]

    @pytest.mark.parametrize("lang", ocop.text.LANGUAGES)
    def test_every_word_is_there_and_none_unused(self, lang: ocop.text.Language) -> None:
        words = json.loads((FOLDER / "labels" / f"{lang}.json").read_text("utf-8"))
        updates = {f"update/{update.slug}" for update in RULES.updates}
        assert words["evidence"].keys() == KINDS.keys() | updates
        assert words["commune-points"].keys() == {point.slug for point in RULES.commune_points}
        assert {update.label.get(lang) for update in RULES.updates} <= set(words["evidence"].values())
        assert {point.label.get(lang) for point in RULES.commune_points} == set(words["commune-points"].values())
        assert KINDS["test-report"].label.get(lang) == words["evidence"]["test-report"]

    def test_citations(self) -> None:
        assert RULES.article("7").vi == "Quyết định 26/2026/QĐ-TTg, Điều 7"
        assert RULES.forms.vi == "Quyết định 26/2026/QĐ-TTg, Phụ lục III"
        assert RULES.forms.en == "Decision 26/2026/QĐ-TTg, Annex III"


class TestRules:
    def test_they_are_read_once(self) -> None:
        assert dossier_rules(EDITION) is dossier_rules(EDITION)
        assert evidence_kinds(EDITION) == RULES.evidence

    def test_an_unknown_edition(self) -> None:
        with pytest.raises(UnknownIdError, match="did you mean 'qd26-2026'"):
            dossier_rules("qd26-2025")

    def test_an_edition_without_rules_on_dossiers(self, tmp_path: Path) -> None:
        shutil.copytree(FOLDER, tmp_path / EDITION, ignore=shutil.ignore_patterns("dossier.json"))
        with pytest.raises(UnknownIdError, match=r"there is no dossier\.json in the edition 'qd26-2026'"):
            evidence_kinds(EDITION, Catalog(str(tmp_path)))

    def test_a_kind_of_dossier_that_the_edition_lacks(self) -> None:
        rules = evolve(RULES, kinds=RULES.kinds[:1])
        assert rules.of_kind(DossierKind.FIRST).kind is DossierKind.FIRST
        with pytest.raises(UnknownIdError, match="'upgrade'; known: first"):
            rules.of_kind(DossierKind.UPGRADE)

    def test_round_trip(self) -> None:
        found = structured(make_converter(), plain(RULES), DossierRules)
        assert plain(found) == plain(RULES) == PACKAGED.json(EDITION, "dossier.json")

    def test_frozen_hashable_and_picklable(self) -> None:
        assert hash(RULES) == hash(pickle.loads(pickle.dumps(RULES)))  # noqa: S301


class TestWanted:
    TEA = ocop.criteria_set(f"{EDITION}/tea")
    ALWAYS = (((KINDS["business-registration"],), ()), ((KINDS["production-eligibility"],), ()))

    def wanted(self, choices: dict[str, object]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        wants = RULES.wanted(self.TEA, choices)
        assert tuple((want.evidence, want.claims) for want in wants[:2]) == self.ALWAYS
        return [(tuple(kind.slug for kind in want.evidence), want.claims) for want in wants[2:]]

    def test_nothing_is_claimed_by_an_empty_sheet_or_by_zero_points(self) -> None:
        assert self.wanted({}) == []
        assert self.wanted({"4.2": "a", "5.1": "a", "3.5": None}) == []

    def test_nothing_is_claimed_by_what_is_no_option(self) -> None:
        assert self.wanted({"3.5": "z", "3.4": "", "5.1": ("a", "e"), "99": "a"}) == []

    def test_any_option_with_points_claims(self) -> None:
        assert self.wanted({"3.5": "a"}) == [(("intellectual-property",), ("3.5",))]

    def test_several_criteria_claim_one_paper(self) -> None:
        assert self.wanted({"5.3": "b", "5.1": "b"}) == [(("product-story",), ("5.1", "5.3"))]

    def test_only_the_options_named_claim(self) -> None:
        assert self.wanted({"2.3": "b"}) == []
        assert self.wanted({"2.3": "c"}) == [(("barcode-traceability",), ("2.3",))]

    def test_any_of_several_papers(self) -> None:
        assert self.wanted({"11": "a"}) == [(("market-development", "promotion", "quality-management"), ("11",))]
        (want,) = RULES.wanted(self.TEA, {"11": "a"})[2:]
        assert want.label.en == "Proof of market development or Proof of promotion or Quality management certificates"
        assert want.label.vi.count(" hoặc ") == 2

    def test_only_sets_with_the_rule_claim_a_test_report(self) -> None:
        assert self.wanted({"8": "a"}) == [(("quality-declaration",), ("8",)), (("test-report",), ("8",))]
        textiles = ocop.criteria_set(f"{EDITION}/textiles-garments")
        wants = RULES.wanted(textiles, {"7": "a"})
        assert [kind.slug for want in wants for kind in want.evidence] == [
            "business-registration",
            "quality-declaration",
        ]

    def test_two_claims_of_one_criterion_count_once(self) -> None:
        claim = Claim("quality-declaration", ("test-report",))
        rules = evolve(RULES, claims=(*RULES.claims, claim))
        wants = {want.evidence[0].slug: want.claims for want in rules.wanted(self.TEA, {"8": "a"})}
        assert wants["test-report"] == ("8",)

    def test_a_claim_is_made_in_its_own_criterion_alone(self) -> None:
        claim = Claim("intellectual-property", ("intellectual-property",))
        assert claim.made(self.TEA.criterion("3.5"), "a", self.TEA)
        assert not claim.made(self.TEA.criterion("3.4"), "a", self.TEA)


class TestItem:
    @pytest.mark.parametrize(
        "make",
        [
            lambda: EvidenceItem(3),  # type: ignore[arg-type]
            lambda: EvidenceItem("x", number=5),  # type: ignore[arg-type]
            lambda: EvidenceItem("x", issued="2026-01-01"),  # type: ignore[arg-type]
            lambda: EvidenceItem("x", issued=datetime(2026, 1, 1)),  # noqa: DTZ001
            lambda: EvidenceItem("x", expires=20260101),  # type: ignore[arg-type]
            lambda: EvidenceItem("x", unlimited=1),  # type: ignore[arg-type]
            lambda: EvidenceItem("x", medium="paper"),  # type: ignore[arg-type]
            lambda: EvidenceItem("x", issuer=b"x"),  # type: ignore[arg-type]
            lambda: EvidenceItem("x", file=Path("x")),  # type: ignore[arg-type]
        ],
    )
    def test_other_types_are_refused(self, make: Callable[[], Any]) -> None:
        with pytest.raises(ConversionError, match="expected"):
            make()

    def test_text_is_kept_in_normal_form_c(self) -> None:
        assert EvidenceItem("e\u0301", issuer="So\u031b\u0309") == EvidenceItem("é", issuer="Sở")

    def test_its_number_and_place_are_not_shown(self) -> None:
        item = EvidenceItem("business-registration", number="079185001234", file="Nguyễn Thị A.pdf")
        assert "079185001234" not in repr(item)
        assert "Nguyễn" not in repr(item)

    def test_media(self) -> None:
        assert [medium.label.vi for medium in Medium] == ["bản điện tử", "bản giấy"]

    def test_a_kind_needs_no_more_than_its_slug_and_item(self) -> None:
        assert plain(EvidenceKind("x", 1)) == {"slug": "x", "item": 1}
