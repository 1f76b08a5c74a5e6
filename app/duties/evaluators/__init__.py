"""One evaluator for each kind of duty. 損害賠償 and the like are only shown, and have none."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.duties.evaluators import (
    approvals,
    certificates,
    closing,
    confirm,
    devices,
    dispatch,
    handling,
    locations,
    oaths,
    people,
    protection,
    trainings,
    workers,
)
from app.duties.evaluators.evaluator import Evaluator

EVALUATORS: Mapping[str, Evaluator] = MappingProxyType(
    {
        "responsible-person": people.EVALUATOR,
        "worker-list": workers.EVALUATOR,
        "work-location": locations.EVALUATOR,
        "equipment-register": devices.REGISTER,
        "oath": oaths.EVALUATOR,
        "training": trainings.EVALUATOR,
        "dispatch-contract": dispatch.EVALUATOR,
        "transfer-record": handling.TRANSFER,
        "copy-approval": approvals.COPY,
        "takeout-approval": approvals.TAKEOUT,
        "private-device-ban": devices.PRIVATE,
        "locked-storage": protection.LOCKED,
        "encryption": protection.ENCRYPTION,
        "domestic-storage": protection.DOMESTIC,
        "handling-ledger": handling.LEDGER,
        "return": closing.RETURN,
        "disposal": closing.DISPOSAL,
        "disposal-certificate": certificates.CERTIFICATE,
        "witness": certificates.WITNESS,
        **confirm.CONFIRM,
    }
)
"""Kind → its evaluator."""

NEVER_DUTIES = frozenset({"liability"})
"""Kinds that are only shown for reading."""
