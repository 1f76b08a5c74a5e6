"""domestic-storage: where information is worked on or kept, copies included, is in one country."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from app.annexes.choices import AppliesTo, Medium
from app.annexes.kinds import State
from app.duties.duty import Remark
from app.duties.evaluators.backups import newest_backups
from app.duties.evaluators.devices import holds_data
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.keeping import (
    Stay,
    asset_places,
    by_place,
    copies_kept,
    device_places,
    given_up,
    homeless,
    past_stays,
    unplaced_assets,
)
from app.duties.evaluators.systems import in_use
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView
from app.records import BackupRun, Device, DeviceUse, Location, System
from app.records.location import JAPAN, LocationKind

_ALSO = {JAPAN: ("日本国", "国内")}
"""Other names by which people write a country."""


def judge(question: Question) -> Verdict:
    view = question.view
    places = view.once(every_place)
    if not places:
        return question.unrecorded(
            "作業場所・保管場所が記録されていないため、国内保管を示せません。", "location_use"
        )
    country = question.asks.country or JAPAN
    why = f"データはバックアップも含めて{country}国内だけに保管する必要があります。"
    abroad = [place for place in places if place.country and not lies_in(place, country)]
    lacks = [_abroad(place, why) for place in abroad]
    runs = view.once(newest_backups)
    lacks.extend(_unplaced(run) for run in runs if run.location is None)
    doubts = [*_unknown(question, places, why), *given_up(view, places)]
    evidence = [question.evidence(place) for place in places if lies_in(place, country)]
    remarks = tuple(_over(question, places, country))
    if doubts and not lacks:
        said = "保管場所又はその国が登録されていないものがあるため、国内にあるかを確かめる必要があります。"
        return question.confirm(said, doubts, evidence, doubts[0].step)._replace(remarks=remarks)
    satisfied = f"使用する場所{len(places)}か所は、すべて{country}国内です。"
    if not runs and not any(place.kind == LocationKind.BACKUP for place in places):
        satisfied = (
            f"使用する場所{len(places)}か所は{country}国内で、バックアップの保管場所の登録はありません。"
        )
    return question.judge((*lacks, *doubts), evidence, satisfied, remarks=remarks)


def lies_in(place: Location, country: str) -> bool:
    """Whether somebody has written that the place lies in ``country``; a blank says nothing."""
    return _folded(place.country) in (_folded(country), *_ALSO.get(country, ()))


def _folded(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def every_place(view: ContractView) -> tuple[Location, ...]:
    """Every place where the information of the contract is worked on or kept, copies included."""
    found = {place.id: place for _use, place in view.location_uses}
    found |= {place.id: place for place in device_places(view)}
    found |= view.once(asset_places, AppliesTo.ALL, ())
    found |= {place.id: place for place in view.once(copies_kept)}
    return tuple(found.values())


def _abroad(place: Location, why: str) -> Lack:
    text = f"{place.name}は国外（{place.country}）です。"
    return Lack(text, why, "location", place.id, None, open_record(place))


def _unknown(question: Question, places: tuple[Location, ...], why: str) -> Iterator[Lack]:
    """What may be anywhere: no country, no place at all."""
    view = question.view
    for place in places:
        if not place.country:
            text = f"{place.name}の国が登録されていません。"
            yield Lack(text, why, "location", place.id, None, open_record(place))
    yield from (_unplaced_system(system, why) for system in view.once(in_use) if system.location is None)
    for use, device in view.device_uses:
        if use.location is None and holds_data(device):
            yield _unplaced_device(use, device, why)
    electronic = (Medium.ELECTRONIC,)
    yield from unplaced_assets(homeless(view, question.asks.applies_to, electronic), why)


def _unplaced_system(system: System, why: str) -> Lack:
    text = f"情報システム「{system.name}」の設置場所が登録されていません。"
    return Lack(text, why, "system", system.id, None, open_record(system))


def _unplaced_device(use: DeviceUse, device: Device, why: str) -> Lack:
    text = f"{device.control_number}の設置・保管場所が登録されていません。"
    return Lack(text, why, "device_use", use.id, None, open_record(use))


def _unplaced(run: BackupRun) -> Lack:
    return Lack(
        f"{run.what}のバックアップ（{shown(run.done_on)}）の保管場所が登録されていません。",
        "データの保管場所は、バックアップも含めて国内であることを示す必要があります。",
        "backup_run",
        run.id,
        None,
        open_record(run),
    )


def _over(question: Question, now: tuple[Location, ...], country: str) -> Iterator[Remark]:
    """Places abroad that were used for a time and are no more."""
    for stay in by_place(question.view.once(_past), now):
        place = stay.place
        if place.country and not lies_in(place, country):
            text = (
                f"国外（{place.country}）の{place.name}が、"
                f"{shown(stay.since)}から{shown(stay.until)}まで使われました。"
            )
            yield Remark(text, "location", place.id, stay.since, stay.until, late=False)


def _past(view: ContractView) -> tuple[Stay, ...]:
    return past_stays(view, AppliesTo.ALL, (), working=True)


EVALUATOR = evaluator("domestic-storage", judge, State.DUE, State.CONFIRM, State.SATISFIED)
