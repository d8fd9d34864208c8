"""The pages of the window and what they are made of."""
