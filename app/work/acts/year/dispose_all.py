"""すべて廃棄・消去: all of a contract that is still here and that the method fits, destroyed in one act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.duties.holding.balance import balance
from app.duties.holding.destruction import DESTROYING, misfits
from app.records import Contract, Record
from app.records.asset import Medium
from app.records.days import wareki
from app.records.disposal import DisposalLine, LineResult
from app.work.acts.disposing import fields as said
from app.work.acts.disposing.destroying import Destroying, missing
from app.work.acts.disposing.known import given_of, planned
from app.work.acts.disposing.picking import came, of_asset
from app.work.acts.disposing.rest import Rest, Rests
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Left
from app.work.acts.year.contracts import contract_of

_ALWAYS = {one.name: one.label for one in (said.ON, said.METHOD, said.RESPONSIBLE)}


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contract = contract_of(records)
    title = f"すべて廃棄・消去　{contract.number}　{contract.title}"
    if asks := tuple(missing(answers, ground.today, _ALWAYS)):
        return Draft(title, title, asks=asks)
    clearing = _Clearing(ground, contract, answers["on"], answers)
    if refusals := tuple(clearing.refusals()):
        return Draft(title, title, refusals=refusals)
    made, left = clearing.destroying(), clearing.left()
    if refusals := tuple(made.refusals()):
        return Draft(title, title, refusals=refusals)
    number, asks = len(made.lines), (*made.asks(), *clearing.asks())
    apart = Rests(ground.facts, contract, answers["on"]).elsewhere("廃棄・消去")
    return Draft(
        f"{title}（{wareki(answers['on'])}{'の予定' if made.ahead else ''}、{number}件）",
        f"すべて廃棄・消去　{contract.number}（{number}件）",
        made.writes(asks),
        asks,
        remarks=(
            *(f"廃棄・消去しません：{ground.facts.title(one.record)}　{one.why}" for one in left),
            *apart,
            *made.remarks(),
        ),
        papers=made.papers(),
        left=left,
    )


@dataclass(frozen=True, slots=True)
class _Clearing:
    """One act of destruction."""

    ground: Ground
    contract: Contract
    day: date
    answers: Answers

    @property
    def _ahead(self) -> bool:
        return self.day > self.ground.today

    def _rests(self) -> tuple[Rest, ...]:
        return Rests(self.ground.facts, self.contract, min(self.day, self.ground.today)).all()

    def refusals(self) -> Iterator[str]:
        day = self.day
        if not self._ahead and self.answers["result"] != LineResult.DONE:
            yield (
                "結果が「不良」のものがあるときは、情報資産を選んで「情報資産の廃棄・消去」で、"
                "その後の措置とあわせて登録してください。"
            )
        elif not self._rests():
            yield (
                f"{wareki(day)}の時点で、廃棄・消去できるものは手元に残っていません。"
                "受領・返還・廃棄の記録と日付を確かめてください。"
            )
        elif not self._fitting():
            number = self._rests()[0].named
            yield (
                f"「{self.answers['method']}」で廃棄・消去できる媒体が残っていません（{number}など）。"
                "媒体に合う方法を選んでください。"
            )

    def destroying(self) -> Destroying:
        """The disposal of all that the method fits."""
        return self._of(tuple(map(self._line, self._fitting())))

    def left(self) -> tuple[Left, ...]:
        return tuple(Left(one.held.asset, why) for one in self._rests() if (why := self._misfit(one)))

    def asks(self) -> Iterator[Ask]:
        received = [one.number for one in self._fitting() if came(self.ground.facts, one.held.asset)]
        if received:
            yield Ask(
                f"発注者から受け取ったもの（{'、'.join(received)}）も廃棄・消去します。"
                "返還ではなく廃棄・消去とする発注者の指示又は了解があるかを確かめてください。"
            )

    def _line(self, one: Rest) -> DisposalLine:
        return of_asset(one, None, None, "" if self._ahead else str(self.answers["result"]))

    def _of(self, lines: tuple[DisposalLine, ...]) -> Destroying:
        plan = planned(self.ground.facts, self.contract, lines)
        return Destroying(self.ground, self.contract, self.day, self.answers, lines, plan)

    def _misfit(self, one: Rest) -> str:
        """Why the method cannot work on it; else empty. A reason for one medium is none for another."""
        if one.held.asset.medium == Medium.DATA and self.answers["method"] in DESTROYING:
            return "置かれている機器・媒体を確かめて、「情報資産の廃棄・消去」で登録してください。"
        found = misfits(self.ground.facts, self._of((self._line(one),)).made)
        return f"{found[0].words}。媒体に合う方法でもう一度登録してください。" if found else ""

    def _fitting(self) -> tuple[Rest, ...]:
        return tuple(one for one in self._rests() if not self._misfit(one))


def _offered(ground: Ground, record: Record) -> bool:
    return isinstance(record, Contract) and any(
        one.held for one in balance(ground.facts, record.id, ground.today)
    )


DISPOSE_ALL = Act(
    name="dispose-all",
    title="すべて廃棄・消去",
    words=("廃棄", "消去", "シュレッダー", "溶解", "残りの廃棄", "はいき", "しょうきょ"),
    about=Contract,
    hint="手元に残っている情報資産のうち方法に合うものを、1回の廃棄・消去としてまとめて登録します。",
    fields=(
        said.ON,
        said.METHOD,
        said.RESPONSIBLE,
        said.RESULT,
        said.OUTCOME,
        said.VERIFICATION,
        said.VERIFICATION_RESULT,
        said.APPROVAL,
        said.UNAPPROVED,
        said.WITNESS,
        said.DONE_BY,
        said.PLACE,
        said.TOOL,
        said.TOOL_VERSION,
        said.METHOD_REASON,
    ),
    draft=_draft,
    offered=_offered,
    given=given_of,
)
