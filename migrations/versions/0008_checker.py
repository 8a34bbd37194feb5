"""Which reader checked what a fact answers, as a column: it was looked for in the bytes of the answer."""

from service.postgres.migration import down, up

revision = "0008"
down_revision = "0006"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
