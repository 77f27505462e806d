"""De API en het inlezen in het portaal: tokens, antwoorden op verzoeken, en bestanden die op bevestiging wachten.

Revision: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "apitoken",
        sa.Column("naam", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("partner", sa.String(length=60), nullable=False),
        sa.Column("rechten", sa.JSON(), nullable=False),
        sa.Column("reden", sa.String(), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gemaakt_door", sa.String(length=60), nullable=False),
        sa.Column("vervalt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gebruikt_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ingetrokken_door", sa.String(length=60), nullable=True),
        sa.Column("intrekreden", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("naam", name=op.f("pk_apitoken")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_apitoken_token_hash")),
    )
    op.create_table(
        "idempotentie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner", sa.String(length=60), nullable=False),
        sa.Column("sleutel", sa.String(length=64), nullable=False),
        sa.Column("vingerafdruk", sa.String(length=64), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("antwoord", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotentie")),
        sa.UniqueConstraint("partner", "sleutel", name=op.f("uq_idempotentie_partner_sleutel")),
    )
    op.create_index(op.f("ix_idempotentie_gemaakt_op"), "idempotentie", ["gemaakt_op"])
    op.create_table(
        "importbestand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("medewerker", sa.String(length=60), nullable=False),
        sa.Column("soort", sa.String(length=20), nullable=False),
        sa.Column("naam", sa.String(length=200), nullable=False),
        sa.Column("cijfertekst", sa.LargeBinary(), nullable=False),
        sa.Column("vervalt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gedaan_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verslag", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_importbestand")),
    )
    op.create_index(op.f("ix_importbestand_vervalt_op"), "importbestand", ["vervalt_op"])


def downgrade() -> None:
    for tabel in ("importbestand", "idempotentie", "apitoken"):
        op.drop_table(tabel)
