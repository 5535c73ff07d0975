"""How long one random example may take is no promise: a busy machine is slow at times."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
