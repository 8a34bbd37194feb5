"""${message}."""

from service.postgres.migration import down, up

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
