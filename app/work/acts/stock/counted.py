"""How an asset stands that was counted at a place: all of it, less, more, none, or not counted at all."""

from __future__ import annotations

from datetime import date

from app.records import Asset, Facts, Location
from app.records.amounts import Amount, amount_text
from app.records.asset import Medium
from app.records.days import wareki
from app.work.acts.stock.holdings import Holding, holding_of
from app.work.acts.stock.rows import Row, Seen

_LOST = "数え直し、授受・廃棄の記録を確かめてください。見つからなければ、事故を登録してください。"


def counted(held: Holding, quantity: Amount | None, *, said: bool, absent: bool) -> Row:
    """An asset that should be there. ``said``: whether its number was said at all."""
    asset, due = held.asset, held.here
    found: Amount | None = 0 if absent else quantity if quantity is not None or due != 1 or not said else 1

    def row(seen: Seen, fact: str = "", way: str = "") -> Row:
        return Row(asset.number, None, seen, fact, way, asset=asset, due=due, counted=found)

    whole = f"{amount_text(due)}{asset.unit}"
    if not said:
        return row(Seen.OPEN)
    if found is None:
        # No example with the number that should be there: what is wanted is the one that was counted.
        ask = f"数えた数量を、番号に続けて入力してください（「{asset.number} 数量」）。"
        return row(Seen.UNCOUNTED, f"{asset.number}は{whole}の登録です。", ask)
    if not found:
        return row(Seen.ABSENT, f"{asset.number}は、登録の{whole}のすべてが見当たりません。", _LOST)
    there = f"{amount_text(found)}{asset.unit}"
    if found < due:
        lost = f"{amount_text(due - found)}{asset.unit}"
        fact = f"{asset.number}は、登録の{whole}のうち{there}がありました。{lost}が見当たりません。"
        return row(Seen.SHORT, fact, _LOST)
    if found > due:
        fact = f"{asset.number}は、登録の{whole}より多い{there}がありました。"
        return row(Seen.OVER, fact, "数え直し、受領・複写の記録を確かめてください。")
    return row(Seen.FOUND)


def unexpected(facts: Facts, asset: Asset, quantity: Amount | None, place: Location, day: date) -> Row:
    """An asset that was seen where it is not looked for."""
    held = holding_of(facts, asset, day)
    number = asset.number

    def row(seen: Seen, fact: str, way: str = "") -> Row:
        return Row(number, None, seen, f"{number}は{fact}", way, asset=asset, counted=quantity)

    if asset.medium == Medium.DATA:
        way = "入っているPC・媒体の番号を読み取ってください。"
        return row(Seen.OTHER, "電子データのため、現物確認の対象ではありません。", way)
    if not held.here:
        if held.out:
            return row(Seen.ELSEWHERE, "持出し中の登録ですが、ここにあります。", "持帰りを登録してください。")
        way = "返還・廃棄の記録と、ここにある理由を確かめてください。"
        return row(Seen.GONE, f"{wareki(day)}に残数量のない登録ですが、ここにあります。", way)
    if held.place is None:
        way = "取扱記録に保管場所を登録してください。"
        return row(Seen.ELSEWHERE, "保管場所の登録がありません。", way)
    if held.place.id != place.id:
        way = "戻すか、取扱記録に保管場所の変更を登録してください。"
        return row(Seen.ELSEWHERE, f"登録上の保管場所が{held.place.name}です。", way)
    # It is where it should be, but not among what is looked for this time.
    return row(Seen.FOUND, "、この場所に登録されていますが、今回の対象ではありません。")
