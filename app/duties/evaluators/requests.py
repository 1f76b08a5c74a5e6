"""data-subject-request: each request was passed on, or the other party was heard before the answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.choices import Answer
from app.annexes.kinds import State
from app.counting.deadlines import Deadline, deadline_after, promptly
from app.duties.duty import Evidence, Remark
from app.duties.evaluators.evaluator import evaluator
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Request, stated_key


def judge(question: Question) -> Verdict:
    view = question.view
    requests = [one for one in view.held(Request) if one.received_on <= view.day]
    if not requests:
        return question.not_due("開示などの請求は記録されていませんが、受けたときは対応が必要です。")
    hear = question.asks.answer is Answer.OPINION
    lacks_of = _unheard if hear else _unpassed
    lacks = [lack for one in requests for lack in lacks_of(question, one)]
    evidence = [proof for one in requests for proof in _proofs(question, one)]
    done = "意見を述べる機会が設けられています" if hear else "発注者に通知しています"
    satisfied = f"請求・要請{len(requests)}件について、{done}。"
    over = [remark for one in requests for remark in _over(question, one, hear=hear)]
    if over:
        satisfied = f"{satisfied.removesuffix('。')}が、期限より後のものや順序の違うものがあります。"
    return question.judge(lacks, evidence, satisfied, remarks=over)


def _passed(question: Question, request: Request) -> date | None:
    """When the client was told: as recorded, or by a notice that was submitted."""
    proof = question.view.proof(question.kind, stated_key(request))
    days = (request.passed_on, proof.submitted_on if proof else None)
    return min((day for day in days if day and day <= question.view.day), default=None)


def _over(question: Question, request: Request, *, hear: bool) -> Iterator[Remark]:
    """What came too late: the notice, the opinion, or the client's hearing after the answer was given."""
    passed = _passed(question, request)
    if not hear:
        deadline = deadline_after(request.received_on, promptly(question.asks))
        yield from _late(request, "発注者への通知", passed, deadline)
        return
    invited = _until(question, request.opinion_invited_on)
    given = _until(question, request.opinion_given_on)
    if invited is not None:
        yield from _late(request, "意見の提出", given, deadline_after(invited, question.asks))
    heard = min((day for day in (passed, invited) if day), default=None)
    answered = _until(question, request.answered_on)
    if heard is not None and answered is not None and answered < heard:
        text = f"{_named(request)}には、意見を述べる機会を設ける前に応じていました（{shown(answered)}）。"
        yield Remark(text, "request", request.id, answered, heard, late=False)


def _late(request: Request, what: str, on: date | None, deadline: Deadline | None) -> Iterator[Remark]:
    if on is not None and deadline is not None and on > deadline.day:
        days = f"期限{shown(deadline.day)}、実施{shown(on)}"
        text = f"{_named(request)}についての{what}は、期限の後でした（{days}）。"
        yield Remark(text, "request", request.id, deadline.day, on)


def _unpassed(question: Question, request: Request) -> Iterator[Lack]:
    if _passed(question, request) is not None:
        return
    step = question.issue(stated_key(request))
    yield Lack(
        f"{_named(request)}を発注者に通知した日が記録されていません。",
        f"請求や要請を受けたとき（{shown(request.received_on)}）は、{question.promptly}発注者に通知する必要があります。",
        "request",
        request.id,
        step=step if step.action else open_record(request),
    ).by(deadline_after(request.received_on, promptly(question.asks)))


def _unheard(question: Question, request: Request) -> Iterator[Lack]:
    """The client is told before an answer; who was invited to state an opinion has stated it."""
    invited = _until(question, request.opinion_invited_on)
    if invited is None and _passed(question, request) is None:
        yield Lack(
            f"{_named(request)}について、意見を述べる機会を設けた日が記録されていません。",
            "開示などを求められたときは、応じる前に相手方が意見を述べる機会を設ける必要があります。",
            "request",
            request.id,
            step=open_record(request),
        )
    elif invited is not None and _until(question, request.opinion_given_on) is None:
        yield Lack(
            f"{_named(request)}について、意見を述べた日が記録されていません。",
            f"意見を求められたとき（{shown(invited)}）は、その機会に意見を述べ、記録に残す必要があります。",
            "request",
            request.id,
            step=open_record(request),
        ).by(deadline_after(invited, question.asks))


def _until(question: Question, day: date | None) -> date | None:
    return day if day is not None and day <= question.view.day else None


def _proofs(question: Question, request: Request) -> Iterator[Evidence]:
    days = (request.opinion_invited_on, request.opinion_given_on)
    for day in (_passed(question, request), *(_until(question, one) for one in days)):
        if day is not None:
            yield question.evidence(request, day)


def _named(request: Request) -> str:
    return f"{request.requester}からの{request.kind}（受付{shown(request.received_on)}）"


EVALUATOR = evaluator("data-subject-request", judge, State.NOT_DUE, State.DUE, State.OVERDUE, State.SATISFIED)
