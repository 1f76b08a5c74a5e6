"""disposal each time: a method that fits the medium, and nothing left unreadable only in part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from app.annexes.clause import Act
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Asset, Device, Disposal
from app.records.disposal import DisposalLine, LineResult, Method
from app.records.kinds import OTHER

_PAPER = (Method.SHREDDED, Method.DISSOLVED, Method.BURNED)
_SOFTWARE = (Method.OVERWRITTEN, Method.KEY_ERASED)
_FITS: Mapping[str, tuple[Method, ...]] = MappingProxyType(
    {
        "紙": _PAPER,
        "紙保管箱": _PAPER,
        "USBメモリ": (Method.CRUSHED, *_SOFTWARE),
        "光学媒体": (Method.CRUSHED, Method.SHREDDED, Method.BURNED),
        "外付HDD": (Method.CRUSHED, Method.DEGAUSSED, *_SOFTWARE),
        "PC": (Method.CRUSHED, Method.DEGAUSSED, *_SOFTWARE),
        "サーバ": (Method.CRUSHED, Method.DEGAUSSED, *_SOFTWARE),
        "携帯端末": (Method.CRUSHED, *_SOFTWARE),
        "電子データ": (Method.CRUSHED, Method.DEGAUSSED, *_SOFTWARE),
    }
)
"""Methods after which a medium can be neither read nor restored (flash memory is not magnetic)."""

_BY_ACT: Mapping[Act, tuple[Method, ...]] = MappingProxyType(
    {Act.DESTROY: (*_PAPER, Method.CRUSHED, Method.DEGAUSSED), Act.ERASE: _SOFTWARE}
)


def judge(question: Question) -> Verdict:
    disposals = tuple(one for one in question.view.disposals if meant(question, one))
    word = "・".join(str(act) for act in question.asks.acts) or "廃棄・消去"
    if not disposals:
        return question.not_due(
            f"{word}の記録はなく、行う場合は判読も復元もできない方法による必要があります。"
        )
    lacks = [lack for one in disposals for lack in _faults(question, one)]
    evidence = [question.evidence(one, one.done_on) for one in disposals]
    unknown = [one for one in disposals if not _known(question, one)]
    if unknown and not lacks:
        return question.confirm(
            f"方法又は媒体が「その他」の{word}があるため、判読も復元もできない方法かを確かめてください。",
            evidence=evidence,
            step=open_record(unknown[0]),
        )
    return question.judge(lacks, evidence, f"{word}{len(disposals)}件は、媒体に合った方法で完了しています。")


def meant(question: Question, disposal: Disposal) -> bool:
    """Whether the clause speaks of this way of disposal; a way in free words may be any."""
    acts = [act for act in question.asks.acts if act in _BY_ACT] or list(_BY_ACT)
    return disposal.method.startswith(OTHER) or any(disposal.method in _BY_ACT[act] for act in acts)


def _medium(question: Question, line: DisposalLine) -> str:
    facts = question.view.facts
    if asset := facts.find(Asset, line.asset):
        return asset.medium
    device = facts.find(Device, line.device)
    return device.kind if device else line.medium


def _known(question: Question, disposal: Disposal) -> bool:
    return not disposal.method.startswith(OTHER) and all(
        _medium(question, line) in _FITS for line in disposal.lines
    )


def _faults(question: Question, disposal: Disposal) -> Iterator[Lack]:
    day = shown(disposal.done_on)
    why = "廃棄・消去は、媒体に合い、判読も復元もできない方法による必要があります。"
    step = open_record(disposal)
    for line in disposal.lines:
        fitting = _FITS.get(_medium(question, line))
        if fitting and not disposal.method.startswith(OTHER) and disposal.method not in fitting:
            what = f"{day}の{line.item}（{line.medium}）"
            text = f"{what}は、「{disposal.method}」では復元できるおそれがあります。"
            yield Lack(text, why, "disposal", disposal.id, None, step)
        if line.result == LineResult.FAILED and not _finished_later(question, disposal, line):
            text = f"{day}の{line.item}（{line.medium}）は不良のままで、廃棄・消去が終わっていません。"
            yield Lack(text, why, "disposal", disposal.id, None, step)
    if disposal.method in _SOFTWARE and not disposal.tool:
        text = f"{day}の消去に使用したソフトウェアが登録されていません。"
        yield Lack(
            text,
            "データの消去には消去用ソフトウェアを使い、記録する必要があります。",
            "disposal",
            disposal.id,
            None,
            step,
        )


def _finished_later(question: Question, failed: Disposal, line: DisposalLine) -> bool:
    return any(
        other.result == LineResult.DONE and (other.asset, other.device) == (line.asset, line.device)
        for disposal in question.view.disposals
        if disposal.id != failed.id and disposal.done_on >= failed.done_on
        for other in disposal.lines
    )
