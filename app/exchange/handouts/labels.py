"""管理ラベル: the number of a machine, medium or box, with a code for a scanner and the vendor's name."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

from app.common import PeopleError
from app.exchange.handouts.handout import Handout
from app.printing.labels.sheets import EXAMPLE, MOST_FACES, SHEETS, measured
from app.records import Device, Field, Record
from app.records.kinds import Choice, Flag, Number, Text
from app.records.ordering import in_order
from app.work.acts.plan import Answers, Ground, all_of
from app.work.acts.stock.labelled import label_code

_TITLES = {one.title: one for one in SHEETS}
_TENTHS = 100
"""A printer that is out by more than a centimetre is out of order."""


class _Nothing(StrEnum):
    """The sheets are known by their measures alone."""


class _SheetChoice(Choice):
    """One of the sheets, also by the number of its faces alone: 24."""

    @cached_property
    def choices(self) -> tuple[str, ...]:
        return tuple(_TITLES)

    def from_text(self, text: str) -> str:
        said = text.strip()
        faces = {str(one.faces): one.title for one in SHEETS}
        return super().from_text(faces.get(said.removesuffix("面"), said))


class _Measures(Text):
    """A sheet of the officer's own measures, as ``measured`` reads it."""

    def problems(self, value: str) -> Iterator[str]:
        yield from super().problems(value)
        try:
            measured(value) if value.strip() else None
        except ValueError as error:
            yield str(error)


_SHEET = Field(
    "sheet",
    _SheetChoice(label="ラベル用紙", of=_Nothing, hint="A4のラベル用紙の面数と1面の大きさ"),
    True,
    "",
)
_OWN = Field(
    "measures",
    _Measures(label="ほかの用紙の寸法", longest=80, hint="上の用紙の代わり"),
    required=False,
    default="",
)
_FROM = Field(
    "from",
    Number(
        label="始める面",
        least=1,
        most=MOST_FACES,
        unit="面目",
        hint="左上から右へ数えます",
    ),
    required=False,
    default=1,
)
_RIGHT = Field(
    "right",
    Number(label="右へずらす", least=-_TENTHS, most=_TENTHS, unit="×0.1mm"),
    required=False,
    default=0,
)
_DOWN = Field(
    "down", Number(label="下へずらす", least=-_TENTHS, most=_TENTHS, unit="×0.1mm"), required=False, default=0
)
_FRAMED = Field(
    "framed",
    Flag(label="枠線", yes="印刷する（試し刷り）", no="印刷しない"),
    required=False,
    default=False,
)
_FIELDS = (_SHEET, _OWN, _FROM, _RIGHT, _DOWN, _FRAMED)


def _make(ground: Ground, records: tuple[Record, ...], answers: Answers) -> bytes:
    from app.printing.labels.drawing import Label, draw_labels

    own = str(answers.get("measures") or "").strip()
    sheet = measured(own) if own else _TITLES[str(answers.get("sheet") or SHEETS[1].title)]
    first = int(answers.get("from") or 1)
    if first > sheet.faces:
        raise PeopleError(f"この用紙は{sheet.faces}面です。始める面は1から{sheet.faces}までにしてください。")
    vendor = ground.facts.vendor
    name = vendor.name if vendor else ""
    labels = [
        Label(label_code(one), one.control_number, (one.kind, name))
        for one in in_order(all_of(records, Device))
    ]
    if not labels:
        raise PeopleError("ラベルを作るPC・媒体を選んでください。")
    shift = (int(answers.get("right") or 0) / 10, int(answers.get("down") or 0) / 10)
    return draw_labels(
        labels, sheet, first=first, shift=shift, framed=bool(answers.get("framed")), title=LABELS.title
    )


LABELS = Handout(
    name="labels",
    title="管理ラベル",
    words=("ラベル", "シール", "QRコード", "バーコード", "管理番号を貼る", "らべる"),
    hint="管理番号と読取り用のコードを、A4のラベル用紙に印刷します。初めて使う用紙は、先に枠線を付けて普通紙に"
    f"試し刷りし、用紙と重ねて確かめます。ほかの用紙の寸法は、{EXAMPLE}の順に入力します。",
    about=Device,
    many=True,
    fields=lambda _ground, _records: _FIELDS,
    given=lambda _ground, _records: {"sheet": SHEETS[1].title, "from": 1, "framed": False},
    make=_make,
    offered=lambda _ground, one: isinstance(one, Device) and one.retired_on is None,
)
