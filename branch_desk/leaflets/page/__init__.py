"""Leaflets on the screen: the list, a form for what each says, and the leaflet live beside it."""

from branch_desk.leaflets.page.listing import LeafletsPage

__all__ = ["LeafletsPage"]
