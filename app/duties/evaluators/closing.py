"""return and disposal at the end of the work: nothing of what was entrusted is left with the vendor."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.balance import Balance
from app.duties.clause import Act, Exempt
from app.duties.evaluators import erasing
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.handling import concerned
from app.duties.kinds import State, When
from app.duties.verdict import Lack, Question, Verdict, add, shown


def judge_return(question: Question) -> Verdict:
    verdict = _settled(question, "event")
    if verdict.state is not State.SATISFIED or "disposal" in question.clause.kinds:
        return verdict
    disposed = [one for one in concerned(question) if one.disposed]
    acts = (Act.DESTROY, Act.ERASE)
    if not disposed or any(act in question.asks.acts for act in acts):
        return verdict
    numbers = "、".join(one.asset.number for one in disposed[:5])
    more = f"ほか{len(disposed) - 5}件" if len(disposed) > 5 else ""
    asked = "指示" if Exempt.INSTRUCTION in question.asks.exception else "了解"
    return question.confirm(
        f"残りはありませんが、{numbers}{more}は返還ではなく廃棄・消去されているため、"
        f"発注者の{asked}によるものかを確かめてください。",
        evidence=verdict.evidence,
    )


def judge_disposal(question: Question) -> Verdict:
    if When.EACH_TIME in question.clause.when:
        return erasing.judge(question)
    return _settled(question, "disposal")


def _settled(question: Question, kind: str) -> Verdict:
    """Whether nothing is left of any asset of which the clause speaks; asked once the work has ended."""
    view = question.view
    last = view.contract.last_day
    if not view.ended:
        return question.not_due(
            f"業務が終わる日（{shown(last)}）に、手元の情報資産を残らず返還、廃棄又は消去する必要があります。"
        )
    balances = concerned(question)
    if not balances:
        return question.unrecorded(
            "情報資産が登録されていないため、手元に残っていないことを示せません。", "asset"
        )
    lacks = [lack for one in balances for lack in _left(question, one, kind)]
    evidence = [question.evidence(one.asset, view.day) for one in balances if one.moved and not one.held]
    return question.judge(
        lacks, evidence, f"情報資産{len(balances)}件の残りはすべてゼロで、手元に残っていません。"
    )


def _left(question: Question, one: Balance, kind: str) -> Iterator[Lack]:
    asset, last = one.asset, question.view.contract.last_day
    how = f"{question.asks.urgency}" if question.asks.urgency else "その日のうちに"
    why = f"業務が終わったとき（{shown(last)}）は、写しも含めて{how}返還、廃棄又は消去する必要があります。"
    if not one.moved:
        text = f"{asset.number}（{asset.item}）は取扱いの記録がなく、残りを示せません。"
        yield Lack(text, why, "asset", asset.id, last, add("event"))
    elif one.held:
        out = f"（うち持出し中{one.out:,}{asset.unit}）" if one.out else ""
        text = f"{asset.number}（{asset.item}）が{one.held:,}{asset.unit}残っています{out}。"
        yield Lack(text, why, "asset", asset.id, last, add(kind))


RETURN = evaluator(judge_return, State.NOT_DUE, State.DUE, State.OVERDUE, State.CONFIRM, State.SATISFIED)
DISPOSAL = evaluator(judge_disposal, State.NOT_DUE, State.DUE, State.OVERDUE, State.CONFIRM, State.SATISFIED)
