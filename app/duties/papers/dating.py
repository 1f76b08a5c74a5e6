"""Which day a document of a contract may bear."""

from __future__ import annotations

from datetime import date, timedelta

from app.records import Contract
from app.records.days import wareki
from app.records.statement import Within

AHEAD = timedelta(days=366)
"""How far ahead a draft may be dated: what is expected is asked for up to the same day of next year. What
lies further off is a slip of the pen, and nothing that the ledger knows of it would be true by then."""


def undated(contract: Contract, day: date) -> str:
    """Why no paper of ``contract`` may bear ``day``, in one sentence; empty where it may.

    Nobody owed a paper before the contract was signed.
    """
    if day >= contract.signed_on:
        return ""
    return (
        f"発行日（{wareki(day)}）が契約「{contract.title}」の締結日（{wareki(contract.signed_on)}）より前です。"
        "日付を確かめてください。"
    )


def unsigned_yet(contract: Contract, within: Within | None) -> str:
    """Why no paper of ``contract`` may cover the period ``within``, in one sentence; empty where it may.

    A report on days before the contract was signed would say that it was kept then.
    """
    if within is None or within[0] >= contract.signed_on:
        return ""
    return (
        f"対象期間の初日（{wareki(within[0])}）が契約「{contract.title}」の締結日"
        f"（{wareki(contract.signed_on)}）より前です。日付を確かめてください。"
    )


def too_far_ahead(day: date, today: date) -> str:
    """Why not even a draft may bear ``day``, in one sentence; empty where it may."""
    if day - today <= AHEAD:
        return ""
    last = wareki(today + AHEAD)
    return f"発行日（{wareki(day)}）が先すぎます。{last}までの日付にしてください。"


def not_yet(day: date, today: date) -> str:
    """Why a paper that bears ``day`` may not be issued, in one sentence; empty where it may.

    Its number belongs to the fiscal year of that day, and it states as facts what may still change.
    """
    if day <= today:
        return ""
    return (
        f"発行日（{wareki(day)}）がきょうより後のため、下書きだけを作成できます。"
        "発行は、きょうまでの日付で行ってください。"
    )
