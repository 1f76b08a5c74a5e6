"""The sample with what each form needs beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.annexes.catalogue import Catalogue
from tests.support import sample_applications, sample_checks, sample_people, sample_transfers
from tests.support.sample import Sample

BESIDE: Mapping[str, Callable[[Sample], None]] = MappingProxyType(
    {
        **sample_applications.BESIDE,
        **sample_transfers.BESIDE,
        **sample_people.BESIDE,
        **sample_checks.BESIDE,
    }
)
"""Form → what it needs beside the sample."""


def prepared(catalogue: Catalogue, form: str) -> Sample:
    """A sample from which ``form`` can be printed for both contracts."""
    return extend(Sample(catalogue), form)


def extend(sample: Sample, form: str) -> Sample:
    """``sample`` with what ``form`` needs beside it."""
    if form in BESIDE:
        BESIDE[form](sample)
    return sample
