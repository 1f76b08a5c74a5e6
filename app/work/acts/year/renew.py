"""契約の更新: next year's contract from this one, with all that goes on and without what was proven once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from app.counting.spans import Start, months
from app.duties.holding.balance import balance
from app.records import Contract, Facts, Field, Record
from app.records.days import wareki
from app.records.kinds import Day, Text
from app.records.spelling.fold import alike, squeezed
from app.work.acts.plan import PROVISIONAL, Act, Answers, Ask, Draft, Ground, Left, Write
from app.work.acts.year.carrying_over import ANEW, Turn, carried_over
from app.work.acts.year.contracts import contract_of, named_assets
from app.work.acts.year.fates import CARRIED

_NUMBER = Field("number", Text(label="新しい契約番号"), required=True, default="")
_STARTS = Field("starts_on", Day(label="履行期間の始期"), required=True, default=None)
_ENDS = Field("ends_on", Day(label="履行期間の終期"), required=True, default=None)
_SIGNED = Field(
    "signed_on",
    Day(label="契約締結日", hint="空欄はきょう（始期がそれより前なら始期）"),
    required=False,
    default=None,
)
_TITLE = Field("title", Text(label="契約件名", hint="空欄は更新前の契約と同じ"), required=False, default="")
_YEAR = re.compile("[0-9０-９元一二三四五六七八九十]+年")


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    old = contract_of(records)
    title = f"契約の更新　{old.number}　{old.title}"
    if missing := tuple(_missing(answers)):
        return Draft(title, title, asks=missing)
    new = _made(ground, old, answers)
    if refusals := tuple(_refusals(ground.facts, old, new)):
        return Draft(title, title, refusals=refusals)
    found = tuple(carried_over(Turn(ground.facts, old, new)))
    left = tuple(one for one in found if isinstance(one, Left))
    writes = (
        Write(new, source=old, why="更新前の契約から"),
        *(one for one in found if isinstance(one, Write)),
    )
    asks = (*_asks(ground, old, new, answers), *(one for one in found if isinstance(one, Ask)))
    return Draft(
        f"{title}　→　{new.number}（{wareki(new.starts_on)}から{wareki(new.ends_on)}まで）",
        f"契約の更新　{new.number}（{len(writes)}件）",
        writes,
        tuple(dict.fromkeys(asks)),
        remarks=tuple(_remarks(ground.facts, left)),
        left=left,
        # What falls due within the year, or at its end, comes of the work and not of the renewal.
        until=new.ends_on,
    )


def _missing(answers: Answers) -> Iterator[Ask]:
    for field in (_NUMBER, _STARTS, _ENDS):
        if not answers.get(field.name):
            yield Ask(f"{field.label}を入力してください。", field.name, needed=True)


def _made(ground: Ground, old: Contract, answers: Answers) -> Contract:
    values: dict[str, Any] = {name: getattr(old, name) for name in CARRIED}
    if answers.get("title"):
        values["title"] = answers["title"]
    starts = answers["starts_on"]
    return Contract(
        **values,
        id=PROVISIONAL,
        number=str(answers["number"]).strip(),
        signed_on=answers.get("signed_on") or min(ground.today, starts),
        starts_on=starts,
        ends_on=answers["ends_on"],
        renews=old.id,
    )


def _refusals(facts: Facts, old: Contract, new: Contract) -> Iterator[str]:
    """What cannot be, each with the way on; nothing else is said of a plan that cannot be."""
    after = facts.of(Contract, "renews", old.id)
    if after:
        yield (
            f"契約「{old.number}」は、契約「{after[0].number}」に更新済みです。"
            f"続きの年度を作るときは、「{after[0].number}」を更新してください。"
        )
        return
    twin = next((one for one in facts.all(Contract) if alike(one.number) == alike(new.number)), None)
    if twin is not None:
        whose = "更新前の契約" if twin.id == old.id else f"契約「{twin.title}」"
        yield f"契約番号「{new.number}」は{whose}の番号です。新しい契約の番号を入力してください。"
    if new.ends_on < new.starts_on:
        yield (
            f"新しい契約の終期（{wareki(new.ends_on)}）が始期（{wareki(new.starts_on)}）より前です。"
            "始期以後の日を入力してください。"
        )
    if new.starts_on <= old.last_day:
        yield (
            f"新しい契約の始期（{wareki(new.starts_on)}）が、いまの契約の履行期間（{wareki(old.last_day)}まで）と"
            f"重なっています。{wareki(old.last_day + timedelta(days=1))}以後の日を入力してください。"
        )
    if new.signed_on > new.ends_on:
        yield "契約締結日が新しい契約の終期より後です。日付を確かめてください。"


def _asks(ground: Ground, old: Contract, new: Contract, answers: Answers) -> Iterator[Ask]:
    # Without hyphens MN2207 may be MN-2207, but 2025-1-11 is not 2025-11-1: only a person can say.
    for one in ground.facts.all(Contract):
        if squeezed(one.number) == squeezed(new.number):
            yield Ask(
                f"契約番号「{new.number}」は、契約「{one.title}」の番号「{one.number}」と表記が違うだけです。"
                "別の契約の番号かどうかを確かめてください。",
                "number",
            )
    yield from _asks_signed(ground.today, new, said=bool(answers.get("signed_on")))
    if new.title == old.title and _YEAR.search(new.title):
        yield Ask(
            f"契約件名「{new.title}」は、新しい契約でも同じですか。違うときは入力してください。", "title"
        )
    yield Ask("特記事項とその版、この契約で定めた数値が、新しい契約書のとおりかを確かめてください。")
    for row in new.annexes:
        newest = max(ground.catalogue.versions(row.annex), default=row.version)
        if newest > row.version and (annex := ground.catalogue.find(row.annex, newest)):
            yield Ask(
                f"「{annex.title}」には第{newest}版があります。新しい契約がどの版かを確かめてください"
                f"（第{row.version}版を引き継ぎます）。"
            )
    if old.persons is not None:
        yield Ask("本人の数は引き継ぎません。新しい契約の数を登録してください。")
    held = [one for one in balance(ground.facts, old.id, min(ground.today, old.last_day)) if one.held]
    if held:
        yield Ask(
            f"更新前の契約の情報資産（{named_assets(held)}）が残っています。返還・廃棄するか、"
            "引き続き預かるときは発注者の書面を受けて、新しい契約の情報資産として受領を登録してください。"
        )


def _asks_signed(today: date, new: Contract, *, said: bool) -> Iterator[Ask]:
    """``said``: whether the day of the signature was entered, and not only supposed."""
    if not said:
        yield Ask(
            f"契約締結日は{wareki(new.signed_on)}として登録します。契約書の日付と違うときは入力してください。",
            "signed_on",
        )
    elif new.signed_on > new.starts_on:
        yield Ask(
            f"契約締結日（{wareki(new.signed_on)}）が始期（{wareki(new.starts_on)}）より後です。着手前に行うことの"
            "期限が締結日に延びるため、契約書の日付を確かめてください。",
            "signed_on",
        )
    elif new.signed_on > today:
        yield Ask(
            f"契約締結日（{wareki(new.signed_on)}）はまだ来ていません。締結したら、契約書の日付を確かめてください。",
            "signed_on",
        )


def _remarks(facts: Facts, left: tuple[Left, ...]) -> Iterator[str]:
    """What is left, one by one where it could have gone over, by its type where it never does."""
    for one in left:
        if one.why != ANEW:
            yield f"引き継ぎません：{one.record.spec.label}「{facts.title(one.record)}」　{one.why}"
    again = Counter(one.record.spec.label for one in left if one.why == ANEW)
    if again:
        named = "、".join(f"{label}{number}件" for label, number in again.items())
        yield f"引き継ぎません：{named}　{ANEW}"


def _given(_ground: Ground, records: tuple[Record, ...]) -> Answers:
    old = contract_of(records)
    starts = old.last_day + timedelta(days=1)
    return {"starts_on": starts, "ends_on": months(Start(starts, whole=True), 12).day}


def _offered(ground: Ground, record: Record) -> bool:
    return isinstance(record, Contract) and not ground.facts.of(Contract, "renews", record.id)


RENEW = Act(
    name="renew",
    title="契約の更新",
    words=("更新", "次年度", "来年度", "継続", "けいやくこうしん", "こうしん"),
    about=Contract,
    hint="次の年度の契約を作り、従事者・作業場所・PC・媒体・管理体制などを引き継ぎます。",
    fields=(_NUMBER, _STARTS, _ENDS, _SIGNED, _TITLE),
    draft=_draft,
    offered=_offered,
    given=_given,
)
