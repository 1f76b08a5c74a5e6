"""誓約書: what each worker was told and promises, one sheet each, to be signed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from app.annexes.clause import Article
from app.duties.case import Case
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
from app.records import Contract, Oath, Person, Statement
from app.records.oath import OathKind
from forms.form import Form
from forms.parts.basis import Basis, basis, roles_asked
from forms.parts.letter import letter
from forms.parts.people import OnContract, department_of, on_contract, responsible
from forms.parts.texts import as_name, day_text, full_width, lines, listed, unique
from forms.parts.wanted import Wanted

_ID, _TITLE = "oath", "誓約書"
_KINDS = ("oath", "secrecy")
_INFORMATION = "個人情報"

_PROMISES = (
    "業務で知った{information}を、業務のほかに使わず、他人に漏らしません。",
    "決められた場所、機器及び方法で取り扱い、許しなく写しを取らず、外へ持ち出しません。",
    "事故又はそのおそれに気付いたときは、直ちに責任者へ知らせ、その指示に従います。",
    "業務を離れるときは、預かった資料、媒体及び{information}を残らず返します。",
)
"""Our wording of the promise, in the first person; a contract may bring the client's own instead."""


def gather(case: Case) -> Statement:
    """Every worker without a signed oath, or those asked for. Raises ``MissingFactsError``."""
    wanted = Wanted(_TITLE, case)
    now, ended = on_contract(case)
    chosen = _chosen(case, now, ended)
    wanted.need(now, "この契約の従事者がいません。従事の記録を登録してください。", "assignment")
    wanted.need(not now or chosen, "誓約書に署名していない従事者はいません。発行の必要はありません。", "")
    subjects = tuple(one.key for one in chosen)
    stated = {one.key: {"氏名": one.person.name} for one in chosen}
    if case.comparing:
        return Statement(_ID, case.contract.id, case.day, stated=stated, subjects=subjects)
    rests = basis(case, ("oath",))
    employments = {one.person.employment for one in chosen}
    by_employment = {employment: basis(case, ("oath",), (employment,)) for employment in employments}
    # Oaths are signed before the work starts: whoever will be in charge then explains.
    working = max(case.day, case.contract.starts_on)
    in_charge = responsible(now, roles_asked(basis(case, ("responsible-person",))), working)
    facts: dict[str, Any] = {
        "letter": letter(case, wanted, rests),
        "wording": case.contract.oath_wording,
        "information": rests.word("information", _INFORMATION),
        "sheets": [
            _sheet(case, one, by_employment[one.person.employment], in_charge, wanted) for one in chosen
        ],
    }
    return wanted.checked(
        Statement(_ID, case.contract.id, case.day, facts=facts, stated=stated, subjects=subjects)
    )


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One sheet for each worker, each numbered 1／1 by itself."""
    return tuple(_draw(statement, sheet) for sheet in statement.facts["sheets"])


def _chosen(case: Case, now: tuple[OnContract, ...], ended: tuple[OnContract, ...]) -> tuple[OnContract, ...]:
    if case.only:
        return tuple(one for one in (*now, *ended) if one.key in case.only)
    signed = {
        oath.person
        for oath in case.facts.all(Oath)
        if _for(case, oath) and oath.signed_on is not None and oath.signed_on <= case.day
    }
    return tuple(one for one in now if one.person.id not in signed)


def _for(case: Case, oath: Oath) -> bool:
    return oath.kind == OathKind.STARTING and case.contract.id in oath.contract_ids


def _sheet(
    case: Case, one: OnContract, rests: Basis, in_charge: tuple[OnContract, ...], wanted: Wanted
) -> dict[str, Any]:
    person = one.person
    held = (oath for oath in case.facts.of(Oath, "person", person.id) if _for(case, oath))
    oath = next((oath for oath in held if oath.signed_on is None), None)
    return {
        "name": person.name,
        "department": department_of(person),
        "number": person.employee_number,
        "cited": rests.cited,
        "contracts": _contracts(case, oath),
        "explained": [oath.explained] if oath and oath.explained else _explained(case, rests),
        "explainer": _explainer(case, oath, person, in_charge, wanted),
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


def _explainer(
    case: Case, oath: Oath | None, person: Person, in_charge: tuple[OnContract, ...], wanted: Wanted
) -> dict[str, str]:
    """Who explained and when: as recorded for this worker, else who is in charge of the contract.

    Nobody explains to oneself: whoever is alone in charge was told by the vendor's representative.
    """
    vendor = case.facts.vendor
    company = vendor.name if vendor else ""
    if oath and oath.explained_by_name:
        return {
            "company": oath.explained_by_company or company,
            "title": oath.explained_by_title,
            "name": oath.explained_by_name,
            "on": day_text(oath.explained_on, ""),
        }
    day = day_text(oath.explained_on, "") if oath else ""
    for one in in_charge:
        if one.person.id != person.id:
            title = "　".join(unique((one.person.department, one.person.post or one.roles[0])))
            return {"company": company, "title": title, "name": one.person.name, "on": day}
    sentence = (
        f"{person.name}さんに説明した者が分かりません。"
        "責任者の従事の記録か、誓約書の「説明した者」を登録してください。"
    )
    if vendor and in_charge:
        title = vendor.representative_title
        return {"company": company, "title": title, "name": vendor.representative_name, "on": day}
    if oath:
        wanted.need(None, sentence, "oath", oath.id, "explained_by_name")
    else:
        wanted.need(None, sentence, "assignment", 0, "roles")
    return {"company": company, "title": "", "name": "", "on": day}


def _draw(statement: Statement, sheet: dict[str, Any]) -> Sheet:
    held = statement.facts["letter"]
    explainer = sheet["explainer"]
    titles = "\n".join(f"{title}（契約番号　{number}）" for title, number in sheet["contracts"])
    who = lines(explainer["company"], explainer["title"], explainer["name"])
    tag = "　".join(unique((sheet["department"], sheet["name"], sheet["number"])))
    blocks: tuple[Block, ...] = (
        Text(f"配付先　{as_name(tag)}　／　{held['date']}作成", size=8, align="right"),
        Addressee((held["addressee"],)),
        Title(_TITLE),
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
    return Sheet(blocks, f"{_TITLE}　{sheet['name']}")


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


FORM = Form(_ID, _TITLE, _KINDS, gather, draw, numbered=False)
