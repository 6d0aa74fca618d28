"""What the commands of this room take, by what they are about; loads nothing of what they do."""
