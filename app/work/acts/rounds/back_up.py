"""バックアップと復元の試験: one backup for several contracts, and the proof that one can be restored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.records import BackupRun, Contract, Field, Person, Record
from app.records.backup_run import RestoreResult, RunResult
from app.records.days import wareki
from app.records.for_contract import ForContract
from app.records.kinds import Choice, Day, Flag, Ref, Text
from app.work.acts.devices.persons import unfit
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, all_of, numbered, renewed
from app.work.acts.rounds.asking import contracts_of, numbers_of, told_since

_KIND = "backup-check"
_DAY = Field("on", Day(label="実施日", past=True, back=2), required=True, default=None)
_WHAT = Field("what", Text(label="対象", hint="サーバの業務データなど"), required=True, default="")
_RESULT = Field("result", Choice(label="実施の結果", of=RunResult), required=True, default="")
_BY = Field("by", Ref(label="実施者", to="person"), required=False, default=None)
_PLACE = Field("place", Ref(label="保管場所", to="location"), required=False, default=None)
_DEVICE = Field("device", Ref(label="保管媒体", to="device"), required=False, default=None)
_ENCRYPTED = Field("encrypted", Flag(label="暗号化", yes="あり", no="なし"), required=False, default=None)
_GENERATION = Field("generation", Text(label="世代", longest=40), required=False, default="")
_BACK_UP_FIELDS = (_DAY, _WHAT, _RESULT, _BY, _PLACE, _DEVICE, _ENCRYPTED, _GENERATION)

_TESTED = Field("on", Day(label="復元試験の日", past=True, back=2), required=True, default=None)
_RESTORED = Field("result", Choice(label="復元試験の結果", of=RestoreResult), required=True, default="")
_TEST_FIELDS = (_TESTED, _RESTORED)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contracts, day = contracts_of(records), answers.get("on")
    title = f"バックアップ　{numbers_of(contracts)}"
    needed = tuple(_needed(answers))
    if needed or not isinstance(day, date):
        return Draft(title, title, asks=needed)
    if refusals := tuple(_refusals(ground, contracts, day, answers)):
        return Draft(title, title, refusals=refusals)
    said: dict[str, Any] = {
        "done_by": answers.get("by") or None,
        "location": answers.get("place") or None,
        "device": answers.get("device") or None,
        "encrypted": answers.get("encrypted"),
        "generation": str(answers.get("generation") or ""),
    }
    made = BackupRun(
        what=str(answers["what"]),
        contracts=tuple(ForContract(contract=one.id) for one in contracts),
        done_on=day,
        result=str(answers["result"]),
        **said,
    )
    writes = numbered((Write(made),))
    failed = made.result == RunResult.BAD
    remarks = ("失敗として登録します。バックアップを行ったことになりません。",) if failed else ()
    return Draft(
        f"{title}（{wareki(day)}）",
        f"{title}（{made.what}）",
        writes,
        tuple(_asks(answers)),
        remarks=(*remarks, *told_since(ground, contracts, writes, _KIND)),
    )


def _needed(answers: Answers) -> Iterator[Ask]:
    for field, text in (
        (_DAY, "実施日を入力してください。"),
        (_WHAT, "対象を入力してください。"),
        (_RESULT, "実施の結果を選んでください。"),
    ):
        if not answers.get(field.name):
            yield Ask(text, field.name, needed=True)


def _refusals(ground: Ground, contracts: tuple[Contract, ...], day: date, answers: Answers) -> Iterator[str]:
    if day > ground.today:
        yield f"実施日（{wareki(day)}）がきょうより後です。行ってから、その日を登録してください。"
        return
    by = ground.facts.find(Person, answers.get("by"))
    if by is not None:
        yield from unfit(by, day, "実施者")
    for one in contracts:
        if day > one.last_day:
            yield (
                f"実施日が契約{one.number}の末日（{wareki(one.last_day)}）より後です。"
                "日付を確かめるか、その契約を除いてください。"
            )


def _asks(answers: Answers) -> Iterator[Ask]:
    if not answers.get("by"):
        yield Ask("実施者を選んでください。", "by")
    if not answers.get("place"):
        yield Ask("保管場所を選んでください。", "place")
    if answers.get("encrypted") is None:
        yield Ask("暗号化の有無を選んでください。", "encrypted")


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    """As the last backup of one of the contracts was made; what came of it is said anew."""
    numbers = {one.id for one in contracts_of(records)}
    held = (one for one in ground.facts.all(BackupRun) if numbers & set(one.contract_ids))
    last = max(held, key=lambda one: (one.done_on, one.id), default=None)
    known: dict[str, Any] = {"on": ground.today}
    if last is not None:
        known |= {"what": last.what, "place": last.location, "device": last.device}
    return known


def _draft_test(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    runs, day = all_of(records, BackupRun), answers.get("on")
    title = f"復元試験　{'、'.join(dict.fromkeys(one.what for one in runs))}"
    asks = []
    if not isinstance(day, date):
        asks.append(Ask("復元試験の日を入力してください。", "on", needed=True))
    if not answers.get("result"):
        asks.append(Ask("復元試験の結果を選んでください。", "result", needed=True))
    if asks or not isinstance(day, date):
        return Draft(title, title, asks=tuple(asks))
    if refusals := tuple(_test_refusals(ground, runs, day)):
        return Draft(title, title, refusals=refusals)
    result = str(answers["result"])
    writes = tuple(
        write for one in runs for write in renewed(one, restore_tested_on=day, restore_result=result)
    )
    numbers = dict.fromkeys(number for one in runs for number in one.contract_ids)
    contracts = tuple(ground.facts.get(Contract, one) for one in numbers)
    bad = result == RestoreResult.BAD
    remarks = ("復元できなかったバックアップは、取り直すまで義務が残ります。",) if bad else ()
    return Draft(
        f"{title}（{wareki(day)}）",
        f"{title}（{len(writes)}件）",
        writes,
        remarks=(*remarks, *told_since(ground, contracts, writes, _KIND)),
    )


def _test_refusals(ground: Ground, runs: tuple[BackupRun, ...], day: date) -> Iterator[str]:
    if day > ground.today:
        yield f"復元試験の日（{wareki(day)}）がきょうより後です。試してから、その日を登録してください。"
    for one in runs:
        if one.result == RunResult.BAD:
            yield f"{one.what}（{wareki(one.done_on)}）は失敗したバックアップです。選択から外してください。"
        elif one.restore_result:
            yield (
                f"{one.what}（{wareki(one.done_on)}）には、復元試験の結果が登録されています。"
                "選択から外すか、新しいバックアップで試験してください。"
            )


def _untested(_ground: Ground, one: Record) -> bool:
    return isinstance(one, BackupRun) and one.result != RunResult.BAD and not one.restore_result


BACK_UP = Act(
    name="back-up",
    title="バックアップ",
    words=("バックアップ", "控えを取る", "複製", "定期バックアップ", "ばっくあっぷ"),
    hint="1回のバックアップを、対象の契約すべてについて登録します。",
    about=Contract,
    fields=_BACK_UP_FIELDS,
    draft=_draft,
    many=True,
    offered=lambda ground, one: isinstance(one, Contract) and ground.today <= one.last_day,
    given=_given,
)
RESTORE_TEST = Act(
    name="restore-test",
    title="復元試験",
    words=("復元試験", "リストア", "戻せるか試す", "ふくげん"),
    hint="バックアップを復元できるか試した日と結果を登録します。",
    about=BackupRun,
    fields=_TEST_FIELDS,
    draft=_draft_test,
    many=True,
    offered=_untested,
    given=lambda ground, _records: {"on": ground.today},
)
