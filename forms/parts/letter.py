"""The letter around a document: number and date, addressee, submitter, title, basis, contract, contact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.duties.case import Case, MissingFact
from app.printing.blocks import (
    Addressee,
    Block,
    End,
    Gap,
    Grid,
    Item,
    KeepTogether,
    Ki,
    Sheet,
    Submitter,
    Text,
    Title,
)
from app.printing.type.wareki import wareki
from app.records import Client, Contract, Statement, Vendor
from forms.parts.again import repeated
from forms.parts.basis import Basis
from forms.parts.enclosures import by_hash
from forms.parts.needs import need
from forms.parts.texts import full_width, lines

Section = tuple[str, tuple[Block, ...]]
"""The head of a numbered item and what stands below it."""

_SEAL_ROW = 2
_ADDRESS, _NAME = "所在地", "商号又は名称"
_CLIENT, _VENDOR = "発注者", "受注者"
_PLAIN = ("担当部署", "担当者")
"""What speaks for itself in the line of the contact."""
_CLIENT_KNOWN = need(Contract, "client.addressee")


@dataclass(frozen=True)
class Head:
    """What stands around the body of a document: the facts that it prints, and what is missing for them."""

    facts: Callable[[Case, Basis], dict[str, Any]]
    missing: Callable[[Case], Iterator[MissingFact]]


def _missing(case: Case) -> Iterator[MissingFact]:
    """A letter names who sends it and to whom it goes."""
    contract = case.contract
    if case.facts.vendor is None:
        sentence = "自社の情報が登録されていません。商号、所在地、代表者を登録してください。"
        yield MissingFact(sentence, Vendor.spec.name)
    yield from _CLIENT_KNOWN.missing(case, contract)


def _facts(case: Case, basis: Basis) -> dict[str, Any]:
    """The facts that every letter prints."""
    contract = case.contract
    vendor, client = case.facts.vendor, case.facts.find(Client, contract.client)
    if vendor is None or client is None:
        raise LookupError("vendor and client are asked for before a letter is made")
    place = lines(f"〒{vendor.postal_code}" if vendor.postal_code else "", vendor.address)
    name = f"{vendor.representative_title}　{vendor.representative_name}"
    told = (
        ("担当部署", vendor.department),
        ("担当者", vendor.contact_person),
        ("電話番号", vendor.telephone),
        ("電子メール", vendor.email),
    )
    held: dict[str, Any] = {
        "date": wareki(case.day),
        "addressee": f"{client.addressee}　{client.honorific}".strip(),
        "submitter": [[_ADDRESS, place], [_NAME, vendor.name], ["代表者職氏名", name]],
        "sealed": not contract.unsealed,
        "seal": "" if contract.unsealed else vendor.seal,
        "contact": [[label, value] for label, value in told if value],
        "cited": basis.cited,
        "contract": {
            "title": contract.title,
            "number": contract.number,
            "signed": wareki(contract.signed_on),
            "period": f"{wareki(contract.starts_on)}から{wareki(contract.ends_on)}まで",
            "client_label": _party(_CLIENT, basis.word("client", _CLIENT)),
            "client": lines(client.name, f"（担当　{client.department}）" if client.department else ""),
            "vendor_label": _party(_VENDOR, basis.word("vendor", _VENDOR)),
            "vendor": vendor.name,
        },
    }
    return {"letter": held}


LETTER = Head(_facts, _missing)
"""A letter of the vendor to the client."""


def _party(name: str, word: str) -> str:
    return name if word == name else f"{name}（{word}）"


def under(statement: Statement) -> str:
    """「…の規定により、」, or nothing where no clause is cited."""
    cited = statement.facts["letter"]["cited"]
    return f"{cited}の規定により、" if cited else ""


def letter_sheet(
    statement: Statement, title: str, sentence: str, sections: tuple[Section, ...], *, close: bool = False
) -> Sheet:
    """One sheet: the letter's head, the contract and ``sections`` as numbered items, and its end."""
    held = statement.facts["letter"]
    full_title = f"{title}（{statement.variant}）" if statement.variant else title
    enclosures = statement.facts.get("enclosures", [])
    numbered: list[Section] = [("契約の表示", (contract_grid(held["contract"]),)), *sections]
    if enclosures:
        numbered.append(("添付書類", tuple(Text(f"・{name}", indent=1, hang=1) for name in enclosures)))
    blocks = [
        Text(held["date"], align="right"),
        Addressee((held["addressee"],)),
        Submitter(
            _submitter(held["submitter"]),
            by_hash(held["seal"]),
            _SEAL_ROW if held.get("sealed", True) else None,
        ),
        Title(full_title),
        *repeats(statement),
        Text(f"　{sentence}", align="justify", after=4),
        Ki(),
        *(block for number, section in enumerate(numbered, 1) for block in _item(number, section)),
        *_close(held["contact"]),
    ]
    return Sheet(tuple(blocks), full_title, close=close)


def repeats(statement: Statement) -> tuple[Block, ...]:
    """Which documents it says once more; nothing where it is the first to say so."""
    told = repeated(statement.facts)
    return (Text(f"（{told}の再提出）", align="center", size=9.5, after=8),) if told else ()


def annex_sheet(statement: Statement, title: str, blocks: tuple[Block, ...]) -> Sheet:
    """別紙: a sheet across that belongs to the letter before it, and says so should the two be parted."""
    held = statement.facts["letter"]
    contract = held["contract"]
    vendor = next(value for label, value in held["submitter"] if label == _NAME)
    head: tuple[Block, ...] = (
        Text(f"別紙　　{held['date']}　　{vendor}", align="right", size=9),
        Title(title),
        Text(f"契約件名　{contract['title']}（契約番号　{contract['number']}）", size=9, after=4, leads=True),
    )
    return Sheet((*head, *blocks), f"別紙　{title}", landscape=True, continues=True, close=True)


def _submitter(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    """The vendor's lines. An address is parted where it was written with a full-width space."""
    return tuple(
        (label, value.replace("　", "\n", 1) if label == _ADDRESS else value) for label, value in rows
    )


def contract_grid(contract: Mapping[str, str]) -> Grid:
    """Which contract a document belongs to, and who its parties are in the annex's own words.

    Documents of earlier versions did not tell its period.
    """
    rows: list[tuple[str, ...]] = [
        ("契約件名", contract["title"]),
        ("契約番号", contract["number"], "契約締結日", contract["signed"]),
    ]
    if "period" in contract:
        rows.append(("契約期間", contract["period"]))
    rows.append((contract["client_label"], contract["client"], contract["vendor_label"], contract["vendor"]))
    return Grid(tuple(rows), size=9.5, label=0.18)


def _item(number: int, section: Section) -> tuple[Block, ...]:
    head, blocks = section
    return (Gap(1.5 if number > 1 else 0), Item(full_width(number), head), *blocks)


def _close(contact: list[list[str]]) -> tuple[Block, ...]:
    """以上, and below it whom to ask: small, so that it never needs a page of its own."""
    if not contact:
        return (End(),)
    asked = "　".join(value if label in _PLAIN else f"{label}　{value}" for label, value in contact)
    return (KeepTogether((End(), Text(f"【連絡先】{asked}", align="right", size=9, before=2))),)
