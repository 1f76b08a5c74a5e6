"""return and disposal at the end of the work, and when asked: nothing of what was entrusted is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.annexes.choices import Act, Exempt
from app.annexes.kinds import State, When
from app.counting.deadlines import deadline_after
from app.duties.breaches import afterwards_approved
from app.duties.duty import Evidence, Remark
from app.duties.evaluators import disposing, erasing
from app.duties.evaluators.copies import destroyed_of, meant_by, only_copies
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.ground import Ground
from app.duties.evaluators.kept_backups import backups_left
from app.duties.evaluators.left import Doubt, deadline_of, ended_late, gone, how_soon, left_of, went_since
from app.duties.evaluators.requested import requests, unanswered
from app.duties.holding.balance import Balance
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import BreachHandling, Disposal, Instruction
from app.records.instruction import InstructionKind

_ENDING = (When.ON_COMPLETION, When.AFTER_END)


def judge_return(question: Question) -> Verdict:
    return _judge(question, "event")


def judge_disposal(question: Question) -> Verdict:
    if When.EACH_TIME in question.clause.when:
        return erasing.judge(question)
    return _judge(question, "disposal")


def _judge(question: Question, kind: str) -> Verdict:
    """Requests at any time; at the end of the work everything of which the clause speaks."""
    view = question.view
    when = question.clause.when
    asked = requests(view, InstructionKind.RETURN) if When.ON_REQUEST in when else ()
    lacks = [_open(question, one) for one in asked if not _answered(question, one)]
    remarks = [remark for one in asked for remark in _late_answer(question, one)]
    ending = When.ON_REQUEST not in when or any(moment in _ENDING for moment in when)
    if view.ended and ending:
        return _settled(question, kind, lacks, remarks)
    if not asked:
        return question.not_due(_ahead(question, ending))
    evidence = [question.evidence(one, one.answered_on) for one in asked if _answered(question, one)]
    doubts = [] if lacks else list(_contradicted(question, asked, kind))
    doubts += _still_readable(question, meant_by(question), asked[0].received_on)
    lacks += [one.lack for one in doubts if one.certain]
    if doubts and not lacks:
        return _doubtful(question, doubts, evidence, remarks)
    satisfied = f"返還・廃棄の求め{len(asked)}件には、いずれも対応済みで、残りはありません。"
    return question.judge(lacks, evidence, satisfied, remarks=remarks)


def _doubtful(
    question: Question, doubts: list[Doubt], evidence: Sequence[Evidence], remarks: Sequence[Remark]
) -> Verdict:
    """The first doubt in full; what is missing shows all of them."""
    found = question.confirm(doubts[0].why, [one.lack for one in doubts], evidence, doubts[0].lack.step)
    return found._replace(remarks=tuple(remarks))


def _ahead(question: Question, ending: bool) -> str:
    if not ending:
        return "返還・廃棄の求めの記録はなく、求められたときは指示された方法による必要があります。"
    last = shown(question.view.contract.last_day)
    return f"業務が終わる日（{last}）に、手元の情報資産を残らず返還、廃棄又は消去する必要があります。"


def _answered(question: Question, asked: Instruction) -> bool:
    return asked.answered_on is not None and asked.answered_on <= question.view.day


def _open(question: Question, asked: Instruction) -> Lack:
    told = shown(asked.received_on)
    why = f"返還・廃棄を求められたとき（{told}）は、{how_soon(question)}応じる必要があります。"
    return unanswered(question, asked, "対応", why)


def _late_answer(question: Question, asked: Instruction) -> Iterator[Remark]:
    counted = deadline_after(asked.received_on, question.asks)
    due = asked.due_on or (counted.day if counted else None)
    on = asked.answered_on
    if due is not None and on is not None and _answered(question, asked) and on > due:
        said = f"{shown(asked.received_on)}の{asked.kind}"
        text = f"{said}には、期限（{shown(due)}）の後の{shown(on)}に応じました。"
        yield Remark(text, "instruction", asked.id, due, on)


def _contradicted(question: Question, asked: Sequence[Instruction], kind: str) -> Iterator[Doubt]:
    """What is left although the requests count as answered.

    Of how much they asked only a person can say; that nothing at all went since is a contradiction.
    """
    left = [one for each in meant_by(question) for one in left_of(question, each, kind)]
    if not left:
        return
    newest = asked[-1]
    named = f"{shown(newest.received_on)}の{newest.kind}"
    if not went_since(question, newest.received_on):
        text = f"{named}は対応済みとされていますが、その後に返還又は廃棄・消去された記録がありません。"
        why = "返還・廃棄の求めには、求められたものを返還、廃棄又は消去して応じる必要があります。"
        lack = Lack(text, why, "instruction", newest.id, step=open_record(newest))
        yield Doubt(why, lack, certain=True)
    for one in left:
        yield Doubt(
            f"{named}は対応済みですが、情報資産が残っているため、"
            "求められたものがすべて終わったかを確かめてください。",
            one.lack._replace(due=None, counted=""),
        )


def _settled(question: Question, kind: str, lacks: list[Lack], remarks: list[Remark]) -> Verdict:
    """Whether nothing is left; once the work has ended."""
    balances = meant_by(question)
    if not balances:
        return _nothing_meant(question, lacks)
    left = [one for each in balances for one in left_of(question, each, kind)]
    evidence = [question.evidence(one.asset, question.view.day) for one in balances if gone(question, one)]
    remarks += ended_late(question, balances)
    remarks += [*_readable_before(question, balances), *_excuses(question, balances)]
    satisfied = f"情報資産{len(balances)}件の残りはすべてゼロで、手元に残っていません。"
    said = question.view.facts.find(Instruction, question.view.contract.closing_instruction)
    if left and said is not None and said.received_on <= question.view.day:
        if unheard := _not_enough(question, said, [*lacks, *(one.lack for one in left)]):
            return unheard._replace(remarks=tuple(remarks))
        # What is left is excused; what was destroyed wrongly is not.
        left, evidence = [], [question.evidence(said, said.received_on), *evidence]
        remarks += _late_word(question, said)
        satisfied = (
            f"残る情報資産の扱いについて、{shown(said.received_on)}に発注者の書面による指示を受けています。"
        )
    found = [*left, *_destroyed(question, balances), *_kept(question)]
    certain = [one.lack for one in found if one.certain]
    doubts = [one for one in found if not one.certain]
    if doubts and not certain and not lacks:
        return _doubtful(question, doubts, evidence, remarks)
    open_ones = [*lacks, *certain, *(one.lack for one in doubts)]
    return question.judge(open_ones, evidence, satisfied, remarks=remarks)


def _late_word(question: Question, said: Instruction) -> Iterator[Remark]:
    due = deadline_of(question).day
    if said.received_on > due:
        text = (
            f"残る情報資産の扱いについての指示は、期限（{shown(due)}）の後の{shown(said.received_on)}でした。"
        )
        yield Remark(text, "instruction", said.id, due, said.received_on)


def _kept(question: Question) -> Iterator[Doubt]:
    """Backups are copies too: a clause that means copies is not met while nothing says they were erased."""
    for run, number in backups_left(question.view) if question.asks.copies else ():
        more = f"など{number}回分" if number > 1 else ""
        text = f"{run.what}のバックアップ（{shown(run.done_on)}{more}）を消去した記録がありません。"
        step = add("disposal") if run.device else open_record(run)
        yield Doubt(_BACKUPS, Lack(text, _BACKUPS, "backup_run", run.id, step=step))


def _nothing_meant(question: Question, lacks: list[Lack]) -> Verdict:
    if lacks:
        return question.judge(lacks, (), "")
    if only_copies(question) and question.view.balances:
        return question.not_due("情報資産の写しを作った記録がないため、消去するものはありません。")
    return question.unrecorded(
        "情報資産が登録されていないため、手元に残っていないことを示せません。", "asset"
    )


def _still_readable(question: Question, balances: Sequence[Balance], since: date) -> Iterator[Doubt]:
    """What was destroyed on or after a day and may be readable still, or not as it was to be done."""
    numbers = {one.asset.id for one in balances if one.disposed}
    done = [one for one in question.view.disposals if one.done_on >= since]
    for fault in erasing.readable(question, done, numbers):
        if fault.over is None and not fault.failed:
            yield Doubt(_READABLE, fault.lack, fault.certain)


def _destroyed(question: Question, balances: Sequence[Balance]) -> Iterator[Doubt]:
    """What ended by destruction: not readable any more, and on a ground where it was to be given back."""
    yield from _still_readable(question, balances, date.min)
    if question.kind != "return" or any(act in question.asks.acts for act in (Act.DESTROY, Act.ERASE)):
        return
    for one in balances:
        if destroyed_of(question, one) and not _granted(question, one) and not _excused(question, one):
            yield _unfounded(question, one)


def _excused(question: Question, one: Balance) -> tuple[BreachHandling, ...]:
    """The client's later word on each disposal of an asset; empty where any of them has none."""
    view, written = question.view, _ground(question).asks.written
    words = [afterwards_approved(view, disposal, written=written) for disposal in _disposals(view, one)]
    return () if None in words else tuple(word for word in words if word)


def _excuses(question: Question, balances: Sequence[Balance]) -> Iterator[Remark]:
    """What was destroyed instead of given back and only afterwards allowed."""
    for one in balances:
        if question.kind != "return" or not destroyed_of(question, one) or _granted(question, one):
            continue
        for word, disposal in zip(_excused(question, one), _disposals(question.view, one), strict=False):
            text = (
                f"{one.asset.number}（{one.asset.item}）は、発注者の指示又は了解を得る前に"
                f"{shown(disposal.done_on)}に廃棄・消去され、{shown(word.handled_on)}に{word.handled}。"
            )
            yield Remark(text, "disposal", disposal.id, disposal.done_on, word.handled_on, late=False)


def _disposals(view: ContractView, one: Balance) -> list[Disposal]:
    return [held for held in view.disposals if any(line.asset == one.asset.id for line in held.lines)]


def _readable_before(question: Question, balances: Sequence[Balance]) -> tuple[Remark, ...]:
    numbers = {one.asset.id for one in balances if one.disposed}
    return erasing.remarks_on(erasing.readable(question, question.view.disposals, numbers))


def _unfounded(question: Question, one: Balance) -> Doubt:
    asked = "指示" if Exempt.INSTRUCTION in _ground(question).exempt else "了解"
    asset = one.asset
    why = (
        "残りはありませんが、返還ではなく廃棄・消去されたものがあるため、"
        f"発注者の{asked}によるものかを確かめてください。"
    )
    text = f"{asset.number}（{asset.item}）は、返還ではなく廃棄・消去されています（{asked}の記録なし）。"
    step = open_record(next(iter(_disposals(question.view, one)), asset))
    return Doubt(why, Lack(text, why, "asset", asset.id, step=step))


def _ground(question: Question) -> Ground:
    """What lifts the duty to give back: what the clause itself says of disposals, where it does."""
    clause = question.clause
    return Ground(clause.asks("disposal-approval") if "disposal-approval" in clause.kinds else question.asks)


def _granted(question: Question, one: Balance) -> bool:
    """Whether the asset was destroyed on a ground that lifts the duty to return it."""
    ground = _ground(question)
    approvals = disposing.granted(question.view, one.asset.id)
    return bool(approvals) and not any(fault for held in approvals for fault in ground.offended(held))


def _not_enough(question: Question, said: Instruction, left: list[Lack]) -> Verdict | None:
    """What keeps the client's word from excusing what is left; None where it is written and admitted."""
    day = shown(said.received_on)
    if not said.written:
        text = f"残る情報資産についての指示（{day}）が書面によることを確かめられません。"
        why = "情報資産を残して契約を終えるには、発注者の書面による指示が必要です。"
        return question.judge(
            [*left, Lack(text, why, "instruction", said.id, step=open_record(said))], (), ""
        )
    if said.kind not in (InstructionKind.INSTRUCTION, InstructionKind.RETURN):
        return question.confirm(
            f"残る情報資産について記録されているのは{day}の{said.kind}のため、"
            "残してよいとする発注者の指示かを確かめてください。",
            left,
            [question.evidence(said, said.received_on)],
            open_record(said),
        )
    if Exempt.INSTRUCTION in question.asks.exception:
        return None
    return question.confirm(
        f"残る情報資産について{day}に発注者の指示を受けていますが、この条項は例外を定めていないため、"
        "指示の内容で足りるかを確かめてください。",
        left,
        [question.evidence(said, said.received_on)],
        open_record(said),
    )


_BACKUPS = "情報資産の残りはありませんが、バックアップが消去されたかを確かめてください。"
_READABLE = "廃棄・消去したものが、求められたとおりの方法で、判読も復元もできないかを確かめてください。"
_STATES = (State.NOT_DUE, State.DUE, State.OVERDUE, State.CONFIRM, State.SATISFIED)
RETURN = evaluator("return", judge_return, *_STATES)
DISPOSAL = evaluator("disposal", judge_disposal, *_STATES)
