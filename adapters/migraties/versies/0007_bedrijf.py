"""Het bedrijf van de installatie: een pauze van de post, en de hartslag van een proces.

Revision: 0007
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "postpauze",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sinds", sa.DateTime(timezone=True), nullable=False),
        sa.Column("door", sa.String(length=60), nullable=False),
        sa.Column("verificatie", sa.String(length=30), nullable=False),
        sa.Column("reden", sa.String(), nullable=False),
        sa.Column("hervat_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hervat_door", sa.String(length=60), nullable=True),
        sa.Column("hervat_reden", sa.String(), nullable=True),
        sa.Column("open_sleutel", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postpauze")),
        sa.UniqueConstraint("open_sleutel", name=op.f("uq_postpauze_open_sleutel")),
    )
    op.create_table(
        "hartslag",
        sa.Column("naam", sa.String(length=60), nullable=False),
        sa.Column("laatst_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("houder", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("naam", name=op.f("pk_hartslag")),
    )


def downgrade() -> None:
    op.drop_table("hartslag")
    op.drop_table("postpauze")
