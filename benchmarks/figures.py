"""Figures as the benchmarks print them."""

from __future__ import annotations

from collections.abc import Sequence


def p99(times: Sequence[float]) -> float:
    """What 99 of 100 stay below."""
    return sorted(times)[int(len(times) * 0.99)]


def show(name: str, figure: float, unit: str, promise: float | None = None, *, most: bool = True) -> None:
    """One figure on a line, beside what is promised: at most that, or at least."""
    kept = "" if promise is None else f"   promised {'≤' if most else '≥'} {promise:,}"
    print(f"{name:<52} {figure:>11,.1f} {unit}{kept}")
