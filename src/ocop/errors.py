"""What can be wrong, and how it is told: the exceptions, and the report of all problems at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve, field, frozen

from ocop.canonical import plain
from ocop.display import Shown
from ocop.messages import PHRASES, message
from ocop.text import Label, Language, lines_text, nfc, one_line

SHOWN_PER_CODE = 50
"""How many problems of one kind a report prints before it only counts the rest."""


MAX_STEP = 200
"""How many characters of a key stand in a pointer: a key may be as long as the document, and so may the list in it."""


def pointer(*steps: str | int) -> str:
    """Return the JSON Pointer (RFC 6901) made of `steps`; of one over 200 characters, only its beginning.

    >>> pointer("choices", "1.1"), pointer("a/b", 0), pointer()
    ('/choices/1.1', '/a~1b/0', '')
    """
    texts = [text if len(text := str(step)) <= MAX_STEP else text[:MAX_STEP] + "…" for step in steps]
    return "".join("/" + text.replace("~", "~0").replace("/", "~1") for text in texts)


@frozen
class Problem:
    """One thing wrong with a document: what, where, what was expected, what came.

    >>> problem = Problem.of("option-unknown", "/choices/7", criterion="7", expected="a, b", got='"B"', hint="b")
    >>> print(problem.text("en"))
    /choices/7: Criterion 7 has no such option. Expected: a, b. Got: "B". Did you mean b? [option-unknown]
    """

    code: str
    """A stable name of the kind of problem, such as ``"option-unknown"``; all are listed in the docs."""
    pointer: str
    """Where: a JSON Pointer into the document; ``""`` is the whole."""
    message: Label
    """What is wrong."""
    expected: str | None = None
    """What would have been right."""
    got: str | None = None
    """What came instead, shortened."""
    hint: str | None = None
    """The nearest right value, where there is one."""
    note: bool = False
    """Whether it only says what could not be checked: a report whose problems are all notes is still `ok`."""

    @classmethod
    def of(
        cls,
        code: str,
        pointer: str = "",
        /,
        *,
        expected: str | None = None,
        got: str | None = None,
        hint: str | None = None,
        note: bool = False,
        **values: object,
    ) -> "Problem":
        """Make a problem whose message is the catalogue's sentence for `code`, filled in with `values`.

        Raises:
            KeyError: for a code that the catalogue lacks, or a value that its sentence needs.

        >>> Problem.of("json-empty").message.en
        'The input is empty'
        """
        return cls(code, pointer, message(code, **values), expected, got, hint, note)

    def below(self, prefix: str) -> "Problem":
        """Return the problem as one of a larger document, in which this one's stands at the pointer `prefix`."""
        return evolve(self, pointer=prefix + self.pointer)

    def text(self, lang: Language = "vi") -> str:
        """Return the problem as one line."""
        parts = [self.message.get(lang) + "."]
        for name in ("expected", "got", "hint"):
            value = getattr(self, name)
            if value is not None:
                parts.append(PHRASES[name].get(lang).format(value))
        where = self.pointer + ": " if self.pointer else ""
        return one_line(f"{where}{' '.join(parts)} [{self.code}]")


def _problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problems)


@frozen
class Report(Shown):
    """Every problem found in one document, in the document's order; an empty one means that all is well.

    >>> report = Report([Problem.of("json-empty")], subject="sheet.json")
    >>> report.ok, report.codes
    (False, ('json-empty',))
    >>> print(report.text("en"))
    sheet.json: 1 problem
      The input is empty. [json-empty]
    """

    problems: tuple[Problem, ...] = field(default=(), converter=_problems)
    """The problems and the notes among them, in the order of the document."""
    subject: str | None = None
    """What was checked: a file's name, say."""
    lang: Language = "vi"
    """The language in which it prints itself when none is named."""

    @property
    def ok(self) -> bool:
        """Whether there is no problem, apart from notes."""
        return all(problem.note for problem in self.problems)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """Those of the problems that are notes: what could not be checked, which is no fault of the data."""
        return tuple(problem for problem in self.problems if problem.note)

    @property
    def codes(self) -> tuple[str, ...]:
        """The code of each problem, notes included."""
        return tuple(problem.code for problem in self.problems)

    def __add__(self, other: "Report") -> "Report":
        """Return the problems of both, under this report's subject."""
        return Report(self.problems + other.problems, self.subject or other.subject, self.lang)

    def __str__(self) -> str:
        return self.text()

    def text(self, lang: Language | None = None) -> str:
        """Return the report as lines of text.

        Of a kind of problem that comes more than 50 times, the first 50 are printed and the rest counted;
        `problems` always has them all.
        """
        lang = lang or self.lang
        lines = [self._headline(lang)]
        shown: dict[str, int] = {}
        for problem in self.problems:
            shown[problem.code] = shown.get(problem.code, 0) + 1
            if shown[problem.code] <= SHOWN_PER_CODE:
                lines.append("  " + problem.text(lang))
        for code, count in shown.items():
            if count > SHOWN_PER_CODE:
                more = PHRASES["more"].get(lang).format(count - SHOWN_PER_CODE)
                lines.append(f"  … {more} [{code}]")
        return lines_text(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON-like values, without what is empty.

        >>> Report([Problem.of("json-empty")]).to_dict()["problems"][0]["code"]
        'json-empty'
        """
        return plain(self)

    def _headline(self, lang: Language) -> str:
        notes = len(self.notes)
        count = len(self.problems) - notes
        name = {0: "no-problem", 1: "one-problem"}.get(count, "problems")
        headline = PHRASES[name].get(lang).format(count)
        if notes:
            headline += ", " + PHRASES["one-note" if notes == 1 else "notes"].get(lang).format(notes)
        return f"{self.subject}: {headline}" if self.subject else headline


class OcopError(Exception):
    """The root of every error that this library raises on purpose."""


class DocumentError(OcopError, ValueError):
    """A document, sheet or set was refused; `report` holds every problem."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        return self.report.text("en")


class SheetError(DocumentError):
    """A score sheet does not fit its criteria set; `report` holds every problem."""


class ConversionError(OcopError, ValueError):
    """A value does not have the form that a class asks for."""


class UnknownIdError(OcopError, LookupError):
    """An id names nothing; `hint` is the nearest id that does."""

    def __init__(self, what: str, wanted: str, hint: str | None = None, known: tuple[str, ...] = ()) -> None:
        super().__init__(what, wanted, hint, known)
        self.what = what
        self.wanted = wanted
        self.hint = hint
        self.known = known

    def __str__(self) -> str:
        text = f"there is no {self.what} {self.wanted!r}"
        if self.hint:
            return f"{text}; did you mean {self.hint!r}?"
        return f"{text}; known: {', '.join(self.known)}" if self.known else text


class NoEditionError(OcopError, LookupError):
    """No edition was in force on the day asked for; the message names the neighbours."""


class ImpossibleStepError(OcopError, ValueError):
    """A step of a procedure cannot be taken from where it stands; `allowed` are those that can.

    >>> print(ImpossibleStepError("registered", "promote", ("pass", "return")))
    'promote' is impossible in the state 'registered'; allowed: pass, return
    """

    def __init__(self, state: str, event: str, allowed: tuple[str, ...] = (), why: str | None = None) -> None:
        super().__init__(state, event, allowed, why)
        self.state = state
        self.event = event
        self.allowed = allowed
        self.why = why

    def __str__(self) -> str:
        text = f"{self.event!r} is impossible in the state {self.state!r}"
        if self.why:
            text = f"{text}: {self.why}"
        return f"{text}; allowed: {', '.join(self.allowed) or 'nothing'}"


class MissingExtraError(OcopError, ImportError):
    """An optional part of the library was asked for and is not installed."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"this needs the extra {extra!r}: pip install 'ocop[{extra}]'")
        self.extra = extra

    def __reduce__(self) -> tuple[type["MissingExtraError"], tuple[str]]:
        return type(self), (self.extra,)


def nearest(wanted: object, known: Iterable[str]) -> str | None:
    """Return the one of `known` that `wanted` was probably meant to be, or None.

    >>> nearest("qd26-2026/tee", ["qd26-2026/tea", "qd26-2026/flowers"])
    'qd26-2026/tea'
    >>> nearest("xyz", ["tea"]) is None
    True
    """
    import difflib

    if not isinstance(wanted, str):
        return None
    name = nfc(wanted).strip().casefold()
    candidates = {candidate.casefold(): candidate for candidate in known}
    if name in candidates:
        return candidates[name]
    found = difflib.get_close_matches(name[:200], candidates, n=1, cutoff=0.6)
    return candidates[found[0]] if found else None


def glimpse(value: Any) -> str:
    """Return `value` as `shortened` does, but of a list or an object only that it is one: what is in it may be private.

    >>> glimpse("c"), glimpse(["An", "female"]), glimpse({}), glimpse({"tax_id": "1"})
    ('"c"', '[…]', '{}', '{…}')
    """
    if isinstance(value, Mapping) and value:
        return "{…}"
    return "[…]" if isinstance(value, (list, tuple)) and value else shortened(value)


def shortened(value: Any, width: int = 60) -> str:
    """Return `value` as JSON would print it, cut to `width` characters.

    >>> shortened(True), shortened("c "), shortened("x" * 100, 8)
    ('true', '"c "', '"xxxxxx…')
    """
    import json

    try:
        text = json.dumps(value, ensure_ascii=False, default=repr)
    except (TypeError, ValueError, RecursionError):
        text = object.__repr__(value)
    return text if len(text) <= width else text[: width - 1] + "…"
