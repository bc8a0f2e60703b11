"""How long protected records are kept, what holds them longer, and how two persons dispose of the rest."""
