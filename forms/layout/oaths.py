"""誓約書 at the start and on leaving: what was explained by whom, and the sheet that a hand signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from app.annexes.choices import Article, OathRow
from app.duties.case import Case
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
from app.records import Contract, Oath, Person, Statement
from forms.parts.acts import binding
from forms.parts.again import repeated
from forms.parts.basis import Basis, basis, roles_asked
from forms.parts.paper import Paper
from forms.parts.people import OnContract, on_contract, responsible
from forms.parts.texts import day_text, full_width, lines, listed, on_one_line, unique

INFORMATION = "個人情報"


def covers(case: Case, oath: Oath, kind: str) -> bool:
    """Whether it is an oath of a ``kind`` (着手時, 退職時) for the contract."""
    return oath.kind == kind and case.contract.id in oath.contract_ids


def unsigned(case: Case, person: Person, kind: str) -> Oath | None:
    """The oath of a kind that is prepared for somebody and not signed yet."""
    held = (oath for oath in case.facts.of(Oath, "person", person.id) if covers(case, oath, kind))
    return next((oath for oath in held if oath.signed_on is None), None)


def in_charge(case: Case) -> tuple[OnContract, ...]:
    """Oaths are signed before the work starts: whoever will be in charge then explains."""
    roles = roles_asked(basis(case, ("responsible-person",)))
    return responsible(on_contract(case)[0], roles, max(case.day, case.contract.starts_on))


def explainer(
    case: Case, person: Person, oath: Oath | None, heads: tuple[OnContract, ...]
) -> dict[str, str] | None:
    """Who explained and when: as recorded on the ``oath``, else who is in charge of the contract (``heads``).

    Nobody explains to oneself: whoever is alone in charge was told by the vendor's representative. None
    where nobody is known.
    """
    vendor = case.facts.vendor
    company = vendor.name if vendor else ""
    day = day_text(oath.explained_on, "") if oath else ""
    if oath and oath.explained_by_name:
        company, title = oath.explained_by_company or company, oath.explained_by_title
        return {"company": company, "title": title, "name": oath.explained_by_name, "on": day}
    for one in heads:
        if one.person.id != person.id:
            title = "　".join(unique((one.person.department, one.person.post or one.roles[0])))
            return {"company": company, "title": title, "name": one.person.name, "on": day}
    if vendor and heads:
        title, name = vendor.representative_title, vendor.representative_name
        return {"company": company, "title": title, "name": name, "on": day}
    return None


def untold(paper: Paper[OnContract], *, kind: str, with_oath: bool) -> Iterator[tuple[int, str]]:
    """Whose explainer nobody knows: to be entered on the oath that is prepared, else as a role."""
    heads = in_charge(paper.case)
    for one in paper.things:
        oath = unsigned(paper.case, one.person, kind)
        if bool(oath) is with_oath and explainer(paper.case, one.person, oath, heads) is None:
            yield (
                oath.id if oath else 0,
                f"{one.person.name}さんに説明した者が分かりません。"
                "責任者を「責任者・従事者」に登録するか、誓約書の「説明した者」を登録してください。",
            )


def contracts(case: Case, oath: Oath | None) -> list[list[str]]:
    """The contracts of the same client that the oath covers; another client's are not its business."""
    ids = oath.contract_ids if oath else (case.contract.id,)
    held = [case.facts.find(Contract, number) for number in ids]
    return [[c.title, c.number] for c in held if c is not None and c.client == case.contract.client]


def to_vendor(case: Case) -> list[str]:
    """The vendor as addressee of what its own people promise it."""
    vendor = case.facts.vendor
    if vendor is None:
        return []
    return [vendor.name, f"{vendor.representative_title}　{vendor.representative_name}　様"]


def explained(case: Case, rests: Basis) -> list[str]:
    """The articles that the clause wants explained and the annex itself; without a clause, the annex."""
    named = dict.fromkeys(article for rest in rests.rests for article in rest.asks.explain)
    told = _articles(binding(case, named))
    if rests.rests:
        titles = unique(rest.annex.part(rest.clause.part).title for rest in rests.rests)
    else:
        annexes = (case.catalogue.find(row.annex, row.version) for row in case.contract.annexes)
        titles = unique(annex.title for annex in annexes if annex)
    listed_titles = listed(f"「{title}」" for title in titles) if titles else "契約"
    return [*told, f"{listed_titles}に定める情報の取扱い及び安全管理の方法"]


def _articles(articles: tuple[Article, ...]) -> list[str]:
    """An act each, its articles grouped by subject: 第66条（安全管理措置）、第67条（従事者の義務）…"""
    parts = []
    for act, held in groupby(articles, lambda article: article.act):
        groups = groupby(held, lambda article: article.subject)
        told = [f"{listed(a.article for a in same)}（{subject}）" for subject, same in groups]
        parts.append(f"{act}　{'、'.join(told)}")
    return parts


def oath_sheet(
    statement: Statement,
    title: str,
    sheet: Mapping[str, Any],
    promise: tuple[Block, ...],
    more: tuple[tuple[str, str], ...] = (),
) -> Sheet:
    """The sheet of one worker; ``more``: rows of the frame beyond those of every oath.

    Where the client prescribes it (``bare``), it begins with its title and nothing else.
    """
    held = statement.facts["letter"]
    told = repeated(statement.facts)
    again = f"（{told}の再提出）" if told else ""
    tag = "　".join(unique((sheet["department"], sheet["name"])))
    handed = Text(f"配付先　{on_one_line(tag)}　／　{held['date']}作成{again}", size=8, align="right")
    head: tuple[Block, ...] = (handed, Addressee(tuple(sheet.get("to", ())) or (held["addressee"],)))
    bare = sheet.get("bare", False)
    blocks: tuple[Block, ...] = (
        *(() if bare else head),
        Title(title),
        *(() if bare else _relation(sheet["cited"])),
        *promise,
        Ki(),
        Grid((*_rows(held, sheet), *more), label=0.2),
        *(() if bare else (End(),)),
        Gap(4),
        Signature(),
        *((Gap(6), handed) if bare else ()),
    )
    return Sheet(blocks, f"{title}　{sheet['name']}")


def promises(opening: str, points: Iterable[str]) -> tuple[Block, ...]:
    """The words of a promise: what opens it, then its numbered points."""
    return (
        Text(opening, align="justify", after=6),
        *(
            Text(f"（{full_width(number)}）{text}", align="justify", hang=3, after=3)
            for number, text in enumerate(points, 1)
        ),
    )


def _rows(letter: Mapping[str, Any], sheet: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The rows of the frame, those that the clause asks for or all."""
    told = sheet["explainer"]
    titles = "\n".join(f"{title}（契約番号　{number}）" for title, number in sheet["contracts"])
    texts = {
        OathRow.WORK: titles,
        OathRow.VENDOR: letter["contract"]["vendor"],
        OathRow.EXPLAINED: "\n".join(f"・{text}" for text in sheet["explained"]),
        OathRow.EXPLAINER: lines(told["company"], told["title"], told["name"]),
        OathRow.EXPLAINED_ON: told["on"] or BLANK_DATE,
    }
    return tuple((row.words, texts[row]) for row in map(OathRow, sheet.get("rows") or OathRow))


def _relation(cited: str) -> tuple[Block, ...]:
    return (Text(f"（{cited}関係）", align="center", size=9, after=10),) if cited else ()
