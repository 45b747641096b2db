"""The score sheet: what an evaluator chose in each criterion, and what else was found."""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Final

from attrs import evolve, field, frozen

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import Choice, CriteriaSet
from ocop.display import Shown
from ocop.errors import ConversionError, shortened
from ocop.model.fields import is_a
from ocop.model.products import ProductCode
from ocop.text import FrozenDict, nfc


class Purpose(Enum):
    """What a sheet was filled in for."""

    EVALUATION = "evaluation"
    """To evaluate a product."""
    PRACTICE = "practice"
    """To learn: a trial scoring, outside any council. Councils and rankings take no such sheet unless asked to."""


UNFILLED = ""
"""The choice in a criterion that nobody has filled in yet. It is not None: None says that no option is met."""


_HALF: Final = re.compile("[\ud800-\udfff]")


def _text(value: str) -> str:
    if not isinstance(value, str):
        raise ConversionError(f"expected text; got {shortened(value)}")
    if _HALF.search(value):  # no file can hold it, and no digest
        raise ConversionError(f"expected whole characters; got half of one (a lone surrogate) in {shortened(value)}")
    return nfc(value)


def _purpose(purpose: Purpose | str) -> Purpose:
    known = [each for each in Purpose if purpose in (each, each.value)]
    if not known:
        raise ConversionError(f"expected {' or '.join(each.value for each in Purpose)}; got {shortened(purpose)}")
    return known[0]


def _choices(choices: Mapping[str, Any]) -> FrozenDict[str, Choice]:
    if isinstance(choices, FrozenDict):
        return choices
    if not isinstance(choices, Mapping):
        raise ConversionError(f"expected a mapping of criterion to letter; got {shortened(choices)}")
    return FrozenDict({_frozen(code): _frozen(choice) for code, choice in choices.items()})


def _frozen(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value)
    return tuple(value) if isinstance(value, list) else value


def _findings(findings: Iterable[str]) -> tuple[str, ...]:
    if isinstance(findings, str) or not isinstance(findings, Iterable):
        raise ConversionError(f"expected a list of findings; got {shortened(findings)}")
    return tuple(_frozen(finding) for finding in findings)


@frozen
class ScoreSheet(Shown):
    """One evaluator's answers for one product by one criteria set.

    A sheet may be incomplete or wrong; `ocop.score` refuses such a one with every problem at once.

    References:
        Decision 26/2026/QĐ-TTg, Annex II; form 02 of Annex III.

    >>> sheet = ScoreSheet("qd26-2026/tea", {"1.1": "c", "1.2": None}, product="Green tea")
    >>> sheet.choices["1.1"]
    'c'
    """

    criteria_set: str = field(converter=_text)
    """The id of the criteria set, such as ``"qd26-2026/tea"``."""
    product: str = field(default="", converter=_text, kw_only=True)
    """The product's name."""
    product_code: ProductCode | None = field(default=None, validator=is_a(ProductCode, optional=True), kw_only=True)
    """The product's code, once it has one."""
    evaluator: str = field(default="", converter=_text, kw_only=True)
    """Who scored."""
    purpose: Purpose = field(default=Purpose.EVALUATION, converter=_purpose, kw_only=True)
    """Whether it is a practice sheet; every output says so."""
    choices: FrozenDict[str, Choice] = field(converter=_choices, repr=False)
    """By a criterion's code the letter of the option chosen, or None where no option is met; where ticks add up, the
    letters of all that are ticked. Several letters elsewhere are kept only to be reported."""
    findings: tuple[str, ...] = field(default=(), converter=_findings)
    """The causes, known to the set's rules, that the evaluator established: ``"forged-dossier"``, say."""

    @classmethod
    def blank(
        cls,
        criteria_set: str | CriteriaSet,
        product: str = "",
        evaluator: str = "",
        *,
        catalog: Catalog = PACKAGED,
    ) -> "ScoreSheet":
        """Return a sheet with every criterion of the set, each still to be filled in.

        A criterion left so is an error when the sheet is scored, never a silent 0.

        Args:
            criteria_set: the set, or its id.
            product: the product's name.
            evaluator: who scores.
            catalog: where an id is looked up.

        Raises:
            UnknownIdError: where there is no such set.

        >>> sheet = ScoreSheet.blank("qd26-2026/tea")
        >>> len(sheet.choices), sheet.choices["1.1"]
        (32, '')
        """
        found = catalog.criteria_set(criteria_set) if isinstance(criteria_set, str) else criteria_set
        choices = dict.fromkeys((criterion.code for criterion in found.criteria), UNFILLED)
        return cls(found.id, choices, product=product, evaluator=evaluator)

    def with_choices(self, choices: Mapping[str, Choice]) -> "ScoreSheet":
        """Return the sheet with some choices replaced or added.

        >>> ScoreSheet.blank("qd26-2026/tea").with_choices({"1.1": "c"}).choices["1.1"]
        'c'
        """
        return evolve(self, choices=FrozenDict({**self.choices, **_choices(choices)}))
