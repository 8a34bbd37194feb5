"""The rules for German, French, Spanish, Chinese and Japanese. `rules` is the way in.

They are fewer than those of English, and go by words and by the form of a clause. What has `wide` in its name is for Chinese
and Japanese, whose words are not apart.
"""
