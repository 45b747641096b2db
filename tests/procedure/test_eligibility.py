import json
import shutil
from pathlib import Path

import pytest

import ocop
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import ConversionError, UnknownIdError
from ocop.model.subjects import LegalForm, Subject
from ocop.procedure.eligibility import SubjectRules, check_eligibility, subject_rules
from ocop.text import FrozenDict

EDITION = "qd26-2026"
PACKAGE = Path(ocop.__file__).parent / "data" / "editions"
TOURISM_ONLY = {LegalForm.ASSOCIATION, LegalForm.OPERATING_CENTRE, LegalForm.EQUIVALENT_ORGANISATION}


def subject(form: LegalForm) -> Subject:
    return Subject("s", "S", form)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog's folder that holds a copy of the edition."""
    shutil.copytree(PACKAGE / EDITION, tmp_path / EDITION)
    return tmp_path


@pytest.mark.parametrize("set_id", PACKAGED.set_ids(EDITION))
@pytest.mark.parametrize("form", LegalForm)
def test_who_may_enter_what(form: LegalForm, set_id: str) -> None:
    eligible = form not in TOURISM_ONLY or set_id == "qd26-2026/community-tourism"
    assert check_eligibility(subject(form), set_id).ok is eligible


def test_an_association_may_enter_tourism_and_nothing_else() -> None:
    [group] = [
        group.slug
        for group in ocop.edition(EDITION).groups
        if LegalForm.ASSOCIATION in subject_rules(EDITION).forms(group.slug)
    ]
    assert group == "tourism"


def test_the_problem_names_the_form_the_group_and_the_article() -> None:
    [problem] = check_eligibility(subject(LegalForm.OPERATING_CENTRE), "qd26-2026/tea").problems
    assert (problem.code, problem.pointer) == ("legal-form-not-eligible", "/legal_form")
    assert problem.message.vi == (
        "Chủ thể là trung tâm điều hành không tham gia nhóm Thực phẩm (Điều 2, Quyết định 26/2026/QĐ-TTg)"
    )
    assert problem.message.en == (
        "A subject of the form operating centre may not enter the group Food (Article 2, Decision 26/2026/QĐ-TTg)"
    )
    assert problem.got == "operating-centre"
    assert problem.expected == ", ".join(form.value for form in LegalForm if form not in TOURISM_ONLY)


def test_the_rules_name_only_groups_of_the_edition() -> None:
    edition = ocop.edition("qd26-2026")
    rules = subject_rules(edition.id)
    assert set(rules.more_by_group) <= {group.slug for group in edition.groups}
    assert len(rules.every_group) == len(set(rules.every_group))


def test_the_forms_come_in_the_order_of_the_enum() -> None:
    rules = SubjectRules("2", (LegalForm.FARM, LegalForm.COOPERATIVE), FrozenDict({"food": (LegalForm.FARM,)}))
    assert rules.forms("food") == rules.forms("other") == (LegalForm.COOPERATIVE, LegalForm.FARM)


def test_the_list_is_the_editions_not_the_codes(folder: Path) -> None:
    file = folder / EDITION / "subjects.json"
    data = {"article": "9", "every_group": ["farm"], "more_by_group": {"drinks": ["cooperative"]}}
    file.write_text(json.dumps(data), "utf-8")
    catalog = Catalog(str(folder))
    assert check_eligibility(subject(LegalForm.FARM), "qd26-2026/tea", catalog=catalog).ok
    assert check_eligibility(subject(LegalForm.COOPERATIVE), "qd26-2026/bottled-water", catalog=catalog).ok
    [problem] = check_eligibility(subject(LegalForm.COOPERATIVE), "qd26-2026/tea", catalog=catalog).problems
    assert "Article 9" in problem.message.en
    assert problem.expected == "farm"


def test_the_list_is_read_once_for_a_catalog(folder: Path) -> None:
    catalog = Catalog(str(folder))
    assert subject_rules(EDITION, catalog=catalog) is subject_rules(EDITION, catalog=catalog)


@pytest.mark.parametrize("set_id", ["qd26-2026/tee", "tea"])
def test_an_unknown_set_is_an_error_that_names_the_nearest(set_id: str) -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'qd26-2026/tea'"):
        check_eligibility(subject(LegalForm.FARM), set_id)


def test_an_unknown_edition_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'qd26-2026'"):
        subject_rules("qd26-2062")


def test_an_edition_without_a_list_is_an_error(folder: Path) -> None:
    (folder / EDITION / "subjects.json").unlink()
    with pytest.raises(UnknownIdError, match="there is no list of subjects in the edition 'qd26-2026'"):
        check_eligibility(subject(LegalForm.FARM), "qd26-2026/tea", catalog=Catalog(str(folder)))


@pytest.mark.parametrize(
    "data",
    [
        {"article": "2", "every_group": ["farms"], "more_by_group": {}},
        {"article": 2, "every_group": [], "more_by_group": {}},
        {"article": "2", "every_group": [], "more_by_group": {}, "x": 1},
    ],
)
def test_a_list_of_another_form_is_refused(folder: Path, data: object) -> None:
    (folder / EDITION / "subjects.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises(ConversionError):
        subject_rules(EDITION, catalog=Catalog(str(folder)))
