"""What a kind of record declares so that files of it can be imported."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.urls import reverse
from django_stubs_ext import StrOrPromise

from hereabouts.accounts.models import User
from hereabouts.imports.changes import Change, File, Row

Known = TypeVar("Known")
ChangeOf = TypeVar("ChangeOf", bound=Change)


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One answer that can be chosen."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What a person is asked about one row: a label, and the answers to choose from."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FileQuestion:
    """What a person is asked about the whole file; `key` is the answer's, such as a colour."""

    key: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PreviewLine:
    """What the preview says of a row, besides its outcome and the sentences of its change.

    `details` stand below the title; `aside` is the second column: what the file says there, and
    `matched` what of ours that means. `notes` are sentences that only the preview has.
    """

    title: str
    details: tuple[str, ...] = ()
    aside: str = ""
    matched: str = ""
    question: Question | None = None
    notes: tuple[str, ...] = ()


class Importer(ABC, Generic[Known, ChangeOf]):
    """Declares how files of one kind of record come in; a context registers one instance.

    `decide` sees frozen values only and writes nothing; `applying` gives the function that writes
    one decided change. Everything between (upload, headings, preview, left-out file, saving as a
    task, repeating) is this room's.
    """

    # In addresses and on batches: "activities" is imported at /staff/activities/import/.
    kind: ClassVar[str]
    # What one row brings in, and the heading of the preview's second column.
    label: ClassVar[StrOrPromise]
    aside_label: ClassVar[StrOrPromise]
    # Every column in the order of the template; the one that no row can do without; those that
    # people's own files mostly have, asked for first; those that only a map has.
    columns: ClassVar[type[models.TextChoices]]
    required: ClassVar[str]
    required_error: ClassVar[StrOrPromise]
    usual: ClassVar[Collection[str]]
    only_in_maps: ClassVar[Collection[str]] = frozenset()
    help: ClassVar[Mapping[str, StrOrPromise]] = {}
    # A made-up row for the template.
    example: ClassVar[Mapping[str, str]]
    # Headings that no file may have, because records keep something under that name.
    reserved_headings: ClassVar[Collection[str]] = frozenset()
    # Who may import; and who may do by import what they may do by hand. Whoever may only import
    # gets `restricted` changes, and opens only their own files.
    import_permission: ClassVar[str]
    change_permission: ClassVar[str]
    # Templates that say it in the words of this record extend `imports/…` here.
    templates: ClassVar[str]
    # The file name of the template.
    download_name: ClassVar[str]

    @property
    def namespace(self) -> str:
        """Of its pages among the URL names: `activities_imports:upload`."""
        return f"{self.kind}_imports"

    def url(self, page: str, *args: object) -> str:
        """The URL of one of its pages."""
        return reverse(f"{self.namespace}:{page}", args=args)

    @abstractmethod
    def names(self) -> Mapping[str, Iterable[str]]:
        """Column → what people call it, in the language of the request."""

    @abstractmethod
    def known(self, file: File, rows: Sequence[Row]) -> Known:
        """What is here already that the rows may mean. Reads all of it at once, whatever the rows.

        It also remembers what earlier rows of the file said, for `decide` to see.
        """

    @abstractmethod
    def decide(self, row: Row, known: Known) -> ChangeOf:
        """What becomes of `row`: processes values only, reads and writes nothing."""

    @abstractmethod
    def leave_out(self, row: Row, reasons: Sequence[str]) -> ChangeOf:
        """The change of a row that cannot be taken in."""

    @abstractmethod
    def applying(
        self, *, by: User | None, at: datetime
    ) -> AbstractContextManager[Callable[[ChangeOf], int]]:
        """Gives the function that writes one change and answers the record's key.

        Inside the caller's transaction: all changes of a file are written, or none.
        """

    @abstractmethod
    def preview(self, row: Row, change: ChangeOf, known: Known, *, on: date) -> PreviewLine:
        """A line of the preview, as things are on that day."""

    def restricted(self, change: ChangeOf) -> ChangeOf:
        """The change as somebody gets it who may import and may not change by hand."""
        return change

    def file_questions(self, file: File, rows: Iterable[Row]) -> list[FileQuestion]:
        """What a person is asked about the file as a whole, the likely answers chosen."""
        return []

    def accepts(self, choice: str) -> bool:
        """Can this be what somebody chose for a row?"""
        return not choice

    def result(self, record_ids: Collection[int]) -> Mapping[str, Any]:
        """What the page of a saved import shows besides the counts."""
        return {}

    def may_import(self, user: "AbstractBaseUser | AnonymousUser") -> bool:
        """May they bring in files of this kind?"""
        return isinstance(user, User) and user.has_perm(self.import_permission)

    def may_change(self, user: "AbstractBaseUser | AnonymousUser") -> bool:
        """May they do by hand what an import does?"""
        return isinstance(user, User) and user.has_perm(self.change_permission)


_registered: dict[str, Importer[Any, Any]] = {}


def register(importer: Importer[Any, Any]) -> None:
    """Let files of this kind be imported. Called once, when the declaring app is ready."""
    _registered[importer.kind] = importer


def get(kind: str) -> Importer[Any, Any]:
    """The importer of that kind. Raises `KeyError`."""
    return _registered[kind]


def registered() -> list[Importer[Any, Any]]:
    """Every importer, in the order of declaration."""
    return list(_registered.values())
