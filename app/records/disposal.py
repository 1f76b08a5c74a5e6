"""廃棄・消去: one act of destruction or erasure; the only place where a destruction is recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.amounts import Amount, broken_piece
from app.records.codes import Code
from app.records.kinds import Choice, Day, Flag, Quantity, Ref, Row, Rows, Text
from app.records.spec import Record, Section, record
from app.records.status import Status


class Method(StrEnum):
    SHREDDED = "裁断"
    DISSOLVED = "溶解"
    BURNED = "焼却"
    CRUSHED = "物理的破壊"
    DEGAUSSED = "磁気消去"
    OVERWRITTEN = "データ消去ソフトウェアによる消去"
    KEY_ERASED = "暗号化消去"


class Level(StrEnum):
    """Levels of NIST SP 800-88."""

    CLEAR = "消去（Clear）"
    PURGE = "除去（Purge）"
    DESTROY = "破壊（Destroy）"


class LineResult(StrEnum):
    DONE = "完了"
    FAILED = "不良"


class Outcome(StrEnum):
    """What the verification of a disposal came to."""

    PASSED = "合格"
    FAILED = "不合格"
    UNVERIFIED = "未確認"


_DESTROYED = (Method.SHREDDED, Method.DISSOLVED, Method.BURNED, Method.CRUSHED)
"""Methods whose effect is seen on the thing itself; after any other it looks as it did before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalLine(Row):
    """What was erased or destroyed of one asset or machine."""

    asset: Annotated[int | None, Ref(label="情報資産", to="asset")] = None
    device: Annotated[int | None, Ref(label="PC・媒体", to="device")] = None
    item: Annotated[str, Text(label="情報項目")]
    medium: Annotated[str, Text(label="媒体名")]
    quantity: Annotated[Amount, Quantity(label="数量")]
    unit: Annotated[str, Text(label="単位", longest=10)]
    serial: Annotated[str, Code(label="製造番号等")] = ""
    result: Annotated[str, Choice(label="結果", of=LineResult)] = ""
    followed: Annotated[str, Text(label="不良後の措置")] = ""
    outcome: Annotated[str, Choice(label="確認の判定（ほかと異なる場合）", of=Outcome)] = ""


@record(
    "disposal",
    "廃棄・消去",
    key=("number",),
    assigned="D-{:04}",
    late=True,
    titled=("done_on", "method"),
    carried=(
        "contract",
        "method",
        "responsible",
        "place",
        "done_by",
        "level",
        "standard",
        "standard_edition",
        "tool",
        "tool_version",
        "contractor",
        "permit",
        "afterwards",
    ),
    apart=("manifest", "outcome"),
    section=Section.ASSETS,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal(Record):
    """One erasure or destruction, with those who did it and those who saw it."""

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    number: Annotated[
        str, Text(label="廃棄番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    status: Annotated[str, Choice(label="予定・実績", of=Status, listed=True)]
    done_on: Annotated[date, Day(label="廃棄・消去の年月日", listed=True)]
    method: Annotated[str, Choice(label="方法", of=Method, other=True, listed=True)]
    lines: Annotated[tuple[DisposalLine, ...], Rows(label="明細", of=DisposalLine, listed=True)]
    responsible: Annotated[int, Ref(label="責任者", to="person", listed=True)]
    approval: Annotated[int | None, Ref(label="承諾", to="approval", hint="廃棄・消去に先立つ承諾や指示")] = (
        None
    )
    unapproved: Annotated[
        str,
        Text(
            label="承諾を得ないで行った理由",
            longest=500,
            hint="義務は要対応のまま残ります",
        ),
    ] = ""
    place: Annotated[str, Text(label="実施場所", searched=True)] = ""
    done_by: Annotated[str, Text(label="実施者", searched=True)] = ""
    confirmed_by: Annotated[int | None, Ref(label="確認者", to="person")] = None
    witness: Annotated[
        str, Text(label="立会人", searched=True, hint="発注者の職員が立ち会った場合の所属・氏名")
    ] = ""
    witness_asked: Annotated[
        bool | None,
        Flag(label="発注者の立会い", yes="要", no="不要", hint="承認の申請に印字されます"),
    ] = None
    method_reason: Annotated[
        str,
        Text(
            label="方法の理由・追加の措置",
            lines=2,
            longest=1000,
            group="方法の詳細",
            hint="媒体や指示と異なる方法によった場合に入力します",
        ),
    ] = ""
    level: Annotated[str, Choice(label="消去の水準", of=Level, group="方法の詳細")] = ""
    standard: Annotated[
        str,
        Text(label="準拠した基準", group="方法の詳細", hint="発注者の指定がなければ空欄　例 NIST SP 800-88"),
    ] = ""
    standard_edition: Annotated[str, Text(label="基準の版", longest=60, group="方法の詳細")] = ""
    tool: Annotated[str, Text(label="使用したソフト・機器", group="方法の詳細")] = ""
    tool_version: Annotated[str, Text(label="バージョン", longest=60, group="方法の詳細")] = ""
    verification: Annotated[str, Text(label="確認の方法", group="方法の詳細")] = ""
    outcome: Annotated[
        str,
        Choice(
            label="確認の判定",
            of=Outcome,
            group="方法の詳細",
            hint="「合格」のほかは、廃棄・消去が終わったことになりません",
        ),
    ] = ""
    verification_result: Annotated[str, Text(label="確認の結果", group="方法の詳細")] = ""
    verified_on: Annotated[date | None, Day(label="確認した日", past=True, group="方法の詳細")] = None
    afterwards: Annotated[
        str,
        Text(
            label="廃棄・消去後の扱い",
            group="方法の詳細",
            hint="再利用、貸与元への返却、処分業者への引渡しなど",
        ),
    ] = ""
    contractor: Annotated[str, Text(label="処理業者", searched=True, group="処理業者")] = ""
    permit: Annotated[str, Code(label="許可番号", group="処理業者")] = ""
    manifest: Annotated[str, Code(label="管理票（マニフェスト）番号", group="処理業者")] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        for number, line in enumerate(self.lines, 1):
            if line.asset is None and line.device is None:
                yield f"lines.{number}.asset", "明細には情報資産かPC・媒体のどちらかを選んでください。"
            if sentence := broken_piece(line.quantity, line.unit):
                yield f"lines.{number}.quantity", sentence
            yield from self._result_problems(number, line)
            if line.result == LineResult.FAILED and not line.followed:
                yield f"lines.{number}.followed", "不良の明細には、その後の措置を入力してください。"
        yield from self._outcome_problems()
        yield from self._verified_problems()

    def _result_problems(self, number: int, line: DisposalLine) -> Iterator[tuple[str, str]]:
        path = f"lines.{number}.result"
        if self.status == Status.PLANNED and line.result:
            yield path, "予定の廃棄・消去に結果は入力できません。実施してから実績として入力してください。"
        if self.status == Status.ACTUAL and not line.result:
            yield path, "実施した廃棄・消去の明細には結果を選んでください。"

    def _verified_problems(self) -> Iterator[tuple[str, str]]:
        if self.verified_on is None:
            return
        if self.status == Status.PLANNED:
            yield (
                "verified_on",
                "予定の廃棄・消去に確認した日は入力できません。実施してから入力してください。",
            )
        elif self.verified_on < self.done_on:
            yield "verified_on", "確認した日が廃棄・消去の年月日より前です。日付を確かめてください。"

    def _outcome_problems(self) -> Iterator[tuple[str, str]]:
        lines = tuple(enumerate(self.lines, 1))
        if self.status == Status.PLANNED:
            paths = ["outcome"] if self.outcome else []
            for path in (*paths, *(f"lines.{number}.outcome" for number, line in lines if line.outcome)):
                yield path, "予定の廃棄・消去に確認の判定は入力できません。実施してから入力してください。"
            return
        for number, line in lines:
            if line.result == LineResult.FAILED and line.outcome == Outcome.PASSED:
                yield f"lines.{number}.outcome", "不良の明細の確認の判定を「合格」にはできません。"
        yield from self._result_without_judgement()
        if self._unplaced():
            yield (
                "outcome",
                f"確認の判定（全体）と同じ判定の明細がありません。「{self.outcome}」の明細を選ぶか、"
                "全体の判定を改めてください。",
            )
        if any(self.ought_to_be_verified(line) and not self.judged(line) for line in self.lines):
            yield (
                "outcome",
                f"「{self.method}」は見た目では効果が分からないため、確認の判定を選んでください。"
                "確認していない場合は「未確認」を選びます。",
            )

    def _result_without_judgement(self) -> Iterator[tuple[str, str]]:
        judged = all(line.outcome for line in self.lines)
        unverified = any(self.ought_to_be_verified(line) and not self.judged(line) for line in self.lines)
        if self.verification_result and not self.outcome and not judged and not unverified:
            yield "outcome", "「確認の結果」を入力したときは、「確認の判定」も選んでください。"

    def _unplaced(self) -> bool:
        """Whether the whole was not passed, and every line says something else of itself."""
        failing = self.outcome in (Outcome.FAILED, Outcome.UNVERIFIED)
        return failing and all(line.outcome and line.outcome != self.outcome for line in self.lines)

    def ought_to_be_verified(self, line: DisposalLine) -> bool:
        """Whether only a verification can show that what was done to ``line`` worked."""
        return line.result == LineResult.DONE and self.method not in _DESTROYED

    def judged(self, line: DisposalLine) -> str:
        """What the verification of ``line`` came to: the line's own word before that of the whole.

        Where no line bears what the whole came to, nobody knows which was meant: then all of them do.
        """
        return self.outcome if self._unplaced() else line.outcome or self.outcome

    def ended(self, line: DisposalLine) -> bool:
        """Whether the information of ``line`` is gone, as far as the record says: only then may it count.

        It was done, it did not fail, and its verification was passed; none is asked of what is destroyed
        for all to see, but what a verification found there holds as well.
        """
        if self.status != Status.ACTUAL or line.result != LineResult.DONE:
            return False
        judged = self.judged(line)
        return judged == Outcome.PASSED or (not judged and not self.ought_to_be_verified(line))
