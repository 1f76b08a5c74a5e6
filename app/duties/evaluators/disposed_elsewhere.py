"""Machines and media of a contract that were disposed of for another contract: this one's clauses ask too.

A disposal is of one contract. What it puts an end to may have carried the information of every contract that
used the machine, and nothing of the one disposal tells the clients of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import NamedTuple

from app.duties.duty import Step
from app.duties.evaluators.ways import meant
from app.duties.verdict import Lack, Question, add, shown
from app.duties.view import ContractView
from app.records import Contract, Device, DeviceUse, Disposal
from app.records.disposal import DisposalLine
from app.records.status import Status


class Elsewhere(NamedTuple):
    """A machine used for this contract, and the disposal for another one that ended what was on it."""

    device: Device
    disposal: Disposal
    line: DisposalLine


def disposed_elsewhere(view: ContractView) -> tuple[Elsewhere, ...]:
    """What other contracts disposed of until the day, of which this one has no disposal of its own."""
    return view.once(_elsewhere)


def whole_disposals(view: ContractView, device: int) -> Iterator[tuple[Disposal, DisposalLine]]:
    """The disposals until the day, for whatever contract, that put an end to all that was on a device."""
    for disposal in view.facts.of(Disposal, "lines.device", device):
        if disposal.done_on > view.day:
            continue
        for line in disposal.lines:
            if line.device == device and line.asset is None and disposal.ended(line):
                yield disposal, line
                break


def unwritten(question: Question, what: str) -> Iterator[Lack]:
    """That a machine of this contract was disposed of for another one; of ways that the clause means.

    ``what``: what the clause asks of a disposal (承諾). Whether anything of this contract was still on it,
    and whether its client knows, only a person can say: so it is a doubt, until it is written down for
    this contract as well.
    """
    view = question.view
    for one in disposed_elsewhere(view):
        disposal = one.disposal
        if not meant(question, disposal):
            continue
        contract = view.facts.find(Contract, disposal.contract)
        number = one.device.control_number
        under = f"{contract.number if contract else '別の契約'}の廃棄・消去"
        under += f"（{disposal.number}）" if disposal.number else ""
        yield Lack(
            f"{number}は{shown(disposal.done_on)}に{under}として処分されていますが、"
            "この契約の廃棄・消去としては登録されていません。",
            f"{number}はこの契約でも使われているため、{what}を確かめ、"
            "この契約の廃棄・消去としても登録してください。",
            "device",
            one.device.id,
            step=_step(one),
        )


def _step(one: Elsewhere) -> Step:
    """The same machine once more, for this contract: what was on it and what came of it is never taken over.

    The items of the other contract are nothing that this one's papers may tell.
    """
    line = replace(one.line, item="", result="", followed="", outcome="")
    return add("disposal", done_on=one.disposal.done_on, method=one.disposal.method, lines=(line,))


def _elsewhere(view: ContractView) -> tuple[Elsewhere, ...]:
    found = []
    for number, since in sorted(view.once(_touched).items()):
        device = view.facts.find(Device, number)
        if device is None:
            continue
        held = tuple(whole_disposals(view, number))
        for disposal, line in held:
            if disposal.contract == view.contract.id or disposal.done_on < since.first:
                continue
            last = min(since.last, disposal.done_on)
            if not any(own.contract == view.contract.id and own.done_on >= last for own, _line in held):
                found.append(Elsewhere(device, disposal, line))
    return tuple(found)


class _Since(NamedTuple):
    """From when until when a device can have taken up information of the contract."""

    first: date
    last: date


def _touched(view: ContractView) -> Mapping[int, _Since]:
    found: dict[int, _Since] = {}

    def take(device: int, first: date, last: date) -> None:
        held = found.get(device)
        found[device] = _Since(min(first, held.first), max(last, held.last)) if held else _Since(first, last)

    for use in view.held(DeviceUse):
        if use.status != Status.PLANNED and use.starts_on <= view.day:
            # Not the day that is asked about: a disposal lies before it, and would be judged anew each day.
            take(use.device, use.starts_on, use.ends_on or date.max)
    for event in chain.from_iterable(view.happened.values()):
        if event.device is not None:
            take(event.device, event.happened_at.date(), event.happened_at.date())
    return found
