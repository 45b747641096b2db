"""The words around results in HTML, in Vietnamese and English."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from ocop.scoring.explain import exactly
from ocop.text import Label, Language, checked_language

TEXTS: Final[Mapping[str, Label]] = {
    # What it is
    "score": Label("Kết quả của một phiếu", "Score of a sheet"),
    "council": Label("Kết quả của Hội đồng", "Result of a council"),
    "plan": Label("Cách nâng hạng", "Upgrade plan"),
    "ranking": Label("Xếp thứ hạng", "Ranking"),
    "set": Label("Bộ tiêu chí", "Criteria set"),
    "edition": Label("Quyết định", "Decision"),
    "sheet": Label("Phiếu đánh giá", "Score sheet"),
    "practice": Label("{} – CHẤM THỬ, không phải đánh giá sản phẩm", "{} – PRACTICE, no product is evaluated"),
    "report": Label("Kiểm tra dữ liệu", "Check of data"),
    "progress": Label("Tiến độ chương trình", "Progress of a programme"),
    "comparison": Label("So sánh", "Comparison"),
    "unnamed": Label("(không tên)", "(unnamed)"),
    # Facts at the head
    "product": Label("Sản phẩm", "Product"),
    "code": Label("Mã sản phẩm", "Product code"),
    "evaluator": Label("Người chấm", "Evaluator"),
    "id": Label("Mã", "Id"),
    "source": Label("Căn cứ", "Source"),
    "parts": Label("Các phần", "Parts"),
    "criteria": Label("Số tiêu chí", "Criteria"),
    "max": Label("Tối đa", "Maximum"),
    "issued": Label("Ban hành", "Issued"),
    "force": Label("Hiệu lực", "In force"),
    "from": Label("từ {}", "from {}"),
    "from-to": Label("từ {} đến {}", "from {} to {}"),
    "sets": Label("Số bộ tiêu chí", "Criteria sets"),
    "filled": Label("Đã điền", "Filled in"),
    "of": Label("{} trên {}", "{} of {}"),
    "findings": Label("Kết luận", "Findings"),
    "on": Label("Tính đến ngày", "As of"),
    "period": Label("Thời gian", "Period"),
    "portfolio": Label("Danh mục", "Portfolio"),
    "products": Label("Số sản phẩm", "Products"),
    "found": Label("Kết quả", "Result"),
    # Points, stars, what blocks them
    "stars": Label("{} sao", "{} stars"),
    "one-star": Label("{} sao", "{} star"),
    "no-star": Label("không xếp sao", "no star"),
    "points-of": Label("{} trên {} điểm", "{} of {} points"),
    "mean-of": Label("Trung bình {} trên {} điểm", "Mean {} of {} points"),
    "by-points": Label("Xếp theo điểm: {}.", "By points: {}."),
    "next": Label("Còn thiếu {} điểm để tới khung {}.", "Still {} points below the band of {}."),
    "top": Label("Điểm đã ở khung cao nhất.", "The points are in the highest band."),
    "recognised": Label("Nơi công nhận: {}.", "Recognised by {}."),
    "unrecognised": Label("Hạng này không được cấp giấy chứng nhận.", "No authority certifies this."),
    "potential": Label("Tiềm năng; {} quyết định.", "Potential; {} decides."),
    "part": Label("Phần", "Part"),
    "points": Label("Điểm", "Points"),
    "share": Label("Tỷ lệ", "Share"),
    "not-eligible": Label("Không thuộc diện được đánh giá", "Not eligible for evaluation"),
    "disqualified": Label("Hồ sơ bị loại", "Dossier disqualified"),
    "stopped": Label("Việc đánh giá dừng lại", "Evaluation stopped"),
    "not-reached": Label("Không đạt", "Not reached"),
    "why": Label("Lý do", "Why"),
    "record": Label("Điểm trên phiếu chỉ để lưu.", "The points are for the record only."),
    "incomplete": Label(
        "Bộ tiêu chí này không đầy đủ; kết quả chỉ để tham khảo.",
        "This set is not complete; the result is for reference only.",
    ),
    "none-blocks": Label("✓ Không yêu cầu tối thiểu nào giữ hạng lại.", "✓ No minimum holds the product back."),
    "blocks": Label("✗ Chưa được {} vì", "✗ What keeps it from {}"),
    "further": Label("Muốn lên {} sau này còn cần ({})", "Still needed for {}, later on ({})"),
    "criterion": Label("Tiêu chí", "Criterion"),
    "now": Label("Đang ở", "Now"),
    "needs": Label("Cần", "Needs"),
    "option": Label("{} – {}", "{} – {}"),
    "or-better": Label("{} – {}, hoặc tốt hơn", "{} – {}, or better"),
    "nothing": Label("không phương án nào", "no option"),
    "votes": Label("{} trên {} thành viên chấm đạt", "{} of {} members at it"),
    "by-mean": Label("trung bình {} điểm", "a mean of {} points"),
    # The way up
    "way-up": Label("↑ Cách ít công sức nhất để đạt {}", "↑ The way to {} with the least effort"),
    "effort-of": Label(
        "Số thay đổi: {}; tổng công sức: {}. Sau đó: {} điểm, {}.",
        "Changes: {}; effort in all: {}. Then: {} points, {}.",
    ),
    "effort-steps": Label(
        "Mỗi bậc phương án tính là 1 công sức.", "Each step between options counts as an effort of 1."
    ),
    "no-way": Label("↑ Không thể đạt {} vì", "↑ {} cannot be reached"),
    "there": Label("✓ Đã đạt {}; không cần thay đổi gì.", "✓ It has {} already; nothing needs to change."),
    "locked": Label("Giữ nguyên tiêu chí: {}.", "Criteria kept as they are: {}."),
    "change": Label("Thay đổi", "Change"),
    "from-option": Label("Từ", "From"),
    "to-option": Label("Lên", "To"),
    "gain": Label("Thêm điểm", "Points won"),
    "effort": Label("Công sức", "Effort"),
    "reason": Label("Vì sao", "Why"),
    "minimum": Label("yêu cầu tối thiểu", "a minimum"),
    "rule": Label("quy tắc của bộ tiêu chí", "a rule of the set"),
    "for-points": Label("để đủ điểm", "points that are missing"),
    "before": Label("Hiện nay: {}, {}.", "Now: {}, {}."),
    # Criteria and options
    "all-criteria": Label("Từng tiêu chí ({})", "Criterion by criterion ({})"),
    "chosen": Label("Phương án", "Option"),
    "minimums": Label("Yêu cầu tối thiểu", "Minimums"),
    "met": Label("✓ {}", "✓ {}"),
    "unmet": Label("✗ {}", "✗ {}"),
    "options": Label("Phương án ({})", "Options ({})"),
    "option-points": Label("{}) {} điểm – {}", "{}) {} points – {}"),
    "minimum-for": Label("; tối thiểu của {}", "; minimum for {}"),
    "unfilled": Label("chưa điền", "not filled in"),
    "unknown-code": Label("(không có trong bộ tiêu chí)", "(not in the set)"),
    "missing": Label("thiếu trong phiếu", "missing on the sheet"),
    "unknown-set": Label("Không tìm thấy bộ tiêu chí này.", "There is no such criteria set here."),
    "rules": Label("Quy tắc ({})", "Rules ({})"),
    "errata": Label("Chỗ in sai ({})", "Misprints ({})"),
    "remarks": Label("Ghi chú ({})", "Remarks ({})"),
    "at-criterion": Label("{}: {}", "{}: {}"),
    # Councils
    "members": Label("Thành viên", "Members"),
    "member": Label("Thành viên", "Member"),
    "result": Label("Kết quả", "Result"),
    "spread": Label("Điểm các thành viên chênh nhau {} (cho phép {}).", "The totals lie {} apart ({} are allowed)."),
    "second": Label("Phải thảo luận và chấm lại.", "They must discuss and score again."),
    "no-quorum": Label("Chưa đủ số thành viên theo quy chế.", "The quorum is missed."),
    "differ": Label("Tiêu chí chấm khác nhau ({})", "Criteria in which members differ ({})"),
    "least": Label("Thấp nhất", "Least"),
    "most": Label("Cao nhất", "Most"),
    "mean": Label("Trung bình", "Mean"),
    # Rankings
    "rank": Label("Thứ hạng", "Rank"),
    "star": Label("Sao", "Stars"),
    "part-of": Label("Phần {}", "Part {}"),
    "none": Label("Không có sản phẩm nào được xếp thứ hạng.", "No product is ranked."),
    "unranked": Label("Không xếp thứ hạng", "Not ranked"),
    "more-rows": Label("… và {} dòng nữa.", "… and {} more rows."),
    # Editions
    "bands": Label("Khung điểm", "Bands"),
    "floor": Label("Từ điểm", "From points"),
    "authority": Label("Nơi công nhận", "Recognised by"),
    "nobody": Label("không công nhận", "nobody"),
    "groups": Label("Phân nhóm sản phẩm ({})", "Classification ({})"),
    "number": Label("Số", "No."),
    "ministries": Label("Bộ quản lý", "Ministries"),
    # Reports of problems
    "where": Label("Ở đâu", "Where"),
    "problem": Label("Vấn đề", "Problem"),
    "expected": Label("Cần", "Expected"),
    "got": Label("Nhận được", "Got"),
    "hint": Label("Có phải là", "Did you mean"),
    "no-problem": Label("✓ Không có vấn đề nào.", "✓ No problem found."),
    "note": Label("Ghi chú: {}", "Note: {}"),
    "more-problems": Label("… và {} vấn đề nữa loại [{}].", "… and {} more of [{}]."),
    # Progress
    "target": Label("Chỉ tiêu", "Target"),
    "wanted": Label("Yêu cầu", "Wanted"),
    "deadline": Label("Đến hết ngày", "By"),
    "value": Label("Hiện có", "So far"),
    "due": Label("Đến nay cần", "Due by now"),
    "status": Label("Tình hình", "Status"),
    "summary": Label("{} trên {} chỉ tiêu đạt", "{} of {} targets met"),
    "between": Label("{} đến {}", "{} to {}"),
    "not-known": Label("chưa rõ", "not known"),
    "not-begun": Label("chưa tính", "not counted yet"),
    "range": Label("{} đến {}", "{} to {}"),
    "tolerance": Label("{}, sai lệch đến {}", "{}, within {}"),
    "or-more": Label("{} hoặc hơn", "{} or more"),
    "wanted-of": Label("{}: {} {}", "{}: {} {}"),
    "wanted-percent": Label("{} {} %", "{} {} %"),
    "share-of": Label("{} ({} trên {})", "{} ({} of {})"),
    "by-year": Label("Từng năm: {}", "By year: {}"),
    "needed": Label("Cần biết: {}", "Needed: {}"),
    "how": Label("Cách tính: {}", "How: {}"),
    "scope": Label("Phạm vi: {}", "Scope: {}"),
    "remark": Label("Ghi chú: {}", "Remark: {}"),
    "yes": Label("có", "yes"),
    "no": Label("chưa", "no"),
    "data": Label("Về số liệu", "About the data"),
    # The page
    "title": Label("Báo cáo OCOP", "OCOP report"),
    "contents": Label("Nội dung", "Contents"),
    "explanation": Label("Giải thích", "Explanation"),
    "sources": Label("Căn cứ", "Sources"),
    "digests": Label("Mã kiểm chứng", "Digests"),
    "digest-set": Label("Bộ tiêu chí {}", "Criteria set {}"),
    "digest-sheet": Label("Phiếu", "Sheet"),
    "digest-result": Label("Kết quả", "Result"),
    "disclaimer": Label(
        "Trang này do thư viện ocop lập, không phải văn bản chính thức. Quyết định và biên bản của Hội đồng mới có giá"
        " trị.",
        "This page was made with the library ocop and is no official publication. The decision itself and the council’s"
        " record decide.",
    ),
}


class Say:
    """The words in one language.

    >>> Say("en")("points-of", 77, 100)
    '77 of 100 points'
    """

    def __init__(self, lang: str) -> None:
        self.lang: Language = checked_language(lang)

    def __call__(self, name: str, *values: object) -> str:
        """Return the words of this name, filled in."""
        return TEXTS[name].get(self.lang).format(*values)

    def of(self, label: Label) -> str:
        """Return a label in the language."""
        return label.get(self.lang)

    def star(self, star: Any) -> str:
        """Return a star in words; of an edition's own class, its name."""
        label = getattr(star, "label", None)
        return self.of(label) if isinstance(label, Label) else self("one-star" if star == 1 else "stars", int(star))

    def points(self, number: int | Fraction, most: int) -> str:
        """Return points and their maximum, exactly."""
        return self("points-of", exactly(number), most)


def symbols(star: Any, highest: Any) -> str:
    """Return a star as it is printed, with empty ones up to the highest; nothing for a class that has no symbol.

    >>> from ocop.model.stars import Star
    >>> symbols(Star.THREE, Star.FIVE)
    '★★★☆☆'
    """
    symbol = str(star.symbol)
    return symbol + "☆" * (int(highest) - int(star)) if symbol == "★" * int(star) else symbol
