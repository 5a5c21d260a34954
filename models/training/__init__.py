"""What the bundled models are trained with: data, drawings, loop, export, card."""
