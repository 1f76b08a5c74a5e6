"""By what a person is doing a form is looked for: before the work, during it, at an incident, at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from app.duties.case import FormFace
from app.duties.papers.claims import Cites


class Group(StrEnum):
    """One group, by the name that people read; in the order in which they come to it."""

    START = "着手前の届出・名簿・誓約"
    APPLY = "承諾・承認の申請"
    HANDLE = "授受・取扱いの記録"
    WATCH = "点検・監督・報告"
    ANSWER = "事故・請求・監査・改善"
    END = "返還・廃棄・退職"
    SEND = "送付・綴り"


_KINDS: Mapping[Group, tuple[str, ...]] = MappingProxyType(
    {
        Group.START: (
            "responsible-person",
            "worker-list",
            "work-location",
            "equipment-register",
            "oath",
            "training",
            "dispatch-contract",
            "management-system",
            "transfer-method",
            "private-device-ban",
            "encryption",
            "domestic-storage",
            "management-rules",
            "secrecy",
        ),
        Group.APPLY: (
            "copy-approval",
            "takeout-approval",
            "equipment-takeout",
            "bringin-approval",
            "subcontract-approval",
            "disposal-approval",
            "purpose-limit",
            "collection-limit",
            "transport",
        ),
        Group.HANDLE: ("transfer-record", "handling-ledger"),
        Group.WATCH: (
            "supervision",
            "security-measures",
            "access-control",
            "locked-storage",
            "software-hygiene",
            "access-log",
            "backup-check",
            "subcontract-flowdown",
            "status-report",
            "law",
        ),
        Group.ANSWER: (
            "incident-notice",
            "incident-followup",
            "data-subject-request",
            "audit",
            "improvement",
            "liability",
        ),
        Group.END: ("return", "disposal", "disposal-certificate", "witness", "retirement-secrecy"),
    }
)
_GROUP_OF: Mapping[str, Group] = MappingProxyType(
    {kind: group for group, kinds in _KINDS.items() for kind in kinds}
)


def group_of_kind(kind: str) -> Group:
    """The group of a kind of duty. Raises ``KeyError`` for one that belongs to none."""
    return _GROUP_OF[kind]


def group_of(form: FormFace) -> Group:
    """The group of the first kind that the form proves.

    One that proves nothing is where all the kinds lie that it names; where they lie apart, or it names
    none, it goes with other papers.
    """
    proved = [claim.kind for claim in form.proves if not isinstance(claim, Cites)]
    if proved:
        return _GROUP_OF[proved[0]]
    named = {_GROUP_OF[kind] for kind in form.kinds}
    return named.pop() if len(named) == 1 else Group.SEND


def grouped(forms: Iterable[FormFace]) -> Mapping[Group, tuple[FormFace, ...]]:
    """The groups in their order, each with its forms in the order of the kinds they serve; none is empty."""
    found: dict[Group, list[FormFace]] = {group: [] for group in Group}
    for form in forms:
        found[group_of(form)].append(form)
    return {group: tuple(sorted(held, key=_place)) for group, held in found.items() if held}


def _place(form: FormFace) -> tuple[int, int]:
    """By the first kind, then by how usual the form is for it."""
    claim = next(iter(form.proves), None)
    return (list(_GROUP_OF).index(claim.kind), claim.rank) if claim else (len(_GROUP_OF), 0)
