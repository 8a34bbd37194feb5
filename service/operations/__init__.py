"""What the service does: one async function a use case. Each takes its connections and owns its transaction."""
