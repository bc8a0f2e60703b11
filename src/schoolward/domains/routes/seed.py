"""What the demonstration is given about the way to school."""

from schoolward.domains.routes import collision_seed as collision_seed
