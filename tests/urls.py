"""The URLs that there are, for tables that must name every one of them."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def names_in(namespace: str) -> set[str]:
    """The names in that namespace, such as {"index", "edit"}."""
    return {name for space, name, _route in _named(get_resolver()) if space == namespace}


def staff_namespaces() -> set[str]:
    """The namespaces of the back office that are ours or Wagtail's pages of people."""
    spaces = {space for space, _name, route in _named(get_resolver()) if route.startswith("staff/")}
    ours = {space for space in spaces if space and not space.startswith("wagtail")}
    return ours | {"wagtailusers_users"}


def _named(
    resolver: URLResolver, namespace: str = "", route: str = ""
) -> Iterator[tuple[str, str, str]]:
    pattern: URLPattern | URLResolver
    for pattern in resolver.url_patterns:
        below = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            spaces = [space for space in (namespace, pattern.namespace) if space]
            yield from _named(pattern, ":".join(spaces), below)
        elif pattern.name:
            yield namespace, pattern.name, below
