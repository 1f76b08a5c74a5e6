"""locked-storage: others cannot get at what is kept; locked is not the same as entered by few."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from app.annexes.choices import AppliesTo, Lockup, Medium
from app.annexes.kinds import State
from app.duties.duty import Remark
from app.duties.evaluators.backups import newest_backups
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
    stores,
    unplaced_assets,
)
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView, carried_by
from app.records import DeviceUse, Location, LocationUse
from app.records import asset as assets
from app.records.dated import as_of, spans
from app.records.device import DeviceKind
from app.records.kinds import OTHER
from app.records.location import EntryControl, LocationKind, Lock, Store
from app.records.status import Status

_NONE = "なし"
_LOCKS = (Lock.KEY, Lock.ELECTRONIC, Lock.NUMBER)
_STORES = (Store.SAFE, Store.CABINET, Store.ROOM)
_LIMITED = (EntryControl.CARD, EntryControl.BIOMETRIC, EntryControl.NUMBER)
_MEDIA = (DeviceKind.USB, DeviceKind.HDD, DeviceKind.OPTICAL)


def judge(question: Question) -> Verdict:
    if absent := _nothing_such(question):
        return absent
    places = _storage_places(question)
    lost = homeless(question.view, question.asks.applies_to, question.asks.media)
    if not places and not lost:
        return question.unrecorded(
            "保管場所が記録されていないため、施錠や立入制限を示せません。", "location_use"
        )
    found = [(place, [one for one in _wants(place, question.asks.locks) if one.short]) for place in places]
    lacks = [_unlocked(place, wants) for place, wants in found if any(one.known for one in wants)]
    doubts = [_unclear(place, wants) for place, wants in found if wants and not any(w.known for w in wants)]
    doubts.extend(
        unplaced_assets(lost, "情報を保管する場所は、施錠などの措置とともに記録する必要があります。")
    )
    doubts.extend(given_up(question.view, places))
    evidence = [question.evidence(place) for place in places]
    remarks = tuple(_over(question, places))
    if doubts and not lacks:
        why = "保管場所又はその措置に記録から分からないものがあるため、実際の状況を確かめる必要があります。"
        return question.confirm(why, doubts, evidence, doubts[0].step)._replace(remarks=remarks)
    satisfied = (
        f"保管に使う場所{len(places)}か所のすべてに、{_words(question.asks.locks)}が記録されています。"
    )
    return question.judge((*lacks, *doubts), evidence, satisfied, remarks=remarks)


def _nothing_such(question: Question) -> Verdict | None:
    """Not applicable only where neither an asset nor a carrier nor a copy is what the clause speaks of."""
    view, media = question.view, question.asks.media
    if not view.balances or any(carried_by(media, one.asset.medium) for one in view.balances):
        return None
    electronic = carried_by(media, assets.Medium.DATA)
    kinds = _MEDIA if electronic else (DeviceKind.PAPER_BOX,)
    if any(device.kind in kinds for _use, device in view.device_uses):
        return None
    if electronic and view.once(newest_backups):
        return None
    named = "・".join(str(medium) for medium in media)
    return question.not_applicable(f"この契約には、{named}を媒体とする情報資産がありません。")


def _storage_places(question: Question) -> tuple[Location, ...]:
    """Where things are kept: stores in use, where devices stand and assets lie; else the places of work."""
    view = question.view
    media = question.asks.media
    found = dict(stores(view))
    found |= {place.id: place for place in device_places(view, media)}
    found |= view.once(asset_places, question.asks.applies_to, media)
    if carried_by(media, assets.Medium.DATA):
        found |= {place.id: place for place in view.once(copies_kept)}
    found = found or {place.id: place for _use, place in view.location_uses}
    kept = (place for _id, place in sorted(found.items()) if place.kind != LocationKind.CLIENT_SYSTEM)
    return tuple(as_of(place, view.day) for place in kept)


class _Want:
    """One measure at one place.

    ``short``: it is not shown. ``unstated``: nothing is written at all. ``known``: nothing is, or only that
    there is none, so that nothing is left for a person to tell apart.
    """

    def __init__(self, words: str, *fields: tuple[str, tuple[str, ...]]) -> None:
        self.words = words
        texts = [text for text, _good in fields]
        self.short = not any(text in good for text, good in fields)
        self.unstated = all(not text for text in texts)
        # What is written in words, or is of another kind, may be as good: only a person can tell.
        self.known = not any(text and text != _NONE for text in texts)


def _wants(place: Location, locks: tuple[Lockup, ...]) -> Iterator[_Want]:
    if not locks:
        kept: tuple[str, ...] = tuple(one for one in EntryControl if one != EntryControl.NONE)
        fields = ((place.lock, _LOCKS), (place.entry_control, kept), (place.store, _STORES))
        yield _Want("施錠、入退室管理、保管設備のいずれか", *fields)
    for one in locks:
        yield _ASKED[one](place)


def _store_of(place: Location) -> _Want:
    """Put away under lock: in a locked container, or in a room that is there for keeping and is locked."""
    room = ((place.lock, _LOCKS),) if place.kind == LocationKind.STORE else ()
    return _Want("施錠できる保管設備", (place.store, _STORES), *room)


def _entry_of(place: Location) -> _Want:
    """A book says who came in; it keeps nobody out."""
    return _Want("立入制限（入退室管理）", (place.entry_control, _LIMITED))


_ASKED: Mapping[Lockup, Callable[[Location], _Want]] = MappingProxyType(
    {Lockup.LOCKED_STORE: _store_of, Lockup.ENTRY: _entry_of}
)


def _words(locks: tuple[Lockup, ...]) -> str:
    return "と".join(str(one) for one in locks) or "施錠、入退室管理又は保管設備"


def _rule(wants: list[_Want]) -> str:
    return f"情報を保管する場所には、{'と'.join(one.words for one in wants)}が必要です。"


def _unlocked(place: Location, wants: list[_Want]) -> Lack:
    what = "、".join(one.words for one in wants)
    state = "が登録されていません" if all(one.unstated for one in wants) else "がありません"
    return Lack(
        f"{place.name}には{what}{state}。", _rule(wants), "location", place.id, None, open_record(place)
    )


def _unclear(place: Location, wants: list[_Want]) -> Lack:
    held = "、".join(
        text for text in (place.lock, place.entry_control, place.store) if text.startswith(OTHER)
    )
    held = held or place.entry_control or place.store or place.lock
    what = "、".join(one.words for one in wants)
    text = f"{place.name}の「{held}」が{what}に当たるかを確かめてください。"
    return Lack(text, _rule(wants), "location", place.id, None, open_record(place))


def _over(question: Question, now: tuple[Location, ...]) -> Iterator[Remark]:
    """Places in which things were kept for a time without what the clause asks, in use or not."""
    asks, day = question.asks, question.view.day

    def short(place: Location) -> bool:
        return any(one.short for one in _wants(place, asks.locks))

    for stay in by_place(question.view.once(_past, asks.applies_to, asks.media), now):
        if stay.place.kind != LocationKind.CLIENT_SYSTEM:
            for since, until in spans(stay.place, stay.until, short):
                yield from _was_short(asks.locks, stay, since, until)
    for place in now:
        if (used := _since(question.view, place)) is not None:
            for since, until in spans(place, day, short):
                # What is so to this day is judged as it is now.
                if until < day:
                    yield from _was_short(asks.locks, Stay(place, used, day), since, until)


def _was_short(locks: tuple[Lockup, ...], stay: Stay, since: date, until: date) -> Iterator[Remark]:
    """That things were kept in a place while it had not what the clause asks."""
    since, until = max(since, stay.since), min(until, stay.until)
    if since > until:
        return
    place = stay.place
    what = "、".join(one.words for one in _wants(as_of(place, until), locks) if one.short)
    text = f"{place.name}は、{what}の記録がないまま、{shown(since)}から{shown(until)}まで保管に使われました。"
    yield Remark(text, "location", place.id, since, until, late=False)


def _since(view: ContractView, place: Location) -> date | None:
    """The first day on which the contract used a place, or a device stood there; None: not recorded."""
    days = [use.starts_on for use in view.held(LocationUse) if use.location == place.id]
    days += [
        use.starts_on
        for use in view.held(DeviceUse)
        if use.location == place.id and use.status == Status.ACTUAL
    ]
    return min(days, default=None)


def _past(view: ContractView, applies_to: AppliesTo, media: tuple[Medium, ...]) -> tuple[Stay, ...]:
    return past_stays(view, applies_to, media, working=False)


EVALUATOR = evaluator(
    "locked-storage", judge, State.DUE, State.CONFIRM, State.SATISFIED, State.NOT_APPLICABLE
)
