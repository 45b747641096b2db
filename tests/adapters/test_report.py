"""The report: one page, complete, closed, and the same everywhere; seen in a browser where there is one."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from html import escape, unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from attrs import evolve

import ocop
from html_page import Page
from ocop.adapters import report_plots
from ocop.adapters.report import POLICY, report_html, write_report
from ocop.errors import ConversionError, MissingExtraError, Problem
from ocop.programme.portfolio import Portfolio
from ocop.programme.programmes import programme
from ocop.text import Label

SHEET: ocop.ScoreSheet = ocop.load("docs/examples/tea-capped.json")
SCORE = ocop.score(SHEET)
COUNCIL = ocop.score_council(ocop.load("docs/examples/tea-council.json"))
STOPPED = ocop.score(ocop.load("docs/examples/bottled-water-stopped.json"))
ROUND: list[Any] = [ocop.score(ocop.load("docs/examples/tea.json")), COUNCIL, STOPPED]
RANKING = ocop.rank(ROUND, group=lambda score: type(score).__name__)
PROGRESS = programme("binh-duong-2021-2025").progress(Portfolio(name="Bình Dương"), on=date(2023, 6, 30))
EVIL = "<img src=x onerror=\"parent.document.title='broken in'\">]]></style><script>\u202e" + "W" * 10_000
EVIL_SCORE = ocop.score(evolve(SHEET, product=EVIL, evaluator=EVIL))
FIGURES = dict(report_plots.FIGURES)
ALL: tuple[Any, ...] = (
    SCORE, COUNCIL, RANKING, PROGRESS, ocop.plan_upgrade(SHEET, ocop.Star.FIVE), ocop.validate({}, "en"),
    SCORE.criteria_set, SCORE.criteria_set.edition, SHEET, EVIL_SCORE, ocop.rank([EVIL_SCORE]), ocop.rank([]),
    ocop.score_council([EVIL_SCORE.sheet]),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _no_plots(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pictures away, which have tests of their own, but where a test asks for them."""
    if "pictures" not in request.fixturenames:
        monkeypatch.setattr(report_plots, "FIGURES", {})


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for `ocop.adapters.plots`."""

    class Plots:
        def plot_minimums(self, result: ocop.Score, lang: str) -> str:
            return f"{type(result).__name__} in {lang}"

        def to_svg(self, ax: str) -> str:
            return f"<svg><title>{ax}</title></svg>"

    monkeypatch.setattr(report_plots, "FIGURES", {"ocop.scoring.result.Score": ("plot_minimums",)})
    monkeypatch.setitem(sys.modules, "ocop.adapters.plots", Plots())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_is_well_formed_and_closed(lang: str) -> None:
    page = report_html(*ALL, lang=lang)
    tags = Page(page).tags
    assert page.startswith(f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><meta http-equiv=')
    assert tags.count("section") == len(ALL)
    assert "details" in tags
    assert "<details>" not in page
    assert escape(POLICY) in page
    assert not any(word in page for word in ("<script", "<img", "url(", "http:", "https:", "@import", "\u202e"))


def test_the_same_results_give_the_same_bytes() -> None:
    code = (
        "import ocop, hashlib; from ocop.adapters import report, report_plots; report_plots.FIGURES.clear(); "
        "score = ocop.score(ocop.load('docs/examples/tea-capped.json')); "
        "print(hashlib.sha256(report.report_html(score, ocop.rank([score])).encode()).hexdigest())"
    )
    expected = hashlib.sha256(report_html(SCORE, ocop.rank([SCORE])).encode()).hexdigest()
    for seed in ("1", "2"):
        env = {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path), "TZ": "UTC", "LANG": "C"}
        assert subprocess.check_output([sys.executable, "-c", code], text=True, env=env).strip() == expected


def test_a_score() -> None:
    page = Page(report_html(SCORE, lang="en"))
    sheet_digest = SCORE.to_json()["sheet_digest"]
    for words in (
        "Score of a sheet: Chè xanh Đồi Sương (ví dụ)OCOP report",
        "Explanation" + SCORE.explain("en"),
        f"Criteria set qd26-2026/tea: {SCORE.criteria_set.digest}",
        f"Sheet Chè xanh Đồi Sương (ví dụ): {sheet_digest}",
        f"Result Chè xanh Đồi Sương (ví dụ): {SCORE.digest}",
        "Decision 26/2026/QĐ-TTg, Annex II, set 11",
        "Decision 26/2026/QĐ-TTg, Article 3",
        "Decision 26/2026/QĐ-TTg, Article 4",
        "is no official publication",
    ):
        assert words in page.text
    assert "nav" not in page.tags
    assert page.text.count("Decision 26/2026/QĐ-TTg, Article 4Decision") == 0


def test_the_others() -> None:
    text = Page(report_html(COUNCIL, lang="en")).text
    assert COUNCIL.digest in text
    assert "Sheet " not in text
    text = Page(report_html(RANKING, lang="en")).text
    assert all(score.digest in text for score in ROUND)
    assert "Decision 26/2026/QĐ-TTg, Annex II, set 16, criterion 6.4" in text
    text = Page(report_html(PROGRESS, lang="vi")).text
    assert PROGRESS.explain("vi") in text
    assert "Căn cứKế hoạch 3622/KH-UBND ngày 19/7/2023" in text
    text = Page(report_html(ocop.plan_upgrade(SHEET), lang="en")).text
    assert SCORE.digest in text
    text = Page(report_html(SCORE.criteria_set, lang="en")).text
    assert SCORE.criteria_set.digest in text


def test_several_have_a_list_of_contents() -> None:
    page = report_html(SCORE, RANKING)
    assert '<a href="#r1">Kết quả của một phiếu: <bdi>Chè xanh Đồi Sương (ví dụ)</bdi></a>' in page
    assert '<a href="#r2"><bdi>Xếp thứ hạng</bdi></a>' in page
    assert '<section id="r2">' in page
    assert "<title>Báo cáo OCOP</title>" in page


def test_unnamed_products_have_digests() -> None:
    assert "(unnamed): " in Page(report_html(ocop.score(evolve(SHEET, product="")), lang="en")).text


def test_refused() -> None:
    with pytest.raises(ConversionError, match="a report needs at least one result; got none"):
        report_html()
    with pytest.raises(ConversionError, match=r"expected one of Comparison, .* got builtins.str"):
        report_html(SCORE, "score")
    with pytest.raises(ValueError, match="lang must be one of"):
        report_html(SCORE, lang="fr")


def test_written_to_paths_and_files(tmp_path: Path) -> None:
    expected = report_html(SCORE, lang="en")
    for target in (tmp_path / "a.html", str(tmp_path / "b.html")):
        write_report(target, SCORE, lang="en")
        assert Path(target).read_bytes() == expected.encode()
    text, data = io.StringIO(), io.BytesIO()
    write_report(text, SCORE, lang="en")
    write_report(data, SCORE, lang="en")
    assert text.getvalue() == expected
    assert data.getvalue() == expected.encode()
    for mode in ("w+", "w+b"):
        with tempfile.NamedTemporaryFile(mode, **({} if "b" in mode else {"encoding": "utf-8"})) as file:  # type: ignore[call-overload]
            write_report(file, SCORE, lang="en")
            file.flush()
            assert Path(file.name).read_bytes() == expected.encode()


def test_nothing_is_written_where_there_is_no_report(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("kept", "utf-8")
    with pytest.raises(ConversionError):
        write_report(path, 3)
    assert path.read_text("utf-8") == "kept"
    with pytest.raises(FileNotFoundError):
        write_report(tmp_path / "no" / "report.html", SCORE)


@pytest.mark.usefixtures("pictures")
def test_pictures() -> None:
    page = report_html(SCORE, COUNCIL, lang="en")
    assert page.count("<figure>") == 1
    assert "<figure><svg><title>Score in en</title></svg></figure>" in page


@pytest.mark.usefixtures("pictures")
def test_no_pictures_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "ocop.adapters.plots")

    def refuse(name: str) -> None:
        assert name == "ocop.adapters.plots"
        raise MissingExtraError("plots")

    monkeypatch.setattr(report_plots, "import_module", refuse)
    assert "<figure>" not in report_html(SCORE)


def test_the_pictures_of_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib", reason="the extra plots is not installed")
    monkeypatch.setattr(report_plots, "FIGURES", FIGURES)
    names = {name.rpartition(".")[2]: len(functions) for name, functions in FIGURES.items()}
    for result in (SCORE, COUNCIL, PROGRESS):
        page = report_html(result)
        assert page.count("<figure><svg ") == names[type(result).__name__]
        assert page == report_html(result)


# --- in a browser ----------------------------------------------------------------------------------------------------

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
DARK = "--blink-settings=preferredColorScheme=0"
# The page stands in frames of this one, as wide as a phone and as a desk's screen, and this one measures it. Of what
# is wider than the frame, the first elements are named; a picture may be moved within its figure.
WRAPPER = """<!doctype html><meta charset="utf-8"><title>closed</title><pre id="out"></pre><script>
const found = {dialogs: 0}, page = PAGE;
window.told = () => { found.dialogs += 1; };
function measure(frame, width) {
  const doc = frame.contentDocument, style = frame.contentWindow.getComputedStyle(doc.body);
  const all = [...doc.querySelectorAll("*")];
  const wide = [...doc.querySelectorAll("body *")].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && !each.closest("figure svg") && (box.right > width + 0.5 || box.left < -0.5);
  });
  found[width] = {
    scroll: doc.scrollingElement.scrollWidth - doc.scrollingElement.clientWidth,
    wide: wide.slice(0, 3).map(each => each.outerHTML.slice(0, 200)),
    pictures: [...doc.querySelectorAll("figure svg")].map(each => each.getBoundingClientRect().width),
    strangers: doc.querySelectorAll("img,script,iframe,object,embed,link,form").length,
    handlers: all.filter(each => [...each.attributes].some(one => one.name.startsWith("on"))).length,
    sections: doc.querySelectorAll("section").length,
    background: style.backgroundColor, color: style.color, font: parseFloat(style.fontSize),
    rows: [...doc.querySelectorAll("tbody tr")].filter(row => row.getBoundingClientRect().height > 0).length,
  };
  found.title = document.title;
  document.getElementById("out").textContent = JSON.stringify(found);
}
for (const width of [390, 1280]) {
  const frame = document.createElement("iframe");
  frame.style = `border:0;width:${width}px;height:2000px`;
  frame.srcdoc = page;
  frame.onload = () => measure(frame, width);
  document.body.append(frame);
}
</script>"""


@pytest.fixture(scope="module")
def browser() -> str:
    for name in BROWSERS:
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    pytest.skip("no Chromium on this machine, so the report is not seen in a browser")


def run(browser: str, room: Path, page: Path, *flags: str) -> str:
    command = [browser, *FLAGS, f"--user-data-dir={room / 'profile'}", *flags, page.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")


def brightness(color: str) -> float:
    red, green, blue = map(int, re.findall(r"\d+", color)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def seen(browser: str, room: Path, page: str, *flags: str) -> dict[str, Any]:
    """Return what a browser sees of a page on a phone and on a desk."""
    wrapper = room / "wrapper.html"
    # A slash of an end tag would end the wrapper's own script.
    wrapper.write_text(WRAPPER.replace("PAGE", json.dumps(page).replace("</", "<\\/")), "utf-8")
    dom = run(browser, room, wrapper, "--dump-dom", "--virtual-time-budget=10000", *flags)
    found: dict[str, Any] = json.loads(unescape(re.findall('<pre id="out">(.*?)</pre>', dom, re.DOTALL)[0]))
    return found


@pytest.mark.parametrize("flags", [(), (DARK,)], ids=["light", "dark"])
def test_seen_in_a_browser(browser: str, tmp_path: Path, flags: tuple[str, ...]) -> None:
    found = seen(browser, tmp_path, report_html(*ALL, lang="vi"), *flags)
    assert (found["title"], found["dialogs"]) == ("closed", 0)
    for width in ("390", "1280"):
        sight = found[width]
        assert sight["wide"] == [], width
        assert sight["scroll"] <= 0
        assert sight["strangers"] == 0
        assert sight["sections"] == len(ALL)
        assert sight["rows"] > 200
        assert sight["font"] >= 16
        dark = brightness(sight["background"]) < brightness(sight["color"])
        assert dark is bool(flags)
        assert abs(brightness(sight["background"]) - brightness(sight["color"])) > 180


@pytest.fixture
def calls() -> Iterator[tuple[str, list[str]]]:
    """Listen as a server would; give its address, and what was asked of it."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the parent's
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


def hostile(address: str) -> list[str]:
    """Return names that would rather be something else."""
    return [
        "<img src=x onerror=alert(1)>",
        f"<img src={address}/img onerror=parent.told()><script src={address}/script></script>",
        f"]]></title></style></pre><script>parent.told()</script><link rel=stylesheet href={address}/style>",
        f"\"'><svg/onload=parent.told()><iframe src={address}/frame></iframe>",
        "\u202egnp.exe \u2066\u200f" + "ه" * 500,
        "W" * 10_000,
        "Ậ" * 10_000,
        "a\x00\x07\x1b[31m\u2028b",
    ]


def test_whatever_is_in_it_the_page_fits_and_does_nothing(
    browser: str, tmp_path: Path, calls: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib", reason="the extra plots is not installed")
    monkeypatch.setattr(report_plots, "FIGURES", FIGURES)
    address, asked = calls
    names = hostile(address)
    sheets = [evolve(SHEET, product=name, evaluator=name) for name in names]
    scores = [ocop.score(sheet) for sheet in sheets]
    hundred = [*scores, *(ocop.score(evolve(SHEET, product=f"Chè {n}")) for n in range(100 - len(names)))]
    council = ocop.score_council([evolve(sheet, product=names[1]) for sheet in sheets])
    ranking = ocop.rank(hundred, group=lambda score: score.sheet.product[:9000])
    problem = Problem("x", names[1], Label(names[3], names[3]), names[4], names[5], names[6])
    progress = evolve(PROGRESS, portfolio=names[1] + names[5], problems=ocop.Report([problem]))
    results = [scores[1], scores[5], council, ranking, progress, ocop.plan_upgrade(sheets[3]), ocop.Report([problem])]
    found = seen(browser, tmp_path, report_html(*results, lang="vi"))
    assert (found["title"], found["dialogs"], asked) == ("closed", 0, [])
    for width in ("390", "1280"):
        sight = found[width]
        assert (sight["wide"], sight["strangers"], sight["handlers"]) == ([], 0, 0)
        assert sight["scroll"] <= 0
        assert sight["sections"] == len(results)
        assert len(sight["pictures"]) == 2 + 2 + 3 + 1
    # On a phone the pictures are wider than the screen, so that they can be read, and stay within their frames.
    assert min(found["390"]["pictures"]) > 500
    assert max(found["1280"]["pictures"]) < 1280


def test_the_browser_would_tell(browser: str, tmp_path: Path, calls: tuple[str, list[str]]) -> None:
    # What the tests above look for is there in a page that is not ours.
    address, asked = calls
    page = f"<!doctype html><body><p style=width:2000px>{hostile(address)[1]}<section></section>"
    found = seen(browser, tmp_path, page)
    assert found["dialogs"] >= 2
    assert {"/img", "/script"} <= {*asked}
    for width in ("390", "1280"):
        sight = found[width]
        assert sight["scroll"] > 0
        assert sight["strangers"] == 2
        assert sight["handlers"] == 1
        assert len(sight["wide"]) == 1


@pytest.mark.parametrize("width", [500, 1280])
def test_a_picture_of_the_page_can_be_taken(browser: str, tmp_path: Path, width: int) -> None:
    page, picture = tmp_path / "report.html", tmp_path / "report.png"
    write_report(page, SCORE)
    run(browser, tmp_path, page, f"--window-size={width},1200", f"--screenshot={picture}")
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == width
    assert len(data) > 20_000
