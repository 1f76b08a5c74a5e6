"""What can be written down: one frozen dataclass per record type, and the view of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.records.asset import Asset
from app.records.assignment import Assignment
from app.records.attachment import Attachment
from app.records.client import Client
from app.records.contract import Contract
from app.records.device import Device
from app.records.device_use import DeviceUse
from app.records.disposal import Disposal
from app.records.event import Event
from app.records.facts import Facts
from app.records.location import Location
from app.records.location_use import LocationUse
from app.records.oath import Oath
from app.records.person import Person
from app.records.spec import Field, Problems, Record, Row, Spec, fields_of, spec_of
from app.records.statement import Statement
from app.records.submission import Submission
from app.records.training import Training
from app.records.vendor import Vendor

SPECS: Mapping[str, Spec[Any]] = MappingProxyType(
    {
        cls.spec.name: cls.spec
        for cls in (
            Vendor,
            Client,
            Contract,
            Person,
            Assignment,
            Oath,
            Training,
            Location,
            LocationUse,
            Device,
            DeviceUse,
            Asset,
            Event,
            Disposal,
            Submission,
            Attachment,
        )
    }
)
"""Every record type by its name in code, in the order in which they are usually entered."""

__all__ = [
    "SPECS",
    "Asset",
    "Assignment",
    "Attachment",
    "Client",
    "Contract",
    "Device",
    "DeviceUse",
    "Disposal",
    "Event",
    "Facts",
    "Field",
    "Location",
    "LocationUse",
    "Oath",
    "Person",
    "Problems",
    "Record",
    "Row",
    "Spec",
    "Statement",
    "Submission",
    "Training",
    "Vendor",
    "fields_of",
    "spec_of",
]
