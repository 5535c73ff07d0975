"""Contrast between colours, and an accent that stays readable whatever the branch has chosen."""

from __future__ import annotations

import colorsys
import re

from branch_desk.store.errors import Invalid


def parts(colour: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1 of #RRGGBB; anything else raises `Invalid`."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        raise Invalid(f"“{colour}” is not a colour. Write it as # and six digits, such as #1F6F54.")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`share` of one colour over the other."""
    mixed = (share * a + (1 - share) * b for a, b in zip(parts(one), parts(other), strict=True))
    return "#" + "".join(f"{round(part * 255):02X}" for part in mixed)


def readable(colour: str, on: str, least: float = 4.5) -> str:
    """Return the same hue, lighter or darker until it reads on `on`."""
    hue, light, saturation = colorsys.rgb_to_hls(*parts(colour))
    end, step = (1.0, 0.02) if luminance(on) < 0.18 else (0.0, -0.02)
    while contrast(colour, on) < least and light != end:
        light = min(max(light + step, 0.0), 1.0)
        mixed = colorsys.hls_to_rgb(hue, light, saturation)
        colour = "#" + "".join(f"{round(part * 255):02X}" for part in mixed)
    return colour


def accents(accent: str, *, surface: str, window: str) -> dict[str, str]:
    """Return the tokens that follow the branch's accent, each readable where the desk uses it."""
    main = readable(readable(accent, surface), window)
    soft = mix(main, surface, 0.14)  # grey words are still read on it
    towards = "#FFFFFF" if luminance(surface) < 0.18 else "#000000"
    on_main = "#FFFFFF" if contrast("#FFFFFF", main) >= contrast("#07130E", main) else "#07130E"
    return {
        "accent": main,
        "on_accent": on_main,
        "accent_hover": mix(main, towards, 0.85),
        "accent_soft": soft,
        "accent_text": readable(main, soft, 5.0),
    }
