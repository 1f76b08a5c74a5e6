"""The Linux bundle: a folder that runs without Python, packed."""
