"""Every act of a working day, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.records import Record
from app.work.acts.leave import LEAVE
from app.work.acts.plan import Act, Ground
from app.work.acts.year.amend import AMEND
from app.work.acts.year.close import CLOSE
from app.work.acts.year.dispose_all import DISPOSE_ALL
from app.work.acts.year.renew import RENEW
from app.work.acts.year.return_all import RETURN_ALL

ACTS: Mapping[str, Act] = MappingProxyType(
    {one.name: one for one in (LEAVE, RENEW, AMEND, CLOSE, RETURN_ALL, DISPOSE_ALL)}
)


def offered(ground: Ground, record: Record) -> tuple[Act, ...]:
    """The acts that can be done to a record as it stands, in the order of the catalogue."""
    return tuple(
        one for one in ACTS.values() if isinstance(record, one.about) and one.offered(ground, record)
    )
