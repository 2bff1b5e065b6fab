"""Demo people and what they wrote, so that the first look is alive. All of them are made up.

The same anchor day gives the same people, texts and ids every time. Everything but the password hashes is made
through the actions a member would use, at the moment she would have used them.
"""
