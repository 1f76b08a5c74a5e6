"""設定: who one is, keys, looks, backups, verification, the manual."""
