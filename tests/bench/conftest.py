"""Timings as ratios: ours and a baseline by turns in one run, so that noise cancels out."""

from __future__ import annotations

from datetime import UTC, datetime
from statistics import median
from time import perf_counter

import pytest

LINES: list[str] = []
NOW = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)


def pytest_terminal_summary(terminalreporter):
    if LINES:
        terminalreporter.section("ratios (ours : baseline, by turns in one run)")
        for line in LINES:
            terminalreporter.write_line(line)


def quantile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def empty_loop() -> float:
    """Seconds for ten million turns of nothing: what an absolute time here stands beside."""
    start = perf_counter()
    for _ in range(10_000_000):
        pass
    return perf_counter() - start


@pytest.fixture
def show(benchmark):
    """Put a line into the summary, and its figures into the saved results."""

    def add(text, **figures):
        benchmark.extra_info.update(figures)
        LINES.append(text)

    return add


@pytest.fixture
def compare(benchmark, show):
    """Run ours and the baseline by turns and show the median ratio beside its goal."""

    def run(name, ours, baseline, *, goal, rounds=5):
        def timed(work):
            start = perf_counter()
            work()
            return perf_counter() - start

        pairs = []

        def turn():
            pairs.append((timed(ours), timed(baseline)))

        benchmark.pedantic(turn, rounds=rounds, warmup_rounds=1, iterations=1)
        pairs = pairs[1:]
        ratio = median(a / b for a, b in pairs)
        a, b = (median(side) for side in zip(*pairs, strict=True))
        beside = f"goal {goal} or less" if goal else "a peer, no goal"
        show(
            f"{name}: {ratio:.2f} ({beside}); {a:.2f} s against {b:.2f} s, {rounds} rounds",
            ratio=ratio,
            ours=a,
            baseline=b,
        )
        return ratio

    return run


@pytest.fixture
def fresh(template, tmp_path):
    """Open a new empty branch file each time it is called."""
    from itertools import count
    from random import Random
    from shutil import copy

    from branch_desk.slices import SLICES
    from branch_desk.store.store import Store

    path, key = template
    turns = count()

    def opened():
        file = copy(path, tmp_path / f"Bench-{next(turns)}.branch")
        return Store.open(
            file,
            key,
            SLICES,
            clock=lambda: NOW,
            random=Random(1),
            actor="bench",
        )

    return opened
