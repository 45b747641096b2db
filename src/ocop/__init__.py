"""Vietnam's OCOP programme as typed data, and a scoring engine that explains every star.

>>> import ocop
>>> sheet = ocop.load("docs/examples/tea-capped.json")
>>> score = ocop.score(sheet)
>>> score.total, score.star_by_points, score.star
(77, <Star.FOUR: 4>, <Star.THREE: 3>)

Everything below is loaded when first used, so that ``import ocop`` itself costs next to nothing.
"""

# Not imported from typing, which alone costs more than the rest of this module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from ocop import adapters as adapters
    from ocop import batch as batch
    from ocop import canonical as canonical
    from ocop import convert as convert
    from ocop import criteria as criteria
    from ocop import display as display
    from ocop import documents as documents
    from ocop import errors as errors
    from ocop import model as model
    from ocop import procedure as procedure
    from ocop import programme as programme
    from ocop import scoring as scoring
    from ocop import strict_json as strict_json
    from ocop import testing as testing
    from ocop import text as text
    from ocop.criteria.amend import amend as amend
    from ocop.criteria.catalog import PACKAGED as PACKAGED
    from ocop.criteria.catalog import Catalog as Catalog
    from ocop.criteria.catalog import criteria_set as criteria_set
    from ocop.criteria.catalog import edition as edition
    from ocop.criteria.catalog import edition_in_force as edition_in_force
    from ocop.criteria.catalog import editions as editions
    from ocop.criteria.compare import compare as compare
    from ocop.criteria.edition import Edition as Edition
    from ocop.criteria.lint import lint as lint
    from ocop.criteria.model import CriteriaSet as CriteriaSet
    from ocop.criteria.model import Criterion as Criterion
    from ocop.criteria.model import Option as Option
    from ocop.display import set_display_language as set_display_language
    from ocop.documents.kinds import dumps as dumps
    from ocop.documents.kinds import load as load
    from ocop.documents.kinds import loads as loads
    from ocop.documents.register import register as register
    from ocop.documents.validate import validate as validate
    from ocop.errors import DocumentError as DocumentError
    from ocop.errors import OcopError as OcopError
    from ocop.errors import Problem as Problem
    from ocop.errors import Report as Report
    from ocop.errors import SheetError as SheetError
    from ocop.model.cycle import ProductIdea as ProductIdea
    from ocop.model.products import Product as Product
    from ocop.model.stars import Star as Star
    from ocop.model.subjects import Subject as Subject
    from ocop.procedure.certificate import Certificate as Certificate
    from ocop.procedure.check_dossier import check_dossier as check_dossier
    from ocop.procedure.dossier import Dossier as Dossier
    from ocop.procedure.facts import Facts as Facts
    from ocop.procedure.suggest import suggest_choices as suggest_choices
    from ocop.procedure.transition import rules_for as rules_for
    from ocop.programme.portfolio import Portfolio as Portfolio
    from ocop.programme.programmes import programmes as programmes
    from ocop.scoring.carry_over import carry_over as carry_over
    from ocop.scoring.council import CouncilRecord as CouncilRecord
    from ocop.scoring.council import CouncilRules as CouncilRules
    from ocop.scoring.council import CouncilScore as CouncilScore
    from ocop.scoring.council import score_council as score_council
    from ocop.scoring.engine import score as score
    from ocop.scoring.plan import UpgradePlan as UpgradePlan
    from ocop.scoring.planner import plan_upgrade as plan_upgrade
    from ocop.scoring.ranking import Ranking as Ranking
    from ocop.scoring.ranking import rank as rank
    from ocop.scoring.result import Outcome as Outcome
    from ocop.scoring.result import Score as Score
    from ocop.scoring.sheet import ScoreSheet as ScoreSheet

else:

    def __getattr__(name):
        from importlib import import_module

        if name in _HOMES:
            value = globals()[name] = getattr(import_module(f"ocop.{_HOMES[name]}"), name)
            return value
        if name in _ROOMS:
            return import_module(f"ocop.{name}")
        raise AttributeError(f"module 'ocop' has no attribute {name!r}")


__version__ = "0.1.0"

_HOMES = {
    "amend": "criteria.amend",
    "Catalog": "criteria.catalog",
    "PACKAGED": "criteria.catalog",
    "criteria_set": "criteria.catalog",
    "edition": "criteria.catalog",
    "edition_in_force": "criteria.catalog",
    "editions": "criteria.catalog",
    "compare": "criteria.compare",
    "Edition": "criteria.edition",
    "lint": "criteria.lint",
    "CriteriaSet": "criteria.model",
    "Criterion": "criteria.model",
    "Option": "criteria.model",
    "set_display_language": "display",
    "dumps": "documents.kinds",
    "load": "documents.kinds",
    "loads": "documents.kinds",
    "register": "documents.register",
    "validate": "documents.validate",
    "DocumentError": "errors",
    "OcopError": "errors",
    "Problem": "errors",
    "Report": "errors",
    "SheetError": "errors",
    "ProductIdea": "model.cycle",
    "Product": "model.products",
    "Star": "model.stars",
    "Subject": "model.subjects",
    "Certificate": "procedure.certificate",
    "check_dossier": "procedure.check_dossier",
    "Dossier": "procedure.dossier",
    "Facts": "procedure.facts",
    "suggest_choices": "procedure.suggest",
    "rules_for": "procedure.transition",
    "Portfolio": "programme.portfolio",
    "programmes": "programme.programmes",
    "carry_over": "scoring.carry_over",
    "CouncilRecord": "scoring.council",
    "CouncilRules": "scoring.council",
    "CouncilScore": "scoring.council",
    "score_council": "scoring.council",
    "score": "scoring.engine",
    "UpgradePlan": "scoring.plan",
    "plan_upgrade": "scoring.planner",
    "Ranking": "scoring.ranking",
    "rank": "scoring.ranking",
    "Outcome": "scoring.result",
    "Score": "scoring.result",
    "ScoreSheet": "scoring.sheet",
}
"""Where each public name lives."""

_ROOMS = (
    "adapters",
    "batch",
    "canonical",
    "cli",
    "convert",
    "criteria",
    "display",
    "documents",
    "errors",
    "model",
    "procedure",
    "programme",
    "scoring",
    "strict_json",
    "testing",
    "text",
)
"""Modules and packages that ``ocop.<name>`` loads."""

__all__ = [
    "PACKAGED",
    "Catalog",
    "Certificate",
    "CouncilRecord",
    "CouncilRules",
    "CouncilScore",
    "CriteriaSet",
    "Criterion",
    "DocumentError",
    "Dossier",
    "Edition",
    "Facts",
    "OcopError",
    "Option",
    "Outcome",
    "Portfolio",
    "Problem",
    "Product",
    "ProductIdea",
    "Ranking",
    "Report",
    "Score",
    "ScoreSheet",
    "SheetError",
    "Star",
    "Subject",
    "UpgradePlan",
    "amend",
    "carry_over",
    "check_dossier",
    "compare",
    "criteria_set",
    "dumps",
    "edition",
    "edition_in_force",
    "editions",
    "lint",
    "load",
    "loads",
    "plan_upgrade",
    "programmes",
    "rank",
    "register",
    "rules_for",
    "score",
    "score_council",
    "set_display_language",
    "suggest_choices",
    "validate",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *_ROOMS})
