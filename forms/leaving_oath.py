"""退職時誓約書: what somebody who leaves promises the vendor, and what was given back; signed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from app.duties.case import Case
from app.duties.evaluators.stated import pending
from app.duties.papers.claims import Each
from app.printing.blocks import Sheet
from app.printing.type.wareki import wareki
from app.records import Assignment, Oath, Person, Statement, stated_key
from app.records.oath import OathKind
from forms.denied import explained_in_time
from forms.form import Form
from forms.layout.oaths import (
    INFORMATION,
    contracts,
    covers,
    explained,
    explainer,
    in_charge,
    oath_sheet,
    promises,
    to_vendor,
    unsigned,
    untold,
)
from forms.parts.about import About
from forms.parts.basis import basis
from forms.parts.cells import Cell, field
from forms.parts.lasting import planned
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.people import OnContract, department_of, on_contract
from forms.parts.texts import day_text, unique

_KIND = OathKind.LEAVING
_OPENING = (
    "　私は、退職するに当たり、下記の業務で知り得た{information}の取扱いについて改めて説明を受け、その内容を"
    "理解しました。退職した後も、次のことを守ると誓います。"
)
_PROMISES = (
    "業務で知り得た{information}を、他人に漏らし、自ら利用し、又は不当な目的に利用することはしません。",
    "業務のために預かり、又は作成した資料、媒体及び{information}は、写しも含めて下記のとおり返却し、又は廃棄しました。"
    "このほかに手元に残しているものはありません。",
    "これらに反したときは、法令に定める罰則の適用を受け、損害の賠償を求められることがあると承知しています。",
)
"""Our wording of the promise, in the first person."""


def _leavers(case: Case) -> tuple[OnContract, ...]:
    """Who worked on the contract and leaves the company before it ends, by the day of leaving."""
    now, ended = on_contract(case)
    last = case.contract.last_day
    found = [
        (one.person.left_on, one)
        for one in (*now, *ended)
        if one.person.left_on is not None and one.person.left_on <= last and one.starts_on <= case.day
    ]
    return tuple(one for _left, one in sorted(found, key=lambda pair: (pair[0], pair[1].person.id)))


def _signed(case: Case) -> set[str]:
    """Who has signed by the day."""
    return {
        stated_key(person)
        for oath in case.facts.all(Oath)
        if covers(case, oath, _KIND) and oath.signed_on is not None and oath.signed_on <= case.day
        if (person := case.facts.find(Person, oath.person)) is not None
    }


def _left(_case: Case, one: OnContract) -> str:
    return day_text(one.person.left_on)


def _kept(paper: Paper[OnContract]) -> Iterator[tuple[int, str]]:
    """What was given back is stated as done, or the sheet is not made."""
    for one in paper.things:
        oath, name = _prepared(paper.case, one.person), one.person.name
        if oath is None or not oath.given_back:
            yield (
                oath.id if oath else 0,
                f"{name}さんが返却・廃棄したものが分かりません。退職時の誓約書の記録に"
                "「返却・廃棄したもの」を入力してください（ない場合は「なし」）。",
            )
        elif pending(oath.given_back):
            yield (
                oath.id,
                f"{name}さんの「返却・廃棄したもの」が、済んだこととして書かれていません。"
                "返却・廃棄を済ませてから記録を改めてください。",
            )


def _prepared(case: Case, person: Person) -> Oath | None:
    """The oath that is prepared, else (of a sheet made once more) the one that was signed."""
    held = (oath for oath in case.facts.of(Oath, "person", person.id) if covers(case, oath, _KIND))
    return unsigned(case, person, _KIND) or next(held, None)


def _facts(paper: Paper[OnContract]) -> dict[str, Any]:
    case = paper.case
    heads = tuple(one for one in in_charge(case) if one.person.left_on is None)
    return {
        "information": paper.rests.word("information", INFORMATION),
        "sheets": [_sheet(case, one, heads) for one in paper.things],
    }


def _sheet(case: Case, one: OnContract, heads: tuple[OnContract, ...]) -> dict[str, Any]:
    person, oath = one.person, _prepared(case, one.person)
    rests = basis(case, FORM.kinds[:1], (person.employment,))
    left = person.left_on
    return {
        "name": person.name,
        "department": department_of(person),
        "cited": rests.cited,
        "to": to_vendor(case),
        "contracts": contracts(case, oath),
        "explained": list(unique((oath.explained if oath else "", *explained(case, rests)))),
        "explainer": explainer(case, person, oath, heads),
        "left": (wareki(left) + planned(left, case.day)) if left else "",
        "given_back": oath.given_back if oath else "",
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One sheet for each leaver, each numbered 1／1 by itself."""
    information = statement.facts["information"]
    said = promises(
        _OPENING.format(information=information),
        (text.format(information=information) for text in _PROMISES),
    )
    return tuple(
        oath_sheet(
            statement,
            FORM.title,
            sheet,
            said,
            (("返却・廃棄したもの", sheet["given_back"]), ("退職の日", sheet["left"])),
        )
        for sheet in statement.facts["sheets"]
    )


FORM = Form(
    id="leaving-oath",
    title="退職時誓約書",
    proves=(Each("retirement-secrecy"),),
    about=About(
        Person,
        _leavers,
        settled=_signed,
        empty="この契約の従事者に、退職した者（退職する者）がいません。要員の「退職日」を入力してください。",
        done="退職時の誓約書に署名していない退職者はいません。もう一度出すときは「再提出」を選んでください。",
    ),
    entry=(field(Person, "name"), Cell("退職日", _left)),
    needs=(
        Asked(Oath, "explained_by_name", partial(untold, kind=_KIND, with_oath=True)),
        Asked(Assignment, "roles", partial(untold, kind=_KIND, with_oath=False)),
        Asked(Oath, "given_back", _kept),
        explained_in_time(_KIND),
    ),
    facts=_facts,
    draw=draw,
    numbered=False,
)
