"""Which documents rest on, forward, revise, repeal or interpret which."""
