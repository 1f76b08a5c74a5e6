"""現物確認表: what should be at a place, with boxes to be ticked; a stock-take by hand begins with it."""

from __future__ import annotations

from datetime import date

from app.common import PeopleError
from app.exchange.handouts.handout import Handout, printed
from app.printing import blocks as b
from app.records import Contract, Facts, Field, Location, Person, Record
from app.records.amounts import amount_text
from app.records.days import wareki
from app.records.kinds import Choice, Day, Ref
from app.records.ordering import in_order
from app.work.acts.plan import Answers, Ground, all_of
from app.work.acts.stock.expected import Expected
from app.work.acts.stock.holdings import Holding
from app.work.acts.stock.sought import Scope, Sought, sought_at, sought_on

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
_ASSETS = (
    b.Column("№", 4, "center"),
    b.Column("情報資産番号", 13),
    b.Column("情報項目", 24),
    b.Column("媒体", 11),
    b.Column("封印番号・製造番号等", 15),
    b.Column("契約", 14),
    b.Column("登録の数量", 10, "right"),
    b.Column("数えた数量", 11, "right"),
    b.Column("備考", 14),
)
_BOXES = "☐あり　☐なし"
_DAY = Field("on", Day(label="確認する日"), required=True, default=None)
_CONTRACT = Field(
    "contract",
    Ref(label="契約", to="contract", hint="空欄は、すべての契約のもの"),
    required=False,
    default=None,
)
_SCOPE = Field(
    "scope", Choice(label="対象", of=Scope, hint="電子データは含みません"), required=False, default=""
)


def _make(ground: Ground, records: tuple[Record, ...], answers: Answers) -> bytes:
    day = answers.get("on") or ground.today
    contract = ground.facts.find(Contract, answers.get("contract"))
    scope = Scope(answers.get("scope") or Scope.BOTH)
    only = contract.id if contract else None
    sheets = tuple(
        _sheet(ground.facts, place, held, day, contract)
        for place in in_order(all_of(records, Location))
        if (held := sought_at(ground.facts, place, day, only, scope))
    )
    if not sheets:
        raise PeopleError(
            f"{wareki(day)}にあるはずの{scope.things}が登録されていません。日付と、"
            "「契約のPC・媒体」の設置・保管場所、取扱記録の場所を確かめてください。"
        )
    return printed(_TITLE, sheets)


def _sheet(facts: Facts, place: Location, held: Sought, day: date, contract: Contract | None) -> b.Sheet:
    counts = [
        f"{name}{len(found)}件"
        for name, found in (("PC・媒体", held.devices), ("情報資産", held.assets))
        if found
    ]
    head = b.Grid(
        (
            ("場所", place.name, "確認する日", wareki(day)),
            ("契約", contract.number if contract else "すべて", "件数", "、".join(counts)),
            ("確認した日", b.BLANK_DATE, "確認した者", ""),
        )
    )
    note = "見ていないものには、印も数量も書きません。表にないものがあったときは、下の空欄に番号を書きます。"
    blocks: list[b.Block] = [b.Title(_TITLE), b.Gap(3), head, b.Gap(3), b.Text(note, size=9), b.Gap(2)]
    for columns, rows in (
        (_COLUMNS, [_row(facts, at, one) for at, one in enumerate(held.devices, 1)]),
        (_ASSETS, [_asset(facts, at, one) for at, one in enumerate(held.assets, 1)]),
    ):
        if rows:
            spare = [("",) * len(columns)] * _SPARE
            blocks += [b.Table(columns, (*rows, *spare), size=8.5), b.Gap(3)]
    return b.Sheet(tuple(blocks), place.name, landscape=True)


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


def _asset(facts: Facts, at: int, one: Holding) -> tuple[str, ...]:
    asset = one.asset
    return (
        str(at),
        asset.number,
        asset.item,
        asset.medium,
        asset.identifier,
        facts.key_of("contract", asset.contract),
        f"{amount_text(one.here)}{asset.unit}",
        asset.unit,
        "",
    )


STOCK_SHEET = Handout(
    name="stock-sheet",
    title=_TITLE,
    words=("棚卸表", "現物確認の用紙", "棚卸の用紙", "チェック表", "たなおろし"),
    hint="場所にあるはずのPC・媒体と情報資産を、印と数量を書く欄とともに印刷します。",
    about=Location,
    many=True,
    fields=lambda _ground, _records: (_DAY, _CONTRACT, _SCOPE),
    given=lambda ground, _records: {"on": ground.today, "scope": Scope.BOTH.value},
    make=_make,
    offered=lambda ground, one: isinstance(one, Location) and sought_on(ground.facts, one, ground.today),
)
