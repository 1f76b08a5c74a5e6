"""What is to be known of a consent: when it was given in writing, and what was done before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.records import Approval, Facts, Submission
from app.records.days import wareki
from app.work.acts.plan import Ground
from app.work.acts.rounds.resting import in_writing, rests_on


def unconfirmed(approval: Approval, day: date, *, by_paper: bool) -> Iterator[str]:
    """Why what was allowed by word is not allowed in writing by this."""
    granted = approval.granted_on
    if granted is None:
        return
    if not by_paper:
        yield (
            f"{approval.number}は{wareki(granted)}に承諾を受け、書面を待っています。"
            "書面を受け取ったときに、種類を「承諾」、方法を「書面」にして登録してください。"
        )
    elif day < granted:
        yield (
            f"書面を受けた日（{wareki(day)}）が、承諾を受けた日（{wareki(granted)}）より前です。"
            "日付を確かめてください。"
        )


def unwritten(ground: Ground, approval: Approval, written: bool | None) -> Iterator[str]:
    """That a clause wants it in writing: nothing may rest on it before, and no duty says so until then."""
    cited = in_writing(ground, approval) if written is not True else ()
    if cited:
        by = "電話・口頭の承諾" if written is False else "書面に当たらないメールの承諾"
        yield (
            f"{'、'.join(cited)}は書面による承諾を求めています。{by}では認められません。"
            "書面を受け取ったら、もう一度「発注者の回答・指示」で登録してください。"
        )
    if approval.granted_on is not None:
        # In writing it was allowed from the day of the paper on: the earlier day would be too kind.
        yield (
            f"承諾日を{wareki(approval.granted_on)}から、書面を受けた日に改めます。"
            "それまでの承諾の経緯は備考に残します。"
        )


def before(facts: Facts, approval: Approval, day: date) -> Iterator[str]:
    """What was done under the approval before it was given: it does not become allowed by it."""
    for what, since in rests_on(facts, approval):
        if since < day:
            yield f"{what}（{wareki(since)}）は、{approval.number}の承諾（{wareki(day)}）より前です。"


def former_note(record: Approval | Submission) -> str:
    """The note of a record; of an approval by word with the day that it bore until now."""
    if not isinstance(record, Approval) or record.granted_on is None:
        return record.note
    by = "口頭" if record.written is False else "メール等"
    return noted(record.note, f"書面を受ける前の承諾日：{wareki(record.granted_on)}（{by}）")


def noted(note: str, more: str) -> str:
    """``note`` with one more line."""
    return f"{note}\n{more}" if note else more
