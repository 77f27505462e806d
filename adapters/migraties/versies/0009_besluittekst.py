"""De teksten van besluiten, versleuteld, per versie.

Revision: 0009
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "besluittekst",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("besluit", sa.Integer(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("cijfertekst", sa.LargeBinary(), nullable=False),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_besluittekst_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_besluittekst")),
        sa.UniqueConstraint("dossier_id", "besluit", "versie", name=op.f("uq_besluittekst_dossier_id_besluit_versie")),
    )


def downgrade() -> None:
    op.drop_table("besluittekst")
