"""The Jinja environment of every page that residents and members see."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

# A context's templates lie in its own folder, under its own name.
PACKAGES = ("design", "activities", "hub")


def environment(**options: Any) -> Environment:
    """Jinja as our templates expect it: gettext, addresses by name, the GOV.UK macros."""
    # The GOV.UK macros read parameters that nobody gave, at any depth.
    options["undefined"] = ChainableUndefined
    loaders = {name: PackageLoader(f"hereabouts.{name}", f"templates/{name}") for name in PACKAGES}
    loaders["govuk_frontend_jinja"] = PackageLoader("govuk_frontend_jinja")
    # allauth asks for these by its own names; what we have not drawn falls through to its own.
    loaders["account"] = PackageLoader("hereabouts.accounts", "templates/account")
    loaders["mfa"] = PackageLoader("hereabouts.accounts", "templates/mfa")
    env = Environment(**{**options, "loader": PrefixLoader(loaders)})
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by jinja2.ext.i18n
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.policies["ext.i18n.trimmed"] = True
    env.globals |= {"static": static, "url": url, "language": get_language, "settings": settings}
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a view, as `reverse`, with its parts written plainly."""
    return reverse(name, args=args, kwargs=kwargs)
