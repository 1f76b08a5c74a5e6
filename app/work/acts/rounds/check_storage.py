"""保管状況の点検: a round over several places with one result, a check for each.

Whether each thing is there is another question, that of a stock-take (``stock/stocktake.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from app.records import Check, Contract, Field, Location, LocationUse, Person, Record
from app.records.check import CheckItem, CheckKind, Result
from app.records.days import wareki
from app.records.for_contract import ForContract
from app.records.kinds import Choice, Day, Ref, Text
from app.work.acts.devices.persons import unfit
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, all_of, numbered
from app.work.acts.rounds.asking import told_since

_KIND = "backup-check"


class Found(StrEnum):
    """What a place was found to be: one that was not looked at is left out of the round."""

    GOOD = Result.GOOD.value
    BAD = Result.BAD.value


_DAY = Field("on", Day(label="点検日", past=True, back=2), required=True, default=None)
_BY = Field("by", Ref(label="実施者", to="person"), required=False, default=None)
_ITEM = Field(
    "item", Text(label="点検項目", longest=500, hint="施錠、整理、鍵の管理など"), required=True, default=""
)
_RESULT = Field("result", Choice(label="結果", of=Found), required=True, default="")
_FOUND = Field(
    "found",
    Text(label="所見", longest=1000, hint="不適のとき。1か所だけが不適のときは、分けて登録します"),
    required=False,
    default="",
)
_ACTION = Field("action", Text(label="是正の措置", lines=2, longest=1000), required=False, default="")
_HOW = Field("how", Text(label="点検の方法", longest=500), required=False, default="")
_FIELDS = (_DAY, _BY, _ITEM, _RESULT, _FOUND, _ACTION, _HOW)
_USUAL_ITEM = "施錠及び保管の状況"


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    places, day = all_of(records, Location), answers.get("on")
    title = f"保管状況の点検　{'、'.join(one.name for one in places)}"
    needed = tuple(_needed(answers))
    if needed or not isinstance(day, date):
        return Draft(title, title, asks=needed)
    if refusals := tuple(_refusals(ground, places, day, answers)):
        return Draft(title, title, refusals=refusals)
    writes = numbered(Write(_check(ground, one, day, answers)) for one in places)
    numbers = dict.fromkeys(use.contract for one in places for use in _uses(ground, one, day))
    contracts = tuple(ground.facts.get(Contract, one) for one in numbers)
    return Draft(
        f"{title}（{wareki(day)}）",
        f"{title}（{len(writes)}件）",
        writes,
        () if answers.get("by") else (Ask("実施者を選んでください。", "by"),),
        remarks=(*_remarks(ground, places, day), *told_since(ground, contracts, writes, _KIND)),
    )


def _needed(answers: Answers) -> Iterator[Ask]:
    if not isinstance(answers.get("on"), date):
        yield Ask("点検日を入力してください。", "on", needed=True)
    if not answers.get("item"):
        yield Ask("点検項目を入力してください。", "item", needed=True)
    if not answers.get("result"):
        yield Ask("点検の結果を選んでください。", "result", needed=True)
    elif answers.get("result") == Result.BAD:
        if not answers.get("found"):
            yield Ask("何が不適だったかを「所見」に入力してください。", "found", needed=True)
        if not answers.get("action"):
            yield Ask("不適に対する是正の措置を入力してください。", "action", needed=True)


def _refusals(ground: Ground, places: tuple[Location, ...], day: date, answers: Answers) -> Iterator[str]:
    if day > ground.today:
        yield f"点検日（{wareki(day)}）がきょうより後です。点検してから、その日を登録してください。"
        return
    by = ground.facts.find(Person, answers.get("by"))
    if by is not None:
        yield from unfit(by, day, "実施者")
    for place in places:
        if not _uses(ground, place, day):
            yield (
                f"{place.name}は{wareki(day)}にはどの契約の作業場所でもありません。"
                "点検日を確かめるか、選択から外してください。"
            )


def _uses(ground: Ground, place: Location, day: date) -> tuple[LocationUse, ...]:
    """For which contracts, signed and not over, the place was used on the day."""
    facts = ground.facts
    return tuple(
        one
        for one in facts.of(LocationUse, "location", place.id)
        if one.starts_on <= day
        and (one.ends_on is None or day <= one.ends_on)
        and day <= facts.get(Contract, one.contract).last_day
    )


def _check(ground: Ground, place: Location, day: date, answers: Answers) -> Check:
    numbers = dict.fromkeys(one.contract for one in _uses(ground, place, day))
    item = CheckItem(
        item=str(answers["item"]), result=str(answers["result"]), remark=str(answers.get("found") or "")
    )
    return Check(
        kind=CheckKind.STORAGE.value,
        contracts=tuple(ForContract(contract=one) for one in numbers),
        done_on=day,
        checked_by=answers.get("by") or None,
        how=str(answers.get("how") or ""),
        location=place.id,
        items=(item,),
        action=str(answers.get("action") or ""),
    )


def _remarks(ground: Ground, places: tuple[Location, ...], day: date) -> Iterator[str]:
    for place in places:
        held = ground.facts.of(Check, "location", place.id)
        if any(one.kind == CheckKind.STORAGE and one.done_on == day for one in held):
            yield f"{place.name}には、同じ日の保管状況の点検が登録されています。"


def _offered(ground: Ground, one: Record) -> bool:
    return isinstance(one, Location) and bool(_uses(ground, one, ground.today))


CHECK_STORAGE = Act(
    name="check-storage",
    title="保管状況の点検",
    words=("保管状況の点検", "施錠の点検", "定期点検", "見回り", "ほかん"),
    hint="複数の場所の点検を、同じ結果でまとめて登録します。",
    about=Location,
    fields=_FIELDS,
    draft=_draft,
    many=True,
    offered=_offered,
    given=lambda ground, _records: {"on": ground.today, "item": _USUAL_ITEM},
)
