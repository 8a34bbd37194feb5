"""What the service does: one async function a use case. Each takes its connections and owns its transaction.

`Database` is the handle that every operation is given.
"""

from service.postgres.database import Database as Database
