"""Cross-checks of a contract itself: its annexes, the numbers it sets, and what its documents need."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.checks.check import Check, Found, found
from app.duties.finding import Severity
from app.duties.rules.contracts import clause_faults, contract_faults
from app.duties.verdict import open_record, shown
from app.duties.view import ContractView
from app.records import Attestation, ClauseText, Client
from app.records.contract import Information, Option
from app.records.kinds import OTHER


def _unknown_annex(view: ContractView) -> Iterator[Found]:
    for path, sentence in contract_faults(view.catalogue, view.contract):
        if path.startswith("annexes."):
            yield found(_what(sentence), view.contract)


def _what(refusal: str) -> str:
    """What is wrong, without what to do about it: that is on the button."""
    return refusal.partition("。")[0] + "。"


def _dead_setting(view: ContractView) -> Iterator[Found]:
    for path, sentence in contract_faults(view.catalogue, view.contract):
        if path.startswith("parameters."):
            yield found(f"契約で定めた数値について、{_what(sentence)}", view.contract)


def _dead_clause(view: ContractView) -> Iterator[Found]:
    held: tuple[Attestation | ClauseText, ...] = (*view.held(Attestation), *view.held(ClauseText))
    known = {
        (row.annex, clause.number)
        for row in view.contract.annexes
        if held and (annex := view.catalogue.find(row.annex, row.version))
        for clause in annex.clauses
    }
    for record in held:
        if (record.annex, record.clause) in known:
            continue
        for _path, sentence in clause_faults(view.catalogue, view.facts, record):
            yield found(_what(sentence), record)


def _out_of_force(view: ContractView) -> Iterator[Found]:
    signed = view.contract.signed_on
    for row in view.contract.annexes:
        annex = view.catalogue.find(row.annex, row.version)
        if annex is not None and not annex.in_force(signed):
            text = f"契約締結日（{shown(signed)}）は、「{annex.title}」が適用される期間の外です。"
            yield found(text, view.contract)


def _contradicted(view: ContractView) -> Iterator[Found]:
    """What the contract says it handles, its options and its assets do not say the same.

    A clause that one of them brings in holds; the other two are to be put right.
    """
    contract = view.contract
    said = contract.information
    for kind in said and sorted({one.classification for one in view.assets.values()}):
        if kind not in said and not kind.startswith(OTHER):
            asset = next(one for one in view.assets.values() if one.classification == kind)
            text = f"{asset.number}は{kind}ですが、契約の「取り扱う情報」に{kind}が選ばれていません。"
            yield found(text, contract)
    chosen = {option for row in contract.annexes for option in row.options}
    if said and Option.SPECIFIC_PERSONAL in chosen and Information.SPECIFIC_PERSONAL not in said:
        text = f"契約で「{Option.SPECIFIC_PERSONAL}」を選んでいますが、「取り扱う情報」に選ばれていません。"
        yield found(text, contract)
    for row in contract.annexes:
        annex = view.catalogue.find(row.annex, row.version)
        for option in annex.options if annex else ():
            if option.key not in row.options and view.speaks_for(option.key):
                text = (
                    f"契約で「{option.label}」を選んでいませんが、当たるものが台帳にあるため適用しています。"
                )
                yield found(text, contract)


def _blank(view: ContractView) -> Iterator[Found]:
    """What no rule refuses but documents, deadlines or the choice of clauses rest on."""
    contract = view.contract
    if not contract.information:
        text = "契約の「取り扱う情報」が選ばれていないため、すべての条項が適用されるものとして扱っています。"
        yield found(text, contract)
    client = view.facts.find(Client, contract.client)
    if client is not None and not client.telephone:
        text = f"{client.name}の電話番号が登録されていないため、事故のときの連絡先が分かりません。"
        yield found(text, client, open_record(client))


CHECKS = (
    Check("annex-unknown", "目録にない特記事項", Severity.VIOLATION, (), _unknown_annex),
    Check("setting-dead", "条項のない契約の数値", Severity.WARNING, (), _dead_setting),
    Check("clause-dead", "条項のない遵守確認・条文の控え", Severity.REMARK, (), _dead_clause),
    Check("annex-out-of-force", "適用期間の外の特記事項", Severity.REMARK, (), _out_of_force),
    Check("information-contradicted", "取り扱う情報についての食い違い", Severity.WARNING, (), _contradicted),
    Check("fields-blank", "登録の足りない項目", Severity.REMARK, (), _blank),
)
