"""Milliseconds of many questions, by their kind."""

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter, thread_time
from typing import Any, Generic, TypeVar

import numpy as np

from bench.finder.questions import KINDS, Question

WARM_UP = 50
# Kinds of question that ask for more than a place.
FILTERED = ("level", "when", "several")

Answer = TypeVar("Answer")
Figures = Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Timed(Generic[Answer]):
    """What was answered, and how long each question took on the clock and of processor time.

    Processor time is of our own process: all the work on SQLite, without the server's on
    PostgreSQL. Far below the clock, it says that the machine was busy with something else.
    """

    questions: Sequence[Question]
    answers: Sequence[Answer]
    clock_ms: Sequence[float]
    processor_ms: Sequence[float]

    def by_kind(self) -> Mapping[str, Figures]:
        """Figures of all questions, of those with filters, and of each kind."""
        chosen = {"all": KINDS, "filtered": FILTERED, **{kind: (kind,) for kind in KINDS}}
        figures = {name: self._figures(kinds) for name, kinds in chosen.items()}
        return {name: of_kinds for name, of_kinds in figures.items() if of_kinds}

    def _figures(self, kinds: Sequence[str]) -> Figures:
        of_kind = [question.kind in kinds for question in self.questions]
        if not any(of_kind):
            return {}
        clock = np.array(self.clock_ms)[of_kind]
        processor = np.array(self.processor_ms)[of_kind]
        return {
            "p50_ms": round(float(np.percentile(clock, 50)), 2),
            "p95_ms": round(float(np.percentile(clock, 95)), 2),
            "max_ms": round(float(clock.max()), 2),
            "p95_processor_ms": round(float(np.percentile(processor, 95)), 2),
        }


def timed(ask: Callable[[int], Answer], questions: Sequence[Question]) -> Timed[Answer]:
    """Ask each question once, by its number, after a warm-up."""
    for number in range(min(WARM_UP, len(questions))):
        ask(number)
    answers, clock, processor = [], [], []
    for number in range(len(questions)):
        started, worked = perf_counter(), thread_time()
        answers.append(ask(number))
        clock.append((perf_counter() - started) * 1000)
        processor.append((thread_time() - worked) * 1000)
    return Timed(questions=questions, answers=answers, clock_ms=clock, processor_ms=processor)


def machine() -> dict[str, Any]:
    """What it runs on, without names, and how busy that is."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "machine": f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, "
        f"Python {platform.python_version()}, numpy {np.__version__}",
        "load_when_begun": round(os.getloadavg()[0], 1),
    }
