"""Days and times as offices write them, read back; what is no day or could be two is refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.eras import EARLIEST, WEEKDAYS, year_of_era
from app.records.days import (
    DayOnly,
    When,
    certainly_after,
    moment_from_iso,
    moment_to_iso,
    short_wareki,
    wareki,
    wareki_moment,
    wareki_weekday,
)
from app.records.kinds import Day, Moment
from app.records.typed_days import TimeOfDayError, WeekdayError, parse_day, parse_moment

NEAR = date(2026, 11, 26)
APRIL = date(2026, 4, 1)
DAYS = st.dates(EARLIEST, date(2199, 12, 31))
MINUTES = st.datetimes(datetime.fromisoformat("1873-01-01"), datetime.fromisoformat("2099-12-31")).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
NUMERALS = "〇一二三四五六七八九"


def chinese(text: str) -> str:
    """``text`` with its numbers below a hundred as deeds write them."""

    def write(match: re.Match[str]) -> str:
        tens, ones = divmod(int(match[0]), 10)
        return f"{NUMERALS[tens] if tens > 1 else ''}{'十' if tens else ''}{NUMERALS[ones] if ones else ''}"

    return re.sub(r"\d{1,2}", write, text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("令7.4.1", date(2025, 4, 1)),
        ("R7/4/1", date(2025, 4, 1)),
        ("Ｒ７／４／１", date(2025, 4, 1)),
        ("r7-4-1", date(2025, 4, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("昭和 64年 1月 7日", date(1989, 1, 7)),
        ("2026-04-01", APRIL),
        ("２０２６年４月１日", APRIL),
        ("20260401", APRIL),
        ("㋿8年4月1日", APRIL),
        ("西暦2026年4月1日", APRIL),
        # the day of the week, 付, Chinese numerals
        ("令和8年4月1日（水）", APRIL),
        ("2026/4/1(水)", APRIL),
        ("2026年4月1日 水曜日", APRIL),
        ("R8.4.1(水)", APRIL),
        ("20260401（水）", APRIL),
        ("令和8年4月1日付け", APRIL),
        ("令和8年4月1日付", APRIL),
        ("令和8年4月1日（水）付け", APRIL),
        ("令和8年4月1日付け（水）", APRIL),
        ("令和８年４月１日㈬", APRIL),
        ("令和８年４月２９日（水・祝）", date(2026, 4, 29)),
        ("令和7年11月30日（日）", date(2025, 11, 30)),
        ("令和７年１２月３１日（水曜）", date(2025, 12, 31)),
        ("令和八年四月一日", APRIL),
        ("令和元年五月一日", date(2019, 5, 1)),
        ("令和七年十二月二十日", date(2025, 12, 20)),
        ("令和七年十二月三十一日", date(2025, 12, 31)),
        ("昭和六十三年一月十日", date(1988, 1, 10)),
        ("昭和六三年一月一〇日", date(1988, 1, 10)),
        ("二〇二六年四月一日", APRIL),
        ("令和弐拾年拾弐月参拾壱日", date(2038, 12, 31)),
        # keys pressed with the input method on
        ("2026ー04ー01", APRIL),
        ("R8ー4ー1", APRIL),
        ("R8・4・1", APRIL),
        ("２０２６−４−１", APRIL),
        ("２０２６・４・１", APRIL),
        ("ｒ８−４−１", APRIL),
        ("ｒ８･４･１", APRIL),
        ("r8。4。1", APRIL),
        ("r8｡4､1", APRIL),
        ("２０２６ー４ー１", APRIL),
        ("2026–4—1", APRIL),
        ("ｒ８．４．１", APRIL),
        ("ｈ３１．４．３０", date(2019, 4, 30)),
    ],
)
def test_what_people_type_is_read(text: str, day: date) -> None:
    assert parse_day(text) == day
    assert parse_day(text, NEAR) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "あした",
        "2026-02-30",
        "26/4/1",
        "4月1日",
        "12/1",
        "1201",
        "8.12.1",
        "平成31年5月1日",
        "令和元年4月30日",
        "令和0年1月1日",
        "明治5年12月2日",
        "2026-04",
        "R8.4",
        "2026-04-01x",
        "46113",
        "令和十十年四月一日",
        "令和8年4月1日（",
        "令和8年4月1日（水曜日",
        "令和8年4月1日（金土）",
        "れいわ８ねん４がつ１にち",
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^$|month|day|range|must|offset"):
        parse_day(text)


@pytest.mark.parametrize(
    "text", ["令和8年4月1日（木）", "2026/4/1(木)", "R8.4.1木曜日", "令和八年四月一日木曜"]
)
def test_a_day_of_the_week_that_does_not_fit_is_refused_with_the_right_one(text: str) -> None:
    with pytest.raises(WeekdayError, match="令和8年4月1日は水曜日です"):
        parse_day(text)
    for kind in (Day(label="雇入れの日"), Moment(label="雇入れの日")):
        with pytest.raises(ValueError, match=r"の曜日が日付と合いません。令和8年4月1日は水曜日です。"):
            kind.from_text(text)


@pytest.mark.parametrize(
    ("text", "near", "day"),
    [
        ("12/1", NEAR, date(2026, 12, 1)),
        ("12月1日", NEAR, date(2026, 12, 1)),
        ("十二月一日", NEAR, date(2026, 12, 1)),
        ("1201", NEAR, date(2026, 12, 1)),
        ("12/1（火）", NEAR, date(2026, 12, 1)),
        ("4/1", NEAR, date(2027, 4, 1)),
        ("3/31", date(2026, 4, 2), date(2026, 3, 31)),
        ("1/5", date(2026, 12, 28), date(2027, 1, 5)),
        ("12/28", date(2027, 1, 5), date(2026, 12, 28)),
        ("2/29", NEAR, date(2028, 2, 29)),
        ("2/29", date(2026, 2, 1), date(2024, 2, 29)),
        ("8.12.1", NEAR, date(2026, 12, 1)),
        ("8年12月1日", NEAR, date(2026, 12, 1)),
        ("元.5.1", NEAR, date(2019, 5, 1)),
        ("13.3.31", NEAR, date(2031, 3, 31)),
        ("31.4.1", date(2019, 4, 30), date(2019, 4, 1)),
    ],
)
def test_a_year_left_out_is_the_nearest(text: str, near: date, day: date) -> None:
    assert parse_day(text, near) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11/25", date(2026, 11, 25)),
        ("11/26", NEAR),
        ("11/27", date(2025, 11, 27)),
        ("2/29", date(2024, 2, 29)),
    ],
)
def test_what_can_only_have_happened_lies_on_the_day_at_the_latest(text: str, day: date) -> None:
    assert parse_day(text, NEAR, past=True) == day


@pytest.mark.parametrize(
    "text", ["14.4.1", "26/4/1", "31.4.30", "0.4.1", "13/1", "2/30", "1301", "12/1（水）", "12"]
)
def test_a_year_that_could_be_another_is_not_filled_in(text: str) -> None:
    with pytest.raises(ValueError, match=r"^$|曜日|month|day|range|must"):
        parse_day(text, NEAR)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_no_year_is_nearer_than_the_one_filled_in(near: date, day: date) -> None:
    found = parse_day(f"{day.month}/{day.day}", near)
    assert (found.month, found.day) == (day.month, day.day)
    assert abs(found - near) <= (
        timedelta(days=183) if (day.month, day.day) != (2, 29) else timedelta(days=1462)
    )


@given(DAYS, st.booleans(), st.booleans())
def test_whatever_we_print_of_a_day_is_read_back(day: date, wide: bool, deed: bool) -> None:
    weekday = WEEKDAYS[day.weekday()]
    printed = (
        wareki(day),
        wareki(day, full_width=True),
        short_wareki(day),
        wareki_weekday(day),
        f"{wareki(day)}付け",
        f"{day.year}年{day.month}月{day.day}日（{weekday}）",
        day.isoformat(),
        f"{day:%Y%m%d}",
    )
    for text in printed:
        written = text.translate(WIDE) if wide else text
        assert parse_day(written) == day
        assert parse_day(unicodedata.normalize("NFKC", written), NEAR) == day
    if deed and year_of_era(day).number < 100:
        assert parse_day(chinese(wareki(day))) == day
    wrong = WEEKDAYS[(day.weekday() + 1) % 7]
    with pytest.raises(WeekdayError):
        parse_day(f"{wareki(day)}（{wrong}）")


# --- moments --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("9:30", 9, 30),
        ("９：３０", 9, 30),
        ("09:30:00", 9, 30),
        ("0:00", 0, 0),
        ("23:59", 23, 59),
        ("15時", 15, 0),
        ("15時5分", 15, 5),
        ("15時半", 15, 30),
        ("午後3時半", 15, 30),
        ("午後 3時 30分", 15, 30),
        ("午後三時半", 15, 30),
        ("午前9時", 9, 0),
        ("午前0時", 0, 0),
        ("午後0時15分", 12, 15),
        ("午後11:59", 23, 59),
        ("正午", 12, 0),
        ("1530", 15, 30),
        ("0930", 9, 30),
        ("930", 9, 30),
    ],
)
def test_a_time_of_day_is_read_behind_any_day(text: str, hour: int, minute: int) -> None:
    at = datetime.combine(APRIL, time(hour, minute))
    for day in ("令和8年4月1日（水）", "R8.4.1", "2026-04-01", "令和八年四月一日付け", "20260401"):
        assert parse_moment(f"{day} {text}") == at
        assert parse_moment(f"{day}　{text}") == at
    assert parse_moment(f"4/1 {text}", APRIL) == at
    if not text.isdigit():
        assert parse_moment(f"令和8年4月1日（水）{text}") == at


@pytest.mark.parametrize(
    "text",
    [
        "3:05 PM",
        "24:00",
        "9:60",
        "25時",
        "午後12時",
        "午前12時",
        "午後15時",
        "2460",
        "15",
        "夕方",
        "9時60分",
        "9:5",
    ],
)
def test_what_is_no_time_of_day_is_told_apart_from_the_day(text: str) -> None:
    with pytest.raises((TimeOfDayError, ValueError)):
        parse_moment(f"令和8年4月1日 {text}")
    with pytest.raises(ValueError, match=r"時刻を読めません|日時として読めません"):
        Moment(label="日時").from_text(f"令和8年4月1日 {text}")


def test_the_field_says_that_the_time_may_stay_empty() -> None:
    with pytest.raises(ValueError, match=r"9:30、15時、午後3時半 .*分からないときは時刻を空けてください。"):
        Moment(label="日時").from_text("令和8年4月1日 夕方")
    with pytest.raises(ValueError, match=r"令和8年4月1日 9時30分、2026-04-01 9:30 のように"):
        Moment(label="日時").from_text("夕方 9:30")


@given(MINUTES)
def test_a_moment_reads_back_from_whatever_we_print(moment: datetime) -> None:
    for text in (
        wareki_moment(moment),
        wareki_moment(moment).translate(WIDE),
        f"{wareki_weekday(moment.date())}{moment.hour}時{moment.minute:02}分",
        moment.isoformat(sep=" ", timespec="minutes"),
        moment.isoformat(timespec="minutes"),
        moment.isoformat(timespec="seconds"),
        moment_to_iso(moment),
    ):
        assert parse_moment(text) == moment
    assert moment_from_iso(moment_to_iso(moment)) == moment


@given(DAYS)
def test_a_day_alone_stays_a_day_alone(day: date) -> None:
    alone = DayOnly(day)
    for text in (wareki(day), short_wareki(day), wareki_weekday(day), day.isoformat(), wareki_moment(alone)):
        assert parse_moment(text) == alone
    assert (moment_to_iso(alone), moment_from_iso(moment_to_iso(alone))) == (day.isoformat(), alone)
    assert "時" not in wareki_moment(alone)


@given(st.lists(st.one_of(MINUTES, DAYS.map(DayOnly)), max_size=8))
def test_an_unknown_hour_stands_before_the_hours_of_its_day(moments: list[When]) -> None:
    """In memory as in the text that the ledger keeps."""
    ordered = sorted(moments)
    assert sorted(map(moment_to_iso, moments)) == [moment_to_iso(one) for one in ordered]
    assert [one.date() for one in ordered] == sorted(one.date() for one in moments)
    for one in moments:
        alone = DayOnly(one.date())
        if isinstance(one, datetime):
            assert alone < one
            assert alone <= one
            assert one > alone
            assert one >= alone
            assert alone != one
            assert not certainly_after(one, alone)
        assert not certainly_after(alone, one)
        assert (alone <= alone, alone >= alone, alone < alone, alone > alone) == (True, True, False, False)


def test_midnight_is_an_hour_and_no_hour_is_none() -> None:
    assert parse_moment("令和8年4月1日 0:00") == datetime.fromisoformat("2026-04-01 00:00")
    assert parse_moment("令和8年4月1日") == DayOnly(APRIL)
    assert wareki_moment(parse_moment("令和8年4月1日 0:00")) == "令和8年4月1日 0時00分"
    assert wareki_moment(parse_moment("令和8年4月1日")) == "令和8年4月1日"


@given(st.text(max_size=30), st.sampled_from([None, NEAR]))
def test_any_text_is_a_day_or_a_value_error(text: str, near: date | None) -> None:
    for read in (parse_day, parse_moment):
        try:
            read(text, near)
        except ValueError:
            continue


@given(
    st.text("0123456789年月日時分午前後半元令和RHS.-/ー・。:水曜付け（）十一二 T", max_size=24),
    st.sampled_from([None, NEAR, EARLIEST, date(2199, 12, 31)]),
)
def test_parts_of_days_in_any_order_are_a_day_or_a_value_error(text: str, near: date | None) -> None:
    for read in (parse_day, parse_moment):
        try:
            found = read(text, near)
        except ValueError:
            continue
        assert (found.date() if isinstance(found, datetime | DayOnly) else found) >= EARLIEST
