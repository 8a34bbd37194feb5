"""The SQL statements of the kernel, and its fragments, which the statements of capabilities may include."""

from datetime import date

from service.core import imported
from service.core.periods import FRAME_REACH
from service.postgres.statements import Statements

STATEMENTS = Statements(
    __name__,
    constants={  # constants of the core as SQL literals
        "edgars_publisher": f"'{imported.VOICE}'",
        "frame_reach": f"{FRAME_REACH}",
        "last_day": f"date '{date.max}'",
    },
)
sql, fragment = STATEMENTS.sql, STATEMENTS.fragment
