"""Who takes an asset over: the client, somebody else, or nobody can say; told from the names on record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

from app.records import Client, Contract, Event, Facts, Subcontract, Subcontractor, TransferAgreement, Vendor
from app.records.dated import ever
from app.records.event import EventKind

_RETURNED = str(EventKind.RETURNED)
_CLIENT_WORDS = ("発注者", "委託者", "甲")
_OWN_WORDS = ("当社", "自社", "弊社", "受注者", "受託者", "乙")
_BODY = re.compile(
    r"会社|法人|財団|社団|組合|協議会|会議所|協会|公社|公団|\(株\)|\(有\)|\(同\)|運輸|運送|急便"
)
"""Words of bodies that are not the client, whatever name of a town they begin with."""
_CARRIER = re.compile(r"運輸|運送|急便|郵便|宅配|通運|物流|配送|ロジスティ|倉庫")
"""Words of those who carry or keep a thing for others."""
_OFFICE = re.compile(
    r"(長|役所|役場|本庁|本庁舎)?(様|殿|御中|(.{1,12}?(部|課|係|室|局|班|支所|出張所|窓口|担当)).*)?"
)
"""What may follow the name of a municipality that is still itself: 長, 役所, 総務課 高橋."""
_SHORTEST = 2


class Who(Enum):
    """Into whose hands it went; ``UNKNOWN`` may be the client and may not."""

    CLIENT = auto()
    OWN = auto()
    OTHER = auto()
    UNKNOWN = auto()


class Party(NamedTuple):
    """Whose hands, and the name as it was typed; empty where nobody is named."""

    who: Who
    name: str


class Parties:
    """The names under which the client of one contract, the vendor and its sub-contractors are known.

    A name is taken for the client only where it says so: what is guessed to be with the client would
    never be asked for again.
    """

    def __init__(self, facts: Facts, contract: int) -> None:
        self._facts = facts
        self._contract = contract
        self._known: dict[tuple[bool, str, str], Party] = {}

    def taker(self, event: Event) -> Party:
        """Who took what ``event`` (返還 or 引渡) gave away.

        返還 to nobody named is one to the client, as the word says. A name on it that is not known may be an
        office of the client, so that only a person can say; what is 引渡 to such a name is with that name.
        """
        key = (event.kind == _RETURNED, event.to_party, event.counterpart)
        if key not in self._known:
            self._known[key] = self._taker(*key)
        return self._known[key]

    def stranger(self, event: Event) -> str:
        """The name of who took it and has no part in the work; empty where somebody may have one.

        The client, the vendor itself, its sub-contractors and whoever only carries it have a part.
        """
        party = self.taker(event)
        text = folded(party.name)
        part = any(one in text for one in self._others) or _CARRIER.search(text)
        return party.name if party.who is Who.OTHER and not part else ""

    def _taker(self, back: bool, to_party: str, counterpart: str) -> Party:
        name = to_party or counterpart
        if not name:
            return Party(Who.CLIENT if back else Who.UNKNOWN, "")
        who = self._who(name)
        if who is None and to_party and self._agreed(folded(counterpart)):
            who = Who.CLIENT
        if who is None:
            who = Who.UNKNOWN if back or self._towns(folded(name)) else Who.OTHER
        return Party(who, name)

    def _who(self, name: str) -> Who | None:
        """Whose name it is; None where the ledger does not tell."""
        text = folded(name)
        if any(one in text for one in self._others):
            return Who.OTHER
        if text in _OWN_WORDS or any(one in text for one in self._own):
            return Who.OWN
        if _BODY.search(text):
            return Who.OTHER
        if self._client(text) or self._agreed(text):
            return Who.CLIENT
        return None

    def _client(self, text: str) -> bool:
        for name in self._names:
            if text.startswith(name) and _OFFICE.fullmatch(text.removeprefix(name)):
                return True
            if text.startswith(name) and any(one in text for one in self._offices):
                return True
        return any(text.startswith(one) for one in self._offices)

    def _agreed(self, text: str) -> bool:
        """Whether it names somebody whom the client appointed for hand-overs."""
        return len(text) >= _SHORTEST and any(text in one for one in self._persons)

    def _towns(self, text: str) -> bool:
        """Whether it begins as the client's name does, and then says something that is not understood."""
        return any(text.startswith(name) for name in self._names if len(name) >= _SHORTEST)

    @cached_property
    def _record(self) -> Contract | None:
        return self._facts.find(Contract, self._contract)

    @cached_property
    def _customer(self) -> Client | None:
        return self._facts.find(Client, self._record.client) if self._record else None

    @cached_property
    def _names(self) -> tuple[str, ...]:
        client, contract = self._customer, self._record
        given = (client.name, *ever(client, "addressee")) if client else ()
        return _folded((*given, contract.client_word if contract else "", *_CLIENT_WORDS), 1)

    @cached_property
    def _offices(self) -> tuple[str, ...]:
        departments: tuple[str, ...] = ever(self._customer, "department") if self._customer else ()
        return _folded(part for department in departments for part in (department, *department.split()))

    @cached_property
    def _persons(self) -> tuple[str, ...]:
        client = self._customer
        agreed = self._facts.of(TransferAgreement, "contract", self._contract)
        fields = ("contact", "handover_person", "responsible_person")
        own = [one for name in fields for one in ever(client, name)] if client else []
        return _folded((*own, *(one.client_persons for one in agreed)))

    @cached_property
    def _own(self) -> tuple[str, ...]:
        return _folded(name for vendor in self._facts.all(Vendor) for name in ever(vendor, "name"))

    @cached_property
    def _others(self) -> tuple[str, ...]:
        held = (
            self._facts.find(Subcontractor, one.subcontractor)
            for one in self._facts.of(Subcontract, "contract", self._contract)
        )
        return _folded(one.name for one in held if one)


def folded(name: str) -> str:
    """A name as it is compared: width, case and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def same(one: str, other: str) -> bool:
    """Whether two names, both folded, are of one party: the shorter stands in the longer."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and short in long


def _folded(names: Iterable[str], least: int = _SHORTEST) -> tuple[str, ...]:
    found = (folded(name) for name in names)
    return tuple(dict.fromkeys(name for name in found if len(name) >= least))
