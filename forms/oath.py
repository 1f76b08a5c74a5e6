"""誓約書: what each worker was told and promises, one sheet each, to be signed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from app.annexes.choices import Article
from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.blocks import (
    BLANK_DATE,
    Addressee,
    Block,
    Gap,
    Grid,
    Ki,
    Sheet,
    Signature,
    Text,
    Title,
)
from app.records import Assignment, Contract, Oath, Person, Statement, stated_key
from app.records.oath import OathKind
from forms.denied import EXPLAINED, WORKING
from forms.form import Form
from forms.parts.basis import Basis, basis, roles_asked
from forms.parts.cells import field
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.people import OnContract, department_of, on_contract, people, responsible
from forms.parts.texts import as_name, day_text, full_width, lines, listed, unique

_INFORMATION = "個人情報"

_PROMISES = (
    "業務で知った{information}を、業務のほかに使わず、他人に漏らしません。",
    "決められた場所、機器及び方法で取り扱い、許しなく写しを取らず、外へ持ち出しません。",
    "事故又はそのおそれに気付いたときは、直ちに責任者へ知らせ、その指示に従います。",
    "業務を離れるときは、預かった資料、媒体及び{information}を残らず返します。",
)
"""Our wording of the promise, in the first person; a contract may bring the client's own instead."""


def _signed(case: Case) -> set[str]:
    """Who has signed an oath for this contract by the day."""
    people = (
        case.facts.find(Person, oath.person)
        for oath in case.facts.all(Oath)
        if _for(case, oath) and oath.signed_on is not None and oath.signed_on <= case.day
    )
    return {stated_key(person) for person in people if person}


def _for(case: Case, oath: Oath) -> bool:
    return oath.kind == OathKind.STARTING and case.contract.id in oath.contract_ids


def _unsigned(case: Case, person: Person) -> Oath | None:
    """The oath that is prepared for a worker and not signed yet."""
    held = (oath for oath in case.facts.of(Oath, "person", person.id) if _for(case, oath))
    return next((oath for oath in held if oath.signed_on is None), None)


def _in_charge(case: Case) -> tuple[OnContract, ...]:
    """Oaths are signed before the work starts: whoever will be in charge then explains."""
    roles = roles_asked(basis(case, ("responsible-person",)))
    return responsible(on_contract(case)[0], roles, max(case.day, case.contract.starts_on))


def _explainer(case: Case, person: Person, in_charge: tuple[OnContract, ...]) -> dict[str, str] | None:
    """Who explained and when: as recorded for this worker, else who is in charge of the contract.

    Nobody explains to oneself: whoever is alone in charge was told by the vendor's representative. None
    where nobody is known.
    """
    vendor, oath = case.facts.vendor, _unsigned(case, person)
    company = vendor.name if vendor else ""
    day = day_text(oath.explained_on, "") if oath else ""
    if oath and oath.explained_by_name:
        company, title = oath.explained_by_company or company, oath.explained_by_title
        return {"company": company, "title": title, "name": oath.explained_by_name, "on": day}
    for one in in_charge:
        if one.person.id != person.id:
            title = "　".join(unique((one.person.department, one.person.post or one.roles[0])))
            return {"company": company, "title": title, "name": one.person.name, "on": day}
    if vendor and in_charge:
        title, name = vendor.representative_title, vendor.representative_name
        return {"company": company, "title": title, "name": name, "on": day}
    return None


def _untold(paper: Paper[OnContract], *, with_oath: bool) -> Iterator[tuple[int, str]]:
    """Whose explainer nobody knows: to be entered on the oath that is prepared, else as a role."""
    in_charge = _in_charge(paper.case)
    for one in paper.things:
        oath = _unsigned(paper.case, one.person)
        if bool(oath) is with_oath and _explainer(paper.case, one.person, in_charge) is None:
            yield (
                oath.id if oath else 0,
                f"{one.person.name}さんに説明した者が分かりません。"
                "責任者を「責任者・従事者」に登録するか、誓約書の「説明した者」を登録してください。",
            )


def _facts(paper: Paper[OnContract]) -> dict[str, Any]:
    case = paper.case
    employed = {one.person.employment for one in paper.things}
    by_employment = {employment: basis(case, FORM.kinds[:1], (employment,)) for employment in employed}
    in_charge = _in_charge(case)
    return {
        "wording": case.contract.oath_wording,
        "information": paper.rests.word("information", _INFORMATION),
        "sheets": [
            _sheet(case, one, by_employment[one.person.employment], in_charge) for one in paper.things
        ],
    }


def _sheet(case: Case, one: OnContract, rests: Basis, in_charge: tuple[OnContract, ...]) -> dict[str, Any]:
    person, oath = one.person, _unsigned(case, one.person)
    return {
        "name": person.name,
        "department": department_of(person),
        "number": person.employee_number,
        "cited": rests.cited,
        "contracts": _contracts(case, oath),
        "explained": list(unique((oath.explained if oath else "", *_explained(case, rests)))),
        "explainer": _explainer(case, person, in_charge),
    }


def _contracts(case: Case, oath: Oath | None) -> list[list[str]]:
    """The contracts of the same client that the oath covers; another client's are not its business."""
    ids = oath.contract_ids if oath else (case.contract.id,)
    held = [case.facts.find(Contract, number) for number in ids]
    return [[c.title, c.number] for c in held if c is not None and c.client == case.contract.client]


def _explained(case: Case, rests: Basis) -> list[str]:
    """The articles that the clause wants explained and the annex itself; without a clause, the annex."""
    told = [_articles(rest.asks.explain) for rest in rests.rests if rest.asks.explain]
    if rests.rests:
        titles = unique(rest.annex.part(rest.clause.part).title for rest in rests.rests)
    else:
        annexes = (case.catalogue.find(row.annex, row.version) for row in case.contract.annexes)
        titles = unique(annex.title for annex in annexes if annex)
    named = listed(f"「{title}」" for title in titles) if titles else "契約"
    return [*unique(told), f"{named}に定める取扱いの決まりと、安全に管理するための方法"]


def _articles(articles: tuple[Article, ...]) -> str:
    """個人情報の保護に関する法律第66条（安全管理措置）、第67条（従事者の義務）…, grouped by subject."""
    parts = []
    for act, held in groupby(articles, lambda article: article.act):
        groups = groupby(held, lambda article: article.subject)
        told = [f"{listed(a.article for a in same)}（{subject}）" for subject, same in groups]
        parts.append(f"{act}　{'、'.join(told)}")
    return "\n".join(parts)


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One sheet for each worker, each numbered 1／1 by itself."""
    return tuple(_draw(statement, sheet) for sheet in statement.facts["sheets"])


def _draw(statement: Statement, sheet: dict[str, Any]) -> Sheet:
    held = statement.facts["letter"]
    explainer = sheet["explainer"]
    titles = "\n".join(f"{title}（契約番号　{number}）" for title, number in sheet["contracts"])
    who = lines(explainer["company"], explainer["title"], explainer["name"])
    tag = "　".join(unique((sheet["department"], sheet["name"], sheet["number"])))
    blocks: tuple[Block, ...] = (
        Text(f"配付先　{as_name(tag)}　／　{held['date']}作成", size=8, align="right"),
        Addressee((held["addressee"],)),
        Title(FORM.title),
        *_relation(sheet["cited"]),
        *_promise(statement.facts),
        Ki(),
        Grid(
            (
                ("業務の名称", titles),
                ("受注者", held["contract"]["vendor"]),
                ("説明を受けた事項", "\n".join(f"・{text}" for text in sheet["explained"])),
                ("説明した者", who),
                ("説明を受けた日", explainer["on"] or BLANK_DATE),
            ),
            label=0.2,
        ),
        Gap(4),
        Signature(),
    )
    return Sheet(blocks, f"{FORM.title}　{sheet['name']}")


def _relation(cited: str) -> tuple[Block, ...]:
    return (Text(f"（{cited}関係）", align="center", size=9, after=10),) if cited else ()


def _promise(held: Mapping[str, Any]) -> tuple[Block, ...]:
    """The client's wording where the contract brings one, else ours."""
    if held["wording"]:
        return (Text(held["wording"], align="justify", after=6),)
    information = held["information"]
    opening = (
        f"　私は、下記の業務に就くに当たり、業務で取り扱う{information}について、下記の事項の説明を"
        "下記の者から受け、その内容を理解しました。業務に就いている間も、業務を離れ又は退職した後も、"
        "次のことを守ると誓います。"
    )
    promises = (
        Text(
            f"（{full_width(number)}）{text.format(information=information)}",
            align="justify",
            hang=3,
            after=3,
        )
        for number, text in enumerate(_PROMISES, 1)
    )
    return (Text(opening, align="justify", after=6), *promises)


def _everyone(case: Case) -> tuple[OnContract, ...]:
    """Who works on the contract or will; whoever is asked for by name may have left meanwhile."""
    now, ended = on_contract(case)
    return (*now, *ended) if case.only else now


FORM = Form(
    id="oath",
    title="誓約書",
    proves=(Each("oath"), Each("secrecy")),
    about=people(
        select=_everyone,
        settled=_signed,
        done="誓約書に署名していない従事者はいません。発行の必要はありません。",
    ),
    entry=(field(Person, "name"),),
    needs=(
        Asked(Oath, "explained_by_name", partial(_untold, with_oath=True)),
        Asked(Assignment, "roles", partial(_untold, with_oath=False)),
        EXPLAINED,
        WORKING,
    ),
    facts=_facts,
    draw=draw,
    numbered=False,
)
