"""Which parameters bear on which kind of duty: what an editor offers for a clause of that kind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_ALWAYS = ("applies_to",)
_HANDED_IN = ("submit", "urgency", "days_before", "written")
_REPEATED = ("period_months", "cycle")
_COUNTED = (
    "urgency",
    "within_days",
    "within_business_days",
    "within_months",
    "first_day",
    "roll",
)
_LIFTED = ("exception", "written")
_ENDED = ("acts", "copies", "exception", *_COUNTED)

_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "responsible-person": ("roles", *_HANDED_IN, "items"),
        "worker-list": (*_HANDED_IN, "instead", "workers", "items"),
        "work-location": _HANDED_IN,
        "equipment-register": _HANDED_IN,
        "oath": ("submit", "urgency", "days_before", "written", "workers", "explain", "prescribed"),
        "training": ("topics", *_REPEATED, "workers", "submit"),
        "supervision": ("items", "roles", "workers", *_REPEATED),
        "dispatch-contract": ("workers", "items", "written"),
        "management-system": (*_HANDED_IN, *_REPEATED, "items"),
        "transfer-method": ("items", "written"),
        "transfer-record": ("submit", "designated", "written"),
        "secrecy": ("exception", "period_months", "written"),
        "retirement-secrecy": ("workers", "items", "written"),
        "purpose-limit": (*_LIFTED, "period_months"),
        "collection-limit": (*_LIFTED, "items", "period_months"),
        "law": ("items", "period_months"),
        "security-measures": ("items", "media", "mishaps", "best_effort", *_REPEATED),
        "copy-approval": (*_LIFTED, "copies"),
        "takeout-approval": (*_LIFTED, "items"),
        "equipment-takeout": (*_LIFTED, "items"),
        "bringin-approval": (*_LIFTED, "items"),
        "private-device-ban": ("exception",),
        "software-hygiene": ("items", *_REPEATED),
        "locked-storage": ("media",),
        "encryption": ("items", "media", "best_effort"),
        "transport": ("items", "media"),
        "domestic-storage": ("country", "exception"),
        "access-control": ("items",),
        "access-log": ("items", "keep_months", *_REPEATED),
        "handling-ledger": ("items", "designated"),
        "backup-check": ("items", *_REPEATED),
        "subcontract-approval": (*_LIFTED, *_HANDED_IN[:3], "items", "subsidiaries", "tiers"),
        "subcontract-flowdown": ("items", "further", "workers", "subsidiaries", *_LIFTED),
        "data-subject-request": ("answer", "submit", *_COUNTED),
        "status-report": ("submit", "written", "items", *_REPEATED, *_COUNTED),
        "audit": (*_REPEATED, "written"),
        "improvement": ("items", "written", *_COUNTED),
        "management-rules": ("submit", "items", "written"),
        "incident-notice": (
            "mishaps",
            "stages",
            "submit",
            "written",
            "items",
            *_COUNTED,
            "then",
            "then_days",
        ),
        "incident-followup": ("mishaps", "items", "best_effort", *_COUNTED),
        "return": (*_ENDED, "designated"),
        "disposal": (*_ENDED, "methods", "media"),
        "disposal-approval": ("exception", "acts", "copies", "written", "urgency"),
        "disposal-certificate": ("submit", "acts", "copies", "exception", "items", "written"),
        "witness": ("acts",),
        "liability": (),
    }
)


def parameters_of(kind: str) -> tuple[str, ...]:
    """The parameters that an evaluator of ``kind`` looks at, in the order in which people set them.

    Raises ``KeyError`` for an unknown kind.
    """
    return tuple(dict.fromkeys((*_OF[kind], *_ALWAYS)))
