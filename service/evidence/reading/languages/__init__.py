"""The words of the languages that are read, as data: one module each, and the words that tell other languages apart."""
