"""自社の法定報告: what 個人情報保護法第26条 would ask of the vendor itself, and what was decided and done.

The ledger cannot say whether the Act asks for it: people decide that, and until then it is shown as open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.counting.statute import Soon, full_report, outline
from app.records import Asset, Facts, Incident
from app.records.days import wareki
from app.records.incident import IncidentKind, Statute

SOURCE = "個人情報保護法第26条第1項・同施行規則第7条、第8条"
_MANY = 1000
WHEN = (
    "個人データ（台帳・データベース等）の漏えい・滅失・毀損又はそのおそれが、次のいずれかに当たるときに要ります："
    "要配慮個人情報を含む、不正利用で財産的被害のおそれ、不正の目的によるおそれ、本人が1,000人を超える"
    "（高度な暗号化などで保護されているものを除く）。特定個人情報には番号法の別の定めがあります。"
)
"""When the Act asks for it, in the officer's words; 番号法第29条の4 has rules of its own."""
INSTEAD = (
    "委託元（発注者）に速やかに事態を通知したときは、自社の報告は要りません"
    "（第26条第1項ただし書・規則第9条）。委託元の報告義務はそのままです。要るかどうかは、発注者と確かめて決めます。"
)


class Stand(NamedTuple):
    """Where one step of it stands. ``due``: by when; None where none counts. ``done``: when it was done.

    ``about``: True where the day is only about when it is expected.
    """

    title: str
    due: date | None
    done: date | None
    counted: str
    about: bool = False

    @property
    def late(self) -> bool:
        """Whether it was done after its day. What is only expected about then is never called late."""
        return not self.about and self.done is not None and self.due is not None and self.done > self.due


def known_on(incident: Incident) -> date:
    """The day from which the Act counts: on which the vendor knew."""
    return incident.statute_known_on or incident.found_at.date()


def stands(incident: Incident) -> tuple[Stand, ...]:
    """The steps as they were decided; undecided, those of a report of one's own: no day slips by unseen."""
    known = known_on(incident)
    soon = outline(known)
    if incident.statute == Statute.NONE:
        return ()
    if incident.statute == Statute.ENTRUSTER:
        return (_soon("発注者への通知（報告に代える）", soon, incident.statute_told_on),)
    wrongful = incident.wrongful is True
    due = full_report(known, wrongful=wrongful)
    words = "不正の目的によるおそれがあるため60日以内" if wrongful else "30日以内"
    return (
        _soon("速報", soon, incident.statute_first_on),
        Stand("確報", due.day, incident.statute_final_on, f"{words}：{due.arithmetic}"),
    )


def _soon(title: str, soon: Soon, done: date | None) -> Stand:
    return Stand(title, soon.early, done, f"速やかに：{soon.arithmetic}", about=True)


def hints(facts: Facts, incident: Incident) -> Iterator[str]:
    """What the ledger holds that speaks for one of the cases of 規則第7条, never that none applies."""
    persons = incident.persons or sum(row.persons or 0 for row in incident.assets)
    if persons > _MANY:
        yield f"本人の数は{persons:,}人で、1,000人を超えます（第7条第4号）。"
    elif not persons:
        yield "本人の数が分かっていません（1,000人を超えると第7条第4号）。"
    if IncidentKind.THEFT in incident.kinds or incident.wrongful:
        yield "盗難など不正の目的によるおそれがあるときは、確報は60日以内です（第7条第3号）。"
    assets = (facts.find(Asset, row.asset) for row in incident.assets)
    if any(one is not None and one.classification == "特定個人情報" for one in assets):
        yield "特定個人情報を含みます。番号法第29条の4による報告を別に確かめてください。"
    if incident.recovered:
        yield "回収・削除を確かめても、見られたおそれがあれば報告の対象になり得ます。"


def said(incident: Incident) -> str:
    """What was decided, in one sentence."""
    if not incident.statute:
        return f"要るかどうかを決めていません。{wareki(known_on(incident))}に知ったものとして数えています。"
    why = f"（{incident.statute_why}）" if incident.statute_why else "（理由の記録なし）"
    return f"{incident.statute}{why}"
