"""Records: frozen classes with slots that work like dataclasses and cost a tenth of them to define.

A start of the program defines a hundred of them; ``dataclasses`` alone would take longer than reading a report.  What
its functions ask a dataclass for (``replace``, ``asdict``, ``fields``) is made when they first ask.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")
FEW = 8  # records of a class that are filled without a function made for it


class Fresh:
    """The default of a field whose value is made anew for each record."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], T]) -> T:
    """A field that is filled by ``default_factory`` where no value is given."""
    return Fresh(default_factory)  # type: ignore[return-value]


@overload
def record(cls: type[T], /) -> type[T]: ...
@overload
def record(*, frozen: bool, eq: bool = ...) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T] | None = None, /, *, frozen: bool = True, eq: bool = True) -> Any:
    """Make a class with annotated fields a record: initialiser, equality, hash, repr, pickling, slots.

    frozen -- fields can't be set once the record stands; else they can, and the record has no hash.
    eq     -- records of equal fields are equal; else each is only equal to itself.
    A record is not made for subclasses.
    """
    return _build(cls, frozen, eq) if cls is not None else lambda plain: _build(plain, frozen, eq)


def replace(item: T, /, **changes: Any) -> T:
    """The record with some fields changed."""
    cls: Any = type(item)
    changed: T = cls(**{name: getattr(item, name) for name in cls.__match_args__} | changes)
    return changed


def values_of(item: Any) -> tuple[Any, ...]:
    """The values of a record in the order of its fields."""
    return tuple(getattr(item, name) for name in item.__match_args__)


def _build(plain: type, frozen: bool, eq: bool) -> Any:
    """The class anew, with slots and methods."""
    names = tuple(plain.__annotations__)
    body = {name: value for name, value in vars(plain).items() if name not in ("__dict__", "__weakref__")}
    defaults = {name: body.pop(name) for name in names if name in body}
    body |= {"__slots__": names, "__match_args__": names, "__reduce__": _reduce}
    body["__dataclass_fields__"] = DataclassFields(plain.__annotations__, defaults)
    if eq:
        body |= {"__eq__": _equal, "__hash__": _hash if frozen else None}
    body.setdefault("__repr__", _repr)
    if frozen:
        body |= {"__setattr__": _refuse, "__delattr__": _refuse}

    body["__init__"] = _first_initialiser(names, defaults)
    cls: Any = type(plain.__name__, plain.__bases__, body)
    cls._values = attrgetter(*names)
    return cls


def _first_initialiser(names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """Fills the slots of the first records of a class, and makes way for the quick initialiser of many records."""
    left = FEW

    def __init__(self: Any, *values: Any, **named: Any) -> None:
        nonlocal left
        left -= 1
        cls = self.__class__
        given = {**defaults, **dict(zip(names, values, strict=False)), **named}
        told_once = named.keys().isdisjoint(names[: len(values)]) and len(values) <= len(names)
        if not left or not told_once or len(given) != len(names) or not all(name in given for name in names):
            cls.__init__ = _initialiser(cls, defaults)
            cls.__init__(self, *values, **named)
            return
        for name, value in given.items():
            getattr(cls, name).__set__(self, value.make() if isinstance(value, Fresh) else value)

    return __init__


def _initialiser(cls: Any, defaults: dict[str, Any]) -> Callable[..., None]:
    """The function that fills the slots of a record; made where there are many, as to make it takes a while.

    A frozen record is for that moment of a class that can be set: to set a slot by name is by far the quickest way.
    """
    names = cls.__match_args__
    fresh = {at: defaults[name] for at, name in enumerate(names) if isinstance(defaults.get(name), Fresh)}
    scope: dict[str, Any] = {f"default_{at}": default for at, default in fresh.items()}
    frozen = cls.__setattr__ is _refuse
    if frozen:
        scope |= {"turn": object.__dict__["__class__"].__set__, "closed": cls}
        settable = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
        scope["open"] = type(cls.__name__, (cls,), settable)
    code = _code(len(names), tuple(fresh), frozen)
    own_names = {f"value_{at}": name for at, name in enumerate(names)}
    attributes = tuple(own_names.get(name, name) for name in code.co_names)
    code = code.replace(co_varnames=("self", *names), co_names=attributes)
    made = FunctionType(code, scope, "__init__", tuple(defaults.values()))
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


@cache
def _code(size: int, fresh: tuple[int, ...], frozen: bool) -> CodeType:
    """What all initialisers of so many fields run; ``fresh`` -- which of them are made anew where none is given."""
    values = [f"value_{at}" for at in range(size)]
    shown = [
        f"{name} if {name} is not default_{at} else default_{at}.make()" if at in fresh else name
        for at, name in enumerate(values)
    ]
    lines = [f"self.{name} = {value}" for name, value in zip(values, shown, strict=True)]
    if frozen:
        lines = ["turn(self, open)", *lines, "self.__class__ = closed"]
    scope: dict[str, Any] = {}
    exec(f"def __init__({', '.join(('self', *values))}):\n " + "\n ".join(lines), scope)
    code: CodeType = scope["__init__"].__code__
    return code


def _equal(self: Any, other: Any) -> Any:
    return self._values(self) == self._values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(self._values(self))


def _repr(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{self.__class__.__qualname__}({fields})"


def _reduce(self: Any) -> tuple[Any, ...]:
    return self.__class__, values_of(self)


def _refuse(self: object, name: str, *value: object) -> NoReturn:
    raise AttributeError(f"{name} of {type(self).__name__} can't be changed; use replace()")


class DataclassFields:
    """What the functions of ``dataclasses`` read of a class, made when they ask."""

    def __init__(self, annotations: dict[str, Any], defaults: dict[str, Any]) -> None:
        self.annotations = annotations
        self.defaults = defaults
        self.made: dict[str, Any] | None = None

    def __get__(self, instance: object, owner: type) -> dict[str, Any]:
        """The fields by name."""
        if self.made is None:
            self.made = self.make(owner.__name__)
        return self.made

    def make(self, name: str) -> dict[str, Any]:
        """The fields of a dataclass of the same form."""
        import dataclasses

        given = {
            name: dataclasses.field(default_factory=value.make) if isinstance(value, Fresh) else value
            for name, value in self.defaults.items()
        }
        fields = [(key, kind, given[key]) if key in given else (key, kind) for key, kind in self.annotations.items()]
        twin = dataclasses.make_dataclass(name, fields)
        return twin.__dataclass_fields__  # type: ignore[no-any-return, attr-defined]
