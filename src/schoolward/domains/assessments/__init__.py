"""The register of site assessments."""
