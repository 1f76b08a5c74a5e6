"""What becomes of every record type when a contract is renewed: decided once, for each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from app.records import (
    AccessReview,
    Approval,
    Asset,
    Assignment,
    Attachment,
    Attestation,
    Audit,
    BackupRun,
    BreachHandling,
    Check,
    ClauseText,
    Client,
    Contract,
    Device,
    DeviceCheck,
    DeviceUse,
    Disposal,
    Event,
    ImportRun,
    Improvement,
    Incident,
    Instruction,
    Location,
    LocationUse,
    Oath,
    OwnAnnex,
    PaperSetting,
    Person,
    ReadingExample,
    Record,
    Request,
    Rule,
    SafetyMeasure,
    SavedList,
    Structure,
    Subcontract,
    Subcontractor,
    Submission,
    System,
    Training,
    TransferAgreement,
    Vendor,
)


class Fate(Enum):
    """What a renewal does with the records of a type.

    ``COPIED``: each that holds to the end gets a new record for the new contract. ``EXTENDED``: the same
    record serves the new contract too. ``ANEW``: proves something of the old contract alone, and is to be
    done again for the new one: carried over it would be a proof that nobody gave. ``HAPPENED``: what happened
    under a contract stays with it. ``COMMON``: belongs to no contract.
    """

    COPIED = auto()
    EXTENDED = auto()
    ANEW = auto()
    HAPPENED = auto()
    COMMON = auto()


FATES: Mapping[type[Record], Fate] = MappingProxyType(
    {
        Vendor: Fate.COMMON,
        Client: Fate.COMMON,
        Contract: Fate.COPIED,
        Subcontractor: Fate.COMMON,
        Person: Fate.COMMON,
        Location: Fate.COMMON,
        Assignment: Fate.COPIED,
        Structure: Fate.COPIED,
        Oath: Fate.ANEW,
        Training: Fate.ANEW,
        LocationUse: Fate.COPIED,
        Device: Fate.COMMON,
        Asset: Fate.HAPPENED,
        Approval: Fate.ANEW,
        Subcontract: Fate.ANEW,
        Instruction: Fate.HAPPENED,
        DeviceUse: Fate.COPIED,
        DeviceCheck: Fate.HAPPENED,
        System: Fate.EXTENDED,
        AccessReview: Fate.HAPPENED,
        BackupRun: Fate.HAPPENED,
        TransferAgreement: Fate.ANEW,
        Event: Fate.HAPPENED,
        Disposal: Fate.HAPPENED,
        Rule: Fate.EXTENDED,
        SafetyMeasure: Fate.EXTENDED,
        Check: Fate.ANEW,
        Attestation: Fate.ANEW,
        Incident: Fate.HAPPENED,
        Request: Fate.HAPPENED,
        Audit: Fate.HAPPENED,
        Improvement: Fate.HAPPENED,
        BreachHandling: Fate.HAPPENED,
        ClauseText: Fate.COPIED,
        OwnAnnex: Fate.COMMON,
        PaperSetting: Fate.COPIED,
        SavedList: Fate.COMMON,
        ReadingExample: Fate.COMMON,
        ImportRun: Fate.COMMON,
        Submission: Fate.HAPPENED,
        Attachment: Fate.HAPPENED,
    }
)
"""That no record type is missing is held by a test: a new one cannot be forgotten at the turn of a year."""

CARRIED = (
    "client",
    "title",
    "annexes",
    "information",
    "items",
    "client_word",
    "vendor_word",
    "oath_wording",
    "unsealed",
    "parameters",
)
"""What the new contract says as the old one did."""
OF_ITS_OWN = ("number", "signed_on", "starts_on", "ends_on", "renews")
"""What the new contract says of itself."""
NOT_CARRIED = ("persons", "ended_on", "ended_why", "closing_instruction", "former", "note")
"""What was true of the old contract alone."""
