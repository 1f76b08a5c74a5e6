"""契約を終える: all is back or destroyed, or the client has written what becomes of it; then it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.annexes.kinds import State, kind_label
from app.duties.engine import duties_of
from app.duties.evaluators.kept_backups import backups_left
from app.duties.holding.balance import Balance, balance
from app.duties.view import ContractView
from app.records import (
    Asset,
    Assignment,
    Contract,
    Device,
    DeviceUse,
    Disposal,
    Facts,
    Field,
    Instruction,
    LocationUse,
    Record,
    Structure,
    Subcontract,
)
from app.records.days import wareki
from app.records.kinds import Day, Ref, Text
from app.records.status import Status
from app.work.acts.following import goes_on
from app.work.acts.papers import papers_open
from app.work.acts.plan import Act, Answers, Ask, Draft, Follow, Ground, Paper, Write, after, renewed
from app.work.acts.year.contracts import contract_of, named_assets

_ON = Field("on", Day(label="契約を終える日"), required=True, default=None)
_WHY = Field("why", Text(label="終了の事由", hint="期間満了、解除など"), required=True, default="")
_INSTRUCTION = Field(
    "instruction",
    Ref(
        label="残る情報資産についての発注者の指示",
        to="instruction",
        hint="返還・廃棄が済まないまま契約を終える場合に、書面による指示を選びます。",
    ),
    required=False,
    default=None,
)
_STATEMENT = "closing-statement"
_LASTING: tuple[type[Assignment | Structure | LocationUse | DeviceUse | Subcontract], ...] = (
    Assignment,
    Structure,
    LocationUse,
    DeviceUse,
    Subcontract,
)
"""What ends with the work for which it is, by itself."""
_PERIOD_OVER = "期間満了"


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contract, day = contract_of(records), answers.get("on")
    title = f"契約を終える　{contract.number}　{contract.title}"
    if not isinstance(day, date):
        return Draft(title, title, asks=(Ask("契約を終える日を入力してください。", "on", needed=True),))
    closing = _Closing(ground, contract, day, answers)
    asks = tuple(closing.asks())
    if refusals := tuple(closing.refusals()):
        first = tuple(one.text for one in asks if not one.needed)
        return Draft(title, title, refusals=refusals, remarks=first, follows=tuple(closing.ways()))
    writes = tuple(closing.writes())
    return Draft(
        f"{title}（{wareki(day)}）",
        f"契約の終了　{contract.number}（{len(writes)}件）",
        writes,
        asks,
        remarks=tuple(closing.remarks(writes)),
        papers=tuple(closing.papers(writes)),
    )


@dataclass(frozen=True, slots=True)
class _Closing:
    """One contract, and the day on which it is closed."""

    ground: Ground
    contract: Contract
    day: date
    answers: Answers

    @property
    def _last(self) -> date:
        """The last day of the work: closing after the period does not lengthen it."""
        return min(self.day, self.contract.ends_on)

    @property
    def _said(self) -> Instruction | None:
        return self.ground.facts.find(Instruction, self.answers.get("instruction"))

    def _held(self) -> tuple[Balance, ...]:
        found = balance(self.ground.facts, self.contract.id, self.day)
        return tuple(one for one in found if one.held)

    def refusals(self) -> Iterator[str]:
        contract, day = self.contract, self.day
        if contract.ended_on is not None:
            yield f"契約「{contract.number}」は{wareki(contract.ended_on)}に終えたと登録されています。"
            return
        if day < contract.signed_on:
            yield (
                f"契約を終える日（{wareki(day)}）が契約締結日（{wareki(contract.signed_on)}）より前です。"
                "日付を確かめてください。"
            )
            return
        if day > self.ground.today:
            yield (
                f"契約を終える日（{wareki(day)}）がきょうより後です。その日に残りがないことを確かめてから登録してください。"
                "早く終えることが決まっている場合は、「変更契約」で履行期間の終期を改めてください。"
            )
            return
        yield from self._unfinished()

    def ways(self) -> Iterator[Follow]:
        """The acts that have to be done first, or instead."""
        ids = (self.contract.id,)
        if self.contract.ended_on is not None or self.day < self.contract.signed_on:
            return
        if self.day > self.ground.today:
            yield Follow("amend", ids, "変更契約", {"ends_on": self.day})
        elif any(one.held for one in balance(self.ground.facts, self.contract.id, self.ground.today)):
            yield Follow("return-all", ids, "すべて返還")
            yield Follow("dispose-all", ids, "すべて廃棄・消去")

    def _unfinished(self) -> Iterator[str]:
        """What is held then, unless the client has written by then what becomes of it."""
        said, held = self._said, self._held()
        if said is not None and said.received_on > self.day:
            yield (
                f"選んだ指示を受けた日（{wareki(said.received_on)}）が契約を終える日（{wareki(self.day)}）より後です。"
                "指示を受けた日以後に終えるか、別の指示を選んでください。"
            )
        elif held and (said is None or not said.written):
            oral = "選んだ指示は書面によるものではありません。" if said is not None else ""
            yield (
                f"{wareki(self.day)}の時点で{named_assets(held)}が残っているため、契約を終えられません。{oral}"
                "「すべて返還」「すべて廃棄・消去」で登録するか、"
                "残る情報資産についての発注者の書面による指示を選んでください。"
            )

    def writes(self) -> Iterator[Write]:
        said = self._said
        yield from renewed(
            self.contract,
            ended_on=self.day,
            ended_why=self._why,
            closing_instruction=said.id if said is not None else self.contract.closing_instruction,
        )

    @property
    def _why(self) -> str:
        over = _PERIOD_OVER if self.day >= self.contract.ends_on else ""
        return str(self.answers.get("why") or over)

    def asks(self) -> Iterator[Ask]:
        """What has to be done first, from what the ledger itself shows."""
        if not self._why:
            yield Ask("終了の事由（解除など）を入力してください。", "why", needed=True)
        said = self._said
        what = (
            "発注者の指示により残るもの"
            if said is not None and said.written
            else "返還又は廃棄・消去するもの"
        )
        for one in self._held():
            yield Ask(f"{what}：{named_assets((one,))}")
        if not self.ground.facts.of(Asset, "contract", self.contract.id):
            yield Ask("情報資産が登録されていません。受け取ったものが本当にないかを確かめてください。")
        for disposal in self.ground.facts.of(Disposal, "contract", self.contract.id):
            if disposal.status == Status.PLANNED:
                yield Ask(f"予定のままの廃棄・消去：{disposal.number}（{wareki(disposal.done_on)}）")
        view = self._view(self.ground.facts)
        for run, number in backups_left(view):
            more = f"ほか{number - 1}回分" if number > 1 else ""
            yield Ask(f"消去した記録がないバックアップ：{run.what}（{wareki(run.done_on)}{more}）")
        if machines := tuple(self._with_data()):
            yield Ask(
                f"この契約の情報が残っていないことを確かめるPC・媒体：{'、'.join(machines)}"
                "（残っているものは消去し、「廃棄・消去」に登録してください）"
            )

    def _with_data(self) -> Iterator[str]:
        """Machines and media used for the contract of which no erasure since their last day is recorded."""
        facts, erased = self.ground.facts, set[int]()
        for disposal in facts.of(Disposal, "contract", self.contract.id):
            erased |= {line.device for line in disposal.lines if line.device and disposal.ended(line)}
        seen: dict[int, None] = {}
        for use in facts.of(DeviceUse, "contract", self.contract.id):
            if use.device not in erased and use.status == Status.ACTUAL and use.starts_on <= self._last:
                seen[use.device] = None
        for number in seen:
            if (device := facts.find(Device, number)) is not None:
                yield device.control_number

    def remarks(self, writes: tuple[Write, ...]) -> Iterator[str]:
        """What is open still once it is closed: closing settles no duty."""
        if self.day > self.contract.ends_on:
            yield (
                f"履行期間は{wareki(self.contract.ends_on)}までです。それより後の返還・廃棄は、期限後として残ります。"
            )
        going = sum(
            goes_on(one, self._last)
            for cls in _LASTING
            for one in self.ground.facts.of(cls, "contract", self.contract.id)
        )
        if going:
            # Written down, each would differ from what was submitted, and call for a notice of no change.
            yield (
                f"続いている従事、使用、再委託など{going}件は、{wareki(self._last)}に契約とともに終わったものとして"
                "扱います（従事者や作業場所の変更としては数えません）。"
            )
        unsure = 0
        for duty in duties_of(self._view(after(self.ground.facts, writes))):
            if duty.state in (State.OVERDUE, State.DUE):
                clause = self.ground.catalogue.cite(duty.clause)
                yield f"終えたあとも残る義務（{duty.state.label}）：{clause}　{kind_label(duty.kind)}"
            elif duty.state is State.CONFIRM:
                unsure += 1
        if unsure:
            yield f"要確認の義務が{unsure}件残ります。契約の画面で確かめてください。"

    def papers(self, writes: tuple[Write, ...]) -> Iterator[Paper]:
        """The statement on what became of everything, and what else is still to be issued."""
        if _STATEMENT in self.ground.forms:
            text = "受け取ったものがどう終わったかを、発注者に示します。"
            yield Paper(self.contract.id, _STATEMENT, None, text)
        yield from papers_open(self.ground, after(self.ground.facts, writes), self.contract.id)

    def _view(self, facts: Facts) -> ContractView:
        ground, contract = self.ground, facts.get(Contract, self.contract.id)
        return ContractView(facts, ground.catalogue, ground.forms, contract, ground.today)


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    """The last day of the period where nothing was held then, else today; never a day ahead."""
    contract = contract_of(records)
    if contract.ends_on > ground.today:
        return {}
    even = not any(one.held for one in balance(ground.facts, contract.id, contract.ends_on))
    return {"on": contract.ends_on if even else ground.today, "why": _PERIOD_OVER}


def _asked(ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    contract = contract_of(records)
    held = any(one.held for one in balance(ground.facts, contract.id, ground.today))
    return (_ON, _WHY, _INSTRUCTION) if held else (_ON, _WHY)


CLOSE = Act(
    name="close",
    title="契約を終える",
    words=("契約終了", "終了", "解除", "満了", "期間満了", "終わった", "けいやくしゅうりょう", "かいじょ"),
    about=Contract,
    hint="残りがないことを確かめて契約を終えます。残っているものがあれば、それを示します。",
    fields=(_ON, _WHY, _INSTRUCTION),
    draft=_draft,
    asked=_asked,
    offered=lambda _ground, one: isinstance(one, Contract) and one.ended_on is None,
    given=_given,
)
