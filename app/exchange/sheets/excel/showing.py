"""A number as people see it on the sheet, and the value that they mean by it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from app.eras import EARLIEST, WEEKDAYS, year_of_era
from app.exchange.sheets.book import CellError, Value
from app.exchange.sheets.excel.codes import OF_DAY, OF_TIME, Is, Piece, Section, sections

_DAY = 86_400
_HOURS = OF_TIME | {Is.ELAPSED}
_EPOCH_1904 = date(1904, 1, 1)
_NO_SUCH_DAY = 60
"""The serial of 29 February 1900, which Excel counts and no calendar has."""
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_ENGLISH_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_LONG_ENGLISH_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_UNSHOWN = "########"
"""What Excel fills a cell with that would show a day before its first."""
_LARGEST = 1e15
"""From here on not every whole number is one of its own."""


def exact(number: float) -> int | Decimal:
    """The number that people typed: Excel keeps 15 digits, and what follows them is noise of the machine."""
    if number == int(number) and abs(number) < _LARGEST:
        return int(number)
    held = Decimal(f"{number:.15g}")
    return int(held) if held == held.to_integral_value() else held


def general(number: int | Decimal) -> str:
    """A number without a format."""
    return str(number) if isinstance(number, int) else f"{number:f}"


class Format:
    """One number format, taken apart once for all cells that have it."""

    def __init__(self, code: str, *, since_1904: bool = False) -> None:
        self._sections = sections(code)
        self._since_1904 = since_1904
        first = self._sections[0].pieces
        self.plain = len(self._sections) == 1 and [piece.kind for piece in first] in ([Is.GENERAL], [Is.TEXT])
        """Whether numbers and texts are shown as they are."""

    def show(self, number: float) -> tuple[str, Value]:
        """The text and the value of a cell with this number."""
        if not math.isfinite(number):
            return str(number), CellError(str(number))
        chosen, signed = self._section(number)
        if chosen is None:
            return "", exact(number)
        if chosen.has(OF_DAY | _HOURS):
            return self._moment(chosen, number)
        held = exact(number)
        shown = "".join(_number(chosen, held))
        return ("-" + shown if signed and held < 0 and chosen.pieces else shown), held

    def text(self, text: str) -> str:
        """A text as the format shows it."""
        if len(self._sections) > 3:
            pieces = self._sections[3].pieces
        else:
            pieces = self._sections[0].pieces
            if not any(piece.kind is Is.TEXT for piece in pieces):
                return text
        return "".join(text if piece.kind is Is.TEXT else piece.text for piece in pieces)

    def _section(self, number: float) -> tuple[Section | None, bool]:
        """The part that shows ``number``, and whether it shows a minus of its own accord."""
        parts = self._sections[:3]
        if any(part.condition for part in parts):
            for part in parts:
                if part.condition is None or _holds(part.condition, number):
                    return part, True
            return None, True
        if len(parts) == 1:
            return parts[0], True
        if number < 0:
            return parts[1], False
        return parts[2] if number == 0 and len(parts) > 2 else parts[0], False

    def _moment(self, section: Section, serial: float) -> tuple[str, Value]:
        whole = math.floor(serial)
        of_day, of_time = section.has(OF_DAY), section.has(_HOURS)
        places = max((len(p.text) for p in section.pieces if p.kind is Is.FRACTION), default=0)
        parts = round((serial - whole) * _DAY * 10**places)
        if parts == _DAY * 10**places and of_time:
            whole, parts = whole + 1, 0
        # The hour of a day that is shown alone moves no day.
        at = timedelta(seconds=parts / 10**places if of_time else 0)
        if section.has(frozenset((Is.ELAPSED,))):
            return "".join(_elapsed(section, whole, at)), exact(serial)
        day = self._day(whole)
        if isinstance(day, CellError):
            if of_day or whole != 0:
                return day.text, day
            day = EARLIEST
        moment = datetime.combine(day, time()) + at
        shown = "".join(_moment(section, moment))
        if not of_time:
            return shown, day
        return shown, moment if of_day or whole else moment.time()

    def _day(self, serial: int) -> date | CellError:
        try:
            if self._since_1904:
                return _EPOCH_1904 + timedelta(serial) if serial >= 0 else CellError(_UNSHOWN)
            if serial < 0:
                return CellError(_UNSHOWN)
            if serial in (0, _NO_SUCH_DAY):
                return CellError("1900/1/0" if serial == 0 else "1900/2/29")
            return date(1899, 12, 31 if serial < _NO_SUCH_DAY else 30) + timedelta(serial)
        except OverflowError:
            return CellError(_UNSHOWN)


def _holds(condition: tuple[str, float], number: float) -> bool:
    sign, other = condition
    return {
        "<": number < other,
        "<=": number <= other,
        ">": number > other,
        ">=": number >= other,
        "=": number == other,
        "<>": number != other,
    }[sign]


def _moment(section: Section, moment: datetime) -> Iterator[str]:
    halves = any(piece.kind is Is.HALF for piece in section.pieces)
    for piece in section.pieces:
        if piece.kind in OF_TIME:
            yield _of_time(piece, moment, halves)
        elif piece.kind in OF_DAY:
            yield _of_day(piece, moment.date(), section.first_year)
        else:
            yield piece.text


def _of_time(piece: Piece, moment: datetime, halves: bool) -> str:
    match piece.kind:
        case Is.HOUR:
            hour = (moment.hour % 12 or 12) if halves and len(piece.text) < 3 else moment.hour
            return f"{hour:0{len(piece.text)}}"
        case Is.MINUTE:
            return f"{moment.minute:0{len(piece.text)}}"
        case Is.SECOND:
            return f"{moment.second:0{len(piece.text)}}"
        case Is.FRACTION:
            return "." + f"{moment.microsecond:06}"[: len(piece.text)]
    first, _, second = piece.text.partition("/")
    return second if moment.hour >= 12 else first


def _of_day(piece: Piece, day: date, first_year: bool) -> str:
    wide = len(piece.text)
    match piece.kind:
        case Is.YEAR:
            return f"{day.year % 100:02}" if wide <= 2 else f"{day.year:04}"
        case Is.MONTH:
            return _month(day, wide)
        case Is.DAY:
            names = {3: _ENGLISH_DAYS, 4: _LONG_ENGLISH_DAYS}.get(min(wide, 4))
            return names[day.weekday()] if names else f"{day.day:0{wide}}"
        case Is.WEEKDAY:
            return WEEKDAYS[day.weekday()] + ("曜日" if wide == 4 else "")
    year = year_of_era(day)
    number = "元" if first_year and year.number == 1 else f"{year.number:0{min(wide, 2)}}"
    if piece.kind is Is.ERA:
        return year.letter if wide == 1 else year.era[:1] if wide == 2 else year.era
    return number if piece.kind is Is.ERA_YEAR or wide == 1 else year.era + number


def _month(day: date, wide: int) -> str:
    if wide <= 2:
        return f"{day.month:0{wide}}"
    name = _LONG_MONTHS[day.month - 1] if wide == 4 else _MONTHS[day.month - 1]
    return name[0] if wide == 5 else name


def _elapsed(section: Section, days: int, at: timedelta) -> Iterator[str]:
    seconds = days * _DAY + int(at.total_seconds())
    for piece in section.pieces:
        match piece.kind, piece.text[:1]:
            case Is.ELAPSED, "h":
                yield f"{seconds // 3600:0{len(piece.text)}}"
            case Is.ELAPSED, "m":
                yield f"{seconds // 60:0{len(piece.text)}}"
            case Is.ELAPSED, _:
                yield f"{seconds:0{len(piece.text)}}"
            case Is.MINUTE | Is.MONTH, _:
                yield f"{seconds // 60 % 60:0{len(piece.text)}}"
            case Is.SECOND, _:
                yield f"{seconds % 60:0{len(piece.text)}}"
            case _:
                yield piece.text


def _bare(number: int | Decimal) -> int | Decimal:
    return -number if number < 0 else number


def _number(section: Section, number: int | Decimal) -> Iterator[str]:
    """The pieces of a number from the left, without its sign."""
    pieces = section.pieces
    kinds = [piece.kind for piece in pieces]
    if Is.SLASH in kinds or Is.GENERAL in kinds or Is.TEXT in kinds:
        plain = general(_bare(number))
        told = (Is.SLASH, Is.GENERAL, Is.TEXT)
        at = next(place for place, kind in enumerate(kinds) if kind in told)
        for place, piece in enumerate(pieces):
            if place == at:
                yield plain
            elif piece.kind is Is.LITERAL:
                yield piece.text
        return
    if Is.DIGIT not in kinds:
        yield from (piece.text for piece in pieces)
        return
    held = Decimal(_bare(number)) * 100 ** kinds.count(Is.PERCENT)
    exponent = ""
    if Is.EXPONENT in kinds:
        power = held.adjusted() if held else 0
        held, exponent = held.scaleb(-power), f"{'-' if power < 0 else '+'}{abs(power):02}"
    try:
        yield from list(_digits(pieces, held, exponent))
    except InvalidOperation:
        # More digits than any number has: it is shown as it is.
        yield general(_bare(number))


def _digits(pieces: tuple[Piece, ...], number: Decimal, exponent: str) -> Iterator[str]:
    kinds = [piece.kind for piece in pieces]
    end = kinds.index(Is.EXPONENT) if exponent else len(pieces)
    point = kinds.index(Is.POINT) if Is.POINT in kinds[:end] else end
    places = [at for at in range(end) if kinds[at] is Is.DIGIT]
    commas = [at for at in range(end) if kinds[at] is Is.COMMA]
    before, after = [at for at in places if at < point], [at for at in places if at > point]
    number /= 1000 ** sum(1 for at in commas if at > (before or places)[-1] and at < point)
    grouped = any(before and before[0] < at < before[-1] for at in commas)
    whole, _, rest = f"{number.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP):f}".partition(".")
    left = _whole(pieces, before, "" if whole == "0" else whole, grouped)
    right = _rest(pieces, after, rest)
    for at, piece in enumerate(pieces):
        if at in left or at in right:
            yield left.get(at, "") + right.get(at, "")
        elif kinds[at] is Is.EXPONENT:
            yield f"E{exponent}"
        elif kinds[at] is Is.POINT:
            yield piece.text if before or after else ""
        elif kinds[at] not in (Is.COMMA, Is.DIGIT):
            yield piece.text


def _whole(pieces: tuple[Piece, ...], places: list[int], digits: str, grouped: bool) -> dict[int, str]:
    """Which digits stand at which place before the point: the first takes all that the others leave."""
    if not places:
        return {}
    wide = len(places)
    least = wide - next((order for order, at in enumerate(places) if pieces[at].text == "0"), wide)
    padded = digits.rjust(least, "0") if least else digits
    found: dict[int, str] = {}
    count = 0
    for order, at in enumerate(reversed(places)):
        last = order == wide - 1
        taken = padded if last else padded[-1:]
        padded = "" if last else padded[:-1]
        text = ""
        for digit in reversed(taken):
            text = digit + ("," if grouped and count and count % 3 == 0 else "") + text
            count += 1
        found[at] = text or (" " if pieces[at].text == "?" else "")
    return found


def _rest(pieces: tuple[Piece, ...], places: list[int], digits: str) -> dict[int, str]:
    """Which digits stand at which place behind the point; zeros at the end only where they are asked for."""
    found: dict[int, str] = {}
    ended = True
    for at, digit in reversed(list(zip(places, digits, strict=True))):
        ended = ended and digit == "0" and pieces[at].text != "0"
        found[at] = (" " if pieces[at].text == "?" else "") if ended else digit
    return found
