"""What the file system of a Linux machine tells, laid out as the kernel lays it out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.exchange.machine import linux
from app.records.device import Encryption

DAY = date(2026, 11, 27)


def put(root: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A notebook with one disk of two parts, of which nothing is known to be encrypted."""
    put(tmp_path / "sys/class/dmi/id", sys_vendor="KAKUU", product_name="KD-1400", product_serial="KD14-0033")
    put(tmp_path / "etc", **{"os-release": 'NAME="x"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"'})
    disk = tmp_path / "sys/block/nvme0n1"
    put(disk, size="1000215216", removable="0", device__model="KAKUU SSD")
    put(disk, nvme0n1p1__partition="1", nvme0n1p2__partition="2")
    put(tmp_path / "sys/block/loop0", size="2000", removable="0")
    put(tmp_path / "sys/block/sda", size="62333952", removable="1")
    return tmp_path


def hold(root: Path, part: str, uuid: str) -> None:
    put(root / "sys/block/nvme0n1" / part / "holders/dm-0/dm", uuid=uuid)


def mount(root: Path, *devices: str) -> None:
    put(root / "proc/self", mounts="\n".join(f"{device} / ext4 rw 0 0" for device in devices))


def encryption(root: Path) -> Encryption | None:
    (disk,) = linux.machine(DAY, root, "soumu").disks
    return disk.encryption


def test_what_the_machine_is(root: Path) -> None:
    made = linux.machine(DAY, root, "soumu")
    assert (made.name, made.maker, made.model, made.serial) == ("soumu", "KAKUU", "KD-1400", "KD14-0033")
    assert (made.os, made.capacity) == ("Debian GNU/Linux 12 (bookworm)", "512GB")
    assert [disk.name for disk in made.disks] == ["KAKUU SSD"]
    assert made.untold == ("記憶装置 KAKUU SSDの暗号化", "マルウェア対策ソフト", "最後の更新プログラム")


def test_a_serial_number_that_is_kept_for_the_administrator_is_not_told(root: Path) -> None:
    (root / "sys/class/dmi/id/product_serial").unlink()
    assert "製造番号" in linux.machine(DAY, root, "soumu").untold


def test_nothing_at_all_is_told_where_there_is_nothing(tmp_path: Path) -> None:
    assert len(linux.machine(DAY, tmp_path, "soumu").untold) == 8


def test_nobody_knows_of_a_disk_that_is_not_in_use(root: Path) -> None:
    assert encryption(root) is None


def test_what_is_mounted_straight_is_not_encrypted(root: Path) -> None:
    mount(root, "/dev/nvme0n1p2")
    assert encryption(root) is Encryption.NONE


def test_all_parts_encrypted_or_some(root: Path) -> None:
    hold(root, "nvme0n1p2", "CRYPT-LUKS2-0123456789abcdef-root")
    mount(root, "/dev/nvme0n1p1", "/dev/mapper/root")
    assert encryption(root) is Encryption.PARTIAL
    hold(root, "nvme0n1p1", "CRYPT-LUKS2-fedcba9876543210-boot")
    assert encryption(root) is Encryption.FULL
    assert linux.machine(DAY, root, "soumu").disks[0].tool == "LUKS"


@pytest.mark.parametrize("uuid", ["LVM-abc", "CRYPT-VERITY-abc", "mpath-1", "", "XCRYPT-LUKS2-a"])
def test_what_only_maps_a_disk_encrypts_nothing(root: Path, uuid: str) -> None:
    for part in ("nvme0n1p1", "nvme0n1p2"):
        hold(root, part, uuid)
    assert encryption(root) is None
