"""誓約書: what each worker was told and promises, one sheet each, to be signed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from app.annexes.choices import Submit
from app.duties.case import Case
from app.duties.papers.claims import Each
from app.duties.papers.settings import PROMISE, setting_of, worded
from app.printing.blocks import Block, Sheet, Text
from app.records import Assignment, Contract, Oath, Person, Statement, stated_key
from app.records.oath import OathKind
from forms.denied import explained_in_time, gone
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
from forms.parts.basis import Basis, basis
from forms.parts.cells import field
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.people import OnContract, department_of, on_contract, people
from forms.parts.texts import unique

_KIND = OathKind.STARTING
_PROMISES = (
    "業務で知り得た{information}を、業務以外の目的に使用せず、他人に漏らしません。",
    "決められた場所、機器及び方法で取り扱い、許可なく複写し、又は持ち出しません。",
    "事故又はそのおそれに気付いたときは、直ちに責任者に報告し、その指示に従います。",
    "業務を離れるときは、預かった資料、媒体及び{information}を全て返却します。",
)
"""Our wording of the promise, in the first person; a contract may bring the client's own instead."""


def _signed(case: Case) -> set[str]:
    """Who has signed an oath for this contract by the day, under the name that is theirs then."""
    signed = (
        (case.facts.find(Person, oath.person), oath.signed_on)
        for oath in case.facts.all(Oath)
        if covers(case, oath, _KIND) and oath.signed_on is not None and oath.signed_on <= case.day
    )
    return {
        stated_key(person) for person, on in signed if person and not _renamed_since(person, on, case.day)
    }


def _renamed_since(person: Person, signed: date, day: date) -> bool:
    """Whether someone bore another name when they signed than on ``day``."""
    return any(row.until is not None and signed <= row.until < day for row in person.former_names)


def _unworded(paper: Paper[OnContract]) -> Iterator[tuple[int, str]]:
    """A form that the client prescribes is signed in the client's words; in ours it would be sent back."""
    contract = paper.case.contract
    if contract.oath_wording or worded(
        setting_of(paper.case.facts, contract, FORM.id, paper.case.day), PROMISE
    ):
        return
    for employment in {one.person.employment for one in paper.things}:
        rests = basis(paper.case, FORM.kinds[:1], (employment,)).rests
        lacking = [one for one in rests if one.asks.prescribed]
        if lacking and not any(one.asks.oath_text for one in rests):
            cited = lacking[0].annex.cite(lacking[0].clause)
            yield (
                contract.id,
                f"{cited}は、誓約書の様式を定めています。"
                "契約の「指定の誓約文」に、その様式の文を入力してください。",
            )


def _facts(paper: Paper[OnContract]) -> dict[str, Any]:
    case = paper.case
    employed = {one.person.employment for one in paper.things}
    by_employment = {employment: basis(case, FORM.kinds[:1], (employment,)) for employment in employed}
    heads = in_charge(case)
    return {
        "wording": case.contract.oath_wording,
        "information": paper.rests.word("information", INFORMATION),
        "sheets": [_sheet(case, one, by_employment[one.person.employment], heads) for one in paper.things],
    }


def _sheet(case: Case, one: OnContract, rests: Basis, heads: tuple[OnContract, ...]) -> dict[str, Any]:
    person, oath = one.person, unsigned(case, one.person, _KIND)
    return {
        "name": person.name,
        "department": department_of(person),
        "cited": rests.cited,
        "to": _addressee(case, rests),
        "rows": _unique_of(rests, "oath_rows"),
        "text": _unique_of(rests, "oath_text"),
        "bare": any(rest.asks.oath_bare for rest in rests.rests),
        "contracts": contracts(case, oath),
        "explained": list(unique((oath.explained if oath else "", *explained(case, rests)))),
        "explainer": explainer(case, person, oath, heads),
    }


def _unique_of(rests: Basis, name: str) -> list[str]:
    """What the cited clauses say of the sheet: the first that says anything."""
    found = (getattr(rest.asks, name) for rest in rests.rests)
    return [str(one) for one in next(filter(None, found), ())]


def _addressee(case: Case, rests: Basis) -> list[str]:
    """The vendor, where the clause has the oath kept by the vendor; empty: the client."""
    if not rests.rests or any(rest.asks.submit is not Submit.NONE for rest in rests.rests):
        return []
    return to_vendor(case)


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One sheet for each worker, each numbered 1／1 by itself."""
    return tuple(
        oath_sheet(statement, FORM.title, sheet, _promise(statement.facts, sheet))
        for sheet in statement.facts["sheets"]
    )


def _promise(held: Mapping[str, Any], sheet: Mapping[str, Any]) -> tuple[Block, ...]:
    """The words of the client, typed with the contract or kept in the annex; else ours."""
    wording = held["wording"] or "\n".join(sheet.get("text", ()))
    if wording:
        return (Text(wording, align="justify", after=6),)
    information = held["information"]
    opening = (
        f"　私は、下記の業務に就くに当たり、業務で取り扱う{information}の取扱いについて説明を受け、その内容を"
        "理解しました。業務に就いている間も、業務を離れ又は退職した後も、次のことを守ると誓います。"
    )
    return promises(opening, (text.format(information=information) for text in _PROMISES))


def _everyone(case: Case) -> tuple[OnContract, ...]:
    """Who works on the contract or will; whoever is asked for by name may have left meanwhile."""
    now, ended = on_contract(case)
    here = tuple(one for one in now if gone(case, one.person.id, case.day) is None)
    return (*now, *ended) if case.only else here


FORM = Form(
    id="oath",
    title="誓約書",
    proves=(Each("oath"), Each("secrecy")),
    about=people(
        select=_everyone,
        settled=_signed,
        done="誓約書に署名していない従事者はいません。もう一度出すときは「再提出」を選んでください。"
        "署名の後に氏名が変わった人は、要員の「旧氏名」に「いつまで」を登録すると、今の氏名の誓約書を作成できます。",
    ),
    entry=(field(Person, "name"),),
    needs=(
        Asked(Oath, "explained_by_name", partial(untold, kind=_KIND, with_oath=True)),
        Asked(Assignment, "roles", partial(untold, kind=_KIND, with_oath=False)),
        explained_in_time(_KIND),
        Asked(Contract, "oath_wording", _unworded),
    ),
    facts=_facts,
    draw=draw,
    numbered=False,
)
