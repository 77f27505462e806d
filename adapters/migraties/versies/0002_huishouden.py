"""Het huishouden van een dossier: wie bij elkaar hoort, zonder te zeggen wie het zijn.

Revision: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.add_column(sa.Column("huishouden", sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_dossier_huishouden"), ["huishouden"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_huishouden"))
        batch_op.drop_column("huishouden")
