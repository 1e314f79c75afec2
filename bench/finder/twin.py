"""The slow twin: every listing looked at for every number, by numpy, from the world itself.

It shares no code with the engine but the classes of its answer and `place_of`.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.finder.questions import PER_PAGE, Question
from bench.finder.world import COMMON_WORDS, FORMS, LEVELS, NEVER, Mask, Numbers, World, points_of
from hereabouts.places.points import over_surface, squared_chord

if TYPE_CHECKING:
    from hereabouts.finder import Answer, Group

ALL_OF = ("needs", "conditions")
SEVERAL = ("kinds", "purposes", "costs", "languages", "ages", *ALL_OF)


class Twin:
    """Answers questions about a world."""

    def __init__(self, world: World) -> None:
        from hereabouts.finder import place_of

        self.world = world
        places = [place_of(point) for point in points_of(world)]
        self.xyz = np.array([(place.x, place.y, place.z) for place in places])[world.venue]

    def answer(self, question: Question, *, within_km: float, radii_km: Collection[float]) -> Any:
        """What `finder.search` should say."""
        from hereabouts.finder import Answer, Count

        around, squared = self._around(question, max([within_km, *radii_km]))
        passes = self._passes(question, around)
        is_near = squared <= _squared_metres(within_km)
        fits = np.ones(len(around), bool) & _others(passes, None)
        return Answer(
            hits=self._hits(question, around[is_near & fits], squared[is_near & fits]),
            count=Count.of(int((is_near & fits).sum())),
            options=self._options(question, around, is_near, passes),
            without={
                group: Count.of(int((is_near & _others(passes, group)).sum())) for group in passes
            },
            within={
                km: Count.of(int((fits & (squared <= _squared_metres(km))).sum()))
                for km in radii_km
            },
        )

    def _around(self, question: Question, km: float) -> tuple[Numbers, Numbers]:
        """The listings within that distance that have not ended and are not paused."""
        from hereabouts.finder import place_of

        here, world = place_of(question.point), self.world
        legs = self.xyz - np.array([here.x, here.y, here.z])
        squared = (legs * legs).sum(axis=1)
        is_on = (world.last_on >= 0) & ~((world.paused_on <= 0) & (world.paused_until >= 0))
        around = np.flatnonzero((squared <= _squared_metres(km)) & is_on)
        return around, squared[around]

    def _levels(self, around: Numbers) -> Numbers:
        """The level of each; -1 for a red class without a confirmed leader."""
        red, until = LEVELS.index("RED"), self.world.level_until[around]
        level = self.world.level[around]
        is_confirmed = (until >= 0) & (until < NEVER)
        levels: Numbers = np.where((level == red) & ~is_confirmed, -1, level)
        return levels

    def _columns(self, name: str, around: Numbers) -> Mask:
        """Listings × values of that vocabulary."""
        from hereabouts.activities.declaration import ACTIVITIES

        if name == "levels":
            values = [LEVELS.index(value) for value in ACTIVITIES.vocabulary(name).codes]
            return np.equal.outer(self._levels(around), values)
        if name == "forms":
            values = [FORMS.index(value) for value in ACTIVITIES.vocabulary(name).codes]
            return np.equal.outer(self.world.form[around], values)
        return self.world.chosen[name][around]

    def _passes(self, question: Question, around: Numbers) -> "dict[Group, Mask]":
        """For each filter in use, who passes it."""
        from hereabouts.activities.declaration import ACTIVITIES
        from hereabouts.finder import Group

        passes: dict[Group, Mask] = {}
        for name in ("levels", "forms", *SEVERAL):
            codes = ACTIVITIES.vocabulary(name).codes
            wanted = [codes.index(str(value)) for value in question.filters.get(name, ())]
            if wanted:
                has = self._columns(name, around)[:, wanted]
                met = np.logical_and if name in ALL_OF else np.logical_or
                passes[Group(name)] = met.reduce(has, axis=1)
        days, parts = question.filters.get("days", ()), question.filters.get("parts", ())
        if days or parts:
            passes[Group.DAYS if days else Group.PARTS] = self._is_at(around, days, parts)
        if question.words:
            has_each = [self._has_word(word, around) for word, _ in question.words]
            passes[Group.WORDS] = np.logical_and.reduce(has_each)
        return passes

    def _is_at(self, around: Numbers, days: Collection[int], parts: Collection[str]) -> Mask:
        from hereabouts.activities.declaration import ACTIVITIES

        wanted = [ACTIVITIES.parts_of_day.index(part) for part in parts] or [0, 1, 2]
        columns = [3 * day + part for day in (days or range(7)) for part in wanted]
        is_at: Mask = np.logical_or.reduce(self.world.when[around][:, columns], axis=1)
        return is_at

    def _has_word(self, word: int, around: Numbers) -> Mask:
        if word < len(COMMON_WORDS):
            return np.asarray(self.world.common_words[around, word], np.bool_)
        is_it = self.world.rare_words[around] == word - len(COMMON_WORDS)
        has: Mask = np.logical_or.reduce(is_it, axis=1)
        return has

    def _hits(self, question: Question, matching: Numbers, squared: Numbers) -> tuple[Any, ...]:
        from hereabouts.finder import Hit

        keys = [matching, squared]
        if question.is_soonest_first:
            now = 60 * self.world.at.hour + self.world.at.minute
            soon, later = self.world.next_at[matching], self.world.then_at[matching]
            keys.append(np.where(soon >= now, soon, np.where(later >= now, later, NEVER)))
        page = np.lexsort(keys)[question.offset : question.offset + PER_PAGE]
        return tuple(
            Hit(
                record_id=int(matching[place]) + 1,
                distance_km=over_surface(float(squared[place]) / 1e6),
                is_paused=False,
            )
            for place in page
        )

    def _options(
        self, question: Question, around: Numbers, is_near: Mask, passes: "Mapping[Group, Mask]"
    ) -> "Mapping[Group, Mapping[str, Any]]":
        from hereabouts.activities.declaration import ACTIVITIES
        from hereabouts.finder import Count, Group
        from hereabouts.finder.declarations import DAYS

        options: dict[Group, dict[str, Any]] = {}
        for vocabulary in ACTIVITIES.vocabularies:
            group, name, values = vocabulary.group, vocabulary.group.value, vocabulary.codes
            others = is_near & _others(passes, None if name in ALL_OF else group)
            having = self._columns(name, around[others]).sum(axis=0).tolist()
            options[group] = dict(zip(values, map(Count.of, having), strict=True))
        days, parts = question.filters.get("days", ()), question.filters.get("parts", ())
        others = around[is_near & _others(passes, Group.DAYS if days else Group.PARTS)]
        options[Group.DAYS] = {
            day: Count.of(int(self._is_at(others, [int(day)], parts).sum())) for day in DAYS
        }
        options[Group.PARTS] = {
            part: Count.of(int(self._is_at(others, days, [part]).sum()))
            for part in ACTIVITIES.parts_of_day
        }
        return options


def differences(answer: "Answer", right: "Answer") -> Iterator[str]:
    """The parts of the answer that are not as they should be."""
    for name in ("hits", "count", "options", "without", "within"):
        if getattr(answer, name) != getattr(right, name):
            yield name


def _others(passes: "Mapping[Group, Mask]", group: "Group | None") -> Any:
    """Who passes every filter but that one."""
    others: Any = np.True_
    for other, passed in passes.items():
        if other != group:
            others = others & passed
    return others


def _squared_metres(km: float) -> float:
    return squared_chord(km) * 1e6
