"""disposal each time: a method that fits the medium, and nothing left unreadable only in part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from app.duties.duty import Remark
from app.duties.evaluators.disposed_elsewhere import unwritten
from app.duties.evaluators.ways import meant
from app.duties.holding.destruction import ERASING, Flaw, flaws, made_good, not_ended
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView, carried_by, covers
from app.records import Approval, Asset, Disposal
from app.records.disposal import DisposalLine


def judge(question: Question) -> Verdict:
    disposals = tuple(one for one in question.view.disposals if meant(question, one))
    word = "・".join(str(act) for act in question.asks.acts) or "廃棄・消去"
    away = list(unwritten(question, "この契約の情報が残らず消えたか"))
    if not disposals and not away:
        return question.not_due(
            f"{word}の記録はなく、行う場合は判読も復元もできない方法による必要があります。"
        )
    found = tuple(readable(question, disposals))
    lacks = [one.lack for one in found if one.certain and one.over is None]
    lacks += [lack for one in disposals for lack in _without_tool(one)]
    doubts = [one.lack for one in found if not one.certain and one.over is None]
    evidence = [question.evidence(one, one.done_on) for one in disposals]
    remarks = remarks_on(found)
    if away and not lacks and not doubts:
        return question.confirm(away[0].why, away, evidence, away[0].step)._replace(remarks=remarks)
    doubts += away
    if doubts and not lacks:
        why = f"{word}が判読も復元もできない方法によるものかを確かめてください。"
        return question.confirm(why, doubts, evidence, doubts[0].step)._replace(remarks=remarks)
    satisfied = f"{word}{len(disposals)}件は、媒体に合った方法で完了しています。"
    return question.judge([*lacks, *doubts], evidence, satisfied, remarks=remarks)


class Readable(NamedTuple):
    """One reason why something may be readable after a disposal, and the disposal that put an end to it.

    ``failed``: it was never recorded as ended, so it still counts as held; to do it again is no breach.
    """

    lack: Lack
    certain: bool
    failed: bool
    disposal: Disposal
    over: Disposal | None


def readable(
    question: Question, disposals: Iterable[Disposal], assets: Collection[int] | None = None
) -> Iterator[Readable]:
    """What of ``disposals`` did not end as it had to; of some ``assets`` only (None: of everything).

    A line that has not ended and one by a method that does not fit are over once it was done rightly.
    """
    view, methods = question.view, question.asks.methods
    why = "廃棄・消去は、媒体と求められた方法に合い、判読も復元もできないように行う必要があります。"
    for disposal in disposals:
        faults = list(flaws(view.facts, disposal, methods, approvals_of(view, disposal)))
        rows = {row: words for row, line in enumerate(disposal.lines) if (words := not_ended(disposal, line))}
        faults += [Flaw(row, words, True) for row, words in rows.items()]
        for fault in faults:
            line = disposal.lines[fault.row]
            if not (concerned(question, line) if assets is None else line.asset in assets):
                continue
            text = f"{shown(disposal.done_on)}の{line.item}（{line.medium}）は、{fault.words}。"
            lack = Lack(text, why, "disposal", disposal.id, step=open_record(disposal))
            over = made_good(view.facts, view.disposals, disposal, line)
            yield Readable(lack, fault.certain, fault.row in rows, disposal, over)


def remarks_on(found: Iterable[Readable]) -> tuple[Remark, ...]:
    """What was readable for a time, and since when it is not."""
    return tuple(
        Remark(
            f"{one.lack.text.removesuffix('。')}（{shown(one.over.done_on)}にやり直し）。",
            "disposal",
            one.disposal.id,
            one.disposal.done_on,
            one.over.done_on,
            late=False,
        )
        for one in found
        if one.certain and not one.failed and one.over is not None
    )


def approvals_of(view: ContractView, disposal: Disposal) -> tuple[Approval, ...]:
    """The approval that a disposal names."""
    approval = view.facts.find(Approval, disposal.approval)
    return (approval,) if approval else ()


def concerned(question: Question, line: DisposalLine) -> bool:
    """Whether a line carried what the clause speaks of; a machine may have carried anything."""
    asset = question.view.facts.find(Asset, line.asset)
    applies_to, media = question.asks.applies_to, question.asks.media
    return asset is None or (covers(applies_to, asset.classification) and carried_by(media, asset.medium))


def _without_tool(disposal: Disposal) -> Iterator[Lack]:
    if disposal.method in ERASING and not disposal.tool:
        yield Lack(
            f"{shown(disposal.done_on)}の消去に使用したソフトウェアが登録されていません。",
            "データの消去には消去用ソフトウェアを使い、記録する必要があります。",
            "disposal",
            disposal.id,
            None,
            open_record(disposal),
        )
