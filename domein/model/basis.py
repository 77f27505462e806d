"""Het fundament onder alle tabellen: één metadata, één naamgeving en vaste lijsten als tekst."""

from enum import StrEnum
from typing import Any, ClassVar

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


class Tabel(SQLModel):
    """De basis van elke tabel. Een tabel controleert haar invoer niet: dat doet een pydantic-model ervoor."""

    def __setattr__(self, naam: str, waarde: Any) -> None:
        # SQLModel zet elke waarde in SQLAlchemy én in pydantic, op dezelfde plek; een keer is genoeg.
        if naam in type(self).__pydantic_fields__:
            set_attribute(self, naam, waarde)
        else:
            super().__setattr__(naam, waarde)

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAAMGEVING)  # pyright: ignore[reportIncompatibleVariableOverride]


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
