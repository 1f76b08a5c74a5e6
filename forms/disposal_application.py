"""記録媒体廃棄承認申請書: which media and information are to be destroyed how, when, and who looks on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.blocks import Column
from app.printing.type.wareki import wareki
from app.records import Approval, Device, Disposal
from app.records.approval import ApprovalKind
from app.records.device import DeviceKind
from app.records.status import Status
from forms.asking.amounts import Wanted, destroyed
from forms.asking.applications import Application, Listing, Part, asked
from forms.asking.consenting import can_be_asked
from forms.parts.cells import Cell, always, field
from forms.parts.disposed import responsible_of
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.texts import lines, or_none, quantity


def _disposals(case: Case, approval: Approval) -> tuple[Disposal, ...]:
    """The disposals that are planned under the approval; once they were done, what was done."""
    held = case.facts.of(Disposal, "approval", approval.id)
    planned = [one for one in held if one.status == Status.PLANNED]
    return tuple(sorted(planned or held, key=lambda one: (one.done_on, one.id)))


def _unplanned(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    for one in paper.things:
        held = _disposals(paper.case, one) if can_be_asked(paper.case, one) else ()
        if can_be_asked(paper.case, one) and not held:
            yield (
                0,
                f"{one.number}で承認を求める廃棄・消去の予定が登録されていません。"
                f"廃棄・消去を「予定」として登録し、その「承諾」に{one.number}を選んでください。",
            )
        for done in held:
            if done.status != Status.PLANNED:
                yield (
                    done.id,
                    f"{one.number}の廃棄・消去は{wareki(done.done_on)}に行われたと登録されているため、"
                    "前もっての承認は申請できません。",
                )


def _unnumbered(paper: Paper[Approval]) -> Iterator[tuple[int, str, str]]:
    """A medium of which nobody can say which one it is, is not allowed to be destroyed either."""
    for approval in paper.things:
        for one in _disposals(paper.case, approval) if can_be_asked(paper.case, approval) else ():
            for number, line in enumerate(one.lines, 1):
                device = paper.case.facts.find(Device, line.device)
                paper_box = device is not None and device.kind == DeviceKind.PAPER_BOX
                if device is not None and not paper_box and not (line.serial or device.serial):
                    sentence = f"廃棄・消去の予定の明細{number}行目の製造番号等を入力してください。"
                    yield one.id, sentence, f"{number}.serial"


def _wanted(case: Case, approval: Approval) -> Iterator[Wanted]:
    for one in _disposals(case, approval):
        if one.status == Status.PLANNED:
            yield from ((line.asset, line.quantity, line.unit) for line in one.lines)


def _planned_on(_case: Case, one: Disposal) -> str:
    return wareki(one.done_on) + ("（予定）" if one.status == Status.PLANNED else "")


def _place(_case: Case, one: Disposal) -> str:
    return or_none(lines(one.place, one.contractor))


def _media(case: Case, one: Disposal) -> list[list[str]]:
    found = []
    for line in one.lines:
        device = case.facts.find(Device, line.device)
        serial = line.serial or (device.serial if device else "")
        found.append([line.medium, or_none(serial), line.item, quantity(line.quantity, line.unit)])
    return found


_MEDIA: Listing = Listing(
    "廃棄・消去する記録媒体",
    (
        Column("媒体名", 18),
        Column("製造番号等", 22, fit=True),
        Column("記録された情報", 42),
        Column("数量", 13, "right", fit=True),
    ),
    _media,
)
_LINES: tuple[tuple[Cell[Any], ...], ...] = (
    (field(Disposal, "method", label="廃棄・消去の方法"),),
    (Cell("予定年月日", _planned_on), field(Disposal, "witness_asked", label="立会い", needed=always)),
    (Cell("実施場所", _place), Cell("責任者", responsible_of)),
)

FORM = Application(
    id="disposal-application",
    title="記録媒体廃棄承認申請書",
    kinds={ApprovalKind.DISPOSAL: "disposal-approval"},
    act=lambda _approval: "記録媒体を廃棄し、又は情報を消去し",
    parts=(
        Part("廃棄・消去の理由", ((asked("purpose", "理由"),),)),
        Part("廃棄・消去の予定", _LINES, _disposals, _MEDIA),
    ),
    proves=(Each("disposal-approval"),),
    needs=(
        Asked(Disposal, "approval", _unplanned),
        Asked(Disposal, "lines", _unnumbered),
        destroyed(_wanted),
    ),
    consent="承認",
).form
