"""The colours of the house as CSS custom properties, for light, for dark and for paper."""

from __future__ import annotations

__all__ = ["BANDS", "EFFECTS", "LIGHT", "colour", "palette_css"]

BANDS = ("none", "low", "medium", "high", "very_high")
EFFECTS = (
    "adversary_strengthened",
    "leverage_lost",
    "entrapment",
    "brokerage_lost",
    "reach_extended",
    "sanctions_exposed",
)

# One hue per effect (after Okabe & Ito 2008, darkened for text), one ramp for bands, ink for parties.
LIGHT: dict[str, str] = {
    "paper": "#fffdf9",
    "sheet": "#f7f4ec",
    "ink": "#1d1b18",
    "quiet": "#5f5a52",
    "rule": "#d9d3c6",
    "link": "#1f4f86",
    "lit": "#fbeebc",
    "sea": "#f4f4f0",
    "land": "#dedbd2",
    "coast": "#fffdf9",
    "dispute": "#8a8378",
    "party": "#1f3a5f",
    "on-party": "#ffffff",
    "band-none": "#dedbd2",
    "band-low": "#f6dfb5",
    "band-medium": "#ecb46f",
    "band-high": "#d67238",
    "band-very_high": "#a32f1d",
    "effect-adversary_strengthened": "#b23a2a",
    "effect-leverage_lost": "#a4680a",
    "effect-entrapment": "#77469b",
    "effect-brokerage_lost": "#157a72",
    "effect-reach_extended": "#2a66b0",
    "effect-sanctions_exposed": "#5e6f1d",
    "tie-move": "#1f3a5f",
    "tie-pact": "#2a66b0",
    "tie-partnership": "#157a72",
    "tie-rivalry": "#b23a2a",
    "tie-war": "#8f1d12",
    "tie-sanction": "#77469b",
    "tie-trade": "#8a8378",
    "tie-other": "#5f5a52",
    "borne_out": "#2c6e3f",
    "contradicted": "#a32f1d",
    "outdated": "#8a5a06",
    "not_covered": "#5f5a52",
}
_DARK: dict[str, str] = {
    "paper": "#171614",
    "sheet": "#201e1b",
    "ink": "#ece8df",
    "quiet": "#a8a196",
    "rule": "#3a3732",
    "link": "#8fb8ea",
    "lit": "#4d4315",
    "sea": "#1b1d1f",
    "land": "#3a3833",
    "coast": "#171614",
    "dispute": "#8f887c",
    "party": "#a9c7ee",
    "on-party": "#10233c",
    "band-none": "#3a3833",
    "band-low": "#5c4a2b",
    "band-medium": "#8f6429",
    "band-high": "#c96d33",
    "band-very_high": "#ee7a5f",
    "effect-adversary_strengthened": "#ee7f6d",
    "effect-leverage_lost": "#dfa548",
    "effect-entrapment": "#c39ae2",
    "effect-brokerage_lost": "#5cc0b6",
    "effect-reach_extended": "#7fb0ec",
    "effect-sanctions_exposed": "#b2c464",
    "tie-move": "#a9c7ee",
    "tie-pact": "#7fb0ec",
    "tie-partnership": "#5cc0b6",
    "tie-rivalry": "#ee7f6d",
    "tie-war": "#ff6a55",
    "tie-sanction": "#c39ae2",
    "tie-trade": "#8f887c",
    "tie-other": "#a8a196",
    "borne_out": "#7fcb95",
    "contradicted": "#f08a76",
    "outdated": "#dfa548",
    "not_covered": "#a8a196",
}
_PAPER = {"paper": "#ffffff", "sheet": "#ffffff", "sea": "#ffffff", "coast": "#ffffff"}


def colour(name: str) -> str:
    """A CSS value: the custom property, with its light value where a page sets none.

    Examples:
        >>> colour("ink")
        'var(--rp-ink,#1d1b18)'
    """
    return f"var(--rp-{name},{LIGHT[name]})"


def palette_css() -> str:
    """The rules that set every custom property: light, dark where the reader prefers it, white on paper."""
    return (
        f":root{{color-scheme:light dark;{_properties(LIGHT)}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_properties(_DARK)}}}}}"
        f"@media print{{:root{{color-scheme:light;{_properties(_PAPER)}}}}}"
    )


def _properties(values: dict[str, str]) -> str:
    return "".join(f"--rp-{name}:{value};" for name, value in values.items())
