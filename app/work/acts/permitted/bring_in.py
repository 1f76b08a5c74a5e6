"""機器の持込み: machines and media are used at the client's, under the approval that is asked for."""

from __future__ import annotations

from app.records import Device, Field, Location, Record
from app.records.kinds import Day, Ref
from app.records.location import LocationKind
from app.work.acts.devices.check_out import PURPOSE, UNTIL, drafted
from app.work.acts.devices.permits import APPROVAL, DEVICE_IN, without
from app.work.acts.devices.uses import unusable, usable
from app.work.acts.plan import Act, Answers, Draft, Ground

_CLIENTS = (LocationKind.CLIENT_PREMISES, LocationKind.CLIENT_SYSTEM)
_TO = Field("to", Ref(label="持込み先", to="location", hint="発注者の施設"), required=True, default=None)
_PERSON = Field("person", Ref(label="持ち込む者", to="person"), required=False, default=None)
_DAY = Field("on", Day(label="持ち込む日", back=2), required=True, default=None)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    place = ground.facts.find(Location, answers.get("to"))
    if place is not None and place.kind not in _CLIENTS:
        title = "機器の持込み"
        told = (
            f"{place.name}は発注者の施設ではありません。持込み先を選び直すか、"
            "「機器の持出し」で登録してください。"
        )
        return Draft(title, title, refusals=(told,))
    return drafted(ground, records, answers, "持込み")


BRING_IN = Act(
    name="bring-in",
    title="機器の持込み",
    words=("持込み", "持ち込み", "持ち込む", "機器を持ち込む", "客先", "常駐"),
    hint="発注者の施設で使う機器を、条項が求める承諾と照らして登録し、承諾がなければ申請書を示します。",
    about=Device,
    fields=(_TO, _DAY, _PERSON, APPROVAL, PURPOSE, UNTIL, without(DEVICE_IN)),
    draft=_draft,
    many=True,
    offered=usable,
    unfit=unusable,
)
