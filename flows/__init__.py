"""Het proces. Elke flow leest van boven naar beneden als wat er gebeurt; de regels staan in het domein."""
