"""監査の受入れ・実施と改善: what an audit and an improvement still lack, a few fields at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.records import Audit, Improvement, Person, Record
from app.records.days import wareki
from app.work.acts.audits.known import OWNER, owner_unfit, owner_until
from app.work.acts.devices.persons import unfit
from app.work.acts.filling import filling
from app.work.acts.plan import Ground, with_values


def _refusal_lost(_ground: Ground, record: Record, values: Mapping[str, Any]) -> Iterator[str]:
    """That a refusal would leave no trace: that the audit was held in the end does not unmake it."""
    audit, after = _audit(record), with_values(_audit(record), **values)
    if audit.refused_why and not after.refused_why and after.accepted is not False:
        yield (
            f"{audit.called}を断ったことは、受け入れた後も残します。断った理由を消さずに登録してください。"
            "断っていないときは、「監査・調査」の記録を直してください。"
        )


def _after_refusal(_ground: Ground, record: Record, values: Mapping[str, Any]) -> Iterator[str]:
    audit, after = _audit(record), with_values(_audit(record), **values)
    refused = f"{audit.called}は断ったと登録されています。"
    if audit.accepted is False and after.accepted:
        yield f"{refused}受け入れた後も、断ったことは記録に残ります。"
    elif after.accepted is False and after.held_on is not None:
        yield f"{refused}あらためて受け入れたときは、受入れも登録してください。"


def _audit(record: Record) -> Audit:
    if not isinstance(record, Audit):
        raise TypeError(record)
    return record


HOLD = filling(
    Audit,
    "hold-audit",
    "監査の実施を記録",
    ("held_on", "location", "place", "auditor", "attended", "accepted", "refused_why"),
    ("監査を受けた", "調査が終わった", "立ち会った"),
    "いつ、どこで、誰が実施し、誰が立ち会ったかを記録します。",
    refusals=_refusal_lost,
    remarks=_after_refusal,
)
ACCEPT = filling(
    Audit,
    "accept-audit",
    "監査の受入れ・断りを記録",
    ("accepted", "refused_why"),
    ("監査を受け入れる", "調査を断る", "受入れの回答"),
    "発注者に、受け入れると答えたか、理由を示して断ったかを記録します。",
    offered=lambda _ground, record: isinstance(record, Audit) and record.held_on is None,
    refusals=_refusal_lost,
    remarks=_after_refusal,
)


def _gone(ground: Ground, record: Record, values: Mapping[str, Any]) -> Iterator[str]:
    """Why whoever is named anew cannot have done it: gone by then, or not there yet."""
    held, after = _improvement(record), with_values(_improvement(record), **values)
    if after.owner != held.owner:
        yield from owner_unfit(ground, after.owner, after.done_on or ground.today)
    by = ground.facts.find(Person, after.effect_by)
    if by is not None and (after.effect_by, after.effect_on) != (held.effect_by, held.effect_on):
        yield from unfit(by, after.effect_on or ground.today, "効果を確認した者")


def _put_off(ground: Ground, record: Record, values: Mapping[str, Any]) -> Iterator[str]:
    """A promise that moves later, and an effect of what nobody did, are said before they are written."""
    held, after = _improvement(record), with_values(_improvement(record), **values)
    if held.due_on is not None and (after.due_on is None or after.due_on > held.due_on):
        to = wareki(after.due_on) if after.due_on is not None else "定めなし"
        yield f"期日を{wareki(held.due_on)}から{to}に変えます。発注者に示した期日なら、先に協議します。"
    if (after.effect or after.effect_on) and after.done_on is None:
        yield "実施日がないまま、効果の確認が登録されます。実施した日を確かめてください。"
    yield from _unwitnessed(after)
    yield from _owned(ground, after)


def _unwitnessed(after: Improvement) -> Iterator[str]:
    """That nobody will know when, or by whom, an effect was seen."""
    said = ((after.effect_on, "効果を確認した日"), (after.effect_by, "効果を確認した者"))
    if after.effect and (open_ := [label for value, label in said if value is None]):
        yield f"{'と'.join(open_)}が空欄です。改善報告書では、いつ誰が確かめたかを示せません。"


def _owned(ground: Ground, after: Improvement) -> Iterator[str]:
    """That the owner leaves, or had left, before it is done."""
    if after.done_on is None:
        yield from owner_until(ground, after.owner, after.found_on, after.due_on)
        return
    person = ground.facts.find(Person, after.owner)
    if person is not None and person.left_on is not None and person.left_on < after.done_on:
        yield (
            f"{OWNER}の{person.name}は、実施日（{wareki(after.done_on)}）より前の{wareki(person.left_on)}に"
            "退職しています。実施した者を確かめてください。"
        )


def _improvement(record: Record) -> Improvement:
    if not isinstance(record, Improvement):
        raise TypeError(record)
    return record


IMPROVE = filling(
    Improvement,
    "improve",
    "改善の実施・効果を記録",
    ("reason", "action", "owner", "due_on", "done_on", "effect", "effect_by", "effect_on"),
    ("改善した", "是正した", "効果を確かめた"),
    "改善の措置、実施した日、効果の確認を記録します。",
    refusals=_gone,
    remarks=_put_off,
)
