"""アクセス記録の分析: the logs of several systems read with one result, a record for each.

Each begins where the last reading of that system ended: days that nobody read are told, never skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.records import AccessReview, Contract, Field, Person, Record, System
from app.records.days import wareki
from app.records.kinds import Day, Flag, Ref, Text
from app.work.acts.devices.persons import unfit
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, all_of, numbered
from app.work.acts.rounds.asking import told_since

_KIND = "access-log"
_ONE = timedelta(days=1)
_DAY = Field("on", Day(label="分析した日", past=True, back=2), required=True, default=None)
_SINCE = Field(
    "since",
    Day(label="対象期間の始期", back=3, hint="空欄は、前回の分析の翌日（初めてなら利用開始日）"),
    required=False,
    default=None,
)
_UNTIL = Field(
    "until", Day(label="対象期間の終期", back=3, hint="空欄は、分析した日"), required=False, default=None
)
_ANOMALIES = Field("anomalies", Flag(label="異常", yes="あり", no="なし"), required=True, default=None)
_FOUND = Field(
    "found",
    Text(
        label="異常の内容",
        lines=2,
        longest=1000,
        hint="異常ありのとき。1つだけに異常があるときは、分けて登録します",
    ),
    required=False,
    default="",
)
_ACTION = Field("action", Text(label="措置", lines=2, longest=1000), required=False, default="")
_BY = Field("by", Ref(label="分析した者", to="person"), required=False, default=None)
_METHOD = Field("method", Text(label="分析の方法", lines=2, longest=1000), required=False, default="")
_FIELDS = (_DAY, _SINCE, _UNTIL, _ANOMALIES, _FOUND, _ACTION, _BY, _METHOD)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    systems, day = all_of(records, System), answers.get("on")
    title = f"アクセス記録の分析　{'、'.join(one.name for one in systems)}"
    needed = tuple(_needed(answers))
    if needed or not isinstance(day, date):
        return Draft(title, title, asks=needed)
    reading = _Reading(ground, systems, day, answers)
    if refusals := tuple(reading.refusals()):
        return Draft(title, title, refusals=refusals)
    writes = numbered(reading.writes())
    numbers = dict.fromkeys(number for one in systems for number in one.contract_ids)
    contracts = tuple(ground.facts.get(Contract, one) for one in numbers)
    return Draft(
        f"{title}（{wareki(day)}）",
        f"{title}（{len(writes)}件）",
        writes,
        tuple(reading.asks()),
        remarks=(*reading.remarks(), *told_since(ground, contracts, writes, _KIND)),
    )


def _needed(answers: Answers) -> Iterator[Ask]:
    if not isinstance(answers.get("on"), date):
        yield Ask("分析した日を入力してください。", "on", needed=True)
    if answers.get("anomalies") is None:
        yield Ask("異常の有無を選んでください。", "anomalies", needed=True)
    elif answers.get("anomalies") and not answers.get("found"):
        yield Ask("異常の内容を入力してください。", "found", needed=True)


class _Reading:
    """Some logs read on one day."""

    def __init__(self, ground: Ground, systems: tuple[System, ...], day: date, answers: Answers) -> None:
        self._ground, self._facts, self._systems, self._day = ground, ground.facts, systems, day
        self._answers = answers
        self._by = ground.facts.find(Person, answers.get("by"))
        self._until: date = answers.get("until") or day

    def refusals(self) -> Iterator[str]:
        if self._day > self._ground.today:
            yield (
                f"分析した日（{wareki(self._day)}）がきょうより後です。分析してから、その日を登録してください。"
            )
            return
        if self._until > self._day:
            yield "対象期間の終期が、分析した日より後です。日付を確かめてください。"
        if self._by is not None:
            yield from unfit(self._by, self._day, "分析した者")
        for one in self._systems:
            since = self._since(one)
            if one.ends_on is not None and one.ends_on < (since or self._until):
                yield (
                    f"情報システム「{one.name}」の利用は{wareki(one.ends_on)}に終わっています。"
                    "対象期間を確かめるか、選択から外してください。"
                )
            elif since is None:
                yield f"情報システム「{one.name}」の対象期間の始期が分かりません。始期を入力してください。"
            elif since > self._until:
                yield (
                    f"情報システム「{one.name}」の記録は、{wareki(since - _ONE)}までが分析済みです。"
                    "対象期間の終期を確かめるか、始期を入力してください。"
                )

    def _last(self, one: System) -> date | None:
        """Until when the log of a system was read by the day."""
        held = self._facts.of(AccessReview, "system", one.id)
        return max((each.period_to for each in held if each.reviewed_on <= self._day), default=None)

    def _since(self, one: System) -> date | None:
        said, last = self._answers.get("since"), self._last(one)
        if isinstance(said, date):
            return said
        if last is not None:
            return last + _ONE
        held = (self._facts.find(Contract, number) for number in one.contract_ids)
        return one.starts_on or min((each.starts_on for each in held if each is not None), default=None)

    def writes(self) -> Iterator[Write]:
        for one in self._systems:
            yield Write(
                AccessReview(
                    system=one.id,
                    period_from=self._since(one) or self._until,
                    period_to=self._until,
                    reviewed_on=self._day,
                    reviewed_by=self._by.id if self._by is not None else None,
                    method=str(self._answers.get("method") or ""),
                    anomalies=self._answers["anomalies"],
                    found=str(self._answers.get("found") or ""),
                    action=str(self._answers.get("action") or ""),
                )
            )

    def asks(self) -> Iterator[Ask]:
        if self._by is None:
            yield Ask("分析した者を選んでください。", "by")
        if self._answers.get("anomalies") and not self._answers.get("action"):
            yield Ask("異常に対する措置を入力してください。", "action")

    def remarks(self) -> Iterator[str]:
        for one in self._systems:
            since, last = self._since(one), self._last(one)
            if last is not None and since is not None and since > last + _ONE:
                gap = f"{wareki(last + _ONE)}から{wareki(since - _ONE)}まで"
                yield f"情報システム「{one.name}」の{gap}の記録は、分析されないままです。"


def _offered(ground: Ground, one: Record) -> bool:
    return isinstance(one, System) and (one.ends_on is None or one.ends_on >= ground.today)


REVIEW_ACCESS = Act(
    name="review-access",
    title="アクセス記録の分析",
    words=("アクセス記録の分析", "ログの分析", "ログの確認", "アクセスログ", "ろぐ"),
    hint="複数の情報システムの記録の分析を、同じ結果でまとめて登録します。",
    about=System,
    fields=_FIELDS,
    draft=_draft,
    many=True,
    offered=_offered,
    given=lambda ground, _records: {"on": ground.today},
)
