"""Returns and deposits: Forms 941, 940, W-2 with EFW2, corrections, what being late costs."""
