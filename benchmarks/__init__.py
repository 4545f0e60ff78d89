"""How good and how fast, by one command each: `./dev score` and `./dev bench`."""
