"""Telling people: messages to memberships, kept until read."""
