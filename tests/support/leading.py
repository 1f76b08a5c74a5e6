"""An office of which the product's own forms can say everything: who leads, where, on which machine."""

from __future__ import annotations

from collections.abc import Mapping

from app.annexes.catalogue import Catalogue
from app.duties.case import FormFace
from app.records import Vendor
from tests.support.world import World


def office_of(shipped: Catalogue, forms: Mapping[str, FormFace]) -> World:
    """髙橋花子 leads; 本社 and one PC are in use from the first day."""
    world = World(shipped, forms)
    world.add(
        Vendor(
            name="架空データ株式会社",
            address="架空市1-2-3",
            representative_title="代表取締役",
            representative_name="𠮷野太郎",
        )
    )
    lead = world.worker("髙橋花子", "業務責任者", department="業務部", post="部長", kana="タカハシ")
    place = world.place("本社", area="取扱区域", entry_control="ICカード", store="金庫")
    world.use(place)
    device = world.device(
        maker="架空電機", model="X1", serial="S-1", os="Windows 11", anti_malware="Defender"
    )
    world.device_use(device, person=lead.id, location=place.id)
    return world
