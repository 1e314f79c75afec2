"""The Jinja environment of every page that residents and members see."""

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, npgettext, pgettext
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    Environment,
    PackageLoader,
    PrefixLoader,
    TemplateNotFound,
)

from hereabouts.core import languages
from hereabouts.design.forms import component, problems

# Packages with Jinja templates, each in a folder of its own name.
PACKAGES = ("design", "activities", "hub")


class OurLoader(PrefixLoader):
    """Leaves `.html` to Django's template engine, in which Wagtail's pages are written."""

    def get_loader(self, template: str) -> tuple[BaseLoader, str]:
        if template.endswith(".html") and not template.startswith("govuk_frontend_jinja/"):
            raise TemplateNotFound(template)
        return super().get_loader(template)


def environment(**options: Any) -> Environment:
    """Jinja as our templates expect it: gettext, `url()` by name, the GOV.UK macros."""
    # The GOV.UK macros read parameters that nobody gave, at any depth.
    options["undefined"] = ChainableUndefined
    loaders = {name: PackageLoader(f"hereabouts.{name}", f"templates/{name}") for name in PACKAGES}
    loaders["govuk_frontend_jinja"] = PackageLoader("govuk_frontend_jinja")
    # allauth loads these under its own names, and falls back to its own templates.
    loaders["account"] = PackageLoader("hereabouts.accounts", "templates/account")
    loaders["mfa"] = PackageLoader("hereabouts.accounts", "templates/mfa")
    env = Environment(**{**options, "loader": OurLoader(loaders)})
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by jinja2.ext.i18n
        languages.gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.policies["ext.i18n.trimmed"] = True
    env.globals |= {
        "static": static,
        "url": url,
        "language": language,
        "settings": settings,
        "component": component,
        "problems": problems,
        "drawn_icon": icon,
    }
    env.filters["tel"] = tel
    env.filters["paragraphs"] = paragraphs
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The URL of the view `name`, as `reverse` gives it: "/find/" for "activities:find"."""
    return reverse(name, args=args, kwargs=kwargs)


def language() -> str:
    """The language of the page as HTML writes it: "en-GB", "pl"."""
    primary, _, region = (get_language() or settings.LANGUAGE_CODE).partition("-")
    return f"{primary}-{region.upper()}" if region else primary


@cache
def icon(name: str, small: bool = False) -> SafeString:
    """The icon of that name from the page's sprite; cached, as a page of results has some 200."""
    kind = "icon icon--s" if small else "icon"
    return format_html(
        '<svg class="{}" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">'
        '<use href="#i-{}"/></svg>',
        kind,
        name,
    )


def paragraphs(text: str) -> SafeString:
    """Typed text, escaped, in paragraphs: a blank line ends one."""
    return mark_safe(linebreaks(text, autoescape=True))


def tel(number: str) -> str:
    """The tel: URL of `number`, a British one unless it begins with +.

    "tel:+441154960142" for "0115 496 0142 or ask at the desk": words after the number are ignored.
    """
    first = re.split(r"[A-Za-z/;,]", number, maxsplit=1)[0].replace("(0)", "")
    digits = re.sub(r"\D", "", first)
    if first.strip().startswith("+"):
        return f"tel:+{digits}"
    return f"tel:+44{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"
