"""Fonts, glyphs, lines of Japanese text, and days as documents write them."""
