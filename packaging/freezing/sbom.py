"""The bill of materials (CycloneDX 1.6, JSON): what of others is in a bundle, in which version."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import Distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from freezing.parts import plain
from freezing.project import NAME, BuildError, epoch, version

Inside = Mapping[str, Mapping[str, str]]
"""Libraries and their versions, by the part that carries them (``freezing.inside``)."""


def write(path: Path, target: str, parts: Mapping[str, Distribution], inside: Inside) -> None:
    """Write the list of ``parts`` and of the libraries inside them.

    ``target``: the kind of machine the bundle is for. Raises ``BuildError`` where the list is not valid.
    """
    bom = Bom(
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{NAME}-{version()}-{target}-{epoch()}"),
        components=[*map(_part, parts.values()), *_libraries(inside)],
    )
    bom.metadata.timestamp = datetime.fromtimestamp(epoch(), UTC)
    product = Component(name=NAME, version=version(), type=ComponentType.APPLICATION, bom_ref=NAME)
    product.licenses.add(_licences.make_from_string("MIT"))
    bom.metadata.component = product
    bom.register_dependency(product, bom.components)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise BuildError(f"the bill of materials is not valid: {fault}")
    path.write_text(text + "\n", encoding="utf-8")


def named(path: Path) -> dict[str, str]:
    """Name and version of each component of a bill of materials."""
    held = json.loads(path.read_text(encoding="utf-8"))
    return {component["name"]: component["version"] for component in held["components"]}


_licences = LicenseFactory()


def _part(part: Distribution) -> Component:
    name = plain(part.metadata["Name"])
    made = Component(
        name=name,
        version=part.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"pypi:{name}",
        purl=PackageURL("pypi", None, name, part.version),
    )
    if "License-Expression" in part.metadata:
        made.licenses.add(_licences.make_from_string(part.metadata["License-Expression"]))
    return made


def _libraries(inside: Inside) -> list[Component]:
    return [
        Component(
            name=name,
            version=number,
            type=ComponentType.LIBRARY,
            bom_ref=f"{carrier}:{name}",
            purl=PackageURL("generic", None, name.lower().replace(" ", "-"), number),
            description=f"inside {carrier}",
        )
        for carrier, held in sorted(inside.items())
        for name, number in sorted(held.items())
    ]
