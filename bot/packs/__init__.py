"""The topic, place and speaker packs: data, and the loader that checks it."""
