"""A batch of games being played: model, record, save, replay."""
