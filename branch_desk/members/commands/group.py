"""The group that the members' commands hang on."""

from __future__ import annotations

import click

from branch_desk import console


@click.group(cls=console.Commands)
def group() -> None:
    """Keep the members: HQ's list, who joined, who left, who says so."""
