"""Pages for people: what the API answers, as HTML that works without JavaScript."""
