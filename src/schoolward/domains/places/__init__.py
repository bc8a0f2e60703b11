"""Campuses (ground) and schools (institutions), each with dates."""
