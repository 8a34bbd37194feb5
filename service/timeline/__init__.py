"""When each version of a fact answers: the rectangles of two times that tile its history."""
