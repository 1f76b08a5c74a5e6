"""研修: one session, what it covered and who attended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.for_contract import ForContract, ForContracts
from app.records.kinds import Choice, Day, Number, Ref, Row, Rows, Text
from app.records.spec import Record, Section, Shared, record


class Topic(StrEnum):
    DUTIES = "遵守事項"
    PENALTIES = "罰則"
    CIVIL_LIABILITY = "民事責任"
    INCIDENTS = "事故対応"
    SECURITY = "情報セキュリティ"


class Outcome(StrEnum):
    ATTENDED = "出席"
    ABSENT = "欠席"
    MADE_UP = "補講"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingTopic(Row):
    """A subject that was taught."""

    topic: Annotated[str, Choice(label="研修内容", of=Topic, other=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Row):
    """Whether one person took part."""

    person: Annotated[int, Ref(label="受講者", to="person")]
    outcome: Annotated[str, Choice(label="出欠", of=Outcome)]
    planned_on: Annotated[date | None, Day(label="補講の予定日", hint="欠席した者にいつ補講を行うか")] = None
    made_up_on: Annotated[date | None, Day(label="補講日", past=True)] = None
    score: Annotated[int | None, Number(label="確認テストの点数", unit="点", most=1000)] = None


@record(
    "training",
    "研修",
    key=("title", "held_on"),
    titled=("title",),
    assigned="TR-{:03}",
    numbered="number",
    late=True,
    shared=Shared.ONE,
    carried=("place", "lecturer", "material", "topics", "contracts"),
    section=Section.PEOPLE,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Record, ForContracts):
    """One session of training."""

    number: Annotated[
        str, Text(label="研修番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    title: Annotated[str, Text(label="研修名", listed=True, searched=True)]
    held_on: Annotated[date, Day(label="実施日", listed=True)]
    hours: Annotated[str, Text(label="実施時間", longest=60, hint="例 13時から14時30分まで")] = ""
    place: Annotated[str, Text(label="場所又は方法", listed=True)] = ""
    lecturer: Annotated[str, Text(label="講師", listed=True, searched=True)] = ""
    material: Annotated[str, Text(label="教材", searched=True)] = ""
    topics: Annotated[tuple[TrainingTopic, ...], Rows(label="研修内容", of=TrainingTopic)]
    contracts: Annotated[tuple[ForContract, ...], Rows(label="対象の契約", of=ForContract)]
    attendance: Annotated[tuple[Attendance, ...], Rows(label="受講者", of=Attendance, listed=True)] = ()

    def problems(self) -> Iterator[tuple[str, str]]:
        seen: set[int] = set()
        for number, row in enumerate(self.attendance, 1):
            path = f"attendance.{number}"
            if row.person in seen:
                yield f"{path}.person", "同じ要員が2回あります。1行にまとめてください。"
            seen.add(row.person)
            if row.outcome == Outcome.MADE_UP and row.made_up_on is None:
                yield f"{path}.made_up_on", "補講とした場合は補講日を入力してください。"
            if row.made_up_on is not None and row.made_up_on < self.held_on:
                yield f"{path}.made_up_on", "補講日は実施日以後の日にしてください。"
            if row.planned_on is not None:
                yield from self._plan_problems(path, row)

    def _plan_problems(self, path: str, row: Attendance) -> Iterator[tuple[str, str]]:
        if row.outcome == Outcome.ATTENDED:
            yield f"{path}.planned_on", "出席した者に補講の予定日は入力できません。"
        elif row.planned_on is not None and row.planned_on < self.held_on:
            yield f"{path}.planned_on", "補講の予定日は実施日以後の日にしてください。"

    @property
    def topic_names(self) -> tuple[str, ...]:
        return tuple(row.topic for row in self.topics)

    def attended_on(self, person: int) -> date | None:
        """The day on which ``person`` had this training, made up or not; None if absent or unlisted."""
        for row in self.attendance:
            if row.person == person and row.outcome == Outcome.ATTENDED:
                return self.held_on
            if row.person == person and row.outcome == Outcome.MADE_UP:
                return row.made_up_on
        return None
