"""What can be written down: one frozen dataclass per record type, and the view of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.records.access_review import AccessReview
from app.records.approval import Approval
from app.records.asset import Asset
from app.records.assignment import Assignment
from app.records.attachment import Attachment
from app.records.attestation import Attestation
from app.records.audit import Audit
from app.records.backup_run import BackupRun
from app.records.breach_handling import BreachHandling
from app.records.check import Check
from app.records.clause_text import ClauseText
from app.records.client import Client
from app.records.contract import Contract
from app.records.device import Device
from app.records.device_check import DeviceCheck
from app.records.device_use import DeviceUse
from app.records.disposal import Disposal
from app.records.event import Event
from app.records.facts import Facts
from app.records.import_run import ImportRun
from app.records.improvement import Improvement
from app.records.incident import Incident
from app.records.instruction import Instruction
from app.records.kinds import Row
from app.records.location import Location
from app.records.location_use import LocationUse
from app.records.oath import Oath
from app.records.own_annex import OwnAnnex
from app.records.paper_setting import PaperSetting
from app.records.person import Person
from app.records.reading_example import ReadingExample
from app.records.request import Request
from app.records.rule import Rule
from app.records.safety_measure import SafetyMeasure
from app.records.saved_list import SavedList
from app.records.spec import Field, Made, Problems, Record, Shared, Spec, fields_of, read_rows, spec_of
from app.records.statement import Statement, stated_key
from app.records.structure import Structure
from app.records.subcontract import Subcontract
from app.records.subcontractor import Subcontractor
from app.records.submission import Submission
from app.records.system import System
from app.records.training import Training
from app.records.transfer_agreement import TransferAgreement
from app.records.vendor import Vendor

SPECS: Mapping[str, Spec[Any]] = MappingProxyType(
    {
        cls.spec.name: cls.spec
        for cls in (
            Vendor,
            Client,
            Subcontractor,
            Contract,
            Person,
            Location,
            Assignment,
            Structure,
            Oath,
            Training,
            LocationUse,
            Device,
            Asset,
            Approval,
            Subcontract,
            Instruction,
            DeviceUse,
            DeviceCheck,
            System,
            AccessReview,
            BackupRun,
            TransferAgreement,
            Event,
            Disposal,
            Rule,
            SafetyMeasure,
            Check,
            Attestation,
            Incident,
            Request,
            Audit,
            Improvement,
            BreachHandling,
            ClauseText,
            OwnAnnex,
            PaperSetting,
            SavedList,
            ReadingExample,
            ImportRun,
            Submission,
            Attachment,
        )
    }
)
"""Every record type by its name in code, in the order in which they are usually entered."""

__all__ = [
    "SPECS",
    "AccessReview",
    "Approval",
    "Asset",
    "Assignment",
    "Attachment",
    "Attestation",
    "Audit",
    "BackupRun",
    "BreachHandling",
    "Check",
    "ClauseText",
    "Client",
    "Contract",
    "Device",
    "DeviceCheck",
    "DeviceUse",
    "Disposal",
    "Event",
    "Facts",
    "Field",
    "ImportRun",
    "Improvement",
    "Incident",
    "Instruction",
    "Location",
    "LocationUse",
    "Made",
    "Oath",
    "OwnAnnex",
    "PaperSetting",
    "Person",
    "Problems",
    "ReadingExample",
    "Record",
    "Request",
    "Row",
    "Rule",
    "SafetyMeasure",
    "SavedList",
    "Shared",
    "Spec",
    "Statement",
    "Structure",
    "Subcontract",
    "Subcontractor",
    "Submission",
    "System",
    "Training",
    "TransferAgreement",
    "Vendor",
    "fields_of",
    "read_rows",
    "spec_of",
    "stated_key",
]
