"""Subjects, products, ideas, dossiers, certificates, and registers of them: what can be wrong there, by code."""

from typing import Final

from ocop.messages.table import table

RECORDS: Final = table(
    # Tax ids and barcodes
    tax_id_form=(
        "Mã số thuế gồm 10 chữ số, 13 nếu là đơn vị phụ thuộc, hoặc 12 nếu là số định danh cá nhân",
        "A tax id has 10 digits, 13 for a branch, or the 12 of a personal number",
    ),
    tax_id_personal=(
        "Chỉ hộ có đăng ký kinh doanh và trang trại dùng số định danh cá nhân làm mã số thuế; đây là {form}",
        "Only registered households and farms have a personal number for their tax id; the legal form here: {form}",
    ),
    tax_id_check_digit=("Chữ số kiểm tra của mã số thuế sai", "The check digit of the tax id is wrong"),
    gtin_form=("Mã vạch GTIN gồm 8, 12, 13 hoặc 14 chữ số", "A GTIN has 8, 12, 13 or 14 digits"),
    gtin_check_digit=("Chữ số kiểm tra của mã vạch sai", "The check digit of the barcode is wrong"),
    check_digit_not_checked=(
        "Chữ số kiểm tra chưa được kiểm tra; hãy cài đặt ocop[ids]",
        "The check digit was not checked; install ocop[ids] for that",
    ),
    # A subject
    text_empty=("Mục này để trống", "This is empty"),
    commune_unknown=("Không có xã, phường nào mang mã này", "There is no commune with this code"),
    registration_missing=("Thiếu đăng ký kinh doanh", "The business registration is missing"),
    workforce_local=(
        "Số lao động địa phương lớn hơn tổng số lao động",
        "More people are local than work there",
    ),
    workforce_insured=(
        "Số lao động được đóng bảo hiểm lớn hơn tổng số lao động",
        "More people are insured than work there",
    ),
    workforce_trained=(
        "Số lao động qua đào tạo lớn hơn tổng số lao động",
        "More people are trained than work there",
    ),
    profit_year=("Lợi nhuận phải ghi theo năm", "Profits are listed by year"),
    local_capital_form=(
        "Chỉ công ty cổ phần ghi phần vốn góp của cộng đồng địa phương; đây là {form}",
        "Only a joint-stock company has a share of local capital; the legal form here: {form}",
    ),
    local_capital_range=(
        "Phần vốn góp của cộng đồng địa phương phải từ 0 đến 1",
        "The share of local capital must be from 0 to 1",
    ),
    rating_form=(
        "Chỉ hợp tác xã được xếp loại; đây là {form}",
        "Only a cooperative is classified; the legal form here: {form}",
    ),
    legal_form_not_eligible=(
        "Chủ thể là {form} không tham gia nhóm {group} (Điều {article}, Quyết định {decision})",
        "A subject of the form {form} may not enter the group {group} (Article {article}, Decision {decision})",
    ),
    # A product idea
    step_impossible=(
        "Không thể có bước này khi đang ở trạng thái {state}",
        "This step is impossible in the state: {state}",
    ),
    step_too_early=("Bước này trước ngày của bước liền trước", "This step is before the day of the one before it"),
    step_reason_missing=(
        "Trả lại tác giả phải nêu lý do",
        "What is returned to its author needs a reason",
    ),
    step_star=("Chỉ bước đánh giá có hạng sao", "Only an evaluation has a star"),
    cycle_same_year=(
        "Chu trình năm {year} đã bắt đầu; chu trình sau bắt đầu từ năm kế tiếp",
        "The cycle of {year} has begun; the next one begins in a later year",
    ),
    # A product and its code
    product_code_province=("Không có tỉnh nào mang mã {code}", "There is no province with the code {code}"),
    product_code_old_province=(
        "Trước tháng 7/2025 không có tỉnh nào mang mã {code}",
        "Before July 2025 there was no province with the code {code}",
    ),
    product_code_commune=("Không có xã nào mang mã {code}", "There is no commune with the code {code}"),
    product_code_commune_elsewhere=(
        "{commune} thuộc {holder}, không thuộc {other}",
        "{commune} is in {holder}, not in {other}",
    ),
    product_code_four_parts=(
        "Mã bốn phần chỉ có từ năm {year}, khi bỏ cấp huyện",
        "Codes have had four parts only since {year}, when districts ended",
    ),
    product_code_five_parts=(
        "Mã năm phần chỉ có đến năm {year}, khi còn cấp huyện",
        "Codes had five parts only until {year}, while there were districts",
    ),
    product_code_number=("Số thứ tự trong mã bắt đầu từ 1", "The running number of a code starts at 1"),
    product_place_differs=(
        "Mã sản phẩm ghi {said}, còn sản phẩm của {place}",
        "The product code names {said}, and the product is from {place}",
    ),
    barcode_repeated=("Mã vạch này được ghi hai lần", "This barcode is listed twice"),
    protection_repeated=("Văn bằng này được ghi hai lần", "This protection is listed twice"),
    expires_before_issued=("Ngày hết hạn đứng trước ngày cấp", "It expires before it was issued"),
    # A dossier
    dossier_rules_missing=(
        "Dữ liệu của quyết định này chưa có quy định về hồ sơ",
        "The data of this edition has no rules on dossiers",
    ),
    dossier_kind_unknown=("Quyết định này không có loại hồ sơ đó", "The edition has no such kind of dossier"),
    medium_missing=(
        "Hồ sơ chưa ghi là bản điện tử hay bản giấy; cần ít nhất một trong hai ({article})",
        "The dossier is neither electronic nor on paper; one of them is needed ({article})",
    ),
    dossier_registration_missing=(
        "Thiếu phiếu đăng ký (mẫu {form}; {article})",
        "The registration form is missing (form {form}; {article})",
    ),
    dossier_self_assessment_missing=(
        "Thiếu báo cáo tự đánh giá (mẫu {form}; {article})",
        "The self-assessment is missing (form {form}; {article})",
    ),
    dossier_commune_report_missing=(
        "Thiếu báo cáo của cấp xã (mẫu {form}; {article})",
        "The commune's report is missing (form {form}; {article})",
    ),
    form_unsigned=("Mẫu {form} chưa ghi ngày ký ({annex})", "Form {form} has no day of signing ({annex})"),
    self_assessment_other_set=(
        "Tự đánh giá theo bộ tiêu chí khác với hồ sơ",
        "The self-assessment is by another criteria set than the dossier",
    ),
    proposal_missing=(
        "Thiếu số văn bản đề nghị của cấp xã ({article})",
        "The number of the commune's proposal is missing ({article})",
    ),
    commune_point_missing=(
        "Báo cáo của cấp xã thiếu nội dung: {point} ({article})",
        "The commune's report lacks the point: {point} ({article})",
    ),
    commune_point_unknown=(
        "Báo cáo của cấp xã không có nội dung này",
        "The commune's report has no such point",
    ),
    samples_missing=("Thiếu sản phẩm mẫu ({article})", "The sample products are missing ({article})"),
    samples_too_few=("Chưa đủ sản phẩm mẫu ({article})", "There are too few sample products ({article})"),
    evidence_missing=("Thiếu minh chứng: {evidence} ({annex})", "Evidence is missing: {evidence} ({annex})"),
    evidence_missing_for_claim=(
        "Tự đánh giá {claims} nhưng thiếu minh chứng: {evidence} ({annex})",
        "The self-assessment claims {claims}, and the evidence is missing: {evidence} ({annex})",
    ),
    evidence_unknown=("Không có loại minh chứng này", "There is no such kind of evidence"),
    evidence_undated=(
        "Minh chứng chưa ghi ngày cấp: {evidence} ({annex})",
        "The evidence has no day of issue: {evidence} ({annex})",
    ),
    evidence_term_missing=(
        "Minh chứng chưa ghi ngày hết hạn, cũng chưa ghi là không thời hạn: {evidence} ({annex})",
        "The evidence states neither a last day nor that it has none: {evidence} ({annex})",
    ),
    evidence_term_contradicts=(
        "Minh chứng vừa ghi không thời hạn vừa ghi ngày hết hạn: {evidence}",
        "The evidence states a last day and that it has none: {evidence}",
    ),
    evidence_days_reversed=(
        "Minh chứng hết hạn trước ngày cấp: {evidence}",
        "The evidence ends before it was issued: {evidence}",
    ),
    evidence_expired=(
        "Minh chứng đã hết hạn: {evidence} ({article})",
        "The evidence has expired: {evidence} ({article})",
    ),
    evidence_expires_before_round=(
        "Minh chứng sẽ hết hạn trước đợt đánh giá: {evidence} ({article})",
        "The evidence will expire before the evaluation round: {evidence} ({article})",
    ),
    evidence_not_refreshed=(
        "Hồ sơ đánh giá lại phải thay minh chứng có từ trước lần công nhận: {evidence} ({article})",
        "A re-evaluation must replace evidence from before the recognition: {evidence} ({article})",
    ),
    previous_certificate_missing=(
        "Hồ sơ {kind} phải ghi giấy chứng nhận đã được cấp ({article})",
        "This dossier ({kind}) must name the certificate it starts from ({article})",
    ),
    recognition_day_missing=(
        "Hồ sơ {kind} phải ghi ngày cấp giấy chứng nhận trước ({article})",
        "This dossier ({kind}) must give the day of the earlier certificate ({article})",
    ),
    previous_recognition_unexpected=(
        "Hồ sơ {kind} không đi từ giấy chứng nhận nào trước đó ({article})",
        "This dossier ({kind}) starts from no earlier certificate ({article})",
    ),
    changes_missing=(
        "Hồ sơ nâng hạng phải nêu thay đổi kể từ khi được công nhận ({article})",
        "An upgrade must show what changed since the recognition ({article})",
    ),
    update_missing=(
        "Hồ sơ đánh giá lại phải cập nhật: {update} ({article})",
        "A re-evaluation must bring up to date: {update} ({article})",
    ),
    update_unknown=("Không có nội dung cập nhật này", "There is no such update"),
    before_recognition=(
        "Ngày này trước ngày cấp giấy chứng nhận trước",
        "This day is before that of the earlier certificate",
    ),
    day_in_future=("Ngày này chưa tới", "This day is still to come"),
    # The procedure of a dossier, and its certificate
    case_start_wrong=("Bước đầu tiên phải là nộp hồ sơ", "The first step must be the handing in of the dossier"),
    case_step_impossible=(
        "Hồ sơ đang ở trạng thái “{state}” không có bước này",
        "A dossier in the state “{state}” cannot take this step",
    ),
    case_state_wrong=("Bước “{event}” dẫn đến trạng thái khác", "The step “{event}” leads to another state"),
    case_dates_backwards=("Bước này đứng trước ngày của bước trước", "The step is dated before the one it follows"),
    handed_in_later=("Hồ sơ nộp sau ngày đang xét", "The dossier was handed in after the day in question"),
    transition_none=(
        "Hồ sơ ({kind}) nộp trước ngày {since} không được Quyết định {decision} quy định chuyển tiếp; hãy nộp lại",
        "Decision {decision} has no transition for a dossier ({kind}) handed in before {since}; hand it in again",
    ),
    transition_over=(
        (
            "Hồ sơ ({kind}) nộp trước ngày {since} chỉ theo Quyết định {old} đến hết ngày {until} (Điều {article}); "
            "hãy cập nhật và nộp lại theo Quyết định {decision}"
        ),
        (
            "A dossier ({kind}) handed in before {since} goes by Decision {old} only until {until} "
            "(Article {article}); update it and hand it in again by Decision {decision}"
        ),
    ),
    calendar_year_not_covered=(
        "Lịch nghỉ lễ không có năm {year}",
        "The calendar of holidays does not cover the year {year}",
    ),
    calendar_without_working_days=(
        "Lịch {calendar} không có ngày làm việc nào trong 60 ngày đến {day}",
        "The calendar {calendar} has no working day in the 60 days up to {day}",
    ),
    certificate_edition_unknown=("Không có thủ tục của đợt ban hành này", "There is no procedure of this edition"),
    certificate_star_not_certified=(
        "Sản phẩm {star} sao không được cấp giấy chứng nhận (Quyết định {decision}, Điều {article})",
        "A product of {star} stars gets no certificate (Decision {decision}, Article {article})",
    ),
    certificate_wrong_level=(
        "Sản phẩm {star} sao do {level} công nhận và thu hồi (Quyết định {decision}, Điều {article})",
        "A product of {star} stars is recognised and recalled by {level} (Decision {decision}, Article {article})",
    ),
    certificate_term_wrong=(
        "Giấy chứng nhận có hiệu lực {months} tháng kể từ ngày cấp (Điều {article})",
        "A certificate is valid for {months} months from its issue (Article {article})",
    ),
    certificate_dates_wrong=("Ngày này đứng trước ngày {other}", "This day lies before {other}"),
    certificate_not_issued_yet=(
        "Giấy chứng nhận chưa được cấp vào ngày {day}",
        "The certificate is not issued yet on {day}",
    ),
    certificate_not_in_force=(
        "Giấy chứng nhận không còn hiệu lực vào ngày {day}: {status}",
        "The certificate is no longer in force on {day}: {status}",
    ),
    certificate_not_higher=(
        "Nâng hạng phải lên hạng cao hơn {star} sao",
        "An upgrade must lead to more than {star} stars",
    ),
    certificate_window_missed=(
        "Hồ sơ đánh giá lại phải nộp từ ngày {first} đến ngày {last} (Điều {article})",
        "A re-evaluation's dossier is handed in from {first} to {last} (Article {article})",
    ),
    certificate_extension_not_allowed=(
        "Chỉ gia hạn giấy chứng nhận hết hạn từ ngày {first} đến ngày {last} (Điều {article})",
        "Only a certificate that ends from {first} to {last} is extended (Article {article})",
    ),
    certificate_extension_none=(
        "Quyết định {decision} không kéo dài hiệu lực giấy chứng nhận",
        "Decision {decision} extends no certificate",
    ),
    certificate_extension_too_long=(
        "Gia hạn không quá {days} ngày sau ngày hết hạn (Điều {article})",
        "A certificate is extended by {days} days past its end at most (Article {article})",
    ),
    recall_cause_unknown=("Không có căn cứ thu hồi này", "There is no such cause for a recall"),
    recall_late=(
        "Thu hồi quá hạn; hạn cuối theo ngày có kết luận là {by} (Điều {article})",
        "The recall is late; from the authority's conclusion, it was due by {by} (Article {article})",
    ),
    # A register of records
    id_repeated=("Mã tham chiếu này của {what} đã dùng ở {first}", "This id of a {what} is already used at {first}"),
    reference_unknown=(
        "Sổ đăng ký không có {what} mang mã tham chiếu này",
        "The registry has no {what} with this id",
    ),
    subject_twice=("Có thể trùng với chủ thể {first}", "This may be the same subject as {first}"),
    product_code_repeated=("Mã sản phẩm này đã dùng cho {first}", "This product code is already that of {first}"),
    barcode_of_another=("Mã vạch này đã dùng cho {first}", "This barcode is already one of {first}"),
    dossier_not_checked=(
        "Hồ sơ chưa ghi ngày nộp nên chưa kiểm tra thành phần và thời hạn giấy tờ",
        "The dossier has no day of handing in, so its parts and the terms of its papers were not checked",
    ),
    dossier_other_subject=(
        "Hồ sơ và sản phẩm ghi hai chủ thể khác nhau",
        "The dossier and its product name different subjects",
    ),
    dossier_other_set=(
        "Hồ sơ và sản phẩm ghi hai bộ tiêu chí khác nhau",
        "The dossier and its product name different criteria sets",
    ),
    recognition_day_differs=(
        "Ngày này khác ngày cấp ghi trên giấy chứng nhận trước",
        "This is not the day on which the earlier certificate was issued",
    ),
    certificate_other_product=(
        "Hồ sơ và giấy chứng nhận của hai sản phẩm khác nhau",
        "The dossier and the certificate are of different products",
    ),
    certificate_before_dossier=(
        "Giấy chứng nhận cấp trước khi nộp hồ sơ",
        "The certificate was issued before its dossier was handed in",
    ),
    certificate_other_kind=(
        "Hình thức công nhận không khớp với loại hồ sơ: {kind}",
        "A certificate does not come about in this way from such a dossier: {kind}",
    ),
    certificates_overlap=(
        "Cấp khi {first} của cùng sản phẩm còn hiệu lực mà không ghi ngày thay thế",
        "Issued while {first} of the same product was in force, which has no day on which it was superseded",
    ),
)
