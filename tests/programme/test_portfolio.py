import json
import pickle
from datetime import date
from typing import Any

import attrs
import pytest

from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.errors import ConversionError, DocumentError
from ocop.model.subjects import LegalForm, Subject
from ocop.procedure.certificate import EventKind
from ocop.procedure.dossier import Dossier
from ocop.procedure.evidence import Medium
from ocop.procedure.kinds import DossierKind
from ocop.procedure.recognition import RecognitionEvent, events
from ocop.programme.check_portfolio import check_portfolio
from ocop.programme.portfolio import LISTS, Portfolio, read_portfolio
from ocop.programme.records import (
    Audience,
    CommuneRecord,
    CraftVillage,
    DossierRecord,
    Fair,
    Participant,
    PointKind,
    SalesPoint,
    Training,
)
from portfolio_makers import COOPERATIVE, certificate, full, portfolio, recognised

DAY = date(2023, 5, 6)


def test_the_full_portfolio_leaves_no_list_out_and_is_consistent() -> None:
    assert all(getattr(full(), name) for name in LISTS)
    assert len(LISTS) == 17
    assert check_portfolio(full()).problems == ()


NOTHING: dict[str, Any] = dict.fromkeys(LISTS, ())


@pytest.mark.parametrize("made", [Portfolio(), full(), Portfolio(**NOTHING)])
def test_a_portfolio_goes_to_json_and_back(made: Portfolio) -> None:
    data = json.loads(json.dumps(plain(made)))
    assert structured(make_converter(), data, Portfolio) == made
    assert read_portfolio(json.dumps({"kind": "portfolio", "version": 1, **data})) == made
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301
    assert hash(made) == hash(attrs.evolve(made))


def test_unknown_is_not_nothing() -> None:
    assert Portfolio(fairs=[]) != Portfolio()
    assert "fairs" in plain(Portfolio(fairs=[]))
    assert "fairs" not in plain(Portfolio())


def test_a_portfolio_never_shows_what_is_sensitive() -> None:
    assert "female" not in repr(full())
    assert "0100112437" not in repr(full())


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("value", ["text", {"a": 1}, 5, [5], ["x"], [None]])
def test_a_list_holds_its_own_records_only(name: str, value: Any) -> None:
    with pytest.raises(ConversionError, match=f"^{name}: expected a list of "):
        Portfolio(**{name: value})


@pytest.mark.parametrize(
    ("cls", "values"),
    [
        (CommuneRecord, {"code": "1", "name": "A", "registered": 999}),
        (CommuneRecord, {"code": "1", "name": "A", "attained": True}),
        (CommuneRecord, {"code": "1", "name": "A", "chosen": "chè"}),
        (CommuneRecord, {"code": 1, "name": "A"}),
        (Training, {"id": "t", "audience": "state-managers", "held": DAY, "trained": 1}),
        (Training, {"id": "t", "audience": Audience.STATE_MANAGERS, "held": DAY, "trained": -1}),
        (Training, {"id": "t", "audience": Audience.STATE_MANAGERS, "held": DAY, "trained": None}),
        (SalesPoint, {"id": "x", "name": "A", "tourism": 1}),
        (Fair, {"id": "f", "name": "A", "held": "2023-01-01"}),
        (CraftVillage, {"id": "v", "name": "A", "traditional": None}),
    ],
)
def test_records_are_strict(cls: type[Any], values: dict[str, Any]) -> None:
    with pytest.raises(ConversionError):
        cls(**values)


def test_text_is_kept_in_normal_form() -> None:
    assert Fair(id="f", name="Phu\u0301 Tho\u0323").name == "Phú Thọ"


def test_whole_dossiers_are_kept_as_their_record_alone() -> None:
    def dossier(name: str, *media: Medium) -> Dossier:
        return Dossier(name, DossierKind.FIRST, "tea", "s", "qd26-2026/tea", media=media, handed_in=DAY)

    kept = DossierRecord(id="d4", product="tea")
    made = Portfolio.of(
        name="Nơi thử",
        dossiers=[dossier("d1", Medium.PAPER, Medium.DIGITAL), dossier("d2", Medium.PAPER), dossier("d3"), kept],
    )
    assert made.dossiers is not None
    assert [each.digital for each in made.dossiers] == [True, False, None, None]
    assert made.dossiers[0] == DossierRecord(id="d1", product="tea", digital=True, handed_in=DAY)
    assert Portfolio.of().dossiers is None


def test_other_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(ConversionError, match="a portfolio has no 'produkts'; did you mean 'products'"):
        Portfolio.of(produkts=[])
    with pytest.raises(ConversionError, match=r"a portfolio has no 'zzz'$"):
        Portfolio().adding(zzz=[])
    with pytest.raises(ConversionError, match="a portfolio has no 'name'"):
        Portfolio().adding(name="x")


def test_adding_keeps_what_is_there() -> None:
    one, two = Fair(id="f1", name="A"), Fair(id="f2", name="B")
    assert Portfolio().adding(fairs=[one]).adding(fairs=[two], products=[]) == Portfolio(fairs=[one, two], products=[])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "document-not-object"),
        ("{}", "value-not-allowed"),
        ('{"kind": "programme", "version": 1}', "value-not-allowed"),
        ('{"kind": "portfolio"}', "value-not-allowed"),
        ('{"kind": "portfolio", "version": true}', "value-not-allowed"),
        ('{"kind": "portfolio", "version": 2}', "value-not-allowed"),
        ('{"kind": "portfolio", "version": 1, "fair": []}', "value-bad-form"),
        ('{"kind": "portfolio", "version": 1, "fairs": [{"id": "f"}]}', "value-bad-form"),
        ('{"kind": "portfolio", "version": 1, "fairs": {}}', "value-bad-form"),
        ("{", "json-syntax"),
    ],
)
def test_a_document_that_is_no_portfolio_is_refused(text: str, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_portfolio(text)
    assert caught.value.report.codes == (code,)


def codes(made: Portfolio) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in check_portfolio(made).problems]


def test_an_id_used_twice_is_told_in_every_list_that_has_ids() -> None:
    made = full()
    twice = made.adding(**{name: getattr(made, name) for name in LISTS})
    told = {pointer for code, pointer in codes(twice) if code == "portfolio-id-repeated"}
    named = {"communes": "code", "subject_facts": "subject"}
    expected = {name for name in LISTS if name not in ("events", "promoted", "standardised")}
    assert told == {f"/{name}/1/{named.get(name, 'id')}" for name in expected}


def test_a_certificate_for_a_product_that_is_not_there_is_told() -> None:
    made = Portfolio(products=[], certificates=[certificate("c", "p", DAY)])
    assert codes(made) == [("portfolio-reference-unknown", "/certificates/0/product")]
    [problem] = check_portfolio(made).problems
    assert problem.message.en == "The portfolio has no product with this id"
    assert problem.got == '"p"'
    assert codes(attrs.evolve(made, products=None)) == []


def test_every_reference_is_looked_up() -> None:
    made = full()
    bare = attrs.evolve(made, subjects=(), products=(), communes=None)
    told = [pointer for code, pointer in codes(bare) if code == "portfolio-reference-unknown"]
    assert sorted(told) == sorted(
        f"/{each}"
        for each in (
            "certificates/0/product",
            "events/0/product",
            "dossiers/0/product",
            "promoted/0/product",
            "standardised/0/product",
            "subject_facts/0/subject",
        )
    )
    assert codes(attrs.evolve(made, subjects=()))[0] == ("portfolio-reference-unknown", "/products/0/subject")
    village = CraftVillage(id="v", name="Làng", products=("p1", "p9"))
    assert codes(attrs.evolve(made, craft_villages=(village, CraftVillage(id="w", name="Khác")))) == [
        ("portfolio-reference-unknown", "/craft_villages/0/products")
    ]


def test_a_subject_under_two_spellings_is_a_note() -> None:
    first = Subject("a", "HTX Hòa Bình", LegalForm.COOPERATIVE, place="1")
    second = Subject("b", "htx  HOÀ BÌNH", LegalForm.COOPERATIVE, place="1")
    report = check_portfolio(Portfolio(subjects=[second, first]))
    assert (report.ok, report.codes) == (True, ("subject-twice",))
    assert report.problems[0].pointer == "/subjects/0/name"
    assert "/subjects/1" in report.problems[0].message.en


def test_a_participant_under_two_spellings_is_a_note() -> None:
    people = [
        Participant(id=name, name=spelt, legal_form=COOPERATIVE, joined=DAY)
        for name, spelt in (("a", "HTX Hòa Bình"), ("b", "HTX Hoà Bình"))
    ]
    report = check_portfolio(Portfolio(participants=people))
    assert (report.ok, report.codes) == (True, ("participant-twice",))


def test_an_event_that_its_certificate_contradicts_is_told() -> None:
    made = portfolio(recognised(1, DAY))
    [told] = events(made.certificates or ())
    assert codes(made.adding(events=[told])) == []
    assert codes(made.adding(events=[attrs.evolve(told, on=date(2023, 5, 7))])) == [
        ("event-contradicts-certificate", "/events/0")
    ]
    recall = RecognitionEvent(EventKind.RECALL, date(2024, 1, 1), "p0", told.star, "2/QĐ-UBND", "c-p0")
    assert codes(made.adding(events=[recall])) == []


def test_days_that_run_backwards_are_told() -> None:
    made = Portfolio(
        sales_points=[
            SalesPoint(id="a", name="A", opened=DAY, closed=date(2023, 5, 5)),
            SalesPoint(id="b", name="B", opened=DAY, closed=DAY),
            SalesPoint(id="c", name="C", closed=DAY),
        ],
        participants=[Participant(id="o", name="O", legal_form=COOPERATIVE, joined=DAY, left=date(2022, 1, 1))],
    )
    assert codes(made) == [("days-reversed", "/sales_points/0/closed"), ("days-reversed", "/participants/0/left")]


def test_more_trained_than_there_are_is_told() -> None:
    course = Training(id="t", audience=Audience.STATE_MANAGERS, held=DAY, trained=5, total=4)
    [problem] = check_portfolio(Portfolio(trainings=[course])).problems
    assert (problem.code, problem.got) == ("trained-too-many", "5/4")
    assert check_portfolio(Portfolio(trainings=[attrs.evolve(course, trained=4)])).ok


def test_labels_are_there_for_every_kind() -> None:
    assert all(each.label.vi and each.label.en for kind in (Audience, PointKind) for each in kind)
