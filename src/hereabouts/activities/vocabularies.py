"""The fixed lists of words that describe an activity.

A list that people filter by has a bit in the finder for each value, in the order in which they are
listed here: **add at the end only**.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """What there is to go to. Only the first has to have a timetable."""

    SESSIONS = "SESSIONS", _("Class or session")
    GROUP = "GROUP", _("Community group")
    CLUB = "CLUB", _("Club")
    OPEN_SPACE = "OPEN_SPACE", _("Park or open space")


class Purpose(models.TextChoices):
    """What it is for: the OpenActive list has no concepts for these."""

    STRENGTH_AND_BALANCE = "STRENGTH_AND_BALANCE", _("Strength and balance")
    EXERCISE_REFERRAL = "EXERCISE_REFERRAL", _("Exercise referral")
    HEALTH_WALK = "HEALTH_WALK", _("Health walk")
    REHABILITATION = "REHABILITATION", _("Rehabilitation after illness")
    WEIGHT_MANAGEMENT = "WEIGHT_MANAGEMENT", _("Weight management")
    MENTAL_WELLBEING = "MENTAL_WELLBEING", _("Mental wellbeing")
    MEMORY = "MEMORY", _("Living with memory loss")
    COMPANY = "COMPANY", _("Meeting people")


class Ability(models.TextChoices):
    NOT_STATED = "NOT_STATED", _("Not stated")
    ANYBODY = "ANYBODY", _("Anybody, whatever you can do")
    BEGINNERS = "BEGINNERS", _("Beginners")
    SOME_EXPERIENCE = "SOME_EXPERIENCE", _("People who have done it before")
    EXPERIENCED = "EXPERIENCED", _("Experienced people")


class Gender(models.TextChoices):
    """OpenActive: `genderRestriction`."""

    NOT_STATED = "NOT_STATED", _("Not stated")
    EVERYBODY = "EVERYBODY", _("Everybody")
    WOMEN = "WOMEN", _("Women only")
    MEN = "MEN", _("Men only")


class Condition(models.TextChoices):
    """A health condition that the leader welcomes and can adapt to."""

    ARTHRITIS = "ARTHRITIS", _("Arthritis")
    ASTHMA = "ASTHMA", _("Asthma")
    BACK_PAIN = "BACK_PAIN", _("Back pain")
    CANCER = "CANCER", _("Cancer")
    CHRONIC_PAIN = "CHRONIC_PAIN", _("Long-term pain")
    COPD = "COPD", _("COPD (a lung condition)")
    DEMENTIA = "DEMENTIA", _("Dementia")
    DEPRESSION_OR_ANXIETY = "DEPRESSION_OR_ANXIETY", _("Depression or anxiety")
    DIABETES = "DIABETES", _("Diabetes")
    HEARING_LOSS = "HEARING_LOSS", _("Hearing loss")
    HEART_CONDITION = "HEART_CONDITION", _("Heart condition")
    HIGH_BLOOD_PRESSURE = "HIGH_BLOOD_PRESSURE", _("High blood pressure")
    LEARNING_DISABILITY = "LEARNING_DISABILITY", _("Learning disability")
    MULTIPLE_SCLEROSIS = "MULTIPLE_SCLEROSIS", _("Multiple sclerosis")
    OSTEOPOROSIS = "OSTEOPOROSIS", _("Osteoporosis (thin bones)")
    PARKINSONS = "PARKINSONS", _("Parkinson’s")
    SIGHT_LOSS = "SIGHT_LOSS", _("Sight loss")
    STROKE = "STROKE", _("Stroke")
    WHEELCHAIR = "WHEELCHAIR", _("Using a wheelchair")


class Language(models.TextChoices):
    """A language spoken or signed at it, by its IETF tag."""

    ENGLISH = "en", _("English")
    BRITISH_SIGN_LANGUAGE = "bfi", _("British Sign Language")
    POLISH = "pl", _("Polish")
    ROMANIAN = "ro", _("Romanian")
    ARABIC = "ar", _("Arabic")
    BENGALI = "bn", _("Bengali")
    CANTONESE = "yue", _("Cantonese")
    GUJARATI = "gu", _("Gujarati")
    HINDI = "hi", _("Hindi")
    KURDISH = "ku", _("Kurdish")
    LITHUANIAN = "lt", _("Lithuanian")
    MANDARIN = "cmn", _("Mandarin")
    PERSIAN = "fa", _("Persian")
    PORTUGUESE = "pt", _("Portuguese")
    PUNJABI = "pa", _("Punjabi")
    SLOVAK = "sk", _("Slovak")
    SOMALI = "so", _("Somali")
    TAMIL = "ta", _("Tamil")
    TIGRINYA = "ti", _("Tigrinya")
    TURKISH = "tr", _("Turkish")
    UKRAINIAN = "uk", _("Ukrainian")
    URDU = "ur", _("Urdu")


class AgeBand(models.TextChoices):
    """Ages that people search by. Where none are stated an activity is for adults (OpenActive)."""

    CHILDREN = "CHILDREN", _("Children, up to 11")
    TEENAGERS = "TEENAGERS", _("Young people, 12 to 17")
    ADULTS = "ADULTS", _("Adults, 18 to 64")
    OLDER = "OLDER", _("65 and over")


AGES: dict[AgeBand, tuple[int, int]] = {
    AgeBand.CHILDREN: (0, 11),
    AgeBand.TEENAGERS: (12, 17),
    AgeBand.ADULTS: (18, 64),
    AgeBand.OLDER: (65, 150),
}


class CostBand(models.TextChoices):
    """What people ask about the cost. One activity may be in several."""

    FREE = "FREE", _("Free, for everybody or for some")
    FIRST_FREE = "FIRST_FREE", _("First time free")
    UP_TO_3 = "UP_TO_3", _("£3 or less, for everybody or for some")
    REDUCED = "REDUCED", _("Reduced price for some")


class PartOfDay(models.TextChoices):
    """A session is in the part in which it starts: before noon, before 5 pm, later."""

    MORNING = "am", _("Mornings")
    AFTERNOON = "pm", _("Afternoons")
    EVENING = "eve", _("Evenings")
