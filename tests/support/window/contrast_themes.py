"""The contrast themes that Windows comes with, as their users may have chosen them."""

from __future__ import annotations

from app.ui.parts.contrast import DARK_GROUND, LIGHT_GROUND, Few

CONTRASTS = {
    "contrast-black": DARK_GROUND,
    "contrast-white": LIGHT_GROUND,
    "contrast-desert": Few("#fffaef", "#3d3d3d", "#903909", "#fff5e3", "#1c5e75", "#676767"),
    "contrast-night": Few("#000000", "#ffffff", "#d6b4fd", "#2b2b2b", "#8080ff", "#a6a6a6"),
}
"""Windows 10: black and white; Windows 11: 砂漠, 夜空."""
