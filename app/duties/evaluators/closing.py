"""return and disposal at the end of the work, and when asked: nothing of what was entrusted is left."""

from __future__ import annotations

from collections.abc import Iterator

from app.annexes.clause import Act, Exempt
from app.annexes.kinds import State, When
from app.counting.deadlines import Deadline, deadline_after
from app.duties.balance import Balance
from app.duties.evaluators import disposing, erasing
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.ground import Ground
from app.duties.evaluators.handling import concerned
from app.duties.evaluators.requested import requests, unanswered
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.records import Instruction
from app.records.instruction import InstructionKind

_ENDING = (When.ON_COMPLETION, When.AFTER_END)


def judge_return(question: Question) -> Verdict:
    verdict = _judge(question, "event")
    if verdict.state is not State.SATISFIED or "disposal" in question.clause.kinds:
        return verdict
    if not question.view.ended or any(act in question.asks.acts for act in (Act.DESTROY, Act.ERASE)):
        return verdict
    unfounded = [one for one in concerned(question) if one.disposed and not _granted(question, one)]
    if not unfounded:
        return verdict
    numbers = "、".join(one.asset.number for one in unfounded[:5])
    more = f"ほか{len(unfounded) - 5}件" if len(unfounded) > 5 else ""
    asked = "指示" if Exempt.INSTRUCTION in question.asks.exception else "了解"
    return question.confirm(
        f"残りはありませんが、{numbers}{more}は返還ではなく廃棄・消去されているため、"
        f"発注者の{asked}によるものかを確かめてください。",
        evidence=verdict.evidence,
    )


def judge_disposal(question: Question) -> Verdict:
    if When.EACH_TIME in question.clause.when:
        return erasing.judge(question)
    return _judge(question, "disposal")


def _granted(question: Question, one: Balance) -> bool:
    """Whether the asset was destroyed on a ground that lifts the duty to return it."""
    ground = Ground(question.asks)
    approvals = disposing.granted(question.view, one.asset.id)
    return bool(approvals) and not any(fault for held in approvals for fault in ground.offended(held))


def _judge(question: Question, kind: str) -> Verdict:
    """Requests at any time; at the end of the work everything of which the clause speaks."""
    view = question.view
    when = question.clause.when
    asked = requests(view, InstructionKind.RETURN) if When.ON_REQUEST in when else ()
    lacks = [_open(question, one) for one in asked if not _answered(question, one)]
    ending = When.ON_REQUEST not in when or any(moment in _ENDING for moment in when)
    if view.ended and ending:
        return _settled(question, kind, lacks)
    if not asked:
        return question.not_due(_ahead(question, ending))
    evidence = [question.evidence(one, one.answered_on) for one in asked if _answered(question, one)]
    return question.judge(lacks, evidence, f"返還・廃棄の求め{len(asked)}件には、いずれも対応済みです。")


def _ahead(question: Question, ending: bool) -> str:
    if not ending:
        return "返還・廃棄の求めの記録はなく、求められたときは指示された方法による必要があります。"
    last = shown(question.view.contract.last_day)
    return f"業務が終わる日（{last}）に、手元の情報資産を残らず返還、廃棄又は消去する必要があります。"


def _answered(question: Question, asked: Instruction) -> bool:
    return asked.answered_on is not None and asked.answered_on <= question.view.day


def _open(question: Question, asked: Instruction) -> Lack:
    why = (
        f"返還・廃棄を求められたとき（{shown(asked.received_on)}）は、{_how(question)}応じる必要があります。"
    )
    return unanswered(question, asked, "対応", why)


def _how(question: Question) -> str:
    return str(question.asks.urgency or "")


def _settled(question: Question, kind: str, lacks: list[Lack]) -> Verdict:
    """Whether nothing is left; once the work has ended."""
    balances = _meant(question)
    if not balances:
        return question.unrecorded(
            "情報資産が登録されていないため、手元に残っていないことを示せません。", "asset"
        )
    left = [lack for one in balances for lack in _left(question, one, kind)]
    evidence = [question.evidence(one.asset, question.view.day) for one in balances if _gone(question, one)]
    said = question.view.facts.find(Instruction, question.view.contract.closing_instruction)
    if left and said is not None and said.received_on <= question.view.day:
        return _instructed(question, said, [*lacks, *left], lacks)
    return question.judge(
        [*lacks, *left], evidence, f"情報資産{len(balances)}件の残りはすべてゼロで、手元に残っていません。"
    )


def _instructed(question: Question, said: Instruction, left: list[Lack], lacks: list[Lack]) -> Verdict:
    """What is left is excused by the client's written instruction, where the clause admits one."""
    day = shown(said.received_on)
    if not said.written:
        text = f"残る情報資産についての指示（{day}）が書面によることを確かめられません。"
        why = "情報資産を残して契約を終えるには、発注者の書面による指示が必要です。"
        return question.judge(
            [*left, Lack(text, why, "instruction", said.id, step=open_record(said))], (), ""
        )
    evidence = [question.evidence(said, said.received_on)]
    if Exempt.INSTRUCTION in question.asks.exception:
        return question.judge(
            lacks, evidence, f"残る情報資産の扱いについて、{day}に発注者の書面による指示を受けています。"
        )
    return question.confirm(
        f"残る情報資産について{day}に発注者の指示を受けていますが、この条項は例外を定めていないため、"
        "指示の内容で足りるかを確かめてください。",
        left,
        evidence,
        open_record(said),
    )


def _meant(question: Question) -> tuple[Balance, ...]:
    """The assets that the clause means; where it does not mean copies, those that are none."""
    found = concerned(question)
    return found if question.asks.copies else tuple(one for one in found if one.asset.copy_of is None)


def _held(question: Question, one: Balance) -> int:
    """How much is left of what the clause means: without its copies, which count as destroyed first."""
    if question.asks.copies:
        return one.held
    destroyed = max(0, one.disposed - one.copied)
    return max(0, min(one.held, one.received - one.returned - destroyed))


def _gone(question: Question, one: Balance) -> bool:
    return one.moved and not _held(question, one)


def _left(question: Question, one: Balance, kind: str) -> Iterator[Lack]:
    asset, last = one.asset, question.view.contract.last_day
    how = _how(question) or "その日のうちに"
    copies = "写しも含めて" if question.asks.copies else ""
    why = f"業務が終わったとき（{shown(last)}）は、{copies}{how}返還、廃棄又は消去する必要があります。"
    deadline = deadline_after(last, question.asks) or Deadline(last, f"業務の最終日の{shown(last)}")
    held = _held(question, one)
    if not one.moved:
        text = f"{asset.number}（{asset.item}）は取扱いの記録がなく、残りを示せません。"
        yield Lack(text, why, "asset", asset.id, step=add("event", asset=asset.id)).by(deadline)
    elif held:
        out = f"（うち持出し中{one.out:,}{asset.unit}）" if one.out else ""
        text = f"{asset.number}（{asset.item}）が{held:,}{asset.unit}残っています{out}。"
        given = {"asset": asset.id} if kind == "event" else {}
        yield Lack(text, why, "asset", asset.id, step=add(kind, **given)).by(deadline)


_STATES = (State.NOT_DUE, State.DUE, State.OVERDUE, State.CONFIRM, State.SATISFIED)
RETURN = evaluator("return", judge_return, *_STATES)
DISPOSAL = evaluator("disposal", judge_disposal, *_STATES)
