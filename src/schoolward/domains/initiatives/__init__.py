"""Goals, objectives, measures, initiatives, milestones and status updates."""
