"""How a room writes its sentences down: by code, in Vietnamese and in English."""

from collections.abc import Mapping

from ocop.text import Label


def table(**rows: tuple[str, str]) -> Mapping[str, Label]:
    """Return the labels by code; a code is written with underscores here, and read with hyphens."""
    return {name.replace("_", "-"): Label(vi, en) for name, (vi, en) in rows.items()}
