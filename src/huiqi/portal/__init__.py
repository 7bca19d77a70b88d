"""The front door: the home of a visitor, what this site is, and whether it is well."""
