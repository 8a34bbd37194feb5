"""The reader that checked a fact's answer, as a column; before, it was searched for in the answer's bytes."""

from service.postgres.migration import down, up

revision = "0008"
down_revision = "0006"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
