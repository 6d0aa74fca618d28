"""Evidence: games that are played to be held against what is known of the world."""
