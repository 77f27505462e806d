"""De post: HTML en agenda bij een bericht, een token voor het retouradres, bounces, beslissingen en adressen.

Revision: 0004
Revises: 0003
"""

import secrets
from base64 import b32encode

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("bericht", schema=None) as batch_op:
        batch_op.add_column(sa.Column("html", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("agenda", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("agenda_methode", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("antwoord_aan", sa.String(length=254), nullable=True))
        batch_op.add_column(sa.Column("in_antwoord_op", sa.String(length=254), nullable=True))
        batch_op.add_column(sa.Column("afmelden", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("afmeldlink", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("hoogstens_eens", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("retour_token", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("adresdomein", sa.String(length=254), nullable=True))
        batch_op.add_column(sa.Column("laatste_poging_op", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("onzeker_sinds", sa.DateTime(timezone=True), nullable=True))
    _vul_aan()
    with op.batch_alter_table("bericht", schema=None) as batch_op:
        # De standaardwaarden waren er alleen voor de rijen van voor deze migratie.
        batch_op.alter_column("afmelden", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
        batch_op.alter_column("hoogstens_eens", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
        batch_op.alter_column("retour_token", existing_type=sa.String(length=40), nullable=False)
        batch_op.alter_column("adresdomein", existing_type=sa.String(length=254), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_bericht_retour_token"), ["retour_token"])
        batch_op.drop_index(batch_op.f("ix_bericht_status_volgende_poging"))
        batch_op.create_index(
            batch_op.f("ix_bericht_status_volgende_poging_adresdomein_aangemaakt_op_id"),
            ["status", "volgende_poging", "adresdomein", "aangemaakt_op", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_bericht_adresdomein_laatste_poging_op"), ["adresdomein", "laatste_poging_op"], unique=False
        )
    _maak_tabellen()


def _vul_aan() -> None:
    bericht = sa.table(
        "bericht",
        sa.column("id", sa.Uuid()), sa.column("adres", sa.String()), sa.column("status", sa.String()),
        sa.column("retour_token", sa.String()), sa.column("adresdomein", sa.String()),
        sa.column("onzeker_sinds", sa.DateTime(timezone=True)), sa.column("poging_begonnen_op", sa.DateTime(timezone=True)),
        sa.column("aangemaakt_op", sa.DateTime(timezone=True)),
    )  # fmt: skip
    verbinding = op.get_bind()
    for rij in verbinding.execute(sa.select(bericht.c.id, bericht.c.adres)).all():
        waarden = {
            "retour_token": b32encode(secrets.token_bytes(10)).decode("ascii").lower(),
            "adresdomein": rij.adres.rpartition("@")[2].strip().lower(),
        }
        verbinding.execute(sa.update(bericht).where(bericht.c.id == rij.id).values(waarden))
    sinds = sa.func.coalesce(bericht.c.poging_begonnen_op, bericht.c.aangemaakt_op)
    verbinding.execute(sa.update(bericht).where(bericht.c.status == "onzeker").values(onzeker_sinds=sinds))


def _maak_tabellen() -> None:
    op.create_table(
        "bounce",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bericht_id", sa.Uuid(), nullable=False),
        sa.Column("kenmerk", sa.String(length=64), nullable=False),
        sa.Column("soort", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("toelichting", sa.String(), nullable=False),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bericht_id"], ["bericht.id"], name=op.f("fk_bounce_bericht_id_bericht")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounce")),
        sa.UniqueConstraint("bericht_id", "kenmerk", name=op.f("uq_bounce_bericht_id_kenmerk")),
    )
    op.create_table(
        "postbeslissing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bericht_id", sa.Uuid(), nullable=False),
        sa.Column("keuze", sa.String(length=30), nullable=False),
        sa.Column("door", sa.String(length=60), nullable=False),
        sa.Column("verificatie", sa.String(length=30), nullable=False),
        sa.Column("reden", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bericht_id"], ["bericht.id"], name=op.f("fk_postbeslissing_bericht_id_bericht")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postbeslissing")),
    )
    with op.batch_alter_table("postbeslissing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postbeslissing_bericht_id"), ["bericht_id"], unique=False)
    op.create_table(
        "adresstand",
        sa.Column("adres", sa.String(length=254), nullable=False),
        sa.Column("onbestelbaar_sinds", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("bericht_id", sa.Uuid(), nullable=True),
        sa.Column("hersteld_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hersteld_door", sa.String(length=60), nullable=True),
        sa.Column("herstel_reden", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["bericht_id"], ["bericht.id"], name=op.f("fk_adresstand_bericht_id_bericht")),
        sa.PrimaryKeyConstraint("adres", name=op.f("pk_adresstand")),
    )


def downgrade() -> None:
    op.drop_table("adresstand")
    op.drop_table("postbeslissing")
    op.drop_table("bounce")
    with op.batch_alter_table("bericht", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bericht_adresdomein_laatste_poging_op"))
        batch_op.drop_index(batch_op.f("ix_bericht_status_volgende_poging_adresdomein_aangemaakt_op_id"))
        batch_op.create_index(
            batch_op.f("ix_bericht_status_volgende_poging"), ["status", "volgende_poging"], unique=False
        )
        batch_op.drop_constraint(batch_op.f("uq_bericht_retour_token"), type_="unique")
        for kolom in (
            "onzeker_sinds", "laatste_poging_op", "adresdomein", "retour_token", "hoogstens_eens", "afmeldlink",
            "afmelden", "in_antwoord_op", "antwoord_aan", "agenda_methode", "agenda", "html",
        ):  # fmt: skip
            batch_op.drop_column(kolom)
