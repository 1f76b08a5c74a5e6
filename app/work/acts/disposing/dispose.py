"""廃棄・消去 of what was picked: information (assets), or the machines and media that it was on.

The quantity is what is left here on the day, and never more. One disposal is of one contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.records import Asset, Device, Facts, Field, Record
from app.records.asset import Medium
from app.records.days import wareki
from app.records.disposal import DisposalLine, LineResult
from app.work.acts.devices.contents import contents
from app.work.acts.disposing import fields as said
from app.work.acts.disposing.destroying import Destroying, missing
from app.work.acts.disposing.known import given, planned
from app.work.acts.disposing.picking import (
    Picked,
    assets_of,
    called,
    contracts_of,
    devices_of,
    gone,
    mixed,
    picked_assets,
    picked_devices,
)
from app.work.acts.disposing.rest import spent
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground
from app.work.acts.rounds.listed import Listed, Option, option

_SCRAPPED = "廃棄・消去"
_ANSWERED = {one.name: one.label for one in (said.ON, said.METHOD, said.RESPONSIBLE)}
_FIRST = (said.ON, said.METHOD, said.RESPONSIBLE, said.RESULT, said.FAILED, said.FOLLOWED)
_PROVEN = (said.OUTCOME, said.UNPASSED, said.UNPASSED_AS)
_ALLOWED = (said.APPROVAL, said.UNAPPROVED, said.WITNESS, said.METHOD_REASON)
_LAST = (*said.HOW, *said.WHO, said.WITNESS_ASKED, said.PURPOSE)
_OF_SEVERAL = (said.FAILED, said.UNPASSED, said.UNPASSED_AS)
_OF_ERASED = (
    said.UNPASSED,
    said.UNPASSED_AS,
    said.TOOL_VERSION,
    said.VERIFICATION_RESULT,
    said.LEVEL,
    said.STANDARD,
    said.EDITION,
)
_OF_ASSETS = (*_FIRST, said.QUANTITY, said.DEVICE, *_PROVEN, *_ALLOWED, *_LAST)
_OF_DEVICES = (*_FIRST, said.ITEM, said.CONTRACT, *_PROVEN, *_ALLOWED, *_LAST)


def _draft_assets(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    assets = assets_of(records)
    title = f"{_SCRAPPED}　{called(assets)}"
    # Before anything is asked: whatever is answered for a choice that cannot stand is answered in vain.
    if told := mixed(ground.facts, assets):
        return Draft(title, title, refusals=(told,))
    if open_ := tuple(missing(answers, ground.today, _ANSWERED)):
        return Draft(title, title, asks=open_)
    return _drafted(ground, title, picked_assets(ground, assets, answers), records, answers)


def _draft_devices(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    devices = devices_of(records)
    title = f"{_SCRAPPED}　{called(devices)}"
    if open_ := tuple(missing(answers, ground.today, _ANSWERED)):
        return Draft(title, title, asks=open_)
    return _drafted(ground, title, picked_devices(ground, devices, answers), records, answers)


def _drafted(
    ground: Ground, title: str, picked: Picked, records: tuple[Record, ...], answers: Answers
) -> Draft:
    day: date = answers["on"]
    if picked.refusals or picked.contract is None or any(one.needed for one in picked.asks):
        return Draft(title, title, asks=picked.asks, refusals=picked.refusals)
    lines, open_ = _with_results(ground, picked.lines, records, answers)
    plan = planned(ground.facts, picked.contract, lines)
    act = Destroying(ground, picked.contract, day, answers, lines, plan)
    if refusals := tuple(act.refusals()):
        return Draft(title, title, refusals=refusals)
    asks = (*open_, *picked.asks, *act.asks())
    return Draft(
        f"{title}（{wareki(day)}{'の予定' if act.ahead else ''}）",
        f"{title}（{len(lines)}件）",
        act.writes(asks),
        asks,
        remarks=(*picked.remarks, *act.remarks()),
        papers=act.papers(),
    )


def _with_results(
    ground: Ground, lines: tuple[DisposalLine, ...], records: tuple[Record, ...], answers: Answers
) -> tuple[tuple[DisposalLine, ...], tuple[Ask, ...]]:
    """The lines with what came of each; and what is still to be said of those that failed."""
    if answers["on"] > ground.today:
        return lines, ()
    options = _options(ground.facts, records)
    whole, failed = answers["result"], _chosen(options, answers.get("failed"))
    unpassed, judged = _chosen(options, answers.get("unpassed")), str(answers.get("unpassed_as") or "")
    followed = str(answers.get("followed") or "")
    made = []
    for line in lines:
        number = line.asset if line.asset is not None else line.device
        bad = whole == LineResult.FAILED or number in failed
        made.append(
            replace(
                line,
                result=(LineResult.FAILED if bad else LineResult.DONE).value,
                followed=followed if bad else "",
                outcome=judged if number in unpassed and not bad else "",
            )
        )
    open_: list[Ask] = []
    if any(line.result == LineResult.FAILED for line in made) and not followed:
        open_.append(Ask("不良のものの、その後の措置を入力してください。", "followed", needed=True))
    if unpassed and not judged:
        open_.append(Ask("判定が異なるものの、確認の判定を選んでください。", "unpassed_as", needed=True))
    if judged and not unpassed:
        open_.append(Ask("確認の判定が異なるものを選んでください。", "unpassed", needed=True))
    return tuple(made), tuple(open_)


def _chosen(options: tuple[Option, ...], value: Any) -> set[int]:
    return set(Listed(label="", options=options).ids(value))


def _options(facts: Facts, records: tuple[Record, ...]) -> tuple[Option, ...]:
    """Each thing that was picked, as a choice, also by its number."""
    found = []
    for one in records:
        number = called((one,))
        found.append(
            option(one.id, f"{number}　{one.item if isinstance(one, Asset) else facts.title(one)}", number)
        )
    return tuple(found)


def _asked(fields: tuple[Field, ...]) -> Any:
    def asked(ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
        options = _options(ground.facts, records)
        assets = [one for one in records if isinstance(one, Asset)]
        devices = [one for one in records if isinstance(one, Device)]
        paper = bool(assets) and all(one.medium == Medium.PAPER for one in assets)
        out = set[Field]()
        out |= set(_OF_SEVERAL) if len(records) == 1 else {said.QUANTITY}
        out |= set(_OF_ERASED) if paper else set()
        out |= set() if any(one.medium == Medium.DATA for one in assets) else {said.DEVICE}
        out |= set() if len(contracts_of(ground.facts, devices)) != 1 else {said.CONTRACT}
        out |= set() if any(not contents(ground.facts, one, ground.today) for one in devices) else {said.ITEM}
        return tuple(_listing(one, options) for one in fields if one not in out)

    return asked


def _listing(field: Field, options: tuple[Option, ...]) -> Field:
    kind = field.kind
    if not isinstance(kind, Listed):
        return field
    return Field(field.name, replace(kind, options=options), field.required, field.default)


def _spent(ground: Ground, records: tuple[Record, ...]) -> Mapping[int, str]:
    return spent(ground.facts, assets_of(records), ground.today)


_WORDS = ("廃棄", "消去", "処分", "捨てる", "データ消去", "はいき", "しょうきょ")
_OF_PAPER = ("裁断", "溶解", "シュレッダー", "焼却")

DISPOSE = Act(
    name="dispose",
    title="廃棄・消去",
    words=(*_WORDS, "物理的破壊", "磁気消去"),
    about=Device,
    hint="方法が媒体に合うか、承諾と立会いの要否を条項と照らし、PC・媒体の廃棄・消去を登録します。",
    fields=_OF_DEVICES,
    draft=_draft_devices,
    many=True,
    asked=_asked(_OF_DEVICES),
    offered=lambda ground, one: isinstance(one, Device) and not gone(ground.facts, one, ground.today),
    given=given,
)
DISPOSE_ASSET = Act(
    name="dispose-asset",
    title="情報資産の廃棄・消去",
    words=(*_WORDS, *_OF_PAPER),
    about=Asset,
    hint="手元に残っている数量を、方法・承諾・立会いを条項と照らして、1回の廃棄・消去として登録します。",
    fields=_OF_ASSETS,
    draft=_draft_assets,
    many=True,
    asked=_asked(_OF_ASSETS),
    offered=lambda ground, one: not _spent(ground, (one,)),
    unfit=_spent,
    given=given,
)
