"""For whom an activity is, in plain sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hereabouts.activities.models import Activity
from hereabouts.activities.shown import labels
from hereabouts.activities.vocabularies import Ability, Condition, Gender, Language


@dataclass(frozen=True, kw_only=True, slots=True)
class ForWhom:
    """What is known, a sentence each, and what nobody has told us, a word each."""

    sentences: list[str]
    not_stated: str


def for_whom(activity: Activity) -> ForWhom:
    """Ages, women or men, what one can do, health conditions, carers, languages."""
    answers = list(_answers(activity))
    unknown = [subject for subject, sentence in answers if not sentence]
    return ForWhom(
        sentences=[sentence for _subject, sentence in answers if sentence],
        not_stated=", ".join(unknown),
    )


def ages_in_words(activity: Activity) -> str:
    """ "For people aged 65 and over."; empty when nobody said."""
    youngest, oldest = activity.age_from, activity.age_to
    if youngest is not None and oldest is not None:
        ages = {"youngest": youngest, "oldest": oldest}
        return _("For people aged %(youngest)d to %(oldest)d.") % ages
    if youngest is not None:
        return _("For people aged %d and over.") % youngest
    if oldest is not None:
        return _("For people aged up to %d.") % oldest
    return ""


def _answers(activity: Activity) -> Iterator[tuple[str, str]]:
    """What people ask about, and the answer: empty when nobody said."""
    yield _("ages"), ages_in_words(activity)
    yield _("women or men"), _gender_in_words(activity)
    yield _("how able you need to be"), _ability_in_words(activity)
    yield _("health conditions"), _conditions_in_words(activity)
    yield _("carers"), _carers_in_words(activity)
    yield _("languages"), _languages_in_words(activity)


def _gender_in_words(activity: Activity) -> str:
    return {
        Gender.EVERYBODY: _("For everybody, women and men."),
        Gender.WOMEN: _("For women only."),
        Gender.MEN: _("For men only."),
    }.get(Gender(activity.gender), "")


def _ability_in_words(activity: Activity) -> str:
    return {
        Ability.ANYBODY: _("For anybody, whatever you can do."),
        Ability.BEGINNERS: _("For beginners."),
        Ability.SOME_EXPERIENCE: _("For people who have done it before."),
        Ability.EXPERIENCED: _("For experienced people."),
    }.get(Ability(activity.ability), "")


def _conditions_in_words(activity: Activity) -> str:
    if not activity.conditions:
        return ""
    conditions = ", ".join(labels(activity.conditions, Condition))
    return _("You are welcome with any of these: %s.") % conditions


def _carers_in_words(activity: Activity) -> str:
    if activity.carers_welcome is None:
        return ""
    if activity.carers_welcome:
        return _("A carer may come along.")
    return _("Carers cannot come along. Ask them if that is a problem.")


def _languages_in_words(activity: Activity) -> str:
    if not activity.languages:
        return ""
    languages = ", ".join(labels(activity.languages, Language))
    return _("Spoken or signed there: %s.") % languages
