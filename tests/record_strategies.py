"""Strategies for records, right and wrong alike, and examples that are right."""

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from ocop.documents.registry import Registry
from ocop.model.cycle import IdeaEvent, ProductIdea, Step
from ocop.model.products import (
    Award,
    DeclarationKind,
    Product,
    ProductCode,
    Protection,
    ProtectionKind,
    QualityDeclaration,
)
from ocop.model.stars import Level, Star
from ocop.model.subjects import CooperativeRating, LegalForm, Representative, Sex, Subject, Workforce
from ocop.procedure.certificate import Certificate, EventKind, Recall
from ocop.procedure.dossier import Change, CommuneReport, Dossier, RegistrationForm, Samples, SelfAssessment
from ocop.procedure.evidence import EvidenceItem, Medium
from ocop.procedure.kinds import DossierKind
from ocop.programme.portfolio import Portfolio
from ocop.programme.programmes import programme, programmes
from ocop.testing import score_sheets
from ocop.text import nfc

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=6).map(nfc)
SOME_TEXT = st.none() | TEXT
IDS = st.sampled_from(["a", "b", "chieng-di"])
SETS = st.sampled_from(["qd26-2026/tea", "qd26-2026/tee", "qd26-2026/ornamental-animals"])
PLACES = st.sampled_from(["24781", "24778", "99999"])
DAYS = st.dates(date(2022, 1, 1), date(2032, 12, 31))
SOME_DAY = st.none() | DAYS
FLAGS = st.none() | st.booleans()
COUNTS = st.none() | st.integers(0, 50)
STARS = st.sampled_from(Star)
CODES = st.builds(ProductCode, st.just("68"), PLACES, st.integers(0, 99), st.integers(2020, 2030))


def tuples(of: st.SearchStrategy[Any], size: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=size).map(tuple)


subjects = st.builds(
    Subject,
    IDS,
    TEXT,
    st.sampled_from(LegalForm),
    place=st.none() | PLACES,
    business_registration=SOME_TEXT,
    tax_id=SOME_TEXT | st.just("0100112437"),
    representative=st.none() | st.builds(Representative, TEXT, st.none() | st.sampled_from(Sex), FLAGS, FLAGS),
    workforce=st.none()
    | st.builds(Workforce, COUNTS, st.dictionaries(PLACES, st.integers(0, 9), max_size=2), COUNTS, COUNTS),
    profits=st.dictionaries(st.sampled_from(["2025", "25"]), st.integers(-(10**9), 10**9)),
    local_capital=st.none() | st.just(Fraction(1, 2)),
    cooperative_rating=st.none() | st.sampled_from(CooperativeRating),
)
products = st.builds(
    Product,
    IDS,
    TEXT,
    IDS,
    st.none() | PLACES,
    st.none() | SETS,
    st.none() | CODES,
    tuples(st.sampled_from(["8938505974194", "123"])),
    tuples(st.builds(QualityDeclaration, TEXT, st.sampled_from(DeclarationKind), SOME_TEXT, SOME_DAY, SOME_DAY), 1),
    tuples(
        st.builds(
            Protection, st.sampled_from(ProtectionKind), SOME_TEXT, SOME_TEXT, SOME_DAY, SOME_DAY, FLAGS, FLAGS, FLAGS
        ),
        1,
    ),
    tuples(st.builds(Award, TEXT, SOME_TEXT, SOME_DAY), 1),
)
ideas = st.builds(
    ProductIdea,
    IDS,
    TEXT,
    TEXT,
    st.none() | PLACES,
    st.none() | st.just("food"),
    st.none() | SETS,
    TEXT,
    tuples(st.builds(Step, st.sampled_from(IdeaEvent), DAYS, tuples(TEXT), st.none() | STARS)),
)
_papers = st.builds(
    EvidenceItem,
    st.sampled_from(["business-registration", "test-report", "x"]),
    number=SOME_TEXT,
    issued=SOME_DAY,
    expires=SOME_DAY,
    unlimited=st.booleans(),
    issuer=SOME_TEXT,
    medium=st.none() | st.sampled_from(Medium),
    file=SOME_TEXT,
)
dossiers = st.builds(
    Dossier,
    IDS,
    st.sampled_from(DossierKind),
    IDS,
    IDS,
    SETS,
    handed_in=SOME_DAY,
    media=tuples(st.sampled_from(Medium)),
    registration=st.none() | st.builds(RegistrationForm, signed=SOME_DAY, signed_by=SOME_TEXT, description=SOME_TEXT),
    self_assessment=st.none()
    | st.builds(
        SelfAssessment,
        score_sheets("qd26-2026/ornamental-animals"),
        answers=st.dictionaries(st.sampled_from(["1.1", "x"]), TEXT, max_size=1),
        signed=SOME_DAY,
    ),
    commune_report=st.none()
    | st.builds(
        CommuneReport,
        st.dictionaries(st.sampled_from(["local-inputs", "x"]), TEXT, max_size=1),
        signed=SOME_DAY,
        proposal=SOME_TEXT,
        proposed=SOME_DAY,
    ),
    samples=st.none() | st.builds(Samples, st.integers(0, 9), handed_in=SOME_DAY),
    evidence=tuples(_papers, 1),
    previous_certificate=st.none() | IDS,
    recognised_on=SOME_DAY,
    changes=tuples(st.builds(Change, TEXT, on=SOME_DAY), 1),
    updates=st.dictionaries(st.sampled_from(["inputs", "x"]), DAYS, max_size=1),
)
certificates = st.builds(
    Certificate,
    id=IDS,
    product=IDS,
    star=STARS,
    decision=TEXT,
    level=st.sampled_from(Level),
    authority=TEXT,
    issued=DAYS,
    ends=DAYS,
    edition=st.sampled_from(["qd26-2026", "qd26"]),
    how=st.sampled_from(EventKind),
    dossier=st.none() | IDS,
    extended_to=SOME_DAY,
    superseded_on=SOME_DAY,
    recall=st.none()
    | st.builds(
        Recall,
        st.sampled_from(["mark-misused", "x"]),
        DAYS,
        DAYS,
        st.sampled_from(Level),
        authority=TEXT,
        decision=TEXT,
    ),
)
registries = st.builds(
    Registry,
    subjects=tuples(subjects),
    products=tuples(products),
    ideas=tuples(ideas, 1),
    dossiers=tuples(dossiers, 1),
    certificates=tuples(certificates),
    on=SOME_DAY,
)
RECORDS: dict[str, st.SearchStrategy[Any]] = {
    "subject": subjects,
    "product": products,
    "idea": ideas,
    "dossier": dossiers,
    "certificate": certificates,
    "registry": registries,
    "portfolio": st.builds(
        Portfolio,
        on=SOME_DAY,
        subjects=st.none() | tuples(subjects),
        products=st.none() | tuples(products),
        certificates=st.none() | tuples(certificates),
    ),
    "programme": st.sampled_from([each.id for each in programmes()]).map(programme),
}
