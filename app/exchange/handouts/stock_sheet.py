"""現物確認表: what should be at a place, with boxes to be ticked; a stock-take by hand begins with it."""

from __future__ import annotations

from datetime import date

from app.common import PeopleError
from app.exchange.handouts.handout import Handout, printed
from app.printing import blocks as b
from app.records import Contract, Facts, Field, Location, Person, Record
from app.records.days import wareki
from app.records.kinds import Day, Ref
from app.records.ordering import in_order
from app.work.acts.plan import Answers, Ground, all_of
from app.work.acts.stock.expected import Expected, expected_at

_TITLE = "現物確認表"
_SPARE = 3
"""Empty rows for what is there and should not be."""
_COLUMNS = (
    b.Column("№", 4, "center"),
    b.Column("管理番号", 14),
    b.Column("種別", 9),
    b.Column("メーカー・型番", 17),
    b.Column("製造番号", 15),
    b.Column("契約", 16),
    b.Column("管理者", 12),
    b.Column("確認", 14, "center"),
    b.Column("備考", 15),
)
_BOXES = "☐あり　☐なし"
_DAY = Field("on", Day(label="確認する日"), required=True, default=None)
_CONTRACT = Field(
    "contract",
    Ref(label="契約", to="contract", hint="空欄は、すべての契約のもの"),
    required=False,
    default=None,
)


def _make(ground: Ground, records: tuple[Record, ...], answers: Answers) -> bytes:
    day = answers.get("on") or ground.today
    contract = ground.facts.find(Contract, answers.get("contract"))
    sheets = tuple(
        _sheet(ground.facts, place, held, day, contract)
        for place in in_order(all_of(records, Location))
        if (held := expected_at(ground.facts, place, day, contract.id if contract else None))
    )
    if not sheets:
        raise PeopleError(
            f"{wareki(day)}にあるはずのPC・媒体が登録されていません。日付と、"
            "「契約のPC・媒体」の設置・保管場所を確かめてください。"
        )
    return printed(_TITLE, sheets)


def _sheet(
    facts: Facts, place: Location, held: tuple[Expected, ...], day: date, contract: Contract | None
) -> b.Sheet:
    rows = [_row(facts, at, one) for at, one in enumerate(held, 1)]
    rows += [("", "", "", "", "", "", "", "", "")] * _SPARE
    head = b.Grid(
        (
            ("場所", place.name, "確認する日", wareki(day)),
            ("契約", contract.number if contract else "すべて", "件数", f"{len(held)}件"),
            ("確認した日", b.BLANK_DATE, "確認した者", ""),
        )
    )
    note = (
        "見ていないものには、どちらにも印を付けません。表にないものがあったときは、下の空欄に番号を書きます。"
    )
    blocks = (b.Title(_TITLE), b.Gap(3), head, b.Gap(3), b.Text(note, size=9), b.Gap(2))
    return b.Sheet((*blocks, b.Table(_COLUMNS, tuple(rows), size=8.5)), place.name, landscape=True)


def _row(facts: Facts, at: int, one: Expected) -> tuple[str, ...]:
    device = one.device
    people = (facts.find(Person, use.person) for use in one.uses)
    return (
        str(at),
        device.control_number,
        device.kind,
        "　".join(filter(None, (device.maker, device.model))),
        device.serial,
        "\n".join(dict.fromkeys(facts.key_of("contract", use.contract) for use in one.uses)),
        "\n".join(dict.fromkeys(person.name for person in people if person is not None)),
        _BOXES,
        "",
    )


STOCK_SHEET = Handout(
    name="stock-sheet",
    title=_TITLE,
    words=("棚卸表", "現物確認の用紙", "棚卸の用紙", "チェック表", "たなおろし"),
    hint="場所にあるはずのPC・媒体を、印を付ける欄とともに印刷します。",
    about=Location,
    many=True,
    fields=lambda _ground, _records: (_DAY, _CONTRACT),
    given=lambda ground, _records: {"on": ground.today},
    make=_make,
    offered=lambda ground, one: (
        isinstance(one, Location) and bool(expected_at(ground.facts, one, ground.today))
    ),
)
