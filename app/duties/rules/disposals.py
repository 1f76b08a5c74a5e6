"""What the door asks of a disposal: a method that works on the medium, and something left to dispose of."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.holding.balance import disposed_lines, movements
from app.duties.holding.destruction import misfits
from app.duties.holding.parties import Parties
from app.records import Asset, Disposal, Event, Facts
from app.records.amounts import Amount, amount_text
from app.records.days import wareki
from app.records.disposal import DisposalLine
from app.records.status import Status

Found = Iterator[tuple[str, str]]


def of_disposal(after: Facts, disposal: Disposal) -> Found:
    """Assets of another contract, a method that cannot work and has no reason, and more than was left."""
    for number, line in enumerate(disposal.lines, 1):
        asset = after.find(Asset, line.asset)
        if asset is None:
            continue
        if asset.contract != disposal.contract:
            yield (
                f"lines.{number}.asset",
                f"{number}行目の{asset.number}は別の契約の情報資産です。この契約のものを選んでください。",
            )
        else:
            yield from _nothing_left(after, disposal, line, number, asset)
    yield from _unfit(after, disposal)


def _unfit(after: Facts, disposal: Disposal) -> Found:
    """What happened can be recorded whatever the method was, but never without a word on it."""
    for flaw in () if disposal.method_reason else misfits(after, disposal):
        line = disposal.lines[flaw.row]
        yield (
            "method_reason",
            f"{flaw.row + 1}行目の{line.item}は、{flaw.words}。"
            "方法を改めるか、「方法の理由・追加の措置」を入力してください。",
        )
        return


def _nothing_left(after: Facts, disposal: Disposal, line: DisposalLine, number: int, asset: Asset) -> Found:
    """What has not ended moves no balance, so the balance would never refuse it."""
    if disposal.status != Status.ACTUAL or disposal.ended(line):
        return
    held = _held_before(after, disposal, asset)
    if line.quantity > held:
        left = f"残りが{amount_text(held)}{asset.unit}の" if held else "残りがない"
        yield (
            f"lines.{number}.quantity",
            f"{number}行目の{asset.number}（{asset.item}）は、{wareki(disposal.done_on)}の時点で{left}ため、"
            f"{amount_text(line.quantity)}{asset.unit}の廃棄・消去は登録できません。数量と年月日を確かめてください。",
        )


def _held_before(after: Facts, disposal: Disposal, asset: Asset) -> Amount:
    """How much of an asset was there before the disposals of that day."""
    lines = disposed_lines(after, asset.contract).get(asset.id, ())
    moves = movements(after.of(Event, "asset", asset.id), lines, Parties(after, asset.contract))
    return sum(
        move.held
        for move in moves
        if move.at.date() < disposal.done_on
        or (move.at.date() == disposal.done_on and isinstance(move.record, Event))
    )
