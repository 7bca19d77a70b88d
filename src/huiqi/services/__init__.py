"""The seven series of services; a series is a folder, a function is a Django app."""
