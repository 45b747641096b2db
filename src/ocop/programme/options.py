"""By what a target narrows its indicator."""

import attrs
from attrs import field, frozen

from ocop.model.fields import is_a, optional_text
from ocop.model.products import ProtectionKind
from ocop.model.stars import Level, Star
from ocop.model.subjects import LegalForm
from ocop.procedure.certificate import EventKind
from ocop.programme.records import Audience, PointKind, as_tuple, every


@frozen(kw_only=True)
class Options:
    """What a target narrows its indicator by; what is empty or None narrows nothing."""

    star: Star | None = field(default=None, validator=is_a(Star, optional=True))
    """Only recognitions at this star or more; in a share of stars, the star of its upper part."""
    base_star: Star | None = field(default=None, validator=is_a(Star, optional=True))
    """In a share of stars, the star from which a recognition puts a product in the base."""
    events: tuple[EventKind, ...] = field(default=(), converter=as_tuple, validator=every(EventKind))
    """Only recognitions of these kinds."""
    levels: tuple[Level, ...] = field(default=(), converter=as_tuple, validator=every(Level))
    """Only recognitions by these levels."""
    advanced_communes: bool = field(default=False, validator=is_a(bool))
    """Only products of communes that registered for the advanced new-rural standard, or attained it."""
    forms: tuple[LegalForm, ...] = field(default=(), converter=as_tuple, validator=every(LegalForm))
    """Only subjects or organisations of these legal forms."""
    audiences: tuple[Audience, ...] = field(default=(), converter=as_tuple, validator=every(Audience))
    """Only trainings for these, which together are the base."""
    points: tuple[PointKind, ...] = field(default=(), converter=as_tuple, validator=every(PointKind))
    """Only points of these kinds."""
    tourism: bool = field(default=False, validator=is_a(bool))
    """Only points tied to tourism."""
    protections: tuple[ProtectionKind, ...] = field(default=(), converter=as_tuple, validator=every(ProtectionKind))
    """Only protections of these kinds."""
    milestone: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The slug of the milestone."""
    each: int = field(default=1, validator=is_a(int))
    """How many each of the base must have."""

    @property
    def given(self) -> tuple[str, ...]:
        """The names of those that narrow something."""
        return tuple(each.name for each in attrs.fields(Options) if getattr(self, each.name) != each.default)
