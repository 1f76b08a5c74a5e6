"""Every act of a working day, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.records import Record
from app.work.acts.audits.announce import ANNOUNCE
from app.work.acts.audits.answering import ANSWER_FINDING, FIND, HAND_OVER
from app.work.acts.audits.filled import ACCEPT, HOLD, IMPROVE
from app.work.acts.devices.check_in import CHECK_IN
from app.work.acts.devices.check_in_assets import CHECK_IN_ASSET
from app.work.acts.devices.check_out import CHECK_OUT
from app.work.acts.devices.check_out_assets import CHECK_OUT_ASSET
from app.work.acts.devices.lend import LEND
from app.work.acts.devices.lose import LOSE, LOSE_ASSET
from app.work.acts.devices.move import MOVE
from app.work.acts.devices.retire import RETIRE
from app.work.acts.disposing.dispose import DISPOSE, DISPOSE_ASSET
from app.work.acts.handing.give_back import RETURN
from app.work.acts.handing.receive import RECEIVE
from app.work.acts.incidents.measures import (
    CLOSE_INCIDENT,
    CONTAIN,
    INSTRUCTED,
    PREVENT,
    STATUTORY,
    TELL_PERSONS,
)
from app.work.acts.incidents.report import REPORT, REPORT_BY
from app.work.acts.incidents.telling import NOTE, TELL
from app.work.acts.people.change import CHANGE
from app.work.acts.people.join import JOIN
from app.work.acts.people.leave import LEAVE
from app.work.acts.permitted.bring_in import BRING_IN
from app.work.acts.permitted.copying import COPYING
from app.work.acts.permitted.delegate import DELEGATE
from app.work.acts.plan import Act, Ground
from app.work.acts.rounds.answer import ANSWER
from app.work.acts.rounds.back_up import BACK_UP, RESTORE_TEST
from app.work.acts.rounds.check_devices import CHECK_DEVICES
from app.work.acts.rounds.check_storage import CHECK_STORAGE
from app.work.acts.rounds.make_up import MAKE_UP
from app.work.acts.rounds.oaths import OATHS
from app.work.acts.rounds.review_access import REVIEW_ACCESS
from app.work.acts.rounds.signed import SIGNED
from app.work.acts.rounds.train import TRAIN
from app.work.acts.stock.stocktake import STOCKTAKE
from app.work.acts.year.amend import AMEND
from app.work.acts.year.close import CLOSE
from app.work.acts.year.dispose_all import DISPOSE_ALL
from app.work.acts.year.renew import RENEW
from app.work.acts.year.return_all import RETURN_ALL

_PEOPLE = (JOIN, CHANGE, LEAVE, DELEGATE)
_DEVICES = (
    MOVE,
    LEND,
    CHECK_OUT,
    BRING_IN,
    CHECK_IN,
    CHECK_OUT_ASSET,
    CHECK_IN_ASSET,
    COPYING,
    LOSE,
    LOSE_ASSET,
    DISPOSE,
    DISPOSE_ASSET,
    RETIRE,
)
_ROUNDS = (
    TRAIN,
    MAKE_UP,
    OATHS,
    SIGNED,
    CHECK_DEVICES,
    STOCKTAKE,
    CHECK_STORAGE,
    BACK_UP,
    RESTORE_TEST,
    REVIEW_ACCESS,
    ANSWER,
)
_ACCIDENTS = (
    REPORT,
    REPORT_BY,
    TELL,
    NOTE,
    CONTAIN,
    INSTRUCTED,
    TELL_PERSONS,
    PREVENT,
    STATUTORY,
    CLOSE_INCIDENT,
)
_AUDITS = (ANNOUNCE, ACCEPT, HOLD, HAND_OVER, FIND, ANSWER_FINDING, IMPROVE)
_HANDING = (RECEIVE, RETURN)
_YEAR = (RENEW, AMEND, CLOSE, RETURN_ALL, DISPOSE_ALL)
ACTS: Mapping[str, Act] = MappingProxyType(
    {one.name: one for one in (*_PEOPLE, *_HANDING, *_DEVICES, *_ROUNDS, *_YEAR, *_ACCIDENTS, *_AUDITS)}
)


def offered(ground: Ground, record: Record) -> tuple[Act, ...]:
    """The acts that can be done to a record as it stands, in the order of the catalogue."""
    return tuple(
        one for one in ACTS.values() if isinstance(record, one.about) and not one.barred(ground, (record,))
    )
