"""誓約書: what each worker was told and promises, one sheet each, to be signed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from app.annexes.choices import Article, OathRow, Submit
from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.blocks import (
    BLANK_DATE,
    Addressee,
    Block,
    End,
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
from forms.denied import EXPLAINED, gone
from forms.form import Form
from forms.parts.acts import binding
from forms.parts.again import repeated
from forms.parts.basis import Basis, basis, roles_asked
from forms.parts.cells import field
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.people import OnContract, department_of, on_contract, people, responsible
from forms.parts.texts import day_text, full_width, lines, listed, on_one_line, unique

_INFORMATION = "個人情報"

_PROMISES = (
    "業務で知った{information}を、業務のほかに使わず、他人に漏らしません。",
    "決められた場所、機器及び方法で取り扱い、許しなく写しを取らず、外へ持ち出しません。",
    "事故又はそのおそれに気付いたときは、直ちに責任者へ知らせ、その指示に従います。",
    "業務を離れるときは、預かった資料、媒体及び{information}を残らず返します。",
)
"""Our wording of the promise, in the first person; a contract may bring the client's own instead."""


def _signed(case: Case) -> set[str]:
    """Who has signed an oath for this contract by the day, under the name that is theirs then."""
    signed = (
        (case.facts.find(Person, oath.person), oath.signed_on)
        for oath in case.facts.all(Oath)
        if _for(case, oath) and oath.signed_on is not None and oath.signed_on <= case.day
    )
    return {
        stated_key(person) for person, on in signed if person and not _renamed_since(person, on, case.day)
    }


def _renamed_since(person: Person, signed: date, day: date) -> bool:
    """Whether someone bore another name when they signed than on ``day``."""
    return any(row.until is not None and signed <= row.until < day for row in person.former_names)


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


def _unworded(paper: Paper[OnContract]) -> Iterator[tuple[int, str]]:
    """A form that the client prescribes is signed in the client's words; in ours it would be sent back."""
    contract = paper.case.contract
    if contract.oath_wording:
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
        "cited": rests.cited,
        "to": _addressee(case, rests),
        "rows": _unique_of(rests, "oath_rows"),
        "text": _unique_of(rests, "oath_text"),
        "bare": any(rest.asks.oath_bare for rest in rests.rests),
        "contracts": _contracts(case, oath),
        "explained": list(unique((oath.explained if oath else "", *_explained(case, rests)))),
        "explainer": _explainer(case, person, in_charge),
    }


def _unique_of(rests: Basis, name: str) -> list[str]:
    """What the cited clauses say of the sheet: the first that says anything."""
    found = (getattr(rest.asks, name) for rest in rests.rests)
    return [str(one) for one in next(filter(None, found), ())]


def _addressee(case: Case, rests: Basis) -> list[str]:
    """The vendor, where the clause has the oath kept by the vendor; empty: the client."""
    vendor = case.facts.vendor
    if vendor is None or not rests.rests or any(r.asks.submit is not Submit.NONE for r in rests.rests):
        return []
    return [vendor.name, f"{vendor.representative_title}　{vendor.representative_name}　様"]


def _contracts(case: Case, oath: Oath | None) -> list[list[str]]:
    """The contracts of the same client that the oath covers; another client's are not its business."""
    ids = oath.contract_ids if oath else (case.contract.id,)
    held = [case.facts.find(Contract, number) for number in ids]
    return [[c.title, c.number] for c in held if c is not None and c.client == case.contract.client]


def _explained(case: Case, rests: Basis) -> list[str]:
    """The articles that the clause wants explained and the annex itself; without a clause, the annex."""
    named = dict.fromkeys(article for rest in rests.rests for article in rest.asks.explain)
    told = _articles(binding(case, named))
    if rests.rests:
        titles = unique(rest.annex.part(rest.clause.part).title for rest in rests.rests)
    else:
        annexes = (case.catalogue.find(row.annex, row.version) for row in case.contract.annexes)
        titles = unique(annex.title for annex in annexes if annex)
    listed_titles = listed(f"「{title}」" for title in titles) if titles else "契約"
    return [*told, f"{listed_titles}に定める取扱いの決まりと、安全に管理するための方法"]


def _articles(articles: tuple[Article, ...]) -> list[str]:
    """An act each, its articles grouped by subject: 第66条（安全管理措置）、第67条（従事者の義務）…"""
    parts = []
    for act, held in groupby(articles, lambda article: article.act):
        groups = groupby(held, lambda article: article.subject)
        told = [f"{listed(a.article for a in same)}（{subject}）" for subject, same in groups]
        parts.append(f"{act}　{'、'.join(told)}")
    return parts


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One sheet for each worker, each numbered 1／1 by itself."""
    return tuple(_draw(statement, sheet) for sheet in statement.facts["sheets"])


def _draw(statement: Statement, sheet: dict[str, Any]) -> Sheet:
    """The sheet of one worker. Where the client prescribes it, it begins with its title and nothing else."""
    held = statement.facts["letter"]
    told = repeated(statement.facts)
    again = f"（{told}の再提出）" if told else ""
    tag = "　".join(unique((sheet["department"], sheet["name"])))
    handed = Text(f"配付先　{on_one_line(tag)}　／　{held['date']}作成{again}", size=8, align="right")
    head: tuple[Block, ...] = (handed, Addressee(tuple(sheet.get("to", ())) or (held["addressee"],)))
    bare = sheet.get("bare", False)
    blocks: tuple[Block, ...] = (
        *(() if bare else head),
        Title(FORM.title),
        *(() if bare else _relation(sheet["cited"])),
        *_promise(statement.facts, sheet),
        Ki(),
        Grid(_rows(held, sheet), label=0.2),
        *(() if bare else (End(),)),
        Gap(4),
        Signature(),
        *((Gap(6), handed) if bare else ()),
    )
    return Sheet(blocks, f"{FORM.title}　{sheet['name']}")


def _rows(letter: Mapping[str, Any], sheet: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The rows of the frame, those that the clause asks for or all."""
    explainer = sheet["explainer"]
    titles = "\n".join(f"{title}（契約番号　{number}）" for title, number in sheet["contracts"])
    texts = {
        OathRow.WORK: titles,
        OathRow.VENDOR: letter["contract"]["vendor"],
        OathRow.EXPLAINED: "\n".join(f"・{text}" for text in sheet["explained"]),
        OathRow.EXPLAINER: lines(explainer["company"], explainer["title"], explainer["name"]),
        OathRow.EXPLAINED_ON: explainer["on"] or BLANK_DATE,
    }
    return tuple((row.words, texts[row]) for row in map(OathRow, sheet.get("rows") or OathRow))


def _relation(cited: str) -> tuple[Block, ...]:
    return (Text(f"（{cited}関係）", align="center", size=9, after=10),) if cited else ()


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
        Asked(Oath, "explained_by_name", partial(_untold, with_oath=True)),
        Asked(Assignment, "roles", partial(_untold, with_oath=False)),
        EXPLAINED,
        Asked(Contract, "oath_wording", _unworded),
    ),
    facts=_facts,
    draw=draw,
    numbered=False,
)
