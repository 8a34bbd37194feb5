"""What cited passages say beside the numbers, as a column to filter by."""

from service.postgres.migration import down, up

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
