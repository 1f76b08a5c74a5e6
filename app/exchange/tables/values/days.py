"""A day or moment as it stands in a register: certain, or asked about, never filled in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from app.exchange.sheets.book import Cell
from app.exchange.tables.values.found import Ask, Found, Sure, Wrong
from app.records.days import DayOnly, moment_to_iso, wareki
from app.records.kinds import Day, Moment
from app.records.typed_days import parse_day, parse_moment

_SERIALS = range(20_000, 73_051)
"""The days 1954 to 2099, as a sheet counts them."""
_NUMBERS = re.compile(r"\d+")
_ENGLISH = re.compile(r"(?i)\d{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_COMPACT = re.compile(r"(\d{1,2})(\d{2})(\d{2})")
_NO_YEAR = re.compile(r"\d{1,2}\s*[月/.-]\s*\d{1,2}日?")
_SHORT_YEAR = re.compile(r"['’]?\d{1,2}\s*[./年-]\s*\d{1,2}\s*[./月-]\s*\d{1,2}日?")
_NO_DAY = re.compile(r"(?:[^\d]*\d{1,4}|[^\d]*元)\s*[./年-]\s*\d{1,2}月?")
_RANGE = re.compile(r"[~〜～]|から|--")
_WRITE = "令和8年4月1日、2026-04-01 のように、年月日をすべて書いてください。"


def read(cell: Cell, kind: Day | Moment) -> Found:
    """The day in a cell as a file of records writes it."""
    value = cell.value
    if isinstance(value, bool):
        return Wrong(f"「{cell.shown}」は日付ではありません。", _WRITE)
    if isinstance(value, datetime | date):
        return _held(cell, value, kind)
    if isinstance(value, int | Decimal):
        return _number(cell.shown, value, kind)
    if isinstance(value, time):
        return Wrong(f"「{cell.shown}」は時刻だけです。", _WRITE)
    return _text(cell.shown, kind)


def _held(cell: Cell, value: datetime | date, kind: Day | Moment) -> Found:
    """A day of the sheet, if people see which one it is."""
    day = value.date() if isinstance(value, datetime) else value
    if not _seen(cell.shown, day):
        return Ask(
            f"「{cell.shown}」は日が表示されていません（セルの値は{wareki(day)}）。",
            "日まで表示する書式にするか、正しい日付を書いてください。",
        )
    if isinstance(kind, Moment) and isinstance(value, datetime):
        return Sure(moment_to_iso(value))
    return Sure(day.isoformat())


def _seen(shown: str, day: date) -> bool:
    """Whether month and day can be read in what is shown."""
    narrow = unicodedata.normalize("NFKC", shown)
    if _ENGLISH.search(narrow):
        return True
    numbers = [int(text) for text in _NUMBERS.findall(narrow)]
    pairs = pairwise(numbers)
    return any(pair in ((day.month, day.day), (day.day, day.month)) for pair in pairs) or any(
        text.endswith(f"{day.month:02}{day.day:02}") for text in _NUMBERS.findall(narrow) if len(text) >= 6
    )


def _number(shown: str, value: int | Decimal, kind: Day | Moment) -> Found:
    text = str(value)
    if len(text) == 8 and "." not in text:
        return _text(text, kind)
    if int(value) in _SERIALS:
        moment = datetime.combine(date(1899, 12, 30), time()) + timedelta(days=float(value))
        day = moment.date()
        if (other := _compact(text)) is not None:
            return Ask(
                f"「{shown}」は{wareki(day)}とも{other}とも読めます。",
                _WRITE,
            )
        if value == int(value) or isinstance(kind, Day):
            return Sure(day.isoformat())
        return Sure(moment_to_iso(moment.replace(second=0, microsecond=0)))
    if _compact(text) is not None:
        return Ask(f"「{shown}」は年の数え方が分かりません。", _WRITE)
    return Wrong(f"「{shown}」は日付として読めません。", _WRITE)


def _compact(text: str) -> str | None:
    """What digits say as year, month and day without signs between, in an era that is not said; else None."""
    match = _COMPACT.fullmatch(text)
    if match is None or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31):
        return None
    return f"{int(match[1])}年{int(match[2])}月{int(match[3])}日"


def _text(text: str, kind: Day | Moment) -> Found:
    bare = " ".join(text.split())
    try:
        if isinstance(kind, Day):
            return Sure(_day(bare).isoformat())
        return Sure(moment_to_iso(parse_moment(bare)))
    except ValueError:
        pass
    narrow = unicodedata.normalize("NFKC", bare)
    if re.fullmatch(r"\d{5}", narrow):
        return _number(bare, int(narrow), kind)
    if _RANGE.search(narrow):
        return Ask(
            f"「{bare}」は期間です。1つの日付に分かれません。", "始まりと終わりを別の列に分けてください。"
        )
    if _SHORT_YEAR.fullmatch(narrow):
        return _possible(bare, narrow, "年の数え方（元号か西暦か）が分かりません。")
    if _NO_YEAR.fullmatch(narrow):
        return _possible(bare, f"2024/{narrow}", "年がありません。", whole=narrow)
    if _NO_DAY.fullmatch(narrow):
        return Ask(f"「{bare}」は日がありません。", _WRITE)
    if not _NUMBERS.search(narrow):
        return Ask(
            f"「{bare}」は日付ではありません。", "日付が分かれば書き、分からなければ空欄にしてください。"
        )
    return _refused(bare, kind)


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        moment = parse_moment(text)
        return moment.day if isinstance(moment, DayOnly) else moment.date()


def _possible(shown: str, narrow: str, why: str, *, whole: str = "") -> Found:
    """Asked about, if there is such a month and day at all."""
    numbers = [int(text) for text in _NUMBERS.findall(whole or narrow)]
    month, day = numbers[-2:]
    try:
        date(2024, month, day)
    except ValueError:
        return Wrong(f"「{shown}」という日はありません。", _WRITE)
    return Ask(f"「{shown}」は{why}", _WRITE)


def _refused(text: str, kind: Day | Moment) -> Found:
    try:
        kind.from_text(text)
    except ValueError as error:
        return Wrong(str(error), _WRITE)
    return Wrong(f"「{text}」は日付として読めません。", _WRITE)
