"""開示等請求受付通知書: somebody asked for the client's information: what and when, never who by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.blocks import Grid, Sheet, Text
from app.printing.type.wareki import wareki
from app.records import Request, Statement, Submission, stated_key
from app.records.request import RequestKind
from forms.form import Form
from forms.layout.period import UNRECORDED
from forms.parts.about import About
from forms.parts.cells import Cell, always, field, options
from forms.parts.letter import Section, letter_sheet, under
from forms.parts.needs import need
from forms.parts.paper import Paper
from forms.parts.texts import full_width, lines

_BY_HAND = "個人情報のため、必要な場合に手書きで記入する。"
_PROVISION = "要請"


def _received(case: Case) -> list[Request]:
    """The requests received by the day, by day."""
    held = case.facts.of(Request, "contract", case.contract.id)
    return sorted(
        (one for one in held if one.received_on <= case.day), key=lambda one: (one.received_on, one.id)
    )


def _passed(case: Case) -> set[str]:
    """What the client was told of already, by a notice that stands or as the request itself says."""
    found = {
        stated_key(one) for one in _received(case) if one.passed_on is not None and one.passed_on <= case.day
    }
    for submission in case.facts.of(Submission, "contract", case.contract.id):
        if submission.form == FORM.id and submission.stands:
            told = case.facts.told(submission)
            found.update(told.subjects if told else ())
    return found


_NUMBER = field(Request, "number")
_ON = field(Request, "received_on")
_HOW = field(Request, "received_how", otherwise=UNRECORDED)
_BY = field(Request, "received_by.name", label="受け付けた者", otherwise=UNRECORDED)
_FROM = field(Request, "requester")
_KIND = field(Request, "kind")
_ASKED = field(Request, "asked")
_WANTED = field(Request, "asked_of_client")


def _facts(paper: Paper[Request]) -> dict[str, Any]:
    told = zip(paper.things, paper.entries, strict=True)
    return {"requests": [_told(paper.case, request, entry) for request, entry in told]}


def _told(case: Case, request: Request, entry: Mapping[str, str]) -> dict[str, Any]:
    def pair(cell: Cell[Request]) -> list[str]:
        return [cell.label, entry[cell.label]]

    answered = request.answered_on if request.answered_on and request.answered_on <= case.day else None
    state = lines(f"{wareki(answered)}に回答済み", request.answer) if answered else "未回答"
    return {
        "what": _PROVISION if request.kind == RequestKind.PROVISION else "請求",
        "rows": [
            [*pair(_ON), *pair(_HOW)],
            [*pair(_FROM), *pair(_KIND)],
            pair(_ASKED),
            [_BY.label, entry[_BY.label], "請求者への回答", state],
            ["請求者の氏名等", f"\n\n（{_BY_HAND}）"],
        ],
        "wanted": entry[_WANTED.label],
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter: request by request what was received, and what the client is asked to do."""
    held = statement.facts["requests"]
    sections: list[Section] = []
    for at, request in enumerate(held, 1):
        name = f"{request['what']}{full_width(at)}" if len(held) > 1 else request["what"]
        rows = tuple(tuple(row) for row in request["rows"])
        sections.append((f"{name}の内容", (Grid(rows, size=9.5, label=0.18),)))
        sections.append((f"{name}について対応を求める事項", (Text(f"　{request['wanted']}"),)))
    kinds = "及び".join(dict.fromkeys(request["what"] for request in held))
    sentence = (
        f"{under(statement)}下記の契約に係る個人情報等について、次のとおり{kinds}を受けたので通知します。"
    )
    return (letter_sheet(statement, FORM.title, sentence, tuple(sections)),)


FORM = Form(
    id="request-notice",
    title="開示等請求受付通知書",
    proves=(Each("data-subject-request"),),
    about=About(
        Request,
        _received,
        settled=_passed,
        past=True,
        done="まだ発注者に通知していない請求・要請はありません。もう一度出すときは「再提出」を選んでください。",
    ),
    entry=(_NUMBER, _ON, _HOW, _BY, _FROM, _KIND, _ASKED, _WANTED),
    needs=(need(Request, "asked", always), need(Request, "asked_of_client", always)),
    facts=_facts,
    choices={cell.label: options(cell) for cell in (_HOW, _FROM, _KIND)},
    draw=draw,
)
