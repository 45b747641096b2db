"""The example of a web service: each route, each failure, and whatever else may be posted."""

import json
from base64 import b64encode
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import ocop
from ocop.documents.kinds import KINDS, to_document
from ocop.documents.validate import schema
from ocop.testing import Fault, faulty_sheets, score_sheets

pytest.importorskip("flask", reason="Flask is not installed")

EXAMPLES = Path("docs/examples")
JSON = "application/json"
PROBLEM = "application/problem+json"
TEA = "qd26-2026/tea"
SHEET = json.loads((EXAMPLES / "tea-capped.json").read_text("utf-8"))
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"enum": ["about:blank", "urn:ocop:problem:report"]},
        "title": {"type": "string", "minLength": 1},
        "status": {"type": "integer"},
        "detail": {"type": "string", "minLength": 1},
        "count": {"type": "integer", "minimum": 1},
        "errors": {
            "type": "array",
            "minItems": 1,
            "maxItems": 100,
            "items": {
                "type": "object",
                "required": ["code", "pointer", "detail"],
                "properties": {
                    name: {"type": "string"} for name in ("code", "pointer", "detail", "expected", "got", "hint")
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def loaded() -> Any:
    spec = spec_from_file_location("web_service", EXAMPLES / "web_service.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SERVICE = loaded()
CLIENT = SERVICE.create_app().test_client()


def post(document: Any, client: Any = CLIENT, **headers: str) -> Any:
    """Post a document, given as JSON-like values or as it is."""
    data = document if isinstance(document, (bytes, str)) else json.dumps(document)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/scores", data=data, headers={"Content-Type": JSON, **named})


def problem(answer: Any, status: int, lang: str = "vi") -> Any:
    """Return the problem details of an answer, which it must be in every respect."""
    body = json.loads(answer.data)
    assert (answer.status_code, body["status"]) == (status, status)
    assert (answer.content_type, answer.headers["Content-Language"]) == (PROBLEM, lang)
    Draft202012Validator(PROBLEM_SCHEMA).validate(body)
    assert body["title"] == SERVICE.SAID[status][0]
    assert body["detail"] == SERVICE.SAID[status][1].get(lang)
    assert (body["type"] == "about:blank") == ("errors" not in body) == ("count" not in body)
    carried(answer)
    return body


def carried(answer: Any) -> None:
    """Check what every answer carries."""
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Vary"] == "Accept, Accept-Language"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; base-uri 'none'; form-action")


@pytest.mark.parametrize("name", ["tea", "tea-capped", "fresh-produce", "community-tourism", "bottled-water-stopped"])
def test_a_sheet_is_scored(name: str) -> None:
    text = (EXAMPLES / f"{name}.json").read_text("utf-8")
    score = ocop.score(ocop.loads(text))
    answer = post(text.encode())
    assert (answer.status_code, answer.content_type) == (200, JSON)
    assert json.loads(answer.data) == to_document(score)
    assert ocop.loads(answer.data) == score
    assert answer.headers["ETag"] == f'"{score.digest}"'
    carried(answer)


def test_a_score_is_scored_again() -> None:
    answer = post(SHEET)
    assert post(answer.data).data == answer.data
    forged = json.loads(answer.data) | {"star": 5}
    assert [(each["code"], each["pointer"]) for each in problem(post(forged), 422)["errors"]] == [
        ("score-differs", "/star")
    ]


def test_a_council_is_scored() -> None:
    text = (EXAMPLES / "tea-council.json").read_bytes()
    council = ocop.score_council(ocop.loads(text))
    answer = post(text)
    assert answer.status_code == 200
    assert json.loads(answer.data) == council.to_json()
    assert answer.headers["ETag"] == f'"{council.digest}"'
    card = post(text, Accept="text/html")
    assert "Kết quả của Hội đồng" in card.text


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "application/vnd.ocop+json"])
def test_json_by_another_name_is_taken(content_type: str) -> None:
    assert post(SHEET, Content_Type=content_type).data == post(SHEET).data


def test_a_browser_gets_a_card() -> None:
    answer = post(SHEET, Accept="text/html,application/xhtml+xml,*/*;q=0.8", Accept_Language="en-GB,en;q=0.9")
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.text.startswith('<!doctype html>\n<html lang="en"><meta charset="utf-8">')
    assert "What keeps it from 4 stars" in answer.text
    style = answer.text.partition("<style>")[2].partition("</style>")[0]
    seal = b64encode(sha256(style.encode()).digest()).decode()
    assert len(style) > 1000
    assert answer.headers["Content-Security-Policy"] == (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-{seal}'"
    )
    assert answer.headers["Content-Language"] == "en"
    assert answer.headers["ETag"] == "W/" + post(SHEET).headers["ETag"]
    assert answer.text.count("<style") == 1
    assert " style=" not in answer.text
    carried(answer)


@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "application/json, text/html;q=0.5", "image/png", "?;=,"]
)
def test_a_program_gets_json(accept: str) -> None:
    assert post(SHEET, Accept=accept).data == post(SHEET).data


@pytest.mark.parametrize(
    ("wanted", "lang"),
    [("", "vi"), ("vi", "vi"), ("fr", "vi"), ("*", "vi"), ("en", "en"), ("en-US,en;q=0.9,vi;q=0.8", "en"),
     ("vi,en;q=0.9", "vi"), ("en;q=0", "vi"), (";;q=,", "vi")],
)  # fmt: skip
def test_the_client_chooses_the_language(wanted: str, lang: str) -> None:
    sentence = {"vi": "Không có gì ở địa chỉ này.", "en": "There is nothing at this address."}
    answer = CLIENT.get("/none", headers={"Accept-Language": wanted})
    assert problem(answer, 404, lang)["detail"] == sentence[lang]
    card = post(SHEET, Accept="text/html", Accept_Language=wanted)
    assert card.headers["Content-Language"] == lang
    assert f'<html lang="{lang}">' in card.text


def test_problems_are_told_in_the_language_asked_for() -> None:
    wrong = {**SHEET, "choices": {**SHEET["choices"], "1.1": "C", "3.4": ""}}
    body = problem(post(wrong, Accept_Language="en"), 422, "en")
    assert body["errors"] == [
        {
            "code": "option-unknown",
            "pointer": "/choices/1.1",
            "detail": "Criterion 1.1 has no such option",
            "expected": "a, b, c, null",
            "got": '"C"',
            "hint": "c",
        },
        {
            "code": "choice-empty",
            "pointer": "/choices/3.4",
            "detail": "Criterion 3.4 is not filled in yet; write null if no option is met",
            "expected": "a, b, null",
            "got": '""',
        },
    ]
    vietnamese = problem(post(wrong), 422)
    assert [each["detail"] for each in vietnamese["errors"]] != [each["detail"] for each in body["errors"]]
    assert [each["code"] for each in vietnamese["errors"]] == [each["code"] for each in body["errors"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "json-empty"),
        (b"{", "json-syntax"),
        (b"\xff\xfe{\x00}\x00", "json-utf16"),
        (b'{"a": "\xe9"}', "json-not-utf8"),
        (b'{"kind": "score-sheet", "kind": "score"}', "json-duplicate-key"),
        (b"[" * 50_000 + b"]" * 50_000, "json-too-deep"),
        (b'{"a": NaN}', "json-not-a-number"),
        (b'["\\ud800"]', "json-surrogate"),
        (b"[1e999]", "json-number-range"),
    ],
)
def test_what_is_no_json_is_400(data: bytes, code: str) -> None:
    assert [each["code"] for each in problem(post(data), 400)["errors"]] == [code]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ([], "document-not-object"),
        ("{}", "document-not-object"),
        (None, "document-not-object"),
        ({}, "kind-missing"),
        ({**SHEET, "kind": "score-shet"}, "kind-unknown"),
        ({**SHEET, "version": 2}, "value-not-allowed"),
        ({**SHEET, "criteria_set": "../../etc/passwd"}, "set-unknown"),
        ({**SHEET, "criteria_set": "lam-dong-tea/tea"}, "set-unknown"),
        ({"kind": "report", "version": 1, "problems": []}, "kind-not-scored"),
        (to_document(ocop.criteria_set(TEA)), "kind-not-scored"),
    ],
)
def test_a_document_with_problems_is_422(document: Any, code: str) -> None:
    assert code in [each["code"] for each in problem(post(json.dumps(document)), 422)["errors"]]


def test_a_set_that_is_not_complete_is_422() -> None:
    [the_set, *_] = [each for each in ocop.PACKAGED.sets() if not each.complete]
    choices = {criterion.code: None for criterion in the_set.criteria}
    body = problem(post(to_document(ocop.ScoreSheet(the_set.id, choices))), 422)
    assert [each["code"] for each in body["errors"]] == ["set-incomplete"]


def test_a_bad_document_makes_no_huge_answer() -> None:
    wrong = {**SHEET, "choices": {f"x{i}": "a" for i in range(5000)}}
    answer = post(wrong)
    body = problem(answer, 422)
    assert body["count"] == 5000 + 32
    assert len(body["errors"]) == 100
    assert len(answer.data) < 50_000


def test_only_json_is_taken() -> None:
    for content_type in (
        "",
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "/",
    ):
        assert problem(post(SHEET, Content_Type=content_type), 415)["title"] == "Unsupported Media Type"


def test_too_large_a_body_is_refused() -> None:
    fits = json.dumps(SHEET).encode().ljust(SERVICE.MAX_BYTES)
    assert post(fits).status_code == 200
    assert "200000" in problem(post(fits + b" "), 413)["detail"]


def test_too_large_a_body_of_unknown_length_is_refused() -> None:
    """A body may come in pieces, without a Content-Length."""
    from io import BytesIO

    def sent(data: bytes) -> Any:
        environ = {"wsgi.input": BytesIO(data), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
        return CLIENT.post("/scores", content_type=JSON, environ_overrides=environ)

    fits = json.dumps(SHEET).encode().ljust(SERVICE.MAX_BYTES)
    assert sent(fits).data == post(SHEET).data
    for more in (b" ", b"x", b" " * SERVICE.MAX_BYTES):
        problem(sent(fits + more), 413)


def test_the_sets_are_listed_and_shown() -> None:
    listed = json.loads(CLIENT.get("/sets").data)["sets"]
    assert [each["id"] for each in listed] == list(ocop.PACKAGED.set_ids())
    for row in listed[:: len(listed) // 5]:
        the_set = ocop.criteria_set(row["id"])
        assert row == {
            "id": the_set.id, "vi": the_set.label.vi, "en": the_set.label.en, "digest": the_set.digest,
        }  # fmt: skip
        answer = CLIENT.get(f"/sets/{row['id']}")
        assert (answer.status_code, answer.content_type) == (200, JSON)
        assert ocop.loads(answer.data) == the_set
        carried(answer)


def test_a_blank_sheet_can_be_filled_in() -> None:
    answer = CLIENT.get(f"/sets/{TEA}/blank")
    assert ocop.loads(answer.data) == ocop.ScoreSheet.blank(TEA)
    codes = {each["code"] for each in problem(post(answer.data), 422)["errors"]}
    assert codes == {"choice-empty"}
    filled = json.loads(answer.data)
    filled["choices"] = dict.fromkeys(filled["choices"])
    assert json.loads(post(filled).data)["total"] == 0


def test_the_schemas_are_published() -> None:
    assert json.loads(CLIENT.get("/schemas").data) == {"kinds": list(KINDS)}
    for kind in KINDS:
        answer = CLIENT.get(f"/schemas/{kind}")
        assert (answer.status_code, answer.content_type) == (200, "application/schema+json")
        assert json.loads(answer.data) == schema(kind)
        carried(answer)


@pytest.mark.parametrize("path", ["/sets", f"/sets/{TEA}", f"/sets/{TEA}/blank", "/schemas", "/schemas/score"])
def test_what_the_client_has_is_not_sent_again(path: str) -> None:
    first = CLIENT.get(path)
    again = CLIENT.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert CLIENT.get(path, headers={"If-None-Match": '"another"'}).data == first.data
    head = CLIENT.head(path)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])


@pytest.mark.parametrize(
    ("path", "code", "hint"),
    [
        ("/sets/qd26-2026/tee", "set-unknown", TEA),
        ("/sets/qd26-2026/tee/blank", "set-unknown", TEA),
        ("/schemas/score-shet", "kind-unknown", "score-sheet"),
    ],
)
def test_unknown_ids_are_404_with_the_nearest(path: str, code: str, hint: str) -> None:
    [error] = problem(CLIENT.get(path), 404)["errors"]
    assert (error["code"], error["hint"]) == (code, hint)


@pytest.mark.parametrize(
    "path",
    ["/", "/none", "/sets//qd26-2026/tea", "/schemas//score",
     "/sets/", "/sets/qd26-2026", f"/sets/{TEA}/", f"/sets/{TEA}/blank/1", "/schemas/",
     "/sets/../schemas", "/sets/%2e%2e/%2e%2e", "/sets/qd26-2026/..%2ftea", "/schemas/..%2fscore", "/schemas/score%00",
     "/sets/qd26-2026/%00", "/sets/%ff/%fe", "/sets/a%0d%0aX:%20y/b", "/sets/<script>/<b>", f"/sets/{'a' * 50_000}/b",
     "/static/x", "/%F0%9F%8D%B5"],
)  # fmt: skip
def test_hostile_paths_are_404(path: str) -> None:
    answer = CLIENT.get(path)
    problem(answer, 404)
    assert len(answer.data) < 1000


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", "/scores", {"POST"}), ("DELETE", "/scores", {"POST"}), ("POST", "/sets", {"GET", "HEAD"}),
     ("PUT", "/schemas/score", {"GET", "HEAD"}), ("TRACE", "/sets", {"GET", "HEAD"}),
     ("ĐỌC", "/sets", {"GET", "HEAD"})],
)  # fmt: skip
def test_other_methods_are_405(method: str, path: str, allowed: set[str]) -> None:
    answer = CLIENT.open(path, method=method)
    problem(answer, 405)
    assert set(answer.allow) == {*allowed, "OPTIONS"}


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "</style><script>1</script>", "'\"><img src=x onerror=1>", "a\r\nX-Evil: 1", "\u202e",
     "%s%n", "'; DROP TABLE sheets; --", "x" * 20_000],
)  # fmt: skip
def test_hostile_names_stay_text(name: str) -> None:
    sheet = {**SHEET, "product": name, "evaluator": name}
    answer = post(sheet)
    assert json.loads(answer.data)["sheet"]["product"] == name
    card = post(sheet, Accept="text/html")
    assert card.status_code == 200
    for piece in ("<script", "<img"):
        assert piece not in card.text
    assert (card.text.count("<style"), card.text.count("</style")) == (1, 1)
    assert "X-Evil" not in card.headers
    # The name of a key is told back, and stays text as well.
    [error] = problem(post({**SHEET, name: 1}), 422)["errors"]
    assert error["code"] == "key-unknown"


def test_an_unexpected_error_tells_nothing_of_its_inside(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(SERVICE, "result_of", broken)
    answer = post(SHEET)
    assert set(problem(answer, 500)) == {"type", "title", "status", "detail"}
    assert "secret" not in answer.text + str(answer.headers)
    assert "a secret of the house" in caplog.text


def test_a_failure_of_another_number_is_told_as_one_of_the_service() -> None:
    from werkzeug.exceptions import ServiceUnavailable

    def busy() -> Any:
        raise ServiceUnavailable(retry_after=5)

    app = SERVICE.create_app()
    app.add_url_rule("/busy", view_func=busy)
    answer = app.test_client().get("/busy")
    assert (answer.status_code, json.loads(answer.data)["status"], answer.headers["Retry-After"]) == (503, 503, "5")
    assert json.loads(answer.data)["detail"] == "Dịch vụ gặp lỗi."


def test_editions_of_ones_own() -> None:
    folder = EXAMPLES / "own" / "lam-dong-tea"
    client = SERVICE.create_app(ocop.register(folder)).test_client()
    sheet = (folder / "sheet.json").read_bytes()
    body = json.loads(post(sheet, client).data)
    assert (body["criteria_set"]["id"], body["total"], body["star"]) == ("lam-dong-tea/tea", 77, 3)
    assert json.loads(client.get("/sets/lam-dong-tea/tea/blank").data)["criteria_set"] == "lam-dong-tea/tea"
    assert [each["code"] for each in problem(post(sheet), 422)["errors"]] == ["set-unknown"]


def test_the_same_request_gets_the_same_answer() -> None:
    other = loaded().create_app().test_client()
    for headers in ({}, {"Accept": "text/html"}, {"Accept-Language": "en"}):
        answers = [post(SHEET, client, **headers) for client in (CLIENT, other, CLIENT)]
        assert len({(answer.data, str(answer.headers)) for answer in answers}) == 1


@given(score_sheets())
@settings(max_examples=50)
def test_every_sheet_has_the_score_of_the_library(sheet: ocop.ScoreSheet) -> None:
    answer = post(ocop.dumps(sheet))
    score = ocop.score(sheet)
    assert (answer.status_code, answer.headers["ETag"]) == (200, f'"{score.digest}"')
    assert ocop.loads(answer.data) == score


@given(faulty_sheets())
@settings(max_examples=50)
def test_every_fault_is_told(fault: Fault) -> None:
    body = problem(post(fault.document), 422)
    assert (fault.code, fault.pointer) in [(each["code"], each["pointer"]) for each in body["errors"]]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["kind", "version", "criteria_set", "product", "choices", "findings", "purpose", "sheets", "rules"]
)
TAGS = st.fixed_dictionaries({"kind": st.sampled_from([*KINDS]), "version": st.just(1)})
NEAR = st.builds(lambda base, changes: {**base, **changes}, st.just(SHEET) | TAGS, st.dictionaries(KEYS, VALUES))
BODIES = (
    st.binary(max_size=200)
    | st.text(max_size=100).map(str.encode)
    | (VALUES | NEAR).map(lambda v: json.dumps(v).encode())
)
HEADERS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)


@given(BODIES, HEADERS | st.just("text/html"), HEADERS)
@settings(max_examples=400)
def test_whatever_is_posted_is_scored_or_refused(body: bytes, accept: str, lang: str) -> None:
    answer = post(body, Accept=accept, Accept_Language=lang)
    if answer.status_code != 200:
        assert answer.status_code in (400, 422)
        problem(answer, answer.status_code, answer.headers["Content-Language"])
    carried(answer)


@given(st.sampled_from(["GET", "POST", "PUT"]), st.text(st.characters(codec="utf-8"), max_size=30), HEADERS)
@settings(max_examples=200)
def test_whatever_is_asked_for_is_there_or_refused(method: str, path: str, tag: str) -> None:
    answer = CLIENT.open("/" + path, method=method, headers={"If-None-Match": tag, "Range": tag, "Content-Type": tag})
    assert answer.status_code in (200, 304, 404, 405, 415)
    carried(answer)
