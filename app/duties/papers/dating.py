"""Which day a document of a contract may bear."""

from __future__ import annotations

from datetime import date, timedelta

from app.records import Contract
from app.records.days import wareki

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
