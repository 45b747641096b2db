"""A small web service around `ocop`, to copy and to change: score sheets in, scores or problems out.

It keeps nothing and asks no clock: the same request gets the same answer. Who may use it, HTTPS and the log are up to
the application around it. To try it: ``flask --app docs/examples/web_service.py run``.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, UnsupportedMediaType

import ocop
from ocop.adapters.html import html_of
from ocop.documents.kinds import KINDS, to_document
from ocop.documents.validate import schema
from ocop.errors import UnknownIdError, shortened
from ocop.text import Label, Language

MAX_BYTES: Final = 200_000  # a record of 30 members has about 25,000; `ocop` itself reads 10,000,000, but not quickly
MAX_ERRORS: Final = 100  # more are counted, and not told: a bad document must not make a huge answer
POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SAID: Final[Mapping[int, tuple[str, Label]]] = {
    400: ("Bad Request", Label("Không đọc được yêu cầu.", "The request cannot be read.")),
    404: ("Not Found", Label("Không có gì ở địa chỉ này.", "There is nothing at this address.")),
    405: ("Method Not Allowed", Label("Địa chỉ này không nhận phương thức đó.", "This address has no such method.")),
    413: ("Content Too Large", Label(f"Nhiều nhất là {MAX_BYTES} byte.", f"At most {MAX_BYTES} bytes are taken.")),
    415: ("Unsupported Media Type", Label("Chỉ nhận application/json.", "Only application/json is taken.")),
    422: ("Unprocessable Content", Label("Tài liệu có lỗi; xem errors.", "The document has problems; see errors.")),
    500: ("Internal Server Error", Label("Dịch vụ gặp lỗi.", "The service failed.")),
}
pages = Blueprint("ocop", __name__)


def create_app(catalog: ocop.Catalog = ocop.PACKAGED) -> Flask:
    """Return the service for the editions of a catalog."""
    app = Flask(__name__, static_folder=None)
    # All sets are read now, so that no request waits for one.
    app.config.update(CATALOG=catalog, SETS=tuple(catalog.sets()))
    # A body of unknown length is cut here without a word; one byte more tells.
    app.config["MAX_CONTENT_LENGTH"] = MAX_BYTES + 1
    app.url_map.merge_slashes = False  # "//sets" is another address, not a redirection
    app.register_blueprint(pages)
    # Flask logs what nobody expected, and makes it a 500.
    app.register_error_handler(HTTPException, failed)
    app.after_request(finished)
    return app


def result_of(data: bytes, catalog: ocop.Catalog) -> ocop.Score | ocop.CouncilScore:
    """Return the score that a document asks for: a sheet's, a council's, or the score itself.

    Raises:
        DocumentError: for a document with problems; its report holds every one.
    """
    report = ocop.validate(data, catalog=catalog)
    if not report.ok:
        raise ocop.DocumentError(report)
    found = ocop.loads(data, catalog=catalog)
    if isinstance(found, ocop.ScoreSheet):
        return ocop.score(found, catalog=catalog)
    if isinstance(found, ocop.CouncilRecord):
        return ocop.score_council(found, catalog=catalog)
    if isinstance(found, ocop.Score):
        return found
    kinds, got = "score-sheet, council-record, score", to_document(found)["kind"]
    problem = ocop.Problem.of("kind-not-scored", "/kind", expected=kinds, got=got)
    raise ocop.DocumentError(ocop.Report([problem]))


@pages.post("/scores")
def make_score() -> Response:
    """Score what is posted: JSON for programs, a card for people."""
    if not request.is_json:
        raise UnsupportedMediaType
    data = request.get_data()
    if len(data) > MAX_BYTES:
        raise RequestEntityTooLarge
    try:
        result = result_of(data, current_app.config["CATALOG"])
    except ocop.DocumentError as error:
        no_json = any(code.startswith("json-") for code in error.report.codes)
        return problem_details(400 if no_json else 422, error.report)
    html = request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html"
    if html:
        response = card_of(result)
    elif isinstance(result, ocop.Score):
        response = answer(to_document(result))
    else:
        response = answer(result.to_json())
    # A card may use other words one day; what it says stays.
    response.set_etag(result.digest, weak=html)
    return response


@pages.get("/sets")
def list_sets() -> Response:
    """List the criteria sets."""
    sets: tuple[ocop.CriteriaSet, ...] = current_app.config["SETS"]
    rows = [{"id": each.id, "vi": each.label.vi, "en": each.label.en, "digest": each.digest} for each in sets]
    return answer({"sets": rows})


@pages.get("/sets/<edition>/<name>")
def show_set(edition: str, name: str) -> Response:
    """Return the document of a criteria set."""
    return answer(to_document(current_app.config["CATALOG"].criteria_set(f"{edition}/{name}")))


@pages.get("/sets/<edition>/<name>/blank")
def blank_sheet(edition: str, name: str) -> Response:
    """Return a blank score sheet of a set."""
    return answer(to_document(ocop.ScoreSheet.blank(f"{edition}/{name}", catalog=current_app.config["CATALOG"])))


@pages.get("/schemas")
def list_kinds() -> Response:
    """List the kinds of documents."""
    return answer({"kinds": list(KINDS)})


@pages.get("/schemas/<kind>")
def show_schema(kind: str) -> Response:
    """Return the JSON Schema of a kind of document."""
    return answer(schema(kind), mimetype="application/schema+json")


@pages.errorhandler(UnknownIdError)
def unknown(error: UnknownIdError) -> Response:
    """Tell that there is no such set or kind, and which one was probably meant."""
    code = "set-unknown" if error.what == "criteria set" else "kind-unknown"
    problem = ocop.Problem.of(code, got=shortened(error.wanted), hint=error.hint)
    return problem_details(404, ocop.Report([problem]))


def failed(error: HTTPException) -> Response:
    """Tell any other failure, with the headers that belong to it, such as Allow, and nothing of its inside."""
    response = problem_details(error.code or 500)
    response.headers.extend([pair for pair in error.get_headers() if pair[0] != "Content-Type"])
    return response


def problem_details(status: int, report: ocop.Report | None = None) -> Response:
    """Return a failure as problem details (RFC 9457), with what a report tells."""
    lang = language()
    title, sentence = SAID.get(status, SAID[500])
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    body["detail"] = sentence.get(lang)
    if report is not None:
        body["type"] = "urn:ocop:problem:report"
        body["count"] = len(report.problems)
        body["errors"] = [error_of(each, lang) for each in report.problems[:MAX_ERRORS]]
    response = answer(body, status, "application/problem+json")
    response.headers["Content-Language"] = lang
    return response


def error_of(problem: ocop.Problem, lang: Language) -> dict[str, str]:
    """Return a problem as one of `errors`."""
    more = {"expected": problem.expected, "got": problem.got, "hint": problem.hint}
    told = {name: text for name, text in more.items() if text is not None}
    return {"code": problem.code, "pointer": problem.pointer, "detail": problem.message.get(lang), **told}


def card_of(result: ocop.Score | ocop.CouncilScore) -> Response:
    """Return a result as a page. The browser may use its style, known by its hash, and nothing else at all."""
    lang = language()
    card = html_of(result, lang)
    style = card.partition("<style>")[2].partition("</style>")[0]
    seal = b64encode(sha256(style.encode()).digest()).decode()
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>OCOP</title>'
    response = Response(f'<!doctype html>\n<html lang="{lang}">{head}{card}</html>\n', mimetype="text/html")
    response.headers["Content-Language"] = lang
    response.headers["Content-Security-Policy"] = f"{POLICY}; style-src 'sha256-{seal}'"
    return response


def answer(document: Mapping[str, Any], status: int = 200, mimetype: str = "application/json") -> Response:
    """Return a document as JSON."""
    return Response(json.dumps(document, ensure_ascii=False, indent=2) + "\n", status, mimetype=mimetype)


def language() -> Language:
    """Return the language that the client asks for: Vietnamese unless it likes English better."""
    return "en" if request.accept_languages.best_match(("vi", "en")) == "en" else "vi"


def finished(response: Response) -> Response:
    """Add what every answer carries; a client that has a document already gets 304."""
    response.vary.update(("Accept", "Accept-Language"))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Content-Security-Policy", POLICY)
    if request.method in ("GET", "HEAD") and response.status_code == 200:
        response.add_etag()
        response.make_conditional(request)
    return response
