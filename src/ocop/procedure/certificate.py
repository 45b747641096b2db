"""Certificates: how long they are valid, and where they stand on a day.

`ocop.procedure.recognition` issues, renews and recalls them.
"""

from calendar import monthrange
from datetime import MAXYEAR, date
from enum import Enum
from typing import Final

from attrs import field, frozen

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import DocumentError, Problem, Report
from ocop.model.fields import is_a, optional_text, text
from ocop.model.stars import Level, Star
from ocop.procedure.calendars import add_days
from ocop.procedure.rules import procedure
from ocop.text import Label


class EventKind(Enum):
    """What a decision on a product's recognition does.

    The local programmes count the first three apart from the products: one product may be recognised several times.

    >>> EventKind.RE_RECOGNITION.label.vi
    'công nhận lại'
    """

    NEW = "new"
    UPGRADE = "upgrade"
    RE_RECOGNITION = "re-recognition"
    RECALL = "recall"

    @property
    def label(self) -> Label:
        """Its name."""
        return _EVENTS[self]


_EVENTS: Final = {
    EventKind.NEW: Label("công nhận mới", "new recognition"),
    EventKind.UPGRADE: Label("nâng hạng", "upgrade"),
    EventKind.RE_RECOGNITION: Label("công nhận lại", "re-recognition"),
    EventKind.RECALL: Label("thu hồi", "recall"),
}


class CertificateStatus(Enum):
    """Where a certificate stands on a day. The first four are in force; of the last three, one is the end.

    >>> CertificateStatus.LATE.label.en, CertificateStatus.LATE.in_force
    ('past the window', True)
    """

    VALID = "valid"
    RENEWAL_WINDOW = "renewal-window"
    """The dossier of the re-evaluation may be handed in."""
    LATE = "late"
    """The window is past. Whether a dossier was handed in within it, the certificate does not know."""
    EXTENDED = "extended"
    """Past its end, and running on until the result of the re-evaluation."""
    EXPIRED = "expired"
    RECALLED = "recalled"
    SUPERSEDED = "superseded"
    """Another certificate, of an upgrade or a re-recognition, has taken its place."""

    @property
    def label(self) -> Label:
        """Its name."""
        return _STATUSES[self]

    @property
    def in_force(self) -> bool:
        """Whether the product is recognised by such a certificate."""
        return self not in (CertificateStatus.EXPIRED, CertificateStatus.RECALLED, CertificateStatus.SUPERSEDED)


_STATUSES: Final = {
    CertificateStatus.VALID: Label("còn hiệu lực", "valid"),
    CertificateStatus.RENEWAL_WINDOW: Label("trong thời gian nộp hồ sơ đánh giá lại", "in the renewal window"),
    CertificateStatus.LATE: Label("đã quá thời gian nộp hồ sơ đánh giá lại", "past the window"),
    CertificateStatus.EXTENDED: Label("được kéo dài hiệu lực", "extended"),
    CertificateStatus.EXPIRED: Label("hết hiệu lực", "expired"),
    CertificateStatus.RECALLED: Label("đã thu hồi", "recalled"),
    CertificateStatus.SUPERSEDED: Label("đã thay bằng giấy chứng nhận khác", "superseded"),
}


def add_months(day: date, months: int) -> date:
    """Return the day of the same number `months` months later, or that month's last day where it has no such day.

    Past the last day of the calendar, it is that day.

    References:
        Civil Code 91/2015/QH13, Article 148.

    >>> add_months(date(2026, 8, 5), 36).isoformat(), add_months(date(2028, 2, 29), 36).isoformat()
    ('2029-08-05', '2031-02-28')
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date.max if year > MAXYEAR else date(year, month, min(day.day, monthrange(year, month)[1]))


@frozen
class Window:
    """The days on which the dossier of a re-evaluation is handed in; the first and the last are among them."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Return whether `day` is one of them."""
        return self.first <= day <= self.last


@frozen
class Recall:
    """The recall of a recognition."""

    cause: str = field(converter=text, validator=is_a(str))
    """The slug of one of the edition's causes."""
    on: date = field(validator=is_a(date))
    """The day of the decision; from that day on, the certificate is recalled."""
    concluded: date = field(validator=is_a(date))
    """The day on which an authority concluded that there is cause."""
    level: Level = field(validator=is_a(Level))
    authority: str = field(converter=text, validator=is_a(str))
    """Who recalled, by name."""
    decision: str = field(converter=text, validator=is_a(str))
    """The decision's number and sign."""


@frozen(kw_only=True)
class Certificate:
    """The certificate of a product's star.

    A certificate may hold what is wrong by the law: `check_certificate` tells. One from before the edition in force
    keeps its `ends`; what comes after, its window and its recall, goes by `edition`.

    References:
        Decision 26/2026/QĐ-TTg, Articles 4, 7, 8 and 12.

    >>> from ocop.procedure.recognition import issue
    >>> certificate = issue("c1", product="tea", star=Star.THREE, on=date(2026, 8, 5), decision="12/QĐ-UBND",
    ...                     level=Level.PROVINCE, authority="UBND tỉnh Lâm Đồng")
    >>> certificate.ends.isoformat(), certificate.status(on=date(2026, 9, 1)).value
    ('2029-08-05', 'valid')
    """

    id: str = field(converter=text, validator=is_a(str))
    product: str = field(converter=text, validator=is_a(str))
    """The product's id."""
    star: Star = field(validator=is_a(Star))
    decision: str = field(converter=text, validator=is_a(str))
    """The number and sign of the decision that recognised the product."""
    level: Level = field(validator=is_a(Level))
    authority: str = field(converter=text, validator=is_a(str))
    """Who issued it, by name."""
    issued: date = field(validator=is_a(date))
    ends: date = field(validator=is_a(date))
    """The last day of its own term."""
    edition: str = field(converter=text, validator=is_a(str))
    """The id of the edition by whose rules it is renewed, extended and recalled."""
    how: EventKind = field(default=EventKind.NEW, validator=is_a(EventKind))
    """How the product came to it."""
    dossier: str | None = field(default=None, converter=optional_text, validator=is_a(str, optional=True))
    """The id of the dossier that it was issued on."""
    extended_to: date | None = field(default=None, validator=is_a(date, optional=True))
    """The last day of its extension; None where it has none."""
    superseded_on: date | None = field(default=None, validator=is_a(date, optional=True))
    """The day on which another certificate took its place."""
    recall: Recall | None = field(default=None, validator=is_a(Recall, optional=True))

    @property
    def last_day(self) -> date:
        """The last day on which it is in force, unless it is recalled or superseded."""
        return self.ends if self.extended_to is None else self.extended_to

    def in_force(self, on: date) -> bool:
        """Return whether it is in force on the day `on`; before its issue it is not. No edition is needed to tell."""
        return self.issued <= on and self._end(on) is None

    def renewal_window(self, *, catalog: Catalog = PACKAGED) -> Window:
        """Return when the dossier of the re-evaluation is handed in.

        Raises:
            UnknownIdError: where its edition is not known.

        References:
            Decision 26/2026/QĐ-TTg, Article 7.
        """
        terms = procedure(self.edition, catalog=catalog).certificate.window
        return Window(add_days(self.ends, -terms.opens), add_days(self.ends, -terms.closes))

    def status(self, on: date, *, catalog: Catalog = PACKAGED) -> CertificateStatus:
        """Return where it stands on the day `on`. It never goes back to an earlier status.

        It is in force through the last day of its term or extension; it is recalled, or superseded, from the day of
        that decision on. Of several ends, the first counts.

        Raises:
            DocumentError: for a day before its issue (``certificate-not-issued-yet``).
            UnknownIdError: where its edition is not known.
        """
        if on < self.issued:
            problem = Problem.of("certificate-not-issued-yet", day=on, expected=f"≥ {self.issued}")
            raise DocumentError(Report([problem]))
        end = self._end(on)
        if end is not None:
            return end
        if on > self.ends:
            return CertificateStatus.EXTENDED
        window = self.renewal_window(catalog=catalog)
        if on > window.last:
            return CertificateStatus.LATE
        return CertificateStatus.RENEWAL_WINDOW if on >= window.first else CertificateStatus.VALID

    def _end(self, on: date) -> CertificateStatus | None:
        """Return what has ended it by the day `on`, if anything."""
        ends = [] if self.recall is None else [(self.recall.on, CertificateStatus.RECALLED)]
        if self.superseded_on is not None:
            ends.append((self.superseded_on, CertificateStatus.SUPERSEDED))
        ends = [each for each in ends if each[0] <= min(on, self.last_day)]
        if ends:
            return min(ends, key=lambda each: each[0])[1]
        return CertificateStatus.EXPIRED if on > self.last_day else None
