"""Het fundament onder alle tabellen: één metadata, één naamgeving en vaste lijsten als tekst."""

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Final, cast

from sqlalchemy import Enum, MetaData
from sqlalchemy.orm.attributes import set_attribute
from sqlmodel import SQLModel

# Zonder vaste namen kan een migratie een sleutel later niet terugvinden om hem te wijzigen.
NAAMGEVING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_ONGELEZEN: Final = object()


class Tabel(SQLModel):
    """De basis van elke tabel. Een tabel controleert haar invoer niet: dat doet een pydantic-model ervoor."""

    def __init__(self, **waarden: Any) -> None:
        # SQLModel loopt bij elke nieuwe rij alle velden langs en zet ze een voor een, als wijziging. Een rij die nog
        # nergens staat heeft geen geschiedenis om bij te houden: dit is hetzelfde, voor een tiende van de rekentijd.
        vast, gemaakt, namen = _standaarden(cast("Any", type(self)))
        eigen = {naam: waarde for naam, waarde in waarden.items() if naam in namen}
        inhoud = vars(self)
        inhoud |= vast
        inhoud |= eigen
        for naam, maak in gemaakt:
            if naam not in eigen:
                inhoud[naam] = maak()
        object.__setattr__(self, "__pydantic_fields_set__", set(eigen))

    def __setattr__(self, naam: str, waarde: Any) -> None:
        # SQLModel zet elke waarde in SQLAlchemy én in pydantic, op dezelfde plek; een keer is genoeg. Wat er al staat
        # is geen wijziging: dan hoeft SQLAlchemy de rij bij het schrijven ook niet na te kijken.
        if naam in type(self).__pydantic_fields__:
            staat = vars(self).get(naam, _ONGELEZEN)
            if type(staat) is not type(waarde) or staat != waarde:
                set_attribute(self, naam, waarde)
        else:
            super().__setattr__(naam, waarde)

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAAMGEVING)  # pyright: ignore[reportIncompatibleVariableOverride]


@cache
def _standaarden(
    soort: Any,  # een soort tabel
) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...], frozenset[str]]:
    """Van een tabel wat elke nieuwe rij meekrijgt, wat er per rij voor wordt gemaakt, en alle namen."""
    vast: dict[str, Any] = {}
    gemaakt: list[tuple[str, Callable[[], Any]]] = []
    for naam, veld in cast("type[Tabel]", soort).model_fields.items():
        if veld.default_factory is not None:
            gemaakt.append((naam, cast("Callable[[], Any]", veld.default_factory)))
        elif not veld.is_required():
            vast[naam] = veld.default
    return vast, tuple(gemaakt), frozenset(soort.model_fields)


def keuzelijst(soort: type[StrEnum]) -> Any:
    """Maak het kolomtype van een vaste lijst: de waarde als tekst; een onbekende waarde wordt geweigerd."""
    return Enum(
        soort,
        native_enum=False,
        create_constraint=False,  # een nieuwe waarde vraagt dan geen migratie van de hele tabel
        length=30,
        validate_strings=True,
        values_callable=_waarden,
    )


def _waarden(soort: type[StrEnum]) -> list[str]:
    return [lid.value for lid in soort]


metadata = Tabel.metadata
