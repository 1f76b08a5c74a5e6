"""What the label of a device says to a scanner, and which device a scanned or typed number means.

A keyboard-wedge scanner types capitals, digits and hyphens: a number with anything else is called by its id,
with a few digits of the number itself, so that the label of another ledger or of a number since changed means
nothing here rather than another device.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from app.printing.codes.symbol import fits
from app.records import Device, Facts
from app.records.spelling.codes import code
from app.records.spelling.fold import alike, squeezed

LONGEST = 20
"""Characters of a number that a label says as it is; what is longer would need more than the symbol holds."""
_DIGITS = 4


def label_code(device: Device) -> str:
    """What the code on the label of ``device`` says."""
    said = code(device.control_number).upper()
    if said and len(said) <= LONGEST and fits(said) and alike(said) == alike(device.control_number):
        return said
    return stand_in(device)


def stand_in(device: Device) -> str:
    """How a device is called whose number no scanner could type: ``JD-12-3F2A``."""
    digits = sha256(alike(device.control_number).encode("utf-8")).hexdigest()[:_DIGITS]
    return f"JD-{device.id}-{digits.upper()}"


def device_called(facts: Facts, said: str) -> Device | None:
    """The one device that ``said`` means, in any width, with or without hyphens; None for none or several.

    A number stands before the maker's serial number, which may be scanned as well.
    """
    return called(facts.all(Device), said)


def called(devices: Iterable[Device], said: str) -> Device | None:
    """As ``device_called``, among ``devices``."""
    held = tuple(devices)
    wanted, bare = alike(said), squeezed(said)
    if not bare:
        return None
    for same in (
        [one for one in held if alike(one.control_number) == wanted],
        [one for one in held if alike(stand_in(one)) == wanted],
        [one for one in held if squeezed(one.control_number) == bare],
        [one for one in held if one.serial and squeezed(one.serial) == bare],
    ):
        if same:
            return same[0] if len(same) == 1 else None
    return None
