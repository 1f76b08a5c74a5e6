"""What the door refuses of a contract: clauses that are not there, and closing it with open lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.annexes.catalogue import Annex, Catalogue
from app.annexes.overrides import name_of, problem_with
from app.annexes.revision import plain
from app.common import PeopleError
from app.duties.holding.balance import Balance, balance, whereabouts
from app.duties.holding.destruction import flaws, made_good
from app.records import Attestation, ClauseText, Contract, Disposal, Facts, Instruction, Record
from app.records.amounts import amount_text
from app.records.days import wareki
from app.records.status import Status

Found = Iterator[tuple[str, str]]

_NAMED = 3
"""So many open assets are named; the rest is counted."""


def of_contract(catalogue: Catalogue, after: Facts, record: Record) -> Found:
    """What is wrong with a contract, or with a record that its annexes or its closing rest on."""
    match record:
        case Contract():
            yield from contract_faults(catalogue, record)
            yield from closing(after, record)
        case Instruction():
            yield from rested_on(after, record)
        case Attestation() | ClauseText():
            yield from clause_faults(catalogue, after, record)


def contract_faults(catalogue: Catalogue, contract: Contract) -> Found:
    """Annexes that the catalogue lacks, and numbers set for what the contract does not carry."""
    known: dict[str, Annex] = {}
    for number, row in enumerate(contract.annexes, 1):
        try:
            known[row.annex] = catalogue.annex(row.annex, row.version)
        except PeopleError as error:
            field = "version" if catalogue.versions(row.annex) else "annex"
            yield f"annexes.{number}.{field}", str(error)
    seen: set[tuple[str, str, str]] = set()
    for number, setting in enumerate(contract.parameters, 1):
        path = f"parameters.{number}"
        found = known.get(setting.annex)
        if found is None:
            yield (
                f"{path}.annex",
                f"「{setting.annex}」はこの契約の特記事項ではありません。選び直してください。",
            )
        elif all(clause.number != setting.clause for clause in found.clauses):
            yield (
                f"{path}.clause",
                f"「{setting.clause}」は{found.title}にありません。条項の番号を確かめてください。",
            )
        elif sentence := problem_with(setting):
            yield f"{path}.value", sentence
        named = (setting.annex, setting.clause, name_of(setting.name))
        if named[2] and named in seen:
            yield (
                f"{path}.name",
                f"「{setting.clause}」の「{setting.name}」が2回あります。1つにしてください。",
            )
        seen.add(named)


def clause_faults(catalogue: Catalogue, facts: Facts, record: Attestation | ClauseText) -> Found:
    """A clause that the record's contract does not carry, or that its annex does not have."""
    contract = facts.find(Contract, record.contract)
    row = next((row for row in contract.annexes if row.annex == record.annex), None) if contract else None
    if contract is None or row is None:
        yield (
            "annex",
            f"{record.spec.label}の特記事項「{record.annex}」は、この契約の特記事項ではありません。選び直してください。",
        )
        return
    number, version = former(record.clause)
    annex = catalogue.find(row.annex, version or row.version)
    if annex is None or any(clause.number == number for clause in annex.clauses):
        return
    wanted = plain(number)
    if all(plain(clause.number) != wanted for clause in annex.clauses):
        yield (
            "clause",
            f"{record.spec.label}の条項「{record.clause}」は{annex.title}にありません。条項の番号を確かめてください。",
        )


def closing(after: Facts, contract: Contract) -> Found:
    """A contract is not closed while something of what was entrusted is here, unless the client said so.

    What a later day brings to light stays recordable: only the closing itself is refused.
    """
    said = after.find(Instruction, contract.closing_instruction)
    if said is not None and said.contract != contract.id:
        yield "closing_instruction", "選んだ指示は別の契約のものです。この契約の指示を選んでください。"
        return
    if contract.ended_on is None or (said is not None and said.written):
        return
    lines = [one for one in balance(after, contract.id, contract.ended_on) if one.held]
    yield from _readable(after, contract, contract.ended_on)
    if lines:
        named = "、".join(
            f"{one.asset.number}（{one.asset.item}、{amount_text(one.held)}{one.asset.unit}{_away(one)}）"
            for one in lines[:_NAMED]
        )
        more = f"ほか{len(lines) - _NAMED}件" if len(lines) > _NAMED else ""
        oral = "選んだ指示は書面によるものではありません。" if said is not None else ""
        yield (
            "closing_instruction",
            f"契約「{contract.title}」には{wareki(contract.ended_on)}の時点で{named}{more}が残っています。{oral}"
            "返還・廃棄を記録するか、残る情報資産についての発注者の書面による指示を選んでください。",
        )


def _readable(after: Facts, contract: Contract, day: date) -> Found:
    """A disposal that left something readable has not ended it."""
    held = after.of(Disposal, "contract", contract.id)
    done = [one for one in held if one.done_on <= day and one.status != Status.PLANNED]
    done.sort(key=lambda one: (one.done_on, one.id))
    for disposal in done:
        for fault in flaws(after, disposal):
            line = disposal.lines[fault.row]
            if fault.certain and made_good(after, done, disposal, line) is None:
                yield (
                    "closing_instruction",
                    f"{wareki(disposal.done_on)}に廃棄・消去した{line.item}（{line.medium}）は、{fault.words}。"
                    "明細の結果を「不良」として、やり直した廃棄・消去を登録するか、残る情報資産についての"
                    "発注者の書面による指示を選んでください。",
                )
                return


def _away(one: Balance) -> str:
    return f"、うち{whereabouts(one)}" if one.away else ""


def rested_on(after: Facts, said: Instruction) -> Found:
    """A closed contract that rests on the instruction must be able to go on resting on it."""
    for contract in after.of(Contract, "closing_instruction", said.id):
        if contract.ended_on is None:
            continue
        for _path, sentence in closing(after, contract):
            yield "written", f"この指示に基づいて終えた契約があります。{sentence}"


def of_version(number: str, version: int) -> str:
    """A clause number of a version that the contract no longer carries, such as 第5条（第1版）."""
    return f"{number}（第{version}版）"


def former(named: str) -> tuple[str, int | None]:
    """A clause number and the version named beside it (``of_version``), None for the one carried now."""
    found = re.fullmatch(r"(.+)（第(\d{1,4})版）", named)
    return (found[1], int(found[2])) if found else (named, None)
