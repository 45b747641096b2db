"""Programmes of a place, and its portfolio: what can be wrong there, by code."""

from typing import Final

from ocop.messages.table import table

PROGRAMMES: Final = table(
    # A place's programme and its portfolio
    programme_place_unknown=("Không có tỉnh nào mang mã này", "There is no province with this code"),
    programme_not_begun=(
        "Chương trình bắt đầu ngày {start}; ngày đang xét đứng trước đó",
        "The programme begins on {start}, after the day in question",
    ),
    period_reversed=("Kỳ kết thúc trước khi bắt đầu", "The period ends before it starts"),
    target_repeated=("Hai chỉ tiêu cùng mã", "Two targets have this id"),
    target_outside_programme=(
        "Kỳ của chỉ tiêu vượt ra ngoài chương trình ({first} đến {last})",
        "The target's period leaves that of the programme ({first} to {last})",
    ),
    target_indicator_unknown=("Không có cách đo này", "There is no such indicator"),
    target_option_missing=("Cách đo {indicator} cần khóa {option}", "The indicator {indicator} needs the key {option}"),
    target_option_unused=(
        "Cách đo {indicator} không dùng khóa {option}",
        "The indicator {indicator} does not know the key {option}",
    ),
    target_comparator_wrong=(
        "Cách đo {indicator} không so sánh được theo cách này",
        "The indicator {indicator} cannot be compared in this way",
    ),
    target_percent_wrong=(
        "Chỉ số phần trăm mới đo tỷ lệ, và tỷ lệ phải ghi là phần trăm; cách đo là {indicator}",
        "A share is asked for in percent, and nothing else is; the indicator is {indicator}",
    ),
    target_value_missing=("So sánh “{comparator}” cần khóa {key}", "The comparison “{comparator}” needs the key {key}"),
    target_value_unexpected=(
        "So sánh “{comparator}” không dùng khóa {key}",
        "The comparison “{comparator}” does not know the key {key}",
    ),
    target_range_reversed=("Mức trên thấp hơn mức dưới", "The upper end is below the lower one"),
    target_tolerance_range=("Sai lệch phải từ 0 đến dưới 1", "A tolerance is from 0 to under 1"),
    target_waypoint_outside=(
        "Mốc trên đường đi phải tăng dần theo ngày, từ {first} đến trước {last}",
        "Waypoints come in the order of their days, from {first} to before {last}",
    ),
    progress_other_programme=(
        "Hai kết quả của hai chương trình khác nhau",
        "The two results are of different programmes",
    ),
    progress_not_earlier=(
        "Kết quả để so sánh không sớm hơn kết quả này",
        "The result to compare with is of a later day",
    ),
    portfolio_id_repeated=("Mã này đã dùng ở {first}; chỉ tính một lần", "This id is used at {first}; it counts once"),
    portfolio_reference_unknown=(
        "Danh mục không có {what} mang mã này",
        "The portfolio has no {what} with this id",
    ),
    participant_twice=("Có thể trùng với tổ chức ở {first}; chỉ tính một lần", "This may be {first}; it counts once"),
    event_contradicts_certificate=(
        "Lượt này khác với giấy chứng nhận của nó; tính theo giấy chứng nhận",
        "This event differs from its certificate, which counts",
    ),
    days_reversed=("Ngày kết thúc đứng trước ngày bắt đầu", "The last day is before the first"),
    trained_too_many=(
        "Số đã đào tạo lớn hơn tổng số: {audience}",
        "More people were trained than there are: {audience}",
    ),
    dated_after_day=(
        "Có {count} mục sau ngày {day}, không tính",
        "{count} of these are dated after {day} and not counted",
    ),
)
