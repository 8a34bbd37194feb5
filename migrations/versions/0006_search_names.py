"""Search: AT&T is one word, and a geography is found by the name of its country."""

from service.postgres.migration import down, up

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
